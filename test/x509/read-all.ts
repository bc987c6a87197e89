import * as OID from "../../lib/asn1/oids.ts";
import { accessUris, crlDistributionPoints, freshestCrl } from "../../lib/x509/access.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { fullName } from "../../lib/x509/full-name.ts";
import { subjectAltName } from "../../lib/x509/general-name.ts";
import { authorityKeyIdentifier, keyIdentifierOf, subjectKeyIdentifier } from "../../lib/x509/key-identifiers.ts";
import { formatName } from "../../lib/x509/name.ts";
import { nameConstraints } from "../../lib/x509/name-constraints.ts";
import { namesMatch } from "../../lib/x509/name-match.ts";
import { certificatePolicies, inhibitAnyPolicy, policyConstraints, policyMappings } from "../../lib/x509/policies.ts";
import { pdsLocations, semanticsOf } from "../../lib/x509/qc-statements.ts";
import { basicConstraints, extendedKeyUsage, keyUsage } from "../../lib/x509/usages.ts";

/** Everything that can be asked of a certificate. @throws Fault */
export function readAllExtensions(certificate: Certificate): Record<string, unknown> {
  return {
    issuer: formatName(certificate.issuer),
    subject: formatName(certificate.subject),
    fullName: fullName(certificate.subject),
    selfMatch: namesMatch(certificate.issuer, certificate.subject),
    basicConstraints: basicConstraints(certificate),
    keyUsage: keyUsage(certificate),
    extendedKeyUsage: extendedKeyUsage(certificate),
    subjectKeyIdentifier: subjectKeyIdentifier(certificate),
    keyIdentifier: keyIdentifierOf(certificate.spki),
    authorityKeyIdentifier: authorityKeyIdentifier(certificate),
    ocsp: accessUris(certificate, OID.ocsp),
    caIssuers: accessUris(certificate, OID.caIssuers),
    crlDistributionPoints: crlDistributionPoints(certificate),
    freshestCrl: freshestCrl(certificate),
    certificatePolicies: certificatePolicies(certificate),
    policyMappings: policyMappings(certificate),
    policyConstraints: policyConstraints(certificate),
    inhibitAnyPolicy: inhibitAnyPolicy(certificate),
    nameConstraints: nameConstraints(certificate),
    subjectAltName: subjectAltName(certificate),
    semantics: semanticsOf(certificate),
    pds: pdsLocations(certificate),
  };
}
