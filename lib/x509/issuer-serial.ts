import { TAG } from "../asn1/tags.ts";
import { element, sequence } from "../asn1/write.ts";
import { type Bytes, equal } from "../bytes/bytes.ts";
import type { Certificate } from "./certificate.ts";

/** IssuerAndSerialNumber (RFC 5652 §10.2.4), of the octets that the certificate has. */
export function issuerAndSerialNumber(certificate: Certificate): Bytes {
  return sequence(certificate.issuer.raw, element(TAG.integer, certificate.serial));
}

/** @param serial content octets of the INTEGER */
export function hasIssuerAndSerial(certificate: Certificate, issuer: Uint8Array, serial: Uint8Array): boolean {
  return equal(certificate.serial, serial) && equal(certificate.issuer.raw, issuer);
}
