import { fields } from "../asn1/fields.ts";
import { nameOfOid, OID } from "../asn1/oids.ts";
import { contents, type Node, raw } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid } from "../asn1/values.ts";
import { element, sequence, oid as writeOid } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { readPssParameters } from "./pss-parameters.ts";

/** Digest functions that can be computed, with their object identifiers and lengths in octets (FIPS 180-4, FIPS 202). */
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
} as const satisfies Record<string, { readonly oid: string; readonly length: number }>;

export type HashName = keyof typeof HASHES;

/** How a signature is computed; the key is another matter. */
export type SignatureAlgorithm =
  | { readonly kind: "rsa-pkcs1"; readonly hash: HashName }
  | { readonly kind: "rsa-pss"; readonly hash: HashName; readonly mgfHash: HashName; readonly saltLength: number }
  | { readonly kind: "ecdsa"; readonly hash: HashName }
  | { readonly kind: "eddsa"; readonly curve: "Ed25519" | "Ed448" };

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2) as received. */
export type AlgorithmIdentifier = {
  readonly oid: string;
  readonly parameters: Node | undefined;
  /** The whole element; a view. Two that must agree are compared by it. */
  readonly raw: Uint8Array;
};

const HASH_BY_OID = new Map<string, HashName>(
  (Object.keys(HASHES) as HashName[]).map((name) => [HASHES[name].oid, name]),
);

type Simple = Exclude<SignatureAlgorithm, { kind: "rsa-pss" }>;

const SIGNATURES = new Map<string, Simple>([
  [OID.sha1WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-1" }],
  [OID.sha224WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-224" }],
  [OID.sha256WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-256" }],
  [OID.sha384WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-384" }],
  [OID.sha512WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-512" }],
  [OID.sha512_224WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-512/224" }],
  [OID.sha512_256WithRSAEncryption, { kind: "rsa-pkcs1", hash: "SHA-512/256" }],
  [OID.rsaWithSha3_224, { kind: "rsa-pkcs1", hash: "SHA3-224" }],
  [OID.rsaWithSha3_256, { kind: "rsa-pkcs1", hash: "SHA3-256" }],
  [OID.rsaWithSha3_384, { kind: "rsa-pkcs1", hash: "SHA3-384" }],
  [OID.rsaWithSha3_512, { kind: "rsa-pkcs1", hash: "SHA3-512" }],
  [OID.ecdsaWithSha1, { kind: "ecdsa", hash: "SHA-1" }],
  [OID.ecdsaWithSha224, { kind: "ecdsa", hash: "SHA-224" }],
  [OID.ecdsaWithSha256, { kind: "ecdsa", hash: "SHA-256" }],
  [OID.ecdsaWithSha384, { kind: "ecdsa", hash: "SHA-384" }],
  [OID.ecdsaWithSha512, { kind: "ecdsa", hash: "SHA-512" }],
  [OID.ecdsaWithSha3_224, { kind: "ecdsa", hash: "SHA3-224" }],
  [OID.ecdsaWithSha3_256, { kind: "ecdsa", hash: "SHA3-256" }],
  [OID.ecdsaWithSha3_384, { kind: "ecdsa", hash: "SHA3-384" }],
  [OID.ecdsaWithSha3_512, { kind: "ecdsa", hash: "SHA3-512" }],
  [OID.ed25519, { kind: "eddsa", curve: "Ed25519" }],
  [OID.ed448, { kind: "eddsa", curve: "Ed448" }],
]);

/** @throws Fault `der_malformed` */
export function readAlgorithm(node: Node, tag: number = TAG.sequence): AlgorithmIdentifier {
  const cursor = fields(node, tag);
  const identifier = oid(cursor.next());
  const [parameters, ...more] = cursor.rest();
  if (more.length > 0) throw new Fault("der_malformed", `an AlgorithmIdentifier with three fields at ${node.start}`);
  return { oid: identifier, parameters, raw: raw(node) };
}

/**
 * The digest that an AlgorithmIdentifier names; its parameters are absent or NULL (RFC 5754 §2).
 *
 * @throws Fault `algorithm_unsupported`
 */
export function hashOf(algorithm: AlgorithmIdentifier): HashName {
  const hash = HASH_BY_OID.get(algorithm.oid);
  if (hash === undefined || !absentOrNull(algorithm)) throw unsupported("digest", algorithm);
  return hash;
}

/**
 * The signature algorithm that an AlgorithmIdentifier names.
 *
 * @param digest CMS may name the key's algorithm only (`rsaEncryption`, RFC 3370 §3.2) and the digest elsewhere; certificates may not
 * @throws Fault `algorithm_unsupported`, `der_malformed` (parameters of RSASSA-PSS)
 */
export function signatureAlgorithmOf(algorithm: AlgorithmIdentifier, digest?: HashName): SignatureAlgorithm {
  if (algorithm.oid === OID.rsassaPss) return readPssParameters(algorithm.parameters, hashOf, readAlgorithm);
  const found = SIGNATURES.get(algorithm.oid) ?? keyAlgorithm(algorithm.oid, digest);
  // EdDSA has no parameters at all (RFC 8410 §3); for the others NULL in place of nothing is a common slip without consequence.
  const allowed = found?.kind === "eddsa" ? algorithm.parameters === undefined : absentOrNull(algorithm);
  if (found === undefined || !allowed) throw unsupported("signature", algorithm);
  return found;
}

function keyAlgorithm(identifier: string, digest: HashName | undefined): Simple | undefined {
  if (digest === undefined) return undefined;
  if (identifier === OID.rsaEncryption) return { kind: "rsa-pkcs1", hash: digest };
  return undefined;
}

function absentOrNull({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === undefined || (parameters.tag === TAG.null && contents(parameters).length === 0);
}

function unsupported(what: string, { oid: identifier }: AlgorithmIdentifier): Fault {
  return new Fault("algorithm_unsupported", `${what} algorithm ${nameOfOid(identifier) ?? identifier}`);
}

/** AlgorithmIdentifier of a digest, parameters absent (RFC 5754 §2: "SHOULD omit"). */
export function hashAlgorithm(hash: HashName): Bytes {
  return sequence(writeOid(HASHES[hash].oid));
}

/** AlgorithmIdentifier of a digest with NULL parameters, as DigestInfo of PKCS #1 needs it (RFC 8017 App. B.1). */
export function hashAlgorithmNull(hash: HashName): Bytes {
  return sequence(writeOid(HASHES[hash].oid), element(TAG.null));
}

/** AlgorithmIdentifier of ECDSA over SHA-256, what this service signs with; parameters absent (RFC 5758 §3.2). */
export function ecdsaWithSha256(): Bytes {
  return sequence(writeOid(OID.ecdsaWithSha256));
}
