import { verifySignature } from "#crypto";
import { type AlgorithmIdentifier, type SignatureAlgorithm, signatureAlgorithmOf } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";
import { type Allowance, costOfVerifying } from "./allowance.ts";

/**
 * @param allowance what may still be spent, where somebody counts
 * @returns undefined where the algorithm or the key is not supported, or the allowance is used up
 */
export async function verifies(
  algorithm: AlgorithmIdentifier,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  allowance?: Allowance,
): Promise<boolean | undefined> {
  if (allowance !== undefined && !allowance.spend(costOfVerifying(spki, message))) return undefined;
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
