import type { StandingFacts } from "../../lib/facts/facts.ts";
import type { Identified } from "../../lib/service/standing.ts";
import type { SignatureReport } from "../../lib/validate/report.ts";
import type { DeviceAnswer } from "./protocol.ts";
import type { Trust } from "./trust.ts";

/** What the service says of a signature of its own; how its signer was identified is no fact of the validator's. */
export type ToldStanding = Exclude<StandingFacts, "unknown"> & { readonly identified?: Identified | null };

/** Of one signature: what its service says; `unknown` where that could not be asked; undefined where there is nothing to be asked. */
export type KnownStanding = ToldStanding | "unknown" | "none" | undefined;

/** Whether anything in a file may be of this service: only then is the rest loaded and the service asked. */
export function mayBeOurs({ verification }: DeviceAnswer, trust: Trust): boolean {
  return verification.signatures.some((signature) => isOurs(signature, trust));
}

/** Whether the service's own root vouches for it. */
export function isOurs({ chain }: Pick<SignatureReport, "chain">, { ownRoot }: Pick<Trust, "ownRoot">): boolean {
  return chain.some(({ sha256, anchor }) => anchor && sha256 === ownRoot);
}

export function isDisputed(standing: KnownStanding): boolean {
  return typeof standing === "object" && standing.disputedAt !== null;
}
