import type { SignatureClass } from "../trust/signature-class.ts";

/** A key of at least so many bits is acceptable until that day; null: no end is set. */
export type KeyCutOff = {
  readonly kind: "rsa" | "ec" | "eddsa" | "dsa";
  /** Only with this padding. */
  readonly padding?: "rsa-pkcs1" | "rsa-pss";
  readonly bits: number;
  readonly until: string | null;
  readonly source: string;
};
/** Hashes that are not named are never acceptable. */
export type HashCutOff = { readonly hash: string; readonly until: string | null; readonly source: string };

/** What a verdict depends on besides facts and time. Data: two policies with one id must not differ. */
export type Policy = {
  readonly id: string;
  /**
   * Whose status must be known. `where-named`: of certificates that name a source for it, or about which something was given.
   * `required`: of all but those that need none. `warn`: of none.
   */
  readonly revocation: "where-named" | "required" | "warn";
  /**
   * The moment at which data about a time-stamping unit must be fresh. EN 319 102-1 §5.4 asks for now, which nobody can have who is
   * offline; a revocation that is known counts in both.
   */
  readonly timestampStatus: "at-generation" | "now";
  /** A signature policy named by the signer is not fetched or applied: said, or a reason not to conclude. */
  readonly signaturePolicy: "report" | "required";
  /** Whether a signing time that is only claimed is enough. */
  readonly provenTime: "optional" | "required";
  readonly hashes: readonly HashCutOff[];
  readonly keys: readonly KeyCutOff[];
  /** A signer's keyUsage, where it is there, has one of these (RFC 5280 §4.2.1.3). */
  readonly keyUsage: readonly string[];
  /** A signer's extended key usage, where it is there, should have one of these OIDs. */
  readonly purposes: readonly string[];
  /** Signature algorithms and hashes that Circular 15/2025/TT-BKHCN lists in appendix I; others are said, not refused (R34). */
  readonly listed: { readonly algorithms: readonly string[]; readonly hashes: readonly string[] };
  /** Classes that the law equates with handwriting (R2; Law 20/2023 article 23(2)). */
  readonly equivalent: readonly SignatureClass[];
  /** ms; null: as long as the response itself says (nextUpdate). */
  readonly maxResponseAge: number | null;
  /** ms for a response that names no end. */
  readonly undatedResponseAge: number;
  /** ms by which the clock of a TSA or responder may be ahead of `at`. */
  readonly clockSkew: number;
  /** ms by which two timestamps may seem to be in the wrong order: some units give whole seconds. */
  readonly orderTolerance: number;
};

const CATALOGUE = "ETSI TS 119 312 V1.5.1 (machine-readable catalogue of 2024-10-13, as EU DSS carries it)";
const LISTED = "Circular 15/2025/TT-BKHCN, appendix I";

const HASHES: readonly HashCutOff[] = [
  { hash: "SHA-1", until: "2012-08-01", source: CATALOGUE },
  { hash: "SHA-224", until: "2029-01-01", source: CATALOGUE },
  { hash: "SHA-512/224", until: "2029-01-01", source: `${LISTED}; end as SHA-224, of the same strength` },
  { hash: "SHA3-224", until: "2029-01-01", source: `${LISTED}; end as SHA-224, of the same strength` },
  { hash: "SHA-256", until: null, source: CATALOGUE },
  { hash: "SHA-384", until: null, source: CATALOGUE },
  { hash: "SHA-512", until: null, source: CATALOGUE },
  { hash: "SHA-512/256", until: null, source: `${LISTED}; no end, as SHA-256` },
  { hash: "SHA3-256", until: null, source: CATALOGUE },
  { hash: "SHA3-384", until: null, source: CATALOGUE },
  { hash: "SHA3-512", until: null, source: CATALOGUE },
  { hash: "SHAKE128", until: null, source: LISTED },
  { hash: "SHAKE256", until: null, source: `${LISTED}; RFC 8419 (Ed448)` },
  // MD5 is missing on purpose: forged certificates were made with it in 2008, and nothing here is older.
];

const KEYS: readonly KeyCutOff[] = [
  { kind: "rsa", bits: 786, until: "2010-08-01", source: CATALOGUE },
  { kind: "rsa", bits: 1024, until: "2019-10-01", source: CATALOGUE },
  { kind: "rsa", bits: 1900, until: "2029-01-01", source: CATALOGUE },
  { kind: "rsa", padding: "rsa-pss", bits: 3000, until: null, source: CATALOGUE },
  { kind: "ec", bits: 160, until: "2012-08-01", source: CATALOGUE },
  { kind: "ec", bits: 224, until: "2021-10-01", source: CATALOGUE },
  { kind: "ec", bits: 256, until: null, source: CATALOGUE },
  { kind: "eddsa", bits: 250, until: null, source: "FIPS 186-5 §7 (2023); the catalogue does not name EdDSA" },
  { kind: "dsa", bits: 1024, until: "2015-12-01", source: CATALOGUE },
  { kind: "dsa", bits: 1900, until: "2029-01-01", source: CATALOGUE },
  { kind: "dsa", bits: 3000, until: null, source: CATALOGUE },
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the service and the command line judge by. */
export const DEFAULT_POLICY: Policy = {
  id: "urn:motlan:policy:1",
  revocation: "where-named",
  timestampStatus: "at-generation",
  signaturePolicy: "report",
  provenTime: "optional",
  hashes: HASHES,
  keys: KEYS,
  keyUsage: ["digitalSignature", "contentCommitment"],
  purposes: [
    "2.5.29.37.0", // anyExtendedKeyUsage
    "1.3.6.1.5.5.7.3.36", // id-kp-documentSigning (RFC 9336)
    "1.3.6.1.5.5.7.3.4", // emailProtection: what most tokens have
    "1.2.840.113583.1.1.5", // Adobe, authentic documents
    "1.3.6.1.4.1.311.10.3.12", // Microsoft, document signing
  ],
  listed: {
    algorithms: ["rsa-pss", "ecdsa"],
    hashes: HASHES.map(({ hash }) => hash).filter((hash) => hash !== "SHA-1" && hash !== "SHA-224"),
  },
  equivalent: ["PUBLIC_CA", "CIVIL_SERVICE", "DEDICATED_SECURED"],
  maxResponseAge: null,
  undatedResponseAge: DAY,
  clockSkew: 5 * MINUTE,
  orderTolerance: 1000,
};
