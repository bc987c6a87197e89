import { verifySignature } from "#crypto";
import { type AlgorithmIdentifier, type SignatureAlgorithm, signatureAlgorithmOf } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "./quietly.ts";

/** @returns undefined where the algorithm or the key is not supported */
export async function verifies(
  algorithm: AlgorithmIdentifier,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | undefined> {
  try {
    return await verifySignature(signatureAlgorithmOf(algorithm), spki, message, signature);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** @returns undefined where it is not supported */
export function supportedAlgorithm(algorithm: AlgorithmIdentifier): SignatureAlgorithm | undefined {
  return quietly(() => signatureAlgorithmOf(algorithm));
}
