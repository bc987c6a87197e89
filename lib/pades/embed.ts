import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { writeHex } from "../pdf/string.ts";
import type { Prepared } from "./prepared.ts";

/**
 * Puts the CMS into the room that was left for it; what is not used stays zero (ISO 32000-2 §12.8.1).
 *
 * @param cms DER ContentInfo
 * @returns the appended octets, complete; same length
 * @throws Fault `signature_too_large`
 */
export function embedSignature(prepared: Prepared, cms: Uint8Array): Bytes {
  const { appended, byteRange, contentsStart, reserved } = prepared;
  if (cms.length > reserved) {
    throw new Fault("signature_too_large", `${cms.length} octets of CMS, room for ${reserved}`);
  }
  const start = byteRange[2] + byteRange[3] - appended.length;
  const octets = appended.slice();
  writeHex(cms, octets, contentsStart - start + 1);
  return octets;
}
