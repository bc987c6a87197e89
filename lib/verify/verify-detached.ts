import { type ContentDigest, gatherAlone } from "../facts/detached.ts";
import { whenLoaded } from "../fault/on-demand.ts";
import { type Verified, type VerifyInput, verified } from "./verified.ts";

/**
 * Judges a signature that stands alone, as it is before it is put into a file.
 *
 * @param cms a ContentInfo
 * @param digest of the content, by the hash that the message uses
 * @throws Fault `pdf_limit`: it has more than is looked at
 */
export async function verifyDetached(cms: Uint8Array, digest: ContentDigest, input: VerifyInput): Promise<Verified> {
  return verified(await whenLoaded(() => gatherAlone(cms, digest, input)), input);
}
