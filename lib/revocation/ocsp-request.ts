import { type Fields, fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { smallInteger } from "../asn1/values.ts";
import { explicit, sequence } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type Extension, findExtension, readExtensions } from "../x509/extension.ts";
import { type CertId, readCertId } from "./cert-id.ts";
import { readNonce, writeNonce } from "./nonce.ts";

/**
 * Largest request, octets, and most certificates in one. A response repeats the CertIDs, and what is signed must fit the 4,096 octets
 * of the Signer: 2,400 octets of CertIDs leave 100 for each of the sixteen statuses.
 */
const MAX_REQUEST = 2400;
export const MAX_CERT_IDS = 16;

/** OCSPRequest (RFC 6960 §4.1.1). */
export type OcspRequest = {
  readonly certIds: readonly CertId[];
  /** What the response has to repeat. */
  readonly nonce: Uint8Array | undefined;
};

/**
 * Reads a request. Its signature, if it has one, is not looked at: the service answers everybody.
 *
 * @param bytes DER, one request and nothing behind it
 * @throws Fault `ocsp_malformed`, `der_malformed`, `der_limit`, `x509_malformed`: answer malformedRequest
 */
export function parseOcspRequest(bytes: Uint8Array): OcspRequest {
  if (bytes.length > MAX_REQUEST) throw new Fault("ocsp_malformed", `a request of ${bytes.length} octets`);
  const outer = fields(readDer(bytes));
  const tbs = fields(outer.next());
  outer.optional(contextTag(0, true));
  outer.done();

  const version = tbs.optional(contextTag(0, true));
  if (version !== undefined && smallInteger(fields(version, version.tag).next()) !== 0)
    throw new Fault("ocsp_malformed", "a request of another version than 1");
  tbs.optional(contextTag(1, true));
  const list = children(tbs.next(TAG.sequence));
  const extensions = knownExtensions(tbs, 2);
  tbs.done();
  if (list.length === 0 || list.length > MAX_CERT_IDS)
    throw new Fault("ocsp_malformed", `a request for ${list.length} certificates`);
  const certIds = list.map((node) => {
    const request = fields(node);
    const certId = readCertId(request.next());
    knownExtensions(request, 0);
    request.done();
    return certId;
  });
  return { certIds, nonce: readNonce(findExtension({ extensions }, OID.ocspNonce)) };
}

/**
 * @param certIds DER CertIDs, at most sixteen
 * @param nonce 1 to 32 random octets
 */
export function buildOcspRequest(certIds: readonly Uint8Array[], nonce?: Uint8Array): Bytes {
  const list = sequence(...certIds.map((certId) => sequence(certId)));
  const extensions = nonce === undefined ? [] : [explicit(2, sequence(writeNonce(nonce)))];
  return sequence(sequence(list, ...extensions));
}

/** Extensions under their explicit tag. @throws Fault `ocsp_malformed`: a critical one that is not known (RFC 6960 §4.4) */
function knownExtensions(cursor: Fields, number: number): Extension[] {
  const tagged = cursor.optional(contextTag(number, true));
  if (tagged === undefined) return [];
  const wrapper = fields(tagged, tagged.tag);
  const extensions = readExtensions(wrapper.next());
  wrapper.done();
  const strange = extensions.find(({ critical, oid }) => critical && oid !== OID.ocspNonce);
  if (strange !== undefined) throw new Fault("ocsp_malformed", `critical extension ${strange.oid}`);
  return extensions;
}
