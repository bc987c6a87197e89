import type { SignatureAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import type { AlgorithmFacts } from "./facts.ts";

/** ISO 8601 in UTC, with milliseconds. @param ms since 1970 */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

export function optionalTime(ms: number | undefined): string | null {
  return ms === undefined ? null : isoTime(ms);
}

export function algorithmFacts(algorithm: SignatureAlgorithm | undefined): AlgorithmFacts | null {
  if (algorithm === undefined) return null;
  return { kind: algorithm.kind, hash: algorithm.kind === "eddsa" ? null : algorithm.hash };
}

/** @returns undefined for what cannot be read */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
