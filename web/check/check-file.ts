import { publicView } from "../../lib/api/public-view.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { DeviceAnswer } from "./protocol.ts";
import { verifyOnServer } from "./server.ts";
import { askStandings, type KnownStanding } from "./standings.ts";
import { loadTrust, type Trust } from "./trust.ts";
import type { DeviceVerifier, Stage } from "./verifier.ts";

/** What is known of a file that was checked. */
export type Checked = {
  readonly file: File;
  /** Where the verdict comes from. */
  readonly by: "device" | "server";
  readonly answer: DeviceAnswer;
  readonly trust: Trust;
  /** What the service knows besides, by the number of the signature. */
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
  const answer = publicView(found);
  return { file, by: "device", answer, trust, standings: await askStandings(answer, trust, options.signal) };
}

/**
 * Lets the service check a file. What is read out of its octets beside the verdict (the signed version, the serial number to ask
 * about) is read here.
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
  const besides = here !== undefined && fits ? publicView({ ...here, verification }) : { ...nothing, verification };
  const answer = { ...besides, verification };
  return { file, by: "server", answer, trust, standings: await askStandings(answer, trust, options.signal) };
}

async function trustOrNothing(): Promise<Trust> {
  try {
    return await loadTrust();
  } catch (cause) {
    throw new NoTrust("no list of those trusted", { cause });
  }
}
