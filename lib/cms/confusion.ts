import * as OID from "../asn1/oids.ts";
import { readDer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { Fault } from "../fault/fault.ts";
import { countOf, readAttributes } from "./attributes.ts";

/**
 * Whether content that was signed without signed attributes is itself a set of signed attributes.
 *
 * A signature with attributes covers the DER of the attributes. Whoever drops the attributes and passes that DER off as the content
 * has a "document" that the signer never saw, with a signature that verifies; such content is not to be believed.
 */
export function looksLikeSignedAttributes(content: Uint8Array): boolean {
  if (content[0] !== TAG.set) return false;
  try {
    return countOf(readAttributes(readDer(content)), OID.messageDigest) > 0;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
