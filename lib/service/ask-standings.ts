import { digest } from "#crypto";
import { toHex } from "../bytes/hex.ts";
import type { StandingFacts } from "../facts/facts.ts";
import { Fault } from "../fault/fault.ts";
import { withStandings } from "../validate/standings.ts";
import type { Pki } from "./pki.ts";
import { type StandingPorts, standingOf } from "./standing.ts";
import type { VerifierAnswer } from "./verifier.ts";

export type AskPorts = StandingPorts & { readonly pki: () => Promise<Pki> };

/** Certificates that are asked about: a file of ours has a few, a file that was made to make us ask has thousands. */
const MOST_ASKED = 50;

/**
 * The answer about a file with what this service knows of signatures of its own: who denies one, and who was helped. A look-up that
 * fails is told as such and fails nothing else; beyond {@link MOST_ASKED} nobody is asked, and that is told as well.
 */
export async function tellStandings(ports: AskPorts, answer: VerifierAnswer): Promise<VerifierAnswer> {
  const { oneTime = [] } = answer;
  if (oneTime.length === 0) return answer;
  const own = toHex(digest("SHA-256", (await ports.pki()).root.raw));
  const ours = oneTime.filter(({ anchor }) => anchor === own);
  const asked = await Promise.all(
    ours.map(async ({ certificate, serial }, index) => {
      const standing = index < MOST_ASKED ? await ask(ports, serial) : "unknown";
      return standing === undefined ? [] : [[certificate, standing] as const];
    }),
  );
  const standings = Object.fromEntries(asked.flat());
  if (Object.keys(standings).length === 0) return answer;
  const { verification, facts } = answer;
  return {
    ...answer,
    verification: withStandings(verification, standings),
    ...(facts === undefined ? {} : { facts: { ...facts, standings } }),
  };
}

/** @returns undefined for a certificate that never signed here */
async function ask(ports: StandingPorts, serial: string): Promise<StandingFacts | undefined> {
  try {
    const standing = await standingOf(ports, serial);
    return standing && { disputedAt: standing.disputedAt, assistedBy: standing.assistedBy };
  } catch (error) {
    if (error instanceof Fault) return "unknown";
    throw error;
  }
}
