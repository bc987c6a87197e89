import type { CertificateFacts, Facts, RevocationFacts } from "../facts/facts.ts";
import type { Policy } from "./policy.ts";

/** What everything is judged by, and what was found out on the way. */
export type World = {
  readonly facts: Facts;
  readonly policy: Policy;
  /** ms */
  readonly at: number;
  /** By certificate. */
  readonly revocation: ReadonlyMap<string, readonly RevocationFacts[]>;
  /** When each document timestamp proves what it covers to have existed, ms; undefined: it proves nothing (yet). */
  readonly proofs: (number | undefined)[];
  /** Which document timestamps are rightly made, whoever vouches for them. */
  readonly sound: boolean[];
  /** How many CRLs and responses were looked at: hostile files have responders for responders for responders. */
  looked: number;
};

/** A thousand signatures with three certificates each and dozens of responses stay far below; beyond it nothing is concluded. */
export const MAX_LOOKED = 500_000;

export function worldOf(facts: Facts, policy: Policy, at: number): World {
  const revocation = new Map<string, RevocationFacts[]>();
  for (const fact of facts.revocation) {
    const known = revocation.get(fact.certificate);
    if (known === undefined) revocation.set(fact.certificate, [fact]);
    else known.push(fact);
  }
  return { facts, policy, at, revocation, proofs: [], sound: [], looked: 0 };
}

export function certificateOf({ facts }: World, id: string | null): CertificateFacts | null {
  return id !== null && Object.hasOwn(facts.certificates, id) ? (facts.certificates[id] ?? null) : null;
}

/** The earliest moment at which something is proved to have existed (EN 319 102-1 §5.6.2.3): `at` where no timestamp covers it. */
export function provenBy({ proofs, at }: World, stampedBy: readonly number[]): number {
  let earliest = at;
  for (const index of stampedBy) {
    const time = proofs[index];
    if (time !== undefined && time < earliest) earliest = time;
  }
  return earliest;
}

export const ms = (iso: string): number => Date.parse(iso);
export const optionalMs = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));
