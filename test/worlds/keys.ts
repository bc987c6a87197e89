import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { explicit, integer, nullValue, oid, sequence } from "../../lib/asn1/write.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { HASHES, type HashName, hashAlgorithmNull } from "../../lib/crypto/algorithms.ts";

/** Keys that signatures in circulation have; a number is the size of an RSA modulus, 2,048 bits where none is given. */
export type KeyKind =
  | "p256"
  | "p384"
  | "p521"
  | "brainpoolP256r1"
  | "brainpoolP384r1"
  | "brainpoolP512r1"
  | "rsa"
  | "rsa512"
  | "rsa768"
  | "rsa1024"
  | "rsa3072"
  /** A plain RSA key that signs by RSASSA-PSS. */
  | "rsa-pss"
  /** A key that is for RSASSA-PSS only (id-RSASSA-PSS without parameters). */
  | "rsa-pss-only"
  | "ed25519"
  | "ed448";

/** What signs, and how a message names it. */
export type Key = {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Bytes;
  /** The digest that a signer of this kind takes by itself. */
  readonly hash: HashName;
  /** AlgorithmIdentifier of its signatures. */
  readonly algorithm: (hash?: HashName) => Bytes;
  readonly sign: (message: Uint8Array, hash?: HashName) => Bytes;
};

const CURVES = { p256: "P-256", p384: "P-384", p521: "P-521" } as const;
const HASH_OF: Partial<Record<KeyKind, HashName>> = {
  p384: "SHA-384",
  p521: "SHA-512",
  brainpoolP384r1: "SHA-384",
  brainpoolP512r1: "SHA-512",
  ed25519: "SHA-512",
  ed448: "SHAKE256",
};
const NODE_HASH = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
  "SHA3-256": "sha3-256",
  "SHA3-384": "sha3-384",
  "SHA3-512": "sha3-512",
} as const;
type TestHash = keyof typeof NODE_HASH;

const RSA_OIDS: Readonly<Record<TestHash, string>> = {
  "SHA-1": OID.sha1WithRSAEncryption,
  "SHA-224": OID.sha224WithRSAEncryption,
  "SHA-256": OID.sha256WithRSAEncryption,
  "SHA-384": OID.sha384WithRSAEncryption,
  "SHA-512": OID.sha512WithRSAEncryption,
  "SHA3-256": OID.rsaWithSha3_256,
  "SHA3-384": OID.rsaWithSha3_384,
  "SHA3-512": OID.rsaWithSha3_512,
};
const ECDSA_OIDS: Readonly<Record<TestHash, string>> = {
  "SHA-1": OID.ecdsaWithSha1,
  "SHA-224": OID.ecdsaWithSha224,
  "SHA-256": OID.ecdsaWithSha256,
  "SHA-384": OID.ecdsaWithSha384,
  "SHA-512": OID.ecdsaWithSha512,
  "SHA3-256": OID.ecdsaWithSha3_256,
  "SHA3-384": OID.ecdsaWithSha3_384,
  "SHA3-512": OID.ecdsaWithSha3_512,
};

/** RSA keys take a tenth of a second to make, so there are no more than this many of each kind; they are handed out in turns. */
const RSA_KEYS = 3;
const MADE = new Map<KeyKind, KeyObject[]>();
let turn = 0;

/** A key of this kind: a new one, or for RSA one of a few. */
export function newKey(kind: KeyKind = "p256"): Key {
  return keyFrom(kind, kind.startsWith("rsa") ? rsaKey(kind) : generate(kind));
}

/** The same for a key that is there. */
export function keyFrom(kind: KeyKind, privateKey: KeyObject): Key {
  const own = HASH_OF[kind] ?? "SHA-256";
  return {
    kind,
    privateKey,
    spki: spkiOf(privateKey),
    hash: own,
    algorithm: (hash = own) => algorithmOf(kind, hash),
    sign: (message, hash = own) => signWith(kind, privateKey, message, hash),
  };
}

function rsaKey(kind: KeyKind): KeyObject {
  const made = MADE.get(kind) ?? [];
  MADE.set(kind, made);
  if (made.length < RSA_KEYS) made.push(generate(kind));
  return made[turn++ % made.length] as KeyObject;
}

function generate(kind: KeyKind): KeyObject {
  if (kind === "ed25519") return generateKeyPairSync("ed25519").privateKey;
  if (kind === "ed448") return generateKeyPairSync("ed448").privateKey;
  if (kind === "rsa-pss-only") return generateKeyPairSync("rsa-pss", { modulusLength: 2048 }).privateKey;
  if (kind.startsWith("rsa")) {
    const modulusLength = Number(/\d+/.exec(kind)?.[0] ?? 2048);
    return generateKeyPairSync("rsa", { modulusLength }).privateKey;
  }
  const namedCurve = kind in CURVES ? CURVES[kind as keyof typeof CURVES] : kind;
  return generateKeyPairSync("ec", { namedCurve }).privateKey;
}

function spkiOf(privateKey: KeyObject): Bytes {
  return new Uint8Array(createPublicKey(privateKey).export({ format: "der", type: "spki" }));
}

function algorithmOf(kind: KeyKind, hash: HashName): Bytes {
  if (kind === "ed25519") return sequence(oid(OID.ed25519));
  if (kind === "ed448") return sequence(oid(OID.ed448));
  if (kind.startsWith("rsa-pss")) return pssAlgorithm(hash);
  if (kind.startsWith("rsa")) return sequence(oid(RSA_OIDS[hash as TestHash]), nullValue());
  return sequence(oid(ECDSA_OIDS[hash as TestHash]));
}

/** RFC 4055 §3.1: MGF1 with the same digest, a salt as long as it. */
function pssAlgorithm(hash: HashName): Bytes {
  const parameters = sequence(
    explicit(0, hashAlgorithmNull(hash)),
    explicit(1, sequence(oid(OID.mgf1), hashAlgorithmNull(hash))),
    explicit(2, integer(HASHES[hash].length)),
  );
  return sequence(oid(OID.rsassaPss), parameters);
}

function signWith(kind: KeyKind, key: KeyObject, message: Uint8Array, hash: HashName): Bytes {
  const name = NODE_HASH[hash as TestHash];
  if (kind.startsWith("ed")) return new Uint8Array(sign(null, message, key));
  if (kind.startsWith("rsa-pss")) {
    const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: HASHES[hash].length };
    return new Uint8Array(sign(name, message, options));
  }
  return new Uint8Array(sign(name, message, { key, dsaEncoding: "der" }));
}
