import { Inflate, inflateSync } from "fflate";
import type { Bytes } from "../bytes/bytes.ts";
import { concat } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { damaged } from "./scanner.ts";

/** Octets fed at a time: deflate grows at most 1,032-fold, so that 8 KB cannot become more than 8.5 MB at once. */
const STEP = 8192;
/** Pushes without output before the data counts as ended: a stored block of 64 KB takes eight. */
const IDLE_LIMIT = 16;

/**
 * FlateDecode (ISO 32000-2 §7.4.4, RFC 1950), with a hard limit on what comes out. A damaged or missing checksum and
 * octets behind the end are ignored, and a cut-off stream gives what it has: so do other readers.
 *
 * @param enough stop after that many octets of output; the rest is not unpacked
 * @param limit output that is refused
 * @throws Fault `pdf_invalid` for octets that are no zlib stream, `pdf_limit` for more than `limit` octets of output
 */
export function inflate(data: Uint8Array, enough: number, limit: number): Bytes {
  const [method = 0, flags = 0] = data;
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) throw damaged("no zlib stream");
  const body = data.subarray(2);
  return inSmall(body, enough, limit) ?? inSteps(body, enough, limit);
}

/** Short data in one go into memory of the size that is wanted or likely; undefined where that does not work out. */
function inSmall(body: Uint8Array, enough: number, limit: number): Bytes | undefined {
  if (body.length > STEP) return undefined;
  const size = Math.min(enough, limit, Math.max(1024, 8 * body.length));
  try {
    const out = inflateSync(body, { out: new Uint8Array(size) });
    return out.length < size || size === enough ? out : undefined;
  } catch {
    return undefined;
  }
}

function inSteps(body: Uint8Array, enough: number, limit: number): Bytes {
  const parts: Bytes[] = [];
  let length = 0;
  let idle = 0;
  const stream = new Inflate((chunk) => {
    idle = chunk.length === 0 ? idle + 1 : 0;
    if (chunk.length > 0) parts.push(chunk);
    length += chunk.length;
  });
  try {
    for (let at = 0; at < body.length && length < enough && length <= limit && idle < IDLE_LIMIT; at += STEP) {
      stream.push(body.subarray(at, at + STEP), false);
    }
  } catch (cause) {
    throw new Fault("pdf_invalid", "compressed data is damaged", { cause });
  }
  if (length > limit && enough > limit) throw new Fault("pdf_limit", `a stream unpacks to more than ${limit} octets`);
  return concat(...parts).subarray(0, enough);
}
