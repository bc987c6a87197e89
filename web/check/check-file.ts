import { publicView } from "../../lib/api/public-view.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { DeviceAnswer } from "./protocol.ts";
import { verifyOnServer } from "./server.ts";
import { type KnownStanding, mayBeOurs } from "./standings.ts";
import { loadTrust, type Trust } from "./trust.ts";
import type { DeviceVerifier, Stage } from "./verifier.ts";

/** What is known of a file that was checked. */
export type Checked = {
  readonly file: File;
  /** Where the verdict comes from. */
  readonly by: "device" | "server";
  /** As the octets alone say, before the service was asked about signatures of its own. */
  readonly alone: DeviceAnswer;
  readonly answer: DeviceAnswer;
  readonly trust: Trust;
  /** What the service knows of signatures of its own, by the number of the signature. */
  readonly standings: readonly KnownStanding[];
};

/** The list of those trusted is not to be had: nothing can be said of any file. */
export class NoTrust extends Error {
  override readonly name = "NoTrust";
}

type Options = { readonly onStage?: (stage: Stage) => void; readonly signal: AbortSignal };

/**
 * Checks a file on this device.
 *
 * @throws NoTrust; Fault those of the verifier; AbortError
 */
export async function checkOnDevice(file: File, verifier: DeviceVerifier, options: Options): Promise<Checked> {
  const trust = await trustOrNothing();
  options.signal.throwIfAborted();
  const found = await verifier.verify({ file, anchors: trust.anchors, at: Date.now() }, options);
  // As the service answers: numbers of people are covered, here as there.
  const alone = publicView(found);
  return withStandingsOf({ file, by: "device", alone, answer: alone, trust, standings: [] }, options.signal);
}

/**
 * Lets the service check a file. What is read out of its octets beside the verdict (the signed version, the certificates) is read here.
 *
 * @throws NoTrust; Fault with the service's code, `pdf_too_large`; AbortError
 */
export async function checkOnServer(file: File, verifier: DeviceVerifier, options: Options): Promise<Checked> {
  const trust = await trustOrNothing();
  if (file.size > trust.sendable) throw new Fault("pdf_too_large", "more than the service takes");
  const verification = await verifyOnServer(file, options.signal);
  const here = await verifier
    .verify({ file, anchors: trust.anchors, at: Date.parse(verification.at) }, { signal: options.signal })
    .catch(() => undefined);
  options.signal.throwIfAborted();
  const fits = here?.verification.signatures.length === verification.signatures.length;
  const nothing = { sha256: here?.sha256 ?? "", extras: [], certificates: {} };
  const alone = { ...(here !== undefined && fits ? publicView(here) : nothing), verification };
  return withStandingsOf({ file, by: "server", alone, answer: alone, trust, standings: [] }, options.signal);
}

/** Asks the service about signatures of its own, where there may be some. @throws AbortError */
export async function withStandingsOf(checked: Checked, signal: AbortSignal): Promise<Checked> {
  const { alone, trust, by } = checked;
  if (!mayBeOurs(alone, trust)) return checked;
  const { askStandings, bySignature, tell } = await import("./ask-standings.ts");
  const told = await askStandings(alone, trust, signal);
  signal.throwIfAborted();
  // The service has told what it knows in its own answer already.
  const verification = by === "server" ? alone.verification : await tell(alone, told);
  return { ...checked, answer: { ...alone, verification }, standings: bySignature(alone, told) };
}

async function trustOrNothing(): Promise<Trust> {
  try {
    return await loadTrust();
  } catch (cause) {
    throw new NoTrust("no list of those trusted", { cause });
  }
}
