import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { damaged, isSpace } from "./scanner.ts";

/** ASCIIHexDecode (ISO 32000-2 §7.4.2): ends at `>`; an odd last digit is followed by 0. */
export function unhex(data: Uint8Array): Bytes {
  const out = new Uint8Array((data.length + 1) >> 1);
  let nibbles = 0;
  for (const octet of data) {
    if (octet === 0x3e) break;
    if (isSpace(octet)) continue;
    const value = digit(octet);
    if (value < 0) throw damaged("ASCIIHexDecode: not a digit");
    const at = nibbles >> 1;
    out[at] = nibbles++ % 2 === 0 ? value << 4 : (out[at] as number) | value;
  }
  return out.subarray(0, (nibbles + 1) >> 1);
}

/** @returns -1 for no hexadecimal digit */
function digit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/**
 * ASCII85Decode (§7.4.3): ends at `~>`; `z` stands for four zeros, so that the output can be four times as long.
 *
 * @throws Fault `pdf_invalid`; `pdf_limit` for more than `limit` octets of output
 */
export function unascii85(data: Uint8Array, limit: number): Bytes {
  const out = new Uint8Array(Math.min(4 * data.length, limit));
  let length = 0;
  let group = 0;
  let digits = 0;
  const flush = (keep: number): void => {
    if (length + keep > limit) throw new Fault("pdf_limit", `a stream unpacks to more than ${limit} octets`);
    for (let i = 0; i < keep; i++) out[length++] = Math.floor(group / 256 ** (3 - i)) & 0xff;
    group = 0;
    digits = 0;
  };
  for (const octet of data) {
    if (octet === 0x7e) break;
    if (isSpace(octet)) continue;
    if (octet === 0x7a && digits === 0) {
      flush(4);
      continue;
    }
    if (octet < 0x21 || octet > 0x75) throw damaged("ASCII85Decode: not a digit");
    group = group * 85 + octet - 0x21;
    if (++digits < 5) continue;
    if (group > 0xffffffff) throw damaged("ASCII85Decode: a group is too large");
    flush(4);
  }
  if (digits === 1) throw damaged("ASCII85Decode: one digit is left over");
  if (digits > 1) {
    const keep = digits - 1;
    for (; digits < 5; digits++) group = group * 85 + 84;
    flush(keep);
  }
  return out.subarray(0, length);
}
