import { ed448 } from "@noble/curves/ed448.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from "@noble/curves/misc.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import type { CurveName } from "./public-key.ts";

// In a file of its own so that a page loads it only for a signature that WebCrypto cannot verify.

const CURVES = {
  "P-256": p256,
  "P-384": p384,
  "P-521": p521,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
} as const;

/**
 * ECDSA over a digest (FIPS 186-5 §6.4.2).
 *
 * @param signature r and s, each as long as a coordinate
 * @param point `04 x y`
 * @returns false also where the point is not on the curve
 */
export function verifyEcdsa(curve: CurveName, digest: Uint8Array, signature: Uint8Array, point: Uint8Array): boolean {
  try {
    // Certificates do not ask for the lower of the two values of s.
    return CURVES[curve].verify(signature, digest, point, { prehash: false, lowS: false, format: "compact" });
  } catch {
    return false;
  }
}

/** Ed25519 or Ed448 (RFC 8032 §5.1.7, §5.2.7), encodings of points and of S canonical. */
export function verifyEddsa(
  curve: "Ed25519" | "Ed448",
  message: Uint8Array,
  signature: Uint8Array,
  point: Uint8Array,
): boolean {
  try {
    return curve === "Ed25519"
      ? ed25519.verify(signature, message, point, { zip215: false })
      : ed448.verify(signature, message, point, { zip215: false });
  } catch {
    return false;
  }
}
