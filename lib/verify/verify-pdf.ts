import { gather } from "../facts/gather.ts";
import { whenLoaded } from "../fault/on-demand.ts";
import { type Verified, type VerifyInput, verified } from "./verified.ts";

export type { Verified, VerifyInput };

/**
 * Judges every signature of a file. Asks nobody: what is not in the file has to be given.
 *
 * @param pdf the whole file
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_unsupported`, `pdf_limit`: there is no file to be judged
 */
export async function verifyPdf(pdf: Uint8Array, input: VerifyInput): Promise<Verified> {
  return verified(await whenLoaded(() => gather(pdf, input)), input);
}
