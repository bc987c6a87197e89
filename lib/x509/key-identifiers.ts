import { digest } from "#crypto";
import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { readDer } from "../asn1/read.ts";
import { bits, integerOctets, octets } from "../asn1/values.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { type GeneralName, readGeneralNames } from "./general-name.ts";

/** RFC 5280 §4.2.1.2. @throws Fault `x509_malformed` */
export function subjectKeyIdentifier(holder: Extended): Uint8Array | undefined {
  return readExtensionValue(holder, OID.subjectKeyIdentifier, (node) => octets(node));
}

export type AuthorityKeyIdentifier = {
  readonly keyIdentifier: Uint8Array | undefined;
  readonly issuer: readonly GeneralName[] | undefined;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array | undefined;
};

/** RFC 5280 §4.2.1.1: issuer and serial number come together or not at all. @throws Fault `x509_malformed` */
export function authorityKeyIdentifier(holder: Extended): AuthorityKeyIdentifier | undefined {
  return readExtensionValue(holder, OID.authorityKeyIdentifier, (node) => {
    const cursor = fields(node);
    const key = cursor.optional(0x80);
    const issuer = cursor.optional(0xa1);
    const serial = cursor.optional(0x82);
    cursor.done();
    if ((issuer === undefined) !== (serial === undefined))
      throw new Fault("x509_malformed", "an issuer without a serial number, or the reverse");
    return {
      keyIdentifier: key === undefined ? undefined : octets(key, 0x80),
      issuer: issuer === undefined ? undefined : readGeneralNames(issuer, 0xa1),
      serial: serial === undefined ? undefined : integerOctets(serial, 0x82),
    };
  });
}

/**
 * The octets of the BIT STRING in a SubjectPublicKeyInfo: what key identifiers and OCSP's issuerKeyHash are computed over.
 *
 * @throws Fault `der_malformed`
 */
export function subjectPublicKey(spki: Uint8Array): Uint8Array {
  const cursor = fields(readDer(spki));
  cursor.next();
  const key = bits(cursor.next());
  cursor.done();
  return key;
}

/** 20 octets: the leftmost 160 bits of the SHA-256 of the public key (RFC 7093 §2, method 1). */
export function keyIdentifierOf(spki: Uint8Array): Bytes {
  return digest("SHA-256", subjectPublicKey(spki)).slice(0, 20);
}
