import type { Facts } from "../facts/facts.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import { parseTrustProfile } from "../trust/profile.ts";
import type { Verification } from "../validate/report.ts";
import { type OneTime, oneTimeCertificates } from "../validate/standings.ts";
import { isolate } from "./isolation.ts";
import { webStatusSource } from "./status-source.ts";
import { verifyFile } from "./verify.ts";

export type VerifierQuestion = {
  readonly pdf: Uint8Array;
  /** A trust profile as text: it travels to another process, and is read there once. */
  readonly profile: string;
  /** The moment that the verdict is asked for, ms. */
  readonly at: number;
  /** Whether the facts are wanted beside the answer: they are several times as large. */
  readonly facts?: boolean;
};

export type VerifierAnswer = {
  readonly verification: Verification;
  readonly facts?: Facts;
  /** Whose issuer can be asked what else there is to know of their signatures. */
  readonly oneTime?: readonly OneTime[];
};

/** Judges one file. @throws Fault: it cannot be read, or not within the limits */
export type Verifier = (question: VerifierQuestion) => Promise<VerifierAnswer>;

/** A file may take this long, and what a file of 50 MB takes in memory. */
const LIMITS = { processes: 2, waiting: 4, milliseconds: 10_000, megabytes: 400 };
/** ms more where sources on the network are asked. */
const ASKING_MS = 20_000;

/**
 * The verifier of the service. On one machine every file is read in a process of its own, which is ended at ten seconds or too much
 * memory; on Lambda the function is such a process itself, with its own limits.
 */
export function verifier(told: { readonly isolated: boolean; readonly statusHosts: readonly string[] }): Verifier {
  const { isolated, statusHosts } = told;
  const here = hereVerifier(statusHosts);
  if (!isolated) return here;
  const milliseconds = LIMITS.milliseconds + (statusHosts.length > 0 ? ASKING_MS : 0);
  const script = new URL("./verifier-child.ts", import.meta.url);
  const { ask } = isolate<VerifierQuestion & { readonly statusHosts: readonly string[] }, VerifierAnswer>(script, {
    ...LIMITS,
    milliseconds,
  });
  return (question) => ask({ ...question, statusHosts });
}

/** In this process. */
export function hereVerifier(statusHosts: readonly string[]): Verifier {
  let held: { readonly profile: string; readonly anchors: readonly TrustAnchor[] } | undefined;
  return async ({ pdf, profile, at, facts: wanted = false }) => {
    if (held?.profile !== profile) held = { profile, anchors: parseTrustProfile(profile) };
    const source = statusHosts.length === 0 ? undefined : webStatusSource(statusHosts, Date.now);
    const { verification, facts } = await verifyFile({ pdf, anchors: held.anchors, at, source });
    const oneTime = oneTimeCertificates(facts, verification);
    return { verification, oneTime, ...(wanted ? { facts } : {}) };
  };
}
