import type { ChangeFact } from "../facts/facts.ts";
import type { SignatureClass } from "../trust/signature-class.ts";

export const INDICATIONS = ["TOTAL_PASSED", "INDETERMINATE", "TOTAL_FAILED"] as const;
export type Indication = (typeof INDICATIONS)[number];

/** EN 319 102-1 V1.4.1 §5.1.3, tables 5 to 7. */
export const SUB_INDICATIONS = [
  "FORMAT_FAILURE",
  "HASH_FAILURE",
  "SIG_CRYPTO_FAILURE",
  "REVOKED",
  "EXPIRED",
  "NOT_YET_VALID",
  "SIG_CONSTRAINTS_FAILURE",
  "CHAIN_CONSTRAINTS_FAILURE",
  "CERTIFICATE_CHAIN_GENERAL_FAILURE",
  "CRYPTO_CONSTRAINTS_FAILURE",
  "POLICY_PROCESSING_ERROR",
  "SIGNATURE_POLICY_NOT_AVAILABLE",
  "TIMESTAMP_ORDER_FAILURE",
  "NO_SIGNING_CERTIFICATE_FOUND",
  "NO_CERTIFICATE_CHAIN_FOUND",
  "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
  "REVOKED_NO_POE",
  "REVOKED_CA_NO_POE",
  "OUT_OF_BOUNDS_NOT_REVOKED",
  "OUT_OF_BOUNDS_NO_POE",
  "REVOCATION_OUT_OF_BOUNDS_NO_POE",
  "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
  "NO_POE",
  "TRY_LATER",
  "SIGNED_DATA_NOT_FOUND",
] as const;
export type SubIndication = (typeof SUB_INDICATIONS)[number];

export type Verdict = "VALID" | "INVALID" | "CANNOT_TELL" | "NO_SIGNATURE";

/** A sentence for people behind a stable code (lib/text/findings.ts). */
export type Finding = {
  readonly code: string;
  /** `error` decides against, `warning` must be read, `info` explains. */
  readonly severity: "error" | "warning" | "info";
  readonly vi: string;
  readonly en: string;
};

/** The answer about one file. Documented as JSON Schema in docs/verification.schema.json. */
export type Verification = {
  readonly schema: "urn:motlan:verification:1";
  readonly verdict: Verdict;
  /** The moment the verdict holds for, ISO 8601. */
  readonly at: string;
  readonly policy: string;
  readonly document: { readonly size: number; readonly revisions: number };
  readonly signatures: readonly SignatureReport[];
  readonly documentTimestamps: readonly TimestampReport[];
  readonly findings: readonly Finding[];
};

export type SignatureReport = {
  readonly fieldName: string;
  readonly verdict: Exclude<Verdict, "NO_SIGNATURE">;
  readonly integrity: "intact" | "broken" | "unsupported";
  readonly coverage: "whole-file" | "earlier-revision" | "anomalous";
  readonly changes: "none" | "permitted" | "forbidden" | "unknown";
  readonly changeList: readonly (ChangeFact & { readonly vi: string; readonly en: string })[];
  readonly trust: "trusted" | "untrusted" | "indeterminate";
  /** The third axis: algorithms, key sizes, usage and class by the policy. */
  readonly policy: "met" | "not-met";
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** The highest level whose every requirement is met; null below B-B. */
  readonly level: "B-B" | "B-T" | "B-LT" | "B-LTA" | null;
  readonly subFilter: string | null;
  readonly certifies: 1 | 2 | 3 | null;
  readonly class: SignatureClass | null;
  /** R2: only where the class is one of the three that the law equates, the anchor is no test, and the verdict is VALID. */
  readonly equivalentToHandwritten: boolean;
  readonly test: boolean;
  /** Circular 15/2025 article 6. */
  readonly sevenFields: {
    readonly issuer: string | null;
    readonly signer: string | null;
    readonly managingUnit: string | null;
    readonly signingTime: SigningTime;
    readonly integrity: "intact" | "broken" | "unsupported";
    readonly validAtSigningTime: "valid" | "invalid" | "unknown";
    readonly certificateValidity: { readonly notBefore: string; readonly notAfter: string } | null;
  };
  readonly reason: string | null;
  readonly location: string | null;
  readonly algorithms: {
    readonly signature: string | null;
    readonly digest: string | null;
    readonly key: string | null;
  };
  readonly timestamps: readonly TimestampReport[];
  /** From the signer's certificate to the anchor: subjects. */
  readonly chain: readonly { readonly subject: string; readonly sha256: string; readonly anchor: boolean }[];
  /** Every rule that was asked and what it saw. */
  readonly rules: readonly RuleResult[];
  readonly findings: readonly Finding[];
};

/** Proven time before logged time before claimed time, never mixed. */
export type SigningTime = {
  /** The best of them, ISO 8601; null where there is none. */
  readonly time: string | null;
  readonly source: "timestamp" | "log" | "claimed" | null;
  readonly proven: string | null;
  readonly logged: string | null;
  readonly claimed: string | null;
};

export type TimestampReport = {
  readonly kind: "signature" | "document";
  readonly genTime: string | null;
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly authority: string | null;
  readonly trust: "trusted" | "untrusted" | "indeterminate";
  readonly findings: readonly Finding[];
};

export type RuleResult = {
  readonly id: string;
  /** "EN 319 102-1 §5.2.4" */
  readonly source: string;
  readonly result: "passed" | "failed" | "skipped" | "warning";
  /** The fact that decided, as it was seen; null where nothing was. */
  readonly saw?: string | number | boolean | null;
  readonly indication?: Indication;
  readonly subIndication?: SubIndication;
};
