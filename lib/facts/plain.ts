import type { SignatureAlgorithm } from "../crypto/algorithms.ts";
import type { AlgorithmFacts } from "./facts.ts";

/** Authorities' certificates are met in file after file, and writing a time takes as long as reading ten. */
const MAX_KNOWN = 256;
const KNOWN = new Map<number, string>();

/** ISO 8601 in UTC, with milliseconds. @param ms since 1970 */
export function isoTime(ms: number): string {
  const known = KNOWN.get(ms);
  if (known !== undefined) return known;
  const made = new Date(ms).toISOString();
  if (KNOWN.size === MAX_KNOWN) KNOWN.clear();
  KNOWN.set(ms, made);
  return made;
}

export function optionalTime(ms: number | undefined): string | null {
  return ms === undefined ? null : isoTime(ms);
}

export function algorithmFacts(algorithm: SignatureAlgorithm | undefined): AlgorithmFacts | null {
  if (algorithm === undefined) return null;
  return { kind: algorithm.kind, hash: algorithm.kind === "eddsa" ? null : algorithm.hash };
}
