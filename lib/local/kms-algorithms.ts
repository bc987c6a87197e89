import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  type SigningOptions,
  sign,
  verify,
} from "node:crypto";
import { promisify } from "node:util";
import { kmsError } from "./kms-error.ts";

const makeKeyPair = promisify(generateKeyPair);

export type KeyUsage = "SIGN_VERIFY" | "GENERATE_VERIFY_MAC";

const RSA_ALGORITHMS = [
  "RSASSA_PSS_SHA_256",
  "RSASSA_PSS_SHA_384",
  "RSASSA_PSS_SHA_512",
  "RSASSA_PKCS1_V1_5_SHA_256",
  "RSASSA_PKCS1_V1_5_SHA_384",
  "RSASSA_PKCS1_V1_5_SHA_512",
] as const;

/** What each key spec is made of and may do ("Key spec reference" of the KMS developer guide). */
const SPECS = {
  ECC_NIST_P256: { usage: "SIGN_VERIFY", algorithms: ["ECDSA_SHA_256"], curve: "P-256" },
  ECC_NIST_P384: { usage: "SIGN_VERIFY", algorithms: ["ECDSA_SHA_384"], curve: "P-384" },
  RSA_2048: { usage: "SIGN_VERIFY", algorithms: RSA_ALGORITHMS, modulus: 2048 },
  RSA_3072: { usage: "SIGN_VERIFY", algorithms: RSA_ALGORITHMS, modulus: 3072 },
  RSA_4096: { usage: "SIGN_VERIFY", algorithms: RSA_ALGORITHMS, modulus: 4096 },
  HMAC_256: { usage: "GENERATE_VERIFY_MAC", algorithms: ["HMAC_SHA_256"], octets: 32 },
} as const satisfies Record<
  string,
  { usage: KeyUsage; algorithms: readonly string[]; curve?: string; modulus?: number; octets?: number }
>;

export type KeySpec = keyof typeof SPECS;
export type Algorithm = (typeof SPECS)[KeySpec]["algorithms"][number];

export const KEY_SPECS = Object.keys(SPECS) as readonly KeySpec[];

/** Hash of an algorithm in the words of node:crypto, and its length in octets. */
const HASHES: Record<string, { readonly name: string; readonly octets: number }> = {
  SHA_256: { name: "sha256", octets: 32 },
  SHA_384: { name: "sha384", octets: 48 },
  SHA_512: { name: "sha512", octets: 64 },
};

export function usageOf(spec: KeySpec): KeyUsage {
  return SPECS[spec].usage;
}

export function algorithmsOf(spec: KeySpec): readonly Algorithm[] {
  return SPECS[spec].algorithms;
}

/** @returns true where any key spec knows the algorithm */
export function isAlgorithm(name: string): name is Algorithm {
  return KEY_SPECS.some((spec) => (algorithmsOf(spec) as readonly string[]).includes(name));
}

/** @returns PKCS#8 DER of a fresh private key, or the octets of a fresh MAC key */
export async function makeMaterial(spec: KeySpec): Promise<Buffer> {
  const row = SPECS[spec];
  if ("octets" in row) return randomBytes(row.octets);
  const pair =
    "curve" in row
      ? await makeKeyPair("ec", { namedCurve: row.curve })
      : await makeKeyPair("rsa", { modulusLength: row.modulus });
  return pair.privateKey.export({ type: "pkcs8", format: "der" }) as Buffer;
}

export function readPrivateKey(material: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(material), format: "der", type: "pkcs8" });
}

/** @returns DER SubjectPublicKeyInfo */
export function publicKeyOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: "spki", format: "der" }) as Buffer;
}

/** Signs octets that are hashed here, once (`MessageType: RAW`). ECDSA comes out as DER. */
export function signRaw(algorithm: Algorithm, key: KeyObject, message: Uint8Array): Buffer {
  return sign(hashOf(algorithm).name, message, options(algorithm, key));
}

export function verifyRaw(algorithm: Algorithm, key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(hashOf(algorithm).name, message, options(algorithm, createPublicKey(key)), signature);
}

/**
 * Signs a digest as it is (`MessageType: DIGEST`). node:crypto cannot: given no hash it hashes the digest again. The noble
 * curves can, and are loaded only when somebody asks.
 */
export async function signDigest(algorithm: Algorithm, key: KeyObject, digest: Uint8Array): Promise<Uint8Array> {
  const curve = await curveFor(algorithm, digest);
  const secret = Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url");
  return curve.sign(digest, secret, { prehash: false, format: "der", lowS: false });
}

export async function verifyDigest(
  algorithm: Algorithm,
  key: KeyObject,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const curve = await curveFor(algorithm, digest);
  const { x = "", y = "" } = createPublicKey(key).export({ format: "jwk" });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  try {
    return curve.verify(signature, digest, point, { prehash: false, format: "der", lowS: false });
  } catch {
    return false; // not DER
  }
}

/** HMAC-SHA-256 (RFC 2104). */
export function mac(material: Uint8Array, message: Uint8Array): Buffer {
  return createHmac("sha256", material).update(message).digest();
}

async function curveFor(algorithm: Algorithm, digest: Uint8Array) {
  if (!algorithm.startsWith("ECDSA"))
    throw kmsError("UnsupportedOperationException", "The embedded KMS takes a DIGEST for ECDSA only");
  const { octets } = hashOf(algorithm);
  if (digest.length !== octets)
    throw kmsError("ValidationException", `Digest is invalid length for algorithm ${algorithm}.`);
  const { p256, p384 } = await import("@noble/curves/nist.js");
  return octets === 32 ? p256 : p384;
}

function hashOf(algorithm: Algorithm): { readonly name: string; readonly octets: number } {
  const hash = HASHES[algorithm.slice(-"SHA_256".length)];
  if (hash === undefined) throw new TypeError(`${algorithm} has no hash`);
  return hash;
}

function options(algorithm: Algorithm, key: KeyObject): SigningOptions & { key: KeyObject } {
  if (algorithm.startsWith("ECDSA")) return { key, dsaEncoding: "der" };
  if (algorithm.startsWith("RSASSA_PKCS1")) return { key, padding: constants.RSA_PKCS1_PADDING };
  // KMS fixes the salt at the length of the hash.
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}
