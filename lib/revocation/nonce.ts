import * as OID from "../asn1/oids.ts";
import { readDer } from "../asn1/read.ts";
import { octets } from "../asn1/values.ts";
import { octetString, oid, sequence } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Extension } from "../x509/extension.ts";

const OCSP_NONCE = oid(OID.ocspNonce);
/** What a responder should repeat (RFC 8954 §2.1, RFC 9654 §2.1): longer ones would let a requester choose what is signed. */
const MAX_REPEATED = 32;
/** RFC 9654 §2.1: beyond it the request is malformed, between the two a responder may pass the nonce over. */
const MAX_ALLOWED = 128;

/**
 * @returns the octets to repeat; undefined where there are none, or more than 32
 * @throws Fault `ocsp_malformed`: empty, or longer than 128 octets; `der_malformed`
 */
export function readNonce(extension: Extension | undefined): Uint8Array | undefined {
  if (extension === undefined) return undefined;
  const nonce = octets(readDer(extension.value));
  if (nonce.length === 0 || nonce.length > MAX_ALLOWED)
    throw new Fault("ocsp_malformed", `a nonce of ${nonce.length} octets`);
  return nonce.length <= MAX_REPEATED ? nonce : undefined;
}

/** Extension, not critical. @throws TypeError: not 1 to 32 octets */
export function writeNonce(nonce: Uint8Array): Bytes {
  if (nonce.length === 0 || nonce.length > MAX_REPEATED) throw new TypeError("a nonce has 1 to 32 octets");
  return sequence(OCSP_NONCE, octetString(octetString(nonce)));
}
