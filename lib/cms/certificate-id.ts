import { fields } from "../asn1/fields.ts";
import { contents, raw, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";

/** Issuer and serial number as a certificate states them (RFC 5652 §10.2.4): views on its octets, compared octet by octet. */
export type CertificateId = {
  /** The whole Name element. */
  readonly issuer: Uint8Array;
  /** Content octets of the INTEGER, as they are. */
  readonly serial: Uint8Array;
};

/**
 * Visits five elements of a certificate and parses nothing else: cheap enough to look a signer up among hundreds.
 *
 * @throws Fault `der_malformed`
 */
export function certificateId(certificate: Uint8Array): CertificateId {
  const tbs = fields(fields(readDer(certificate)).next());
  tbs.optional(contextTag(0, true));
  const serial = contents(tbs.next(TAG.integer));
  tbs.next(TAG.sequence);
  return { issuer: raw(tbs.next(TAG.sequence)), serial };
}
