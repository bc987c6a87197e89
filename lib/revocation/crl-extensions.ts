import { OID } from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { integerOctets, time } from "../asn1/values.ts";
import { readExtensionValue } from "../x509/extension.ts";
import type { Crl } from "./crl.ts";
import { quietly } from "./quietly.ts";

/** Extensions of CRLs that are processed here, or that change nothing about what a CRL says (RFC 5280 §5.2, X.509 §9.5.2.8). */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.authorityKeyIdentifier,
  OID.issuerAltName,
  OID.crlNumber,
  OID.deltaCrlIndicator,
  OID.issuingDistributionPoint,
  OID.freshestCrl,
  OID.authorityInfoAccess,
  OID.expiredCertsOnCrl,
]);

/** RFC 5280 §5.2: a CRL with a critical extension that is not understood must not be used. */
export function hasStrangeExtension(crl: Crl): boolean {
  return crl.extensions.some(({ oid, critical }) => critical && !UNDERSTOOD.has(oid));
}

/** CRLNumber and BaseCRLNumber as they compare: two's complement, up to 20 octets (RFC 5280 §5.2.3). @throws Fault `x509_malformed` */
export function numberExtension(crl: Crl, oid: string): Uint8Array | undefined {
  return readExtensionValue(crl, oid, (node) => integerOctets(node));
}

/** Negative numbers do not exist; the longer is the greater. */
export function compareNumbers(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** ExpiredCertsOnCRL (X.509 (2019) §9.5.2.8), ms; a malformed one promises nothing. */
export function expiredSince(crl: Crl): number | undefined {
  return quietly(() => readExtensionValue(crl, OID.expiredCertsOnCrl, (node) => time(node, TAG.generalizedTime)));
}
