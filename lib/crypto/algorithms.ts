import * as OID from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { oid, sequence } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { type AlgorithmIdentifier, absentOrNull, unsupported } from "./algorithm-identifier.ts";
import type { HashName } from "./hashes.ts";
import { readPssParameters } from "./pss-parameters.ts";

export { type AlgorithmIdentifier, readAlgorithm } from "./algorithm-identifier.ts";
export { HASHES, type HashName, hashAlgorithm, hashAlgorithmNull, hashOf, type RunningDigest } from "./hashes.ts";

/** How a signature is computed; the key is another matter. */
export type SignatureAlgorithm =
  | { readonly kind: "rsa-pkcs1"; readonly hash: HashName }
  | { readonly kind: "rsa-pss"; readonly hash: HashName; readonly mgfHash: HashName; readonly saltLength: number }
  | { readonly kind: "ecdsa"; readonly hash: HashName }
  | { readonly kind: "dsa"; readonly hash: HashName }
  | { readonly kind: "eddsa"; readonly curve: "Ed25519" | "Ed448" };

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
  [OID.dsaWithSha1, { kind: "dsa", hash: "SHA-1" }],
  [OID.dsaWithSha224, { kind: "dsa", hash: "SHA-224" }],
  [OID.dsaWithSha256, { kind: "dsa", hash: "SHA-256" }],
  [OID.ed25519, { kind: "eddsa", curve: "Ed25519" }],
  [OID.ed448, { kind: "eddsa", curve: "Ed448" }],
]);

/**
 * The signature algorithm that an AlgorithmIdentifier names.
 *
 * @param digest CMS may name the key's algorithm only (`rsaEncryption`, RFC 3370 §3.2; `id-ecPublicKey`, against RFC 5753) and the
 *   digest elsewhere; certificates may not
 * @throws Fault `algorithm_unsupported`, `der_malformed` (parameters of RSASSA-PSS)
 */
export function signatureAlgorithmOf(algorithm: AlgorithmIdentifier, digest?: HashName): SignatureAlgorithm {
  if (algorithm.oid === OID.rsassaPss) return readPssParameters(algorithm.parameters);
  const found = SIGNATURES.get(algorithm.oid) ?? keyAlgorithm(algorithm.oid, digest);
  // EdDSA has no parameters at all (RFC 8410 §3); for the others NULL in place of nothing is a common slip without consequence.
  const allowed = found?.kind === "eddsa" ? algorithm.parameters === undefined : absentOrNull(algorithm);
  // The key's own algorithm brings its curve along.
  const curve = algorithm.oid === OID.ecPublicKey && algorithm.parameters?.tag === TAG.oid;
  if (found === undefined || !(allowed || curve)) throw unsupported("signature", algorithm);
  return found;
}

function keyAlgorithm(identifier: string, digest: HashName | undefined): Simple | undefined {
  // There is no PKCS #1 v1.5 and no ECDSA over SHAKE256 under these names (RFC 8702 §3.2 has its own).
  if (digest === undefined || digest === "SHAKE256") return undefined;
  if (identifier === OID.rsaEncryption) return { kind: "rsa-pkcs1", hash: digest };
  // Some tokens and their middleware name the key where the signature's algorithm belongs.
  if (identifier === OID.ecPublicKey) return { kind: "ecdsa", hash: digest };
  return undefined;
}

/** AlgorithmIdentifier of ECDSA over SHA-256, what this service signs with; parameters absent (RFC 5758 §3.2). */
export function ecdsaWithSha256(): Bytes {
  return sequence(oid(OID.ecdsaWithSha256));
}
