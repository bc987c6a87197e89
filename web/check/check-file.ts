import { publicView } from "../../lib/api/public-view.ts";
import type { DeviceAnswer } from "./protocol.ts";
import { loadTrust, type Trust } from "./trust.ts";
import type { DeviceVerifier, Stage } from "./verifier.ts";

/** What is known of a file that was checked. */
export type Checked = {
  readonly file: File;
  /** Where the verdict comes from. */
  readonly by: "device" | "server";
  readonly answer: DeviceAnswer;
  readonly trust: Trust;
};

/** The list of those trusted is not to be had: nothing can be said of any file. */
export class NoTrust extends Error {
  override readonly name = "NoTrust";
}

type Options = { readonly onStage?: (stage: Stage) => void; readonly signal?: AbortSignal };

/**
 * Checks a file on this device.
 *
 * @throws NoTrust; Fault those of the verifier; AbortError
 */
export async function checkOnDevice(file: File, verifier: DeviceVerifier, options: Options = {}): Promise<Checked> {
  const trust = await trustOrNothing();
  options.signal?.throwIfAborted();
  const answer = await verifier.verify({ file, anchors: trust.anchors, at: Date.now() }, options);
  // As the service answers: numbers of people are covered, here as there.
  return { file, by: "device", answer: publicView(answer), trust };
}

async function trustOrNothing(): Promise<Trust> {
  try {
    return await loadTrust();
  } catch (cause) {
    throw new NoTrust("no list of those trusted", { cause });
  }
}
