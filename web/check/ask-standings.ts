import { Fault } from "../../lib/fault/fault.ts";
import { whenLoaded } from "../../lib/fault/on-demand.ts";
import { oneTimeCertificates, withStandings } from "../../lib/validate/standings.ts";
import { ask } from "../api.ts";
import type { DeviceAnswer } from "./protocol.ts";
import type { KnownStanding, ToldStanding } from "./standings.ts";
import type { Trust } from "./trust.ts";

/** Certificates that are asked about; a file of ours has a few, a file that was made to make us ask has thousands. */
const MOST_ASKED = 20;
/** Milliseconds: a result waits for it, since what is denied must not look valid for a moment; a line that is slower is no line. */
const PATIENCE_MS = 6000;

/** What the service says, by the SHA-256 of the certificate in hex; `none` of one that it knows nothing of. */
type Told = ReadonlyMap<string, Exclude<KnownStanding, undefined>>;

/** Asks the service about the signatures of a file that are its own. Only serial numbers are sent. */
export async function askStandings(answer: DeviceAnswer, trust: Trust, signal: AbortSignal): Promise<Told> {
  const ours = oneTimeCertificates(answer, answer.verification).filter(({ anchor }) => anchor === trust.ownRoot);
  const asked = ours.map(async ({ certificate, serial }, i) => {
    return [certificate, i < MOST_ASKED ? await askOne(serial, signal) : "unknown"] as const;
  });
  return new Map(await Promise.all(asked));
}

async function askOne(serial: string, signal: AbortSignal): Promise<Exclude<KnownStanding, undefined>> {
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    return await ask<ToldStanding>(`/v1/standings/${encodeURIComponent(serial)}`, { signal: patience });
  } catch (error) {
    return error instanceof Fault && error.code === "standing_not_found" ? "none" : "unknown";
  }
}

/** The answer with what the service says, as the service itself gives it (lib/validate/standings). */
export function tell(answer: DeviceAnswer, told: Told): Promise<DeviceAnswer["verification"]> {
  const known = [...told].filter((entry): entry is [string, ToldStanding | "unknown"] => entry[1] !== "none");
  if (known.length === 0) return Promise.resolve(answer.verification);
  return whenLoaded(() => withStandings(answer.verification, Object.fromEntries(known)));
}

/** By the number of the signature. */
export function bySignature({ verification }: DeviceAnswer, told: Told): readonly KnownStanding[] {
  return verification.signatures.map(({ chain }) => told.get(chain[0]?.sha256 ?? ""));
}
