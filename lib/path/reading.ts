import * as OID from "../asn1/oids.ts";
import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type GeneralName, subjectAltName } from "../x509/general-name.ts";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "../x509/key-identifiers.ts";
import { namesMatch } from "../x509/name-match.ts";
import {
  certificatePolicies,
  inhibitAnyPolicy,
  type PolicyConstraints,
  type PolicyInformation,
  type PolicyMapping,
  policyConstraints,
  policyMappings,
} from "../x509/policies.ts";
import { qcStatements } from "../x509/qc-statements.ts";
import { type BasicConstraints, basicConstraints, extendedKeyUsage, type KeyUsage, keyUsage } from "../x509/usages.ts";
import { type NameRules, readNameRules } from "./name-rules.ts";

/** What path validation wants to know of a certificate. */
export type Reading = {
  /** Issuer and subject are the same name (RFC 5280 §6.1, by §7.1): it does not count in a path's length. */
  readonly selfIssued: boolean;
  /** An extension below, or one that only has to be readable, is not what its type says. What it holds is then missing here. */
  readonly malformed: boolean;
  /** A critical extension is not known, or has a part that is not. */
  readonly unknownCritical: boolean;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly policies: readonly PolicyInformation[] | undefined;
  readonly mappings: readonly PolicyMapping[] | undefined;
  readonly policyConstraints: PolicyConstraints | undefined;
  readonly inhibitAnyPolicy: number | undefined;
  readonly nameRules: NameRules | undefined;
  readonly altNames: readonly GeneralName[];
};

/**
 * Extensions that this service acts on: those of path validation, and those from which other rooms take facts (purposes, where
 * revocation is told, qualified statements). Any other must not be critical.
 */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.subjectAltName,
  OID.certificatePolicies,
  OID.policyMappings,
  OID.policyConstraints,
  OID.inhibitAnyPolicy,
  OID.nameConstraints,
  OID.crlDistributionPoints,
  OID.qcStatements,
  // To be marked not critical, all of them; understood all the same.
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  OID.authorityInfoAccess,
  OID.ocspNoCheck,
  OID.noRevAvail,
  OID.validityAssuredShortTerm,
]);

const KNOWN = new WeakMap<Certificate, Reading>();

/** Reads what path validation wants to know; once for each object. Never throws for what a certificate says. */
export function readingOf(certificate: Certificate): Reading {
  const known = KNOWN.get(certificate);
  if (known !== undefined) return known;
  const found = read(certificate);
  KNOWN.set(certificate, found);
  return found;
}

function read(certificate: Certificate): Reading {
  let malformed = false;
  const attempt = <T>(reader: (holder: Certificate) => T): T | undefined => {
    try {
      return reader(certificate);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      malformed = true;
      return undefined;
    }
  };
  // In one object, so that each is read before `malformed` is looked at.
  const values = {
    basicConstraints: attempt(basicConstraints),
    keyUsage: attempt(keyUsage),
    policies: attempt(certificatePolicies),
    mappings: attempt(policyMappings),
    policyConstraints: attempt(policyConstraints),
    inhibitAnyPolicy: attempt(inhibitAnyPolicy),
    nameRules: attempt(readNameRules),
    altNames: attempt(subjectAltName) ?? [],
  };
  attempt(extendedKeyUsage);
  attempt(subjectKeyIdentifier);
  attempt(authorityKeyIdentifier);
  const unknownCritical = certificate.extensions.some(
    ({ oid, critical }) => critical && !understood(oid, certificate, values.policies),
  );
  return { ...values, selfIssued: namesMatch(certificate.issuer, certificate.subject), unknownCritical, malformed };
}

function understood(
  oid: string,
  certificate: Certificate,
  policies: readonly PolicyInformation[] | undefined,
): boolean {
  // RFC 5280 §4.2.1.4: whoever takes a critical extension must be able to read its qualifiers.
  if (oid === OID.certificatePolicies)
    return policies?.every(({ otherQualifiers }) => otherQualifiers !== true) ?? true;
  // RFC 3739 §3.2.6: if it is critical, every statement has to be understood.
  if (oid === OID.qcStatements) return everyStatementKnown(certificate);
  return UNDERSTOOD.has(oid);
}

/** RFC 3739 §3.2.6.1, EN 319 412-1 §5, EN 319 412-5 §4, §5. */
const STATEMENTS: ReadonlySet<string> = new Set([
  OID.qcsPkixQcSyntaxV2,
  OID.qcCompliance,
  OID.qcLimitValue,
  OID.qcRetentionPeriod,
  OID.qcSscd,
  OID.qcPds,
  OID.qcType,
  OID.qcCcLegislation,
  OID.validityAssuredShortTerm,
]);

function everyStatementKnown(certificate: Certificate): boolean {
  try {
    return qcStatements(certificate)?.every(({ id }) => STATEMENTS.has(id)) ?? true;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return false;
  }
}
