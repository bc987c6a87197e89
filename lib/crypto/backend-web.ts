import { sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { type Bytes, fromUtf8 } from "../bytes/bytes.ts";
import { onDemand, whenLoaded } from "../fault/on-demand.ts";
import type { HashName, RunningDigest, SignatureAlgorithm } from "./algorithms.ts";
import { verifyDsa } from "./dsa.ts";
import { readEcdsaSignature } from "./ecdsa-signature.ts";
import { pssAllowed } from "./pss-key.ts";
import { type PublicKey, readPublicKey } from "./public-key.ts";
import { verifyPkcs1, verifyPss } from "./rsa.ts";

export { hmacSha256 } from "./hmac.ts";

const FUNCTIONS = {
  "SHA-1": sha1,
  "SHA-224": sha224,
  "SHA-256": sha256,
  "SHA-384": sha384,
  "SHA-512": sha512,
  "SHA-512/224": sha512_224,
  "SHA-512/256": sha512_256,
} as const satisfies Partial<Record<HashName, unknown>>;

const sha3 = onDemand(async () => (await import("./sha3-web.ts")).SHA3);

function functionOf(hash: HashName) {
  return hash in FUNCTIONS ? FUNCTIONS[hash as keyof typeof FUNCTIONS] : sha3()[hash as keyof ReturnType<typeof sha3>];
}

/** Curves and digests of ECDSA that WebCrypto has (W3C Web Cryptography API §23, §30). */
const WEB_CURVES: ReadonlySet<string> = new Set(["P-256", "P-384", "P-521"]);
const WEB_HASHES: ReadonlySet<string> = new Set(["SHA-1", "SHA-256", "SHA-384", "SHA-512"]);

/** The digest of the parts, one after the other. @throws NotLoaded for SHA-3, until it is loaded */
export function digest(hash: HashName, ...parts: readonly Uint8Array[]): Bytes {
  const state = functionOf(hash).create();
  for (const part of parts) state.update(part);
  return new Uint8Array(state.digest());
}

/** Keeps the promises of its namesake in backend-node.ts. */
export function runningDigest(hash: HashName): RunningDigest {
  const state = functionOf(hash).create();
  return {
    add: (octets) => void state.update(octets),
    with: (octets) => new Uint8Array(state.clone().update(octets).digest()),
  };
}

/** The digest of the UTF-8 octets of a text. */
export function digestText(hash: HashName, text: string): Bytes {
  return digest(hash, fromUtf8(text));
}

/** Keeps the promises of its namesake in backend-node.ts. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean | Promise<boolean> {
  const key = readPublicKey(spki);
  switch (algorithm.kind) {
    case "ecdsa":
      return key.kind === "ec" && verifyEcdsa(key, algorithm.hash, spki, message, signature);
    case "dsa":
      return key.kind === "dsa" && whenLoaded(() => verifyDsa(key, algorithm.hash, message, signature, digest));
    case "eddsa":
      return key.kind === "eddsa" && key.curve === algorithm.curve && verifyEddsa(key, message, signature);
    case "rsa-pkcs1":
      if (key.kind !== "rsa" || key.pss !== undefined) return false;
      return whenLoaded(() => verifyPkcs1(key, algorithm.hash, message, signature, digest));
    case "rsa-pss":
      if (key.kind !== "rsa" || !pssAllowed(key, algorithm)) return false;
      return whenLoaded(() => verifyPss(key, algorithm, message, signature, digest));
  }
}

async function verifyEcdsa(
  key: Extract<PublicKey, { kind: "ec" }>,
  hash: HashName,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const pair = readEcdsaSignature(signature, key.curve);
  if (pair === undefined) return false;
  // Absent on a page that was not loaded securely.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined || !WEB_CURVES.has(key.curve) || !WEB_HASHES.has(hash)) {
    const curves = await import("./noble-curves.ts");
    return curves.verifyEcdsa(key.curve, await whenLoaded(() => digest(hash, message)), pair, key.point);
  }
  let imported: CryptoKey;
  try {
    imported = await subtle.importKey("spki", own(spki), { name: "ECDSA", namedCurve: key.curve }, false, ["verify"]);
  } catch {
    return false; // a point off the curve
  }
  return subtle.verify({ name: "ECDSA", hash }, imported, pair, own(message));
}

async function verifyEddsa(
  key: Extract<PublicKey, { kind: "eddsa" }>,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  // Not WebCrypto: engines differ in whether they have it and in what they accept at the edges.
  const curves = await import("./noble-curves.ts");
  return curves.verifyEddsa(key.curve, message, signature, key.point);
}

/** The DOM types take no view on shared memory; this is where that is settled. */
function own(octets: Uint8Array): Bytes {
  return octets.buffer instanceof ArrayBuffer
    ? new Uint8Array(octets.buffer, octets.byteOffset, octets.length)
    : new Uint8Array(octets);
}
