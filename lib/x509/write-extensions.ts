import * as OID from "../asn1/oids.ts";
import {
  boolean,
  explicit,
  ia5String,
  implicit,
  integer,
  namedBitString,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
} from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { ExtensionInput } from "./issue.ts";
import { keyIdentifierOf } from "./key-identifiers.ts";
import { KEY_USAGES, type KeyUsage } from "./usages.ts";

/** Critical for a CA (RFC 5280 §4.2.1.9: MUST) and for all others alike, so that nobody passes over it. */
export function writeBasicConstraints(ca: boolean, pathLength?: number): ExtensionInput {
  const parts = ca ? [boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])] : [];
  return { oid: OID.basicConstraints, critical: true, value: sequence(...parts) };
}

export function writeKeyUsage(...usages: readonly KeyUsage[]): ExtensionInput {
  return { oid: OID.keyUsage, critical: true, value: namedBitString(usages.map((usage) => KEY_USAGES.indexOf(usage))) };
}

export function writeExtendedKeyUsage(purposes: readonly string[], critical: boolean): ExtensionInput {
  return { oid: OID.extendedKeyUsage, critical, value: sequence(...purposes.map(oid)) };
}

export function writeSubjectKeyIdentifier(spki: Uint8Array): ExtensionInput {
  return { oid: OID.subjectKeyIdentifier, critical: false, value: octetString(keyIdentifierOf(spki)) };
}

/** @param keyIdentifier what the issuing certificate has as its subject key identifier */
export function writeAuthorityKeyIdentifier(keyIdentifier: Uint8Array): ExtensionInput {
  return { oid: OID.authorityKeyIdentifier, critical: false, value: sequence(implicit(0, octetString(keyIdentifier))) };
}

/** Each policy with a link to the practice statement (RFC 5280 §4.2.1.4). */
export function writePolicies(policies: readonly string[], cps: string): ExtensionInput {
  const qualifiers = () => sequence(sequence(oid(OID.cps), ia5String(uri(cps))));
  return {
    oid: OID.certificatePolicies,
    critical: false,
    value: sequence(...policies.map((policy) => sequence(oid(policy), qualifiers()))),
  };
}

/** RFC 5280 §4.2.2.1. */
export function writeAuthorityInfoAccess(caIssuers: string, ocsp?: string): ExtensionInput {
  const access = (method: string, location: string) => sequence(oid(method), uriName(location));
  const parts = [access(OID.caIssuers, caIssuers), ...(ocsp === undefined ? [] : [access(OID.ocsp, ocsp)])];
  return { oid: OID.authorityInfoAccess, critical: false, value: sequence(...parts) };
}

/** One point, all reasons, by the issuer itself (RFC 5280 §4.2.1.13). */
export function writeCrlDistributionPoint(crl: string): ExtensionInput {
  const fullName = implicit(0, sequence(uriName(crl)));
  return {
    oid: OID.crlDistributionPoints,
    critical: false,
    value: sequence(sequence(explicit(0, fullName))),
  };
}

/** id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1). */
export function writeOcspNoCheck(): ExtensionInput {
  return { oid: OID.ocspNoCheck, critical: false, value: nullValue() };
}

/** Validity assured, short term (EN 319 412-1 §5.2.2): NULL, not critical. */
export function writeShortTerm(): ExtensionInput {
  return { oid: OID.validityAssuredShortTerm, critical: false, value: nullValue() };
}

/**
 * Qualified statements (RFC 3739 §3.2.6): what the subject's serial number means and who registers it, and where the disclosure statement
 * is. Not claimed: compliance or a qualified device, which would be false outside the EU's list.
 */
export function writeQcStatements(input: {
  readonly semantics: string;
  readonly nameRegistration: string;
  readonly pds: readonly { readonly url: string; readonly language: string }[];
}): ExtensionInput {
  const semantics = sequence(oid(input.semantics), sequence(uriName(input.nameRegistration)));
  const locations = input.pds.map(({ url, language }) => sequence(ia5String(uri(url)), printableString(language)));
  const value = sequence(
    sequence(oid(OID.qcsPkixQcSyntaxV2), semantics),
    sequence(oid(OID.qcPds), sequence(...locations)),
  );
  return { oid: OID.qcStatements, critical: false, value };
}

/** uniformResourceIdentifier of a GeneralName. */
function uriName(value: string): Bytes {
  return implicit(6, ia5String(uri(value)));
}

/** @throws RangeError: no absolute http(s) URI in ASCII (RFC 3986 §2) */
function uri(value: string): string {
  if (!/^https?:\/\/[!#-;=?-[\]_a-z~]+$/.test(value)) throw new RangeError("not an http or https URI in ASCII");
  return value;
}
