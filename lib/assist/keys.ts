import { digest } from "#crypto";
import { type Bytes, fromLatin1 } from "../bytes/bytes.ts";

/** An uncompressed point of P-256 (SEC 1 §2.3.3), as WebCrypto exports a public key in "raw". */
export const PUBLIC_KEY_OCTETS = 65;
const UNCOMPRESSED = 0x04;

/** What a page makes its key pair with, private key not extractable, use `deriveBits`: one pair an assistance, kept in memory. */
export const KEY_AGREEMENT = { name: "ECDH", namedCurve: "P-256" } as const;

const MATCH_DIGITS = 4;

/** Whether octets have the form of a public key; that the point is on the curve is found out where it is used. */
export function isPublicKey(octets: Uint8Array): boolean {
  return octets.length === PUBLIC_KEY_OCTETS && octets[0] === UNCOMPRESSED;
}

/**
 * What the officer's browser says of its key before it sees the citizen's. Whoever relays the keys and would put in others has to choose
 * the citizen's false key without knowing the officer's, and so gets one guess at the match number instead of as many as it can compute.
 *
 * @returns 32 octets
 */
export function keyHash(officerKey: Uint8Array): Bytes {
  return digest("SHA-256", fromLatin1("motlan/assist/key/v1\0"), officerKey);
}

/**
 * The number that both screens show: the same on both where both know the same keys. Two people compare it, so it is short; see
 * {@link keyHash} for why that is enough.
 *
 * @returns four digits
 * @throws RangeError keys of another form
 */
export function matchNumber(officerKey: Uint8Array, citizenKey: Uint8Array): string {
  if (!isPublicKey(officerKey) || !isPublicKey(citizenKey)) throw new RangeError("public keys are points of P-256");
  const hash = digest("SHA-256", fromLatin1("motlan/assist/match/v1\0"), officerKey, citizenKey);
  // Of 32 bits the remainder favours some numbers by less than one in 400,000.
  const value = new DataView(hash.buffer, hash.byteOffset, 4).getUint32(0) % 10 ** MATCH_DIGITS;
  return String(value).padStart(MATCH_DIGITS, "0");
}
