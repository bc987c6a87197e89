import type { Gathered } from "../facts/conclude.ts";
import type { Facts, Standings } from "../facts/facts.ts";
import type { GatherInput } from "../facts/input.ts";
import { whenLoaded } from "../fault/on-demand.ts";
import { judge } from "../validate/judge.ts";
import type { Policy } from "../validate/policy.ts";
import type { Verification } from "../validate/report.ts";
import type { Certificate } from "../x509/certificate.ts";

export type VerifyInput = GatherInput & {
  /** The moment that the verdict is for, ms since 1970. */
  readonly at: number;
  readonly policy: Policy;
  /** What the issuers of one-time certificates say of signatures, where they were asked (lib/validate/standings.ts). */
  readonly standings?: Standings;
};

export type Verified = {
  readonly verification: Verification;
  /** From them, `at` and the policy the verdict follows. */
  readonly facts: Facts;
  /** The certificates that the facts name, by the SHA-256 of their DER in hex. */
  readonly certificates: ReadonlyMap<string, Certificate>;
};

/** The verdict on what was gathered. */
export async function verified(
  { facts: gathered, certificates }: Gathered,
  { at, policy, standings }: Pick<VerifyInput, "at" | "policy" | "standings">,
): Promise<Verified> {
  const facts = standings === undefined ? gathered : { ...gathered, standings };
  return { verification: await whenLoaded(() => judge(facts, { at, policy })), facts, certificates };
}
