import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { damaged } from "./scanner.ts";

const CLEAR = 256;
const END = 257;
/** Codes have at most twelve bits (ISO 32000-2 §7.4.4.2). */
const TABLE = 4096;

/**
 * LZWDecode (§7.4.4).
 *
 * @param early 1 where codes grow one code early, the default of /EarlyChange
 * @throws Fault `pdf_invalid` for a code that is not in the table, `pdf_limit` for more than `limit` octets of output
 */
export function unlzw(data: Uint8Array, early: number, limit: number): Bytes {
  const prefix = new Uint16Array(TABLE);
  const last = new Uint8Array(TABLE);
  const size = new Uint16Array(TABLE);
  for (let code = 0; code < 256; code++) {
    last[code] = code;
    size[code] = 1;
  }
  let out = new Uint8Array(Math.min(limit, Math.max(1024, 4 * data.length)));
  let length = 0;
  let next = END + 1;
  let previous = -1;
  let width = 9;
  let bits = 0;
  let held = 0;
  for (const octet of data) {
    bits = ((bits << 8) | octet) & 0xfffff;
    held += 8;
    if (held < width) continue;
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      previous = -1;
      continue;
    }
    const fresh = code === next && previous >= 0;
    if (!fresh && (code >= next || code === CLEAR)) throw damaged("an LZW code is not in the table");
    const run = (fresh ? previous : code) as number;
    const total = (size[run] as number) + (fresh ? 1 : 0);
    if (length + total > limit) throw new Fault("pdf_limit", `a stream unpacks to more than ${limit} octets`);
    if (length + total > out.length) out = grown(out, length + total, limit);
    let at = length + (size[run] as number) - 1;
    for (let c = run; at >= length; at--, c = prefix[c] as number) out[at] = last[c] as number;
    if (fresh) out[length + total - 1] = out[length] as number;
    if (previous >= 0 && next < TABLE) {
      prefix[next] = previous;
      last[next] = out[length] as number;
      size[next] = (size[previous] as number) + 1;
      next++;
    }
    length += total;
    previous = code;
    if (next + early >= 1 << width && width < 12) width++;
  }
  return out.subarray(0, length);
}

function grown(out: Bytes, need: number, limit: number): Bytes {
  const bigger = new Uint8Array(Math.min(limit, Math.max(need, 2 * out.length)));
  bigger.set(out);
  return bigger;
}
