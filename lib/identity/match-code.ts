import { digest } from "#crypto";
import { fromBase64Url } from "../bytes/base64.ts";
import { concat, fromLatin1 } from "../bytes/bytes.ts";

/** Digits: what a person compares at a glance. Nobody can try them out, as both sides are shown by their own machines. */
const DIGITS = 4;

/**
 * The number that a page shows beside what is approved, and that a second device of the signer can show as well (docs/FORMATS.md,
 * "Match number"): the first four octets of SHA-256 over "motlan/match/v1", a zero octet and the commitment, modulo 10,000.
 *
 * @param commitment base64url of 32 octets
 * @returns `48 27`
 * @throws RangeError anything else
 */
export function matchCode(commitment: string): string {
  const octets = fromBase64Url(commitment);
  if (octets?.length !== 32) throw new RangeError("a commitment");
  const hash = digest("SHA-256", concat(fromLatin1("motlan/match/v1\0"), octets));
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, "0").replace(/^(..)/, "$1 ");
}
