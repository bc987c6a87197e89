import type { SignatureClass } from "../trust/signature-class.ts";

/**
 * What a file and its signatures are, as plain JSON: octets in hex, times in ISO 8601 (UTC, milliseconds), nothing judged. A
 * verdict follows from facts, policy and time alone, so that it can be derived again years later.
 */
export type Facts = {
  readonly version: 1;
  readonly document: DocumentFacts;
  /** Signatures of people and organisations, in the order of the file's fields. */
  readonly signatures: readonly SignatureFacts[];
  /** Document timestamps (`ETSI.RFC3161`), in the order of the file's fields. */
  readonly documentTimestamps: readonly DocumentTimestampFacts[];
  /** Every certificate that anything else names, by the SHA-256 of its DER in hex. */
  readonly certificates: Readonly<Record<string, CertificateFacts>>;
  readonly revocation: readonly RevocationFacts[];
  /** The anchors at which paths end, by the SHA-256 of their certificate in hex. */
  readonly anchors: Readonly<Record<string, AnchorFacts>>;
  /**
   * What the service that issued a one-time certificate says of the signature, by the SHA-256 of that certificate in hex. It is asked
   * for after the rest was gathered; a file in which nothing is asked about has none.
   */
  readonly standings?: Standings;
};

export type Standings = Readonly<Record<string, StandingFacts>>;

/** Beside whether a signature verifies; `unknown` where the service did not answer. */
export type StandingFacts =
  | "unknown"
  | {
      /** Since when its signer says that somebody else signed, ISO 8601. */
      readonly disputedAt: string | null;
      /** The office that helped the signer. */
      readonly assistedBy: { readonly unit: string } | null;
    };

export type DocumentFacts = {
  /** Octets. */
  readonly size: number;
  /** Saves that are well formed. */
  readonly revisions: number;
  /** Octets behind the last well-formed save: never covered by anything. White space and zeros do not count. */
  readonly strayOctets: number;
  /** The cross references were unusable and made anew by a search. */
  readonly rebuilt: boolean;
  readonly encrypted: boolean;
  /** Catalog /DSS is there. */
  readonly hasDss: boolean;
};

/** One signature field with a value, or a detached signature (then nothing about the file is known). */
export type SignatureFacts = {
  readonly fieldName: string;
  readonly inForm: boolean;
  readonly filter: string | null;
  readonly subFilter: string | null;
  readonly cover: CoverFacts;
  /** /M as written, and as ms of the signer's clock where it can be read. */
  readonly claimed: { readonly text: string; readonly time: string | null } | null;
  readonly name: string | null;
  readonly reason: string | null;
  readonly location: string | null;
  readonly contactInfo: string | null;
  /** DocMDP permission of a certification. */
  readonly certifies: 1 | 2 | 3 | null;
  readonly hasCert: boolean;
  /** /Contents: undecodable ones carry the code of the fault. */
  readonly container: { readonly ok: true; readonly cms: CmsFacts } | { readonly ok: false; readonly code: string };
  /** Changes of the file behind this signature. */
  readonly changes: ChangesFacts;
};

export type CoverFacts = {
  readonly byteRange: readonly number[] | null;
  /** What rules the range out (lib/pades/coverage.ts); empty where it covers one state of the file but its own value. */
  readonly problems: readonly string[];
  readonly wholeFile: boolean;
  /** The save that it ends with, 1 for the first; null where it ends elsewhere. */
  readonly revision: number | null;
  /** Indexes in `documentTimestamps` of those that cover this whole signature. */
  readonly stampedBy: readonly number[];
};

/** A CMS message and its one judged signer. */
export type CmsFacts = {
  readonly der: boolean;
  readonly version: number;
  readonly contentType: string;
  /** It encapsulates content, which a detached signature must not (eContent smuggling). */
  readonly encapsulates: boolean;
  readonly signers: number;
  readonly certificates: number;
  readonly signer: SignerFacts | null;
  /** Values of the attribute signature-time-stamp over this signature's value, in their order. */
  readonly timestamps: readonly TimestampFacts[];
  /** Adobe's attribute adbe-revocationInfoArchival is there, among the signed attributes. */
  readonly archival: boolean;
};

/** SignerResult (lib/cms/signer-result.ts) as plain data. */
export type SignerFacts = {
  /** SHA-256 in hex; a key of `certificates`. */
  readonly certificate: string | null;
  readonly identified: boolean;
  readonly digestAlgorithm: string | null;
  readonly signatureAlgorithm: AlgorithmFacts | null;
  readonly algorithmsAgree: boolean;
  readonly algorithmProtection: "absent" | "match" | "mismatch" | "malformed";
  readonly signedAttributes: "der" | "not-der" | "absent";
  readonly contentType: string;
  readonly messageDigest: string;
  readonly signature: "valid" | "invalid" | "unsupported" | "no-certificate" | "bad-certificate" | "no-content";
  readonly signingCertificate: string;
  readonly signingCertificateVersion: 1 | 2 | null;
  readonly signingCertificates: number;
  readonly issuerSerial: "match" | "mismatch" | "absent";
  readonly confusable: boolean;
  /** Attribute signing-time, which PAdES forbids. */
  readonly signingTime: string | null;
  readonly signedAttributeTypes: readonly string[];
  readonly unsignedAttributeTypes: readonly string[];
};

export type AlgorithmFacts = {
  readonly kind: "rsa-pkcs1" | "rsa-pss" | "ecdsa" | "eddsa" | "dsa";
  /** Null for EdDSA, which hashes on its own. */
  readonly hash: string | null;
};

export type TimestampFacts =
  | { readonly ok: false; readonly code: string }
  | {
      readonly ok: true;
      readonly genTime: string;
      readonly policy: string;
      readonly serial: string;
      readonly imprint: "match" | "mismatch" | "unsupported";
      readonly imprintHash: string | null;
      readonly usage: "good" | "not-critical" | "not-sole" | "missing" | "malformed" | "no-certificate";
      readonly signer: SignerFacts;
    };

export type DocumentTimestampFacts = {
  readonly fieldName: string;
  readonly inForm: boolean;
  readonly subFilter: string | null;
  readonly cover: CoverFacts;
  readonly timestamp: TimestampFacts;
  readonly changes: ChangesFacts;
};

export type CertificateFacts = {
  readonly subject: NameFacts;
  readonly issuer: NameFacts;
  /** Content octets of the INTEGER, hex. */
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Null where the key or its algorithm is not supported. */
  readonly key: {
    readonly kind: "rsa" | "ec" | "eddsa" | "dsa";
    readonly bits: number;
    readonly curve: string | null;
  } | null;
  readonly signatureAlgorithm: AlgorithmFacts | null;
  readonly selfIssued: boolean;
  /** Names of RFC 5280 §4.2.1.3 (`digitalSignature`, `contentCommitment`, …); null where there is no extension or it is malformed. */
  readonly keyUsage: readonly string[] | null;
  /** OIDs. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly policies: readonly string[];
  readonly qcStatements: readonly string[];
  readonly shortTerm: boolean;
  readonly noRevAvail: boolean;
  readonly ocspNoCheck: boolean;
  /** Where the issuer says that its status can be asked (http, https, ldap URIs as written). */
  readonly crlUris: readonly string[];
  readonly ocspUris: readonly string[];
  readonly caIssuersUris: readonly string[];
  /** It is itself a configured anchor. */
  readonly anchor: boolean;
  /**
   * Ways to a configured anchor, best first (fewest violations, then shortest); bounded. Empty where none leads there, and for those
   * that signed nothing but certificates: they stand on the ways of others.
   */
  readonly paths: readonly PathFacts[];
};

export type NameFacts = {
  /** RFC 4514, most specific first. */
  readonly text: string;
  readonly commonName: string | null;
  readonly organization: string | null;
  readonly organizationalUnit: string | null;
  readonly country: string | null;
  readonly serialNumber: string | null;
  /** organizationIdentifier and the UID values, prefixes included (`CCCD:`, `MST:`). */
  readonly identifiers: readonly string[];
};

/** One way from a certificate to an anchor (RFC 5280 §6.1), everything judged but time and revocation. */
export type PathFacts = {
  /** From the certificate itself up to the one that the anchor issued; the anchor is not among them. */
  readonly certificates: readonly string[];
  /** A key of `anchors`. */
  readonly anchor: string;
  /** Empty for a good one. `certificate` is an index in `certificates`. Codes: lib/path. */
  readonly violations: readonly { readonly code: string; readonly certificate: number }[];
};

export type AnchorFacts = {
  readonly subject: NameFacts;
  readonly class: SignatureClass;
  readonly source: string;
  /** It counts from then until then; null is without end. The certificate's own validity is apart. */
  readonly from: string | null;
  readonly until: string | null;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly managingUnit: string | null;
  /** Of a demonstration or test: never of legal effect. */
  readonly test: boolean;
  readonly uses: readonly ("signature" | "timestamp")[];
};

/** What one CRL or OCSP response says about one certificate. */
export type RevocationFacts = {
  readonly kind: "crl" | "ocsp";
  /** SHA-256 of the CRL or BasicOCSPResponse, hex. */
  readonly id: string;
  readonly source: "dss" | "cms" | "archival" | "given" | "fetched";
  /** Indexes in `documentTimestamps` of those that cover it. */
  readonly stampedBy: readonly number[];
  /** The certificate it is about; a key of `certificates`. */
  readonly certificate: string;
  readonly status: "good" | "revoked" | "unknown";
  readonly revokedAt: string | null;
  /** CRLReason by name (RFC 5280 §5.3.1): `keyCompromise`, `certificateHold`, … */
  readonly reason: string | null;
  /** Since when the key may have been in wrong hands (RFC 5280 §5.3.2). */
  readonly invalidityDate?: string | null;
  readonly thisUpdate: string;
  readonly nextUpdate: string | null;
  /** OCSP only. */
  readonly producedAt: string | null;
  readonly signature: "valid" | "invalid" | "unsupported" | "no-certificate";
  /** Who signed it; a key of `certificates`. Null where nobody was found. */
  readonly signer: string | null;
  /** Why the signer may: the issuer itself, one that it delegated to, a CRL issuer of the same name (same anchor required); `none`. */
  readonly authority: "issuer" | "delegated" | "same-name" | "indirect" | "none";
  /** Certificates of the signer's name and key besides `signer`, by which a path may be found where the signer's own leads nowhere. */
  readonly alternatives?: readonly string[];
  readonly algorithm: AlgorithmFacts | null;
  /** Reason codes that a partial CRL leaves open; empty for one that covers all. */
  readonly missingReasons: readonly string[];
  /** A critical extension that is not understood, a scope that does not cover the certificate, …: it says nothing then. */
  readonly problems: readonly string[];
};

/** lib/pades/changes: what was done to the file behind the octets that a signature covers. */
export type ChangesFacts = {
  readonly result: "none" | "permitted" | "forbidden" | "unknown";
  readonly items: readonly ChangeFact[];
};

export type ChangeFact = {
  /** Stable code, in lib/text/changes.ts with its two sentences. */
  readonly code: string;
  readonly permitted: boolean;
  /** The save that brought it, 1 for the first. */
  readonly revision: number | null;
  /** Page number, 1 for the first. */
  readonly page: number | null;
  readonly field: string | null;
  /** Object number. */
  readonly object: number | null;
};
