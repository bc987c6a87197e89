import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { readDer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { smallInteger, time } from "../asn1/values.ts";
import { readExtensions, readExtensionValue } from "../x509/extension.ts";
import { type GeneralName, readGeneralNames } from "../x509/general-name.ts";

/** One entry of revokedCertificates (RFC 5280 §5.3); times in ms since 1970. */
export type CrlEntry = {
  readonly revokedAt: number;
  /** CRLReason; undefined where there is none. */
  readonly reason: number | undefined;
  readonly invalidityDate: number | undefined;
  readonly certificateIssuer: readonly GeneralName[] | undefined;
};

/**
 * @param octets one whole entry
 * @throws Fault `der_malformed`, `x509_malformed`
 */
export function readCrlEntry(octets: Uint8Array): CrlEntry {
  const cursor = fields(readDer(octets));
  cursor.next(TAG.integer);
  const revokedAt = time(cursor.next());
  const list = cursor.optional(TAG.sequence);
  cursor.done();
  const holder = { extensions: list === undefined ? [] : readExtensions(list) };
  return {
    revokedAt,
    reason: readExtensionValue(holder, OID.reasonCode, (node) => smallInteger(node, TAG.enumerated)),
    // GeneralizedTime only (RFC 5280 §5.3.2).
    invalidityDate: readExtensionValue(holder, OID.invalidityDate, (node) => time(node, TAG.generalizedTime)),
    certificateIssuer: readExtensionValue(holder, OID.certificateIssuer, (node) => readGeneralNames(node)),
  };
}
