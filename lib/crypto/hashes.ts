import * as OID from "../asn1/oids.ts";
import { contents } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { nullValue, oid, sequence } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { type AlgorithmIdentifier, absentOrNull, unsupported } from "./algorithm-identifier.ts";

/**
 * Digest functions that can be computed, with their object identifiers and lengths in octets (FIPS 180-4, FIPS 202). SHAKE256 is what
 * CMS takes for Ed448, at 512 bits (RFC 8419 §3.1, RFC 8702 §3.1).
 */
export const HASHES = {
  "SHA-1": { oid: OID.sha1, length: 20 },
  "SHA-224": { oid: OID.sha224, length: 28 },
  "SHA-256": { oid: OID.sha256, length: 32 },
  "SHA-384": { oid: OID.sha384, length: 48 },
  "SHA-512": { oid: OID.sha512, length: 64 },
  "SHA-512/224": { oid: OID.sha512_224, length: 28 },
  "SHA-512/256": { oid: OID.sha512_256, length: 32 },
  "SHA3-224": { oid: OID.sha3_224, length: 28 },
  "SHA3-256": { oid: OID.sha3_256, length: 32 },
  "SHA3-384": { oid: OID.sha3_384, length: 48 },
  "SHA3-512": { oid: OID.sha3_512, length: 64 },
  SHAKE256: { oid: OID.shake256, length: 64 },
} as const satisfies Record<string, { readonly oid: string; readonly length: number }>;

export type HashName = keyof typeof HASHES;

/** A digest that goes on. */
export type RunningDigest = {
  /** Puts octets behind those that are there. */
  readonly add: (octets: Uint8Array) => void;
  /** The digest of all that was added and of these octets, which are not kept. */
  readonly with: (octets: Uint8Array) => Bytes;
};

const HASH_BY_OID = new Map<string, HashName>(
  (Object.keys(HASHES) as HashName[]).map((name) => [HASHES[name].oid, name]),
);

/**
 * The digest that an AlgorithmIdentifier names; its parameters are absent or NULL (RFC 5754 §2), but for SHAKE256 with its length.
 *
 * @throws Fault `algorithm_unsupported`
 */
export function hashOf(algorithm: AlgorithmIdentifier): HashName {
  if (algorithm.oid === OID.shake256Len && has512Bits(algorithm)) return "SHAKE256";
  const hash = HASH_BY_OID.get(algorithm.oid);
  if (hash === undefined || !absentOrNull(algorithm)) throw unsupported("digest", algorithm);
  return hash;
}

/** ShakeOutputLen: an INTEGER of bits, 512 for CMS (RFC 8419 §2.2). */
function has512Bits({ parameters }: AlgorithmIdentifier): boolean {
  if (parameters === undefined || parameters.tag !== TAG.integer) return false;
  const [high, low, ...more] = contents(parameters);
  return high === 2 && low === 0 && more.length === 0;
}

/** AlgorithmIdentifier of a digest, parameters absent (RFC 5754 §2: "SHOULD omit"). */
export function hashAlgorithm(hash: HashName): Bytes {
  return sequence(oid(HASHES[hash].oid));
}

/** AlgorithmIdentifier of a digest with NULL parameters, as DigestInfo of PKCS #1 needs it (RFC 8017 App. B.1). */
export function hashAlgorithmNull(hash: HashName): Bytes {
  return sequence(oid(HASHES[hash].oid), nullValue());
}
