import * as OID from "../asn1/oids.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import type { Certificate } from "./certificate.ts";
import type { ExtensionInput, TbsFields } from "./issue.ts";
import { keyIdentifierOf, subjectKeyIdentifier } from "./key-identifiers.ts";
import { POLICY } from "./policy-arc.ts";
import {
  writeAuthorityInfoAccess,
  writeAuthorityKeyIdentifier,
  writeBasicConstraints,
  writeCrlDistributionPoint,
  writeExtendedKeyUsage,
  writeKeyUsage,
  writeOcspNoCheck,
  writePolicies,
  writeQcStatements,
  writeShortTerm,
  writeSubjectKeyIdentifier,
} from "./write-extensions.ts";
import { fullNameAttributes, writeName } from "./write-name.ts";

/** Who a CA, TSA or responder is. */
export type AuthorityName = {
  readonly commonName: string;
  readonly organization: string;
  /** ISO 3166-1, two capital letters. */
  readonly country: string;
  /** The common name of a demonstration CA says so, whatever else it says. */
  readonly demo: boolean;
};

/** Where relying parties find what they need; absolute http or https URIs. */
export type AuthorityUrls = {
  /** The issuer's certificate, DER. */
  readonly caIssuers: string;
  readonly cps: string;
  /** The issuer's responder, where it has one. */
  readonly ocsp?: string;
  /** The issuer's CRL, where it has one. */
  readonly crl?: string;
};

type Subordinate = {
  readonly serial: Uint8Array;
  readonly name: AuthorityName;
  readonly spki: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly issuer: Certificate;
  readonly urls: AuthorityUrls;
};

/** A certificate that vouches for its own revocation cannot live longer than a revocation takes: ETSI's ceiling is 24 hours (EN 319 411-1 §6.2.4). */
const MAX_ONE_TIME_MS = 24 * 60 * 60 * 1000;

/** The self-signed certificate of a key that is kept offline. It is signed by its own key. */
export function rootProfile(input: Omit<Subordinate, "issuer" | "urls">): TbsFields {
  const name = authorityName(input.name);
  const { serial, spki, notBefore, notAfter } = input;
  const extensions = [
    writeBasicConstraints(true),
    writeKeyUsage("keyCertSign", "cRLSign"),
    writeSubjectKeyIdentifier(spki),
    // A root need not name its own key; X.509 readers that build paths by it are served all the same.
    writeAuthorityKeyIdentifier(keyIdentifierOf(spki)),
  ];
  return { serial, issuer: name, subject: name, notBefore, notAfter, spki, extensions };
}

/** The CA that certifies one-time keys, the TSA and the OCSP responder, and no further CA. */
export function issuingCaProfile(input: Subordinate): TbsFields {
  return subordinate(input, [
    writeBasicConstraints(true, 0),
    writeKeyUsage("keyCertSign", "cRLSign"),
    writePolicies([OID.anyPolicy], input.urls.cps),
  ]);
}

/** A time-stamping unit (RFC 3161 §2.3: the one purpose, critical; EN 319 422 §6). */
export function tsaProfile(input: Subordinate): TbsFields {
  return subordinate(input, [
    writeBasicConstraints(false),
    writeKeyUsage("digitalSignature"),
    writeExtendedKeyUsage([OID.timeStamping], true),
    writePolicies([POLICY.timestampingCertificate], input.urls.cps),
  ]);
}

/** A delegated responder (RFC 6960 §4.2.2.2). Whoever trusts the CA trusts it for its lifetime: nobody can ask the responder about itself. */
export function ocspResponderProfile(input: Subordinate): TbsFields {
  return subordinate(input, [
    writeBasicConstraints(false),
    writeKeyUsage("digitalSignature"),
    writeExtendedKeyUsage([OID.ocspSigning], false),
    writeOcspNoCheck(),
    writePolicies([POLICY.ocspResponderCertificate], input.urls.cps),
  ]);
}

/**
 * The seal of the service under its validation reports: an organisation's certificate for documents, and for nothing else (EN 319 412-2 §4.3.2
 * type A). It lives for years and has no source of its status, like the TSA's: docs/decisions/report-seal.md.
 */
export function sealProfile(input: Subordinate): TbsFields {
  return subordinate(input, [
    writeBasicConstraints(false),
    writeKeyUsage("contentCommitment"),
    writeExtendedKeyUsage([OID.adobeAuthenticDocumentsTrust, OID.documentSigning], false),
    writePolicies([POLICY.reportSealCertificate], input.urls.cps),
  ]);
}

function subordinate(input: Subordinate, own: readonly ExtensionInput[]): TbsFields {
  const { serial, spki, notBefore, notAfter, issuer, urls } = input;
  const extensions = [
    ...own,
    writeSubjectKeyIdentifier(spki),
    writeAuthorityKeyIdentifier(issuerKeyIdentifier(issuer)),
    writeAuthorityInfoAccess(urls.caIssuers, urls.ocsp),
    ...(urls.crl === undefined ? [] : [writeCrlDistributionPoint(urls.crl)]),
  ];
  return {
    serial,
    issuer: issuer.subject.raw,
    subject: authorityName(input.name),
    notBefore,
    notAfter,
    spki,
    extensions,
  };
}

/**
 * The certificate of a key that lives for one approval: a natural person, signatures on documents only, valid for minutes.
 *
 * No CRL and no noRevAvail: it has OCSP, which RFC 9608 §2 excludes beside noRevAvail.
 *
 * @param input `serialNumber` is written as EN 319 412-1 §5.1.3 has it (`KM:VN-…`; see {@link pairwiseSerialNumber}); `surname` and
 * `givenName` where the source of the identity tells them apart, never guessed
 * @throws RangeError: a name or number that cannot be encoded (`isNameText`, PrintableString), a validity above 24 hours
 */
export function oneTimeProfile(input: {
  readonly serial: Uint8Array;
  readonly subject: {
    readonly commonName: string;
    readonly serialNumber: string;
    readonly country: string;
    readonly surname?: string;
    readonly givenName?: string;
  };
  readonly spki: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly issuer: Certificate;
  readonly urls: {
    readonly caIssuers: string;
    readonly ocsp: string;
    readonly cps: string;
    readonly pds: string;
    readonly nameRegistration: string;
  };
}): TbsFields {
  const { serial, subject, spki, notBefore, notAfter, issuer, urls } = input;
  if (!(notAfter - notBefore <= MAX_ONE_TIME_MS))
    throw new RangeError("a one-time certificate is valid for 24 hours at most");
  if (!SEMANTICS.test(subject.serialNumber))
    throw new RangeError("the subject's serialNumber is not in the form of EN 319 412-1");
  const { before, after } = constantExtensions(issuer, urls);
  const extensions = [...before, writeSubjectKeyIdentifier(spki), ...after];
  return { serial, issuer: issuer.subject.raw, subject: personName(subject), notBefore, notAfter, spki, extensions };
}

type OneTimeUrls = Parameters<typeof oneTimeProfile>[0]["urls"];
type Constant = { readonly before: readonly ExtensionInput[]; readonly after: readonly ExtensionInput[] };

/** By issuer and addresses, which a running service never changes: writing these anew would be half of the work on a certificate. */
const CONSTANT = new WeakMap<Certificate, WeakMap<OneTimeUrls, Constant>>();

/** The extensions before and behind the subject key identifier, which alone differs from one certificate to the next. */
function constantExtensions(issuer: Certificate, urls: OneTimeUrls): Constant {
  const byUrls = CONSTANT.get(issuer) ?? new WeakMap<OneTimeUrls, Constant>();
  CONSTANT.set(issuer, byUrls);
  const known = byUrls.get(urls);
  if (known !== undefined) return known;
  const made: Constant = {
    before: [
      writeBasicConstraints(false),
      writeKeyUsage("contentCommitment"),
      writeExtendedKeyUsage([OID.adobeAuthenticDocumentsTrust, OID.documentSigning], false),
    ],
    after: [
      writeAuthorityKeyIdentifier(issuerKeyIdentifier(issuer)),
      writePolicies([POLICY.oneTimeCertificate], urls.cps),
      writeAuthorityInfoAccess(urls.caIssuers, urls.ocsp),
      writeQcStatements({
        semantics: OID.semanticsNatural,
        nameRegistration: urls.nameRegistration,
        // One page in two languages; EN 319 412-5 §4.3.4 demands an English one.
        pds: [
          { url: urls.pds, language: "en" },
          { url: urls.pds, language: "vi" },
        ],
      }),
      writeShortTerm(),
    ],
  };
  byUrls.set(urls, made);
  return made;
}

/** Identity type, country, hyphen, number (EN 319 412-1 §5.1.3); a national scheme is two letters and a colon. */
const SEMANTICS = /^(PAS|IDC|PNO|TIN|[A-Z]{2}:)[A-Z]{2}-.+$/;

/** Our scheme for numbers that mean nothing outside the service. */
const PAIRWISE = "KM:";

/**
 * The subject's serialNumber of a citizen whose number must not be in the certificate.
 *
 * @param pseudonym a MAC of at least 20 octets over the identity; 160 bits of it are used
 */
export function pairwiseSerialNumber(pseudonym: Uint8Array, country: string): string {
  if (pseudonym.length < 20) throw new RangeError("a pseudonym has 20 octets at least");
  return `${PAIRWISE}${country}-${toHex(pseudonym.subarray(0, 20))}`;
}

function personName(subject: Parameters<typeof oneTimeProfile>[0]["subject"]): Bytes {
  const { surname, givenName } = subject;
  return writeName([
    { type: OID.countryName, value: subject.country },
    ...(surname === undefined ? [] : [{ type: OID.surname, value: surname }]),
    ...(givenName === undefined ? [] : [{ type: OID.givenName, value: givenName }]),
    ...fullNameAttributes(subject.commonName),
    { type: OID.serialNumber, value: subject.serialNumber },
  ]);
}

function authorityName({ commonName, organization, country, demo }: AuthorityName): Bytes {
  return writeName([
    { type: OID.countryName, value: country },
    { type: OID.organizationName, value: organization },
    { type: OID.commonName, value: demo && !commonName.includes("DEMO") ? `DEMO ${commonName}` : commonName },
  ]);
}

/** What the issuer says its key identifier is: readers compare the two octet for octet (RFC 5280 §4.2.1.1). */
function issuerKeyIdentifier(issuer: Certificate): Uint8Array {
  return subjectKeyIdentifier(issuer) ?? keyIdentifierOf(issuer.spki);
}
