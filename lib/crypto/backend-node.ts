import {
  constants,
  createHash,
  createPublicKey,
  type Hash,
  type KeyObject,
  hash as oneShot,
  verify,
} from "node:crypto";
import { type Bytes, fromLatin1 } from "../bytes/bytes.ts";
import { HASHES, type HashName, type RunningDigest, type SignatureAlgorithm } from "./algorithms.ts";
import { readDsaSignature } from "./dsa.ts";
import { readEcdsaSignature } from "./ecdsa-signature.ts";
import { pssAllowed } from "./pss-key.ts";
import { type PublicKey, readPublicKey } from "./public-key.ts";
import { verifyPss } from "./rsa.ts";

export { hmacSha256 } from "./hmac.ts";

const NAMES = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
  "SHA-512/224": "sha512-224",
  "SHA-512/256": "sha512-256",
  "SHA3-224": "sha3-224",
  "SHA3-256": "sha3-256",
  "SHA3-384": "sha3-384",
  "SHA3-512": "sha3-512",
  SHAKE256: "shake256",
} as const satisfies Record<HashName, string>;

/** The digest of the parts, one after the other. */
export function digest(hash: HashName, ...parts: readonly Uint8Array[]): Bytes {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return whole(hash, only);
  const state = newState(hash);
  for (const part of parts) state.update(part);
  return own(state.digest());
}

/** A digest that goes on: of what was added so far and something behind it, again and again. */
export function runningDigest(hash: HashName): RunningDigest {
  const state = newState(hash);
  // A copy forgets how long its digest should be.
  const options = hash === "SHAKE256" ? { outputLength: HASHES[hash].length } : undefined;
  return {
    add: (octets) => void state.update(octets),
    with: (octets) => own(state.copy(options).update(octets).digest()),
  };
}

/** The digest of the UTF-8 octets of a text. */
export function digestText(hash: HashName, text: string): Bytes {
  return whole(hash, text);
}

function newState(hash: HashName): Hash {
  // Node's own length for it is half of what CMS takes.
  return hash === "SHAKE256" ? createHash(NAMES[hash], { outputLength: HASHES[hash].length }) : createHash(NAMES[hash]);
}

function whole(hash: HashName, message: Uint8Array | string): Bytes {
  if (hash === "SHAKE256") return own(newState(hash).update(message).digest());
  // By way of a string of one character an octet: Node makes one in half the time that a Buffer takes.
  return fromLatin1(oneShot(NAMES[hash], message, "binary"));
}

/**
 * Verifies a signature by the key in a SubjectPublicKeyInfo.
 *
 * @param algorithm what the signed structure names; a key of another kind verifies nothing
 * @param spki DER SubjectPublicKeyInfo
 * @param message what was signed, not its digest
 * @param signature as it travels: DER Ecdsa-Sig-Value, RSA octet string, EdDSA octets
 * @returns false for a signature that does not verify, is not encoded strictly, or whose key is no valid key
 * @throws Fault `algorithm_unsupported`, `der_malformed`: the key is of a kind, size or encoding that is not read
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  const key = readPublicKey(spki);
  switch (algorithm.kind) {
    case "ecdsa":
      if (key.kind !== "ec" || readEcdsaSignature(signature, key.curve) === undefined) return false;
      return check(NAMES[algorithm.hash], message, spki, signature);
    case "dsa":
      if (key.kind !== "dsa" || readDsaSignature(signature, key) === undefined) return false;
      return check(NAMES[algorithm.hash], message, spki, signature);
    case "eddsa":
      return key.kind === "eddsa" && key.curve === algorithm.curve && check(null, message, spki, signature);
    case "rsa-pkcs1":
      // A key for RSASSA-PSS must not be used with the older scheme (RFC 4055 §1.2).
      if (key.kind !== "rsa" || key.pss !== undefined || signature.length !== key.modulus.length) return false;
      return check(NAMES[algorithm.hash], message, spki, signature, { padding: constants.RSA_PKCS1_PADDING });
    case "rsa-pss":
      return key.kind === "rsa" && pssAllowed(key, algorithm) && pss(key, algorithm, spki, message, signature);
  }
}

function pss(
  key: Extract<PublicKey, { kind: "rsa" }>,
  algorithm: Extract<SignatureAlgorithm, { kind: "rsa-pss" }>,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  // node:crypto takes the mask function's digest from the message's and leaves no choice.
  if (key.pss !== undefined || algorithm.hash !== algorithm.mgfHash)
    return verifyPss(key, algorithm, message, signature, digest);
  const { saltLength } = algorithm;
  return check(NAMES[algorithm.hash], message, spki, signature, {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength,
  });
}

function check(
  hash: string | null,
  message: Uint8Array,
  spki: Uint8Array,
  signature: Uint8Array,
  options?: { readonly padding?: number; readonly saltLength?: number },
): boolean {
  const key = importKey(spki);
  if (key === undefined) return false;
  try {
    // An object around a key alone costs as much as a third of its import.
    return verify(hash, message, options === undefined ? key : { key, ...options }, signature);
  } catch {
    // OpenSSL reports some bad signatures (a salt that does not fit, say) as errors.
    return false;
  }
}

/** @returns undefined where OpenSSL refuses the key: a point off the curve */
function importKey(spki: Uint8Array): KeyObject | undefined {
  const der = Buffer.from(spki.buffer, spki.byteOffset, spki.length);
  const name = der.toString("latin1");
  const known = IMPORTED.get(name);
  if (known !== undefined) {
    // To the end of the row: what was not asked for longest goes first.
    IMPORTED.delete(name);
    IMPORTED.set(name, known);
    return known;
  }
  try {
    // As a text, which Node takes at its word; of an object it finds out by two exceptions that it is no key yet, which cost more than reading it.
    const key = createPublicKey(
      `-----BEGIN PUBLIC KEY-----\n${lines(der.toString("base64"))}-----END PUBLIC KEY-----\n`,
    );
    if (spki.length <= MAX_KEPT_OCTETS) IMPORTED.set(name, key);
    const [oldest] = IMPORTED.size > MAX_KEPT ? IMPORTED.keys() : [];
    if (oldest !== undefined) IMPORTED.delete(oldest);
    return key;
  } catch {
    return undefined;
  }
}

/** RFC 7468 §2: 64 characters a line. */
function lines(base64: string): string {
  let text = "";
  for (let at = 0; at < base64.length; at += 64) text += `${base64.slice(at, at + 64)}\n`;
  return text;
}

/** Reading a key takes half as long as verifying with it, and an authority's key verifies file after file. By its octets. */
const IMPORTED = new Map<string, KeyObject>();
/** The authorities of a country, and the last few signers. */
const MAX_KEPT = 256;
/** RSA of 4,096 bits has 550. */
const MAX_KEPT_OCTETS = 600;

/** A plain Uint8Array with memory of its own: the slice() of a Buffer would be a view on shared memory. */
function own(octets: Uint8Array): Bytes {
  return new Uint8Array(octets);
}
