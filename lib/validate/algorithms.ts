import type { AlgorithmFacts, CertificateFacts } from "../facts/facts.ts";
import type { Policy } from "./policy.ts";

type Key = CertificateFacts["key"];

/**
 * Until when the policy takes a signature of this algorithm and key for safe.
 *
 * @param key null where it is not known: the hash alone decides
 * @returns ms; Infinity without end, -Infinity for never
 */
export function acceptableUntil(policy: Policy, algorithm: AlgorithmFacts | null, key: Key): number {
  if (algorithm === null) return Number.NEGATIVE_INFINITY;
  const hash = algorithm.hash === null ? Number.POSITIVE_INFINITY : hashUntil(policy, algorithm.hash);
  return key === null ? hash : Math.min(hash, keyUntil(policy, algorithm, key));
}

export function hashUntil(policy: Policy, hash: string): number {
  const found = policy.hashes.find((cutOff) => cutOff.hash === hash);
  return found === undefined ? Number.NEGATIVE_INFINITY : moment(found.until);
}

/** The latest end among all lines that the key meets: a longer key meets those of the shorter ones too. */
function keyUntil(policy: Policy, algorithm: AlgorithmFacts, key: NonNullable<Key>): number {
  let until = Number.NEGATIVE_INFINITY;
  for (const line of policy.keys)
    if (line.kind === key.kind && key.bits >= line.bits && (line.padding ?? algorithm.kind) === algorithm.kind)
      until = Math.max(until, moment(line.until));
  return until;
}

const moment = (until: string | null): number => (until === null ? Number.POSITIVE_INFINITY : Date.parse(until));
