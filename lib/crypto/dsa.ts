import { fields } from "../asn1/fields.ts";
import { readDer } from "../asn1/read.ts";
import { integer } from "../asn1/values.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import type { HashName } from "./algorithms.ts";
import { inverse, power } from "./modular.ts";
import type { PublicKey } from "./public-key.ts";

type DsaKey = Extract<PublicKey, { kind: "dsa" }>;

/**
 * Strict reading of a Dss-Sig-Value (RFC 3279 §2.2.2): DER, both numbers in 1 … q − 1 (FIPS 186-4 §4.7 step 1).
 *
 * @returns undefined where the octets are anything else
 */
export function readDsaSignature(signature: Uint8Array, { q }: DsaKey): { r: bigint; s: bigint } | undefined {
  try {
    const cursor = fields(readDer(signature));
    const r = integer(cursor.next());
    const s = integer(cursor.next());
    cursor.done();
    return r > 0n && r < q && s > 0n && s < q ? { r, s } : undefined;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** FIPS 186-4 §4.7. Node has it built in, WebCrypto never had. */
export function verifyDsa(
  key: DsaKey,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
  digest: (hash: HashName, ...parts: readonly Uint8Array[]) => Bytes,
): boolean {
  const pair = readDsaSignature(signature, key);
  const w = pair && inverse(pair.s, key.q);
  if (pair === undefined || w === undefined) return false;
  const { p, q, g, y } = key;
  // As many of the digest's first octets as q has.
  const z = BigInt(`0x${toHex(digest(hash, message).subarray(0, key.subgroupBits / 8))}`);
  const v = (power(g, (z * w) % q, p) * power(y, (pair.r * w) % q, p)) % p;
  return v % q === pair.r;
}
