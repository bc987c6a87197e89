import type { StandingFacts } from "../../lib/facts/facts.ts";
import type { DeviceAnswer } from "./protocol.ts";
import type { Trust } from "./trust.ts";

/** Of one signature: what its service says; `unknown` where that could not be asked; undefined where there is nothing to be asked. */
export type KnownStanding = StandingFacts | "none" | undefined;

/** Whether anything in a file may be of this service: only then is the rest loaded and the service asked. */
export function mayBeOurs({ verification }: DeviceAnswer, { ownRoot }: Trust): boolean {
  return verification.signatures.some(({ chain }) => chain.some(({ sha256, anchor }) => anchor && sha256 === ownRoot));
}

export function isDisputed(standing: KnownStanding): boolean {
  return typeof standing === "object" && standing.disputedAt !== null;
}
