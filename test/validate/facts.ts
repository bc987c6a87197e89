import type {
  AnchorFacts,
  CertificateFacts,
  CmsFacts,
  CoverFacts,
  DocumentTimestampFacts,
  Facts,
  NameFacts,
  RevocationFacts,
  SignatureFacts,
  SignerFacts,
  TimestampFacts,
} from "../../lib/facts/facts.ts";

/** Facts by hand: a root, an issuing CA, a signer of minutes, a TSA. Every part can be replaced. */

export const iso = (text: string): string => new Date(text).toISOString();
export const NOW = Date.parse("2027-03-01T00:00:00Z");
export const SIGNED = "2027-01-15T03:00:00.000Z";

export const name = (commonName: string): NameFacts => ({
  text: `CN=${commonName},C=VN`,
  commonName,
  organization: null,
  organizationalUnit: null,
  country: "VN",
  serialNumber: null,
  identifiers: [],
});

export const anchor = (changes: Partial<AnchorFacts> = {}): AnchorFacts => ({
  subject: name("Root"),
  class: "PUBLIC_CA",
  source: "by hand",
  from: null,
  until: null,
  notBefore: iso("2020-01-01"),
  notAfter: iso("2050-01-01"),
  managingUnit: "NEAC",
  test: false,
  uses: ["signature", "timestamp"],
  ...changes,
});

export const certificate = (subject: string, changes: Partial<CertificateFacts> = {}): CertificateFacts => ({
  subject: name(subject),
  issuer: name("Issuing CA"),
  serial: "01",
  notBefore: iso("2026-01-01"),
  notAfter: iso("2036-01-01"),
  key: { kind: "ec", bits: 256, curve: "P-256" },
  signatureAlgorithm: { kind: "ecdsa", hash: "SHA-256" },
  selfIssued: false,
  keyUsage: null,
  extendedKeyUsage: null,
  policies: [],
  qcStatements: [],
  shortTerm: false,
  noRevAvail: false,
  ocspNoCheck: false,
  crlUris: [],
  ocspUris: [],
  caIssuersUris: [],
  anchor: false,
  paths: [],
  ...changes,
});

export const path = (...certificates: string[]): CertificateFacts["paths"] => [
  { certificates, anchor: "root", violations: [] },
];

export const CERTIFICATES: Readonly<Record<string, CertificateFacts>> = {
  root: certificate("Root", { anchor: true, paths: path(), notBefore: iso("2020-01-01"), notAfter: iso("2050-01-01") }),
  ca: certificate("Issuing CA", { paths: path("ca"), keyUsage: ["keyCertSign", "cRLSign"] }),
  signer: certificate("Nguyễn Văn A", {
    paths: path("signer", "ca"),
    notBefore: "2027-01-15T02:55:00.000Z",
    notAfter: "2027-01-15T03:10:00.000Z",
    keyUsage: ["contentCommitment"],
    extendedKeyUsage: ["1.2.840.113583.1.1.5", "1.3.6.1.5.5.7.3.36"],
    shortTerm: true,
    ocspUris: ["http://ocsp.example/"],
  }),
  tsa: certificate("TSA", { paths: path("tsa"), keyUsage: ["digitalSignature"] }),
};

export const signer = (changes: Partial<SignerFacts> = {}): SignerFacts => ({
  certificate: "signer",
  identified: true,
  digestAlgorithm: "SHA-256",
  signatureAlgorithm: { kind: "ecdsa", hash: "SHA-256" },
  algorithmsAgree: true,
  algorithmProtection: "absent",
  signedAttributes: "der",
  contentType: "match",
  messageDigest: "match",
  signature: "valid",
  signingCertificate: "match",
  signingCertificateVersion: 2,
  signingCertificates: 1,
  issuerSerial: "absent",
  confusable: false,
  signingTime: null,
  signedAttributeTypes: ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"],
  unsignedAttributeTypes: ["1.2.840.113549.1.9.16.2.14"],
  ...changes,
});

export type GoodTimestamp = Extract<TimestampFacts, { ok: true }>;
export const timestamp = (changes: Partial<GoodTimestamp> = {}): GoodTimestamp => ({
  ok: true,
  genTime: SIGNED,
  policy: "1.2.3",
  serial: "0a",
  imprint: "match",
  imprintHash: "SHA-256",
  usage: "good",
  signer: signer({ certificate: "tsa", unsignedAttributeTypes: [] }),
  ...changes,
});

export const cms = (changes: Partial<CmsFacts> = {}): CmsFacts => ({
  der: true,
  version: 1,
  contentType: "1.2.840.113549.1.7.1",
  encapsulates: false,
  signers: 1,
  certificates: 2,
  signer: signer(),
  timestamps: [timestamp()],
  archival: false,
  ...changes,
});

export const cover = (changes: Partial<CoverFacts> = {}): CoverFacts => ({
  byteRange: [0, 1000, 9000, 500],
  problems: [],
  wholeFile: true,
  revision: 2,
  stampedBy: [],
  ...changes,
});

export const signature = (changes: Partial<SignatureFacts> = {}, inside: Partial<CmsFacts> = {}): SignatureFacts => ({
  fieldName: "Signature1",
  inForm: true,
  filter: "Adobe.PPKLite",
  subFilter: "ETSI.CAdES.detached",
  cover: cover(),
  claimed: { text: "D:20270115100000+07'00'", time: SIGNED },
  name: null,
  reason: null,
  location: null,
  contactInfo: null,
  certifies: null,
  hasCert: false,
  container: { ok: true, cms: cms(inside) },
  changes: { result: "none", items: [] },
  ...changes,
});

export const documentTimestamp = (changes: Partial<DocumentTimestampFacts> = {}): DocumentTimestampFacts => ({
  fieldName: "Timestamp1",
  inForm: true,
  subFilter: "ETSI.RFC3161",
  cover: cover({ revision: 3 }),
  timestamp: timestamp({ genTime: iso("2027-02-01") }),
  changes: { result: "none", items: [] },
  ...changes,
});

export const revocation = (about: string, changes: Partial<RevocationFacts> = {}): RevocationFacts => ({
  kind: "crl",
  id: `crl-${about}`,
  source: "given",
  stampedBy: [],
  certificate: about,
  status: "good",
  revokedAt: null,
  reason: null,
  thisUpdate: iso("2027-02-28"),
  nextUpdate: iso("2027-03-07"),
  producedAt: null,
  signature: "valid",
  signer: "ca",
  authority: "issuer",
  algorithm: { kind: "ecdsa", hash: "SHA-256" },
  missingReasons: [],
  problems: [],
  ...changes,
});

export const facts = (changes: Partial<Facts> = {}): Facts => ({
  version: 1,
  document: { size: 10_000, revisions: 2, strayOctets: 0, rebuilt: false, encrypted: false, hasDss: false },
  signatures: [signature()],
  documentTimestamps: [],
  certificates: CERTIFICATES,
  revocation: [],
  anchors: { root: anchor() },
  ...changes,
});

/** A signer as most people have: a certificate for years, which names where its status is to be asked. */
export const lasting = (changes: Partial<CertificateFacts> = {}): CertificateFacts =>
  certificate("Trần Thị B", {
    paths: path("signer", "ca"),
    notBefore: iso("2026-06-01"),
    notAfter: iso("2028-06-01"),
    keyUsage: ["digitalSignature", "contentCommitment"],
    crlUris: ["http://crl.example/ca.crl"],
    ...changes,
  });

export const withSigner = (changes: Partial<CertificateFacts> = {}, others: Partial<Facts> = {}): Facts =>
  facts({ certificates: { ...CERTIFICATES, signer: lasting(changes) }, ...others });
