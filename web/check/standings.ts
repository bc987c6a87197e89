import { Fault } from "../../lib/fault/fault.ts";
import { ask } from "../api.ts";
import type { DeviceAnswer } from "./protocol.ts";
import type { Trust } from "./trust.ts";

/** What the service knows of a signature of its own beside whether it verifies. */
export type Standing = {
  readonly disputedAt: string | null;
  readonly assistedBy: { readonly unit: string } | null;
};

/** Of one signature: not ours, not to be had, unknown to the service, or what it says. */
export type KnownStanding = "foreign" | "failed" | "none" | Standing;

/** Signatures that are asked about; a file of ours has a few, a file that was made to make us ask has thousands. */
const MOST_ASKED = 20;

/** Serial numbers of the certificates that this service issued, by the number of the signature; undefined for others. */
function ownSerials(answer: DeviceAnswer, trust: Trust): readonly (string | undefined)[] {
  let asked = 0;
  return answer.verification.signatures.map(({ chain, integrity }, i) => {
    const anchor = chain.find((link) => link.anchor)?.sha256;
    const serial = answer.extras[i]?.serial;
    const ours = anchor !== undefined && anchor === trust.ownRoot && integrity === "intact";
    return ours && serial && asked++ < MOST_ASKED ? serial : undefined;
  });
}

/** Milliseconds: a result waits for it, since what is denied must not look valid for a moment; a line that is slower is no line. */
const PATIENCE_MS = 6000;

/** Asks about one certificate; only its serial number is sent. */
async function askStanding(serial: string, signal: AbortSignal): Promise<KnownStanding> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    return await ask<Standing>(`/v1/standings/${encodeURIComponent(serial)}`, { signal: patience });
  } catch (error) {
    return error instanceof Fault && error.code === "standing_not_found" ? "none" : "failed";
  }
}

/** Asks about the signatures of a file that are ours, each once. @returns by the number of the signature */
export async function askStandings(
  answer: DeviceAnswer,
  trust: Trust,
  signal: AbortSignal,
): Promise<readonly KnownStanding[]> {
  const serials = ownSerials(answer, trust);
  const asked = new Map<string, Promise<KnownStanding>>();
  for (const serial of serials)
    if (serial !== undefined && !asked.has(serial)) asked.set(serial, askStanding(serial, signal));
  return Promise.all(serials.map((serial) => asked.get(serial ?? "") ?? "foreign"));
}

export function isDisputed(standing: KnownStanding | undefined): boolean {
  return typeof standing === "object" && standing.disputedAt !== null;
}
