import type { FindingCode } from "../text/findings.ts";
import type { SubIndication } from "./report.ts";
import { endOf, isBadGrade, isKnownKind, SHA1_INSIDE, type Subject, startOf, wasRevokedAlready } from "./subject.ts";

export type Seen = string | number | boolean | null;

/**
 * One question to a signature.
 *
 * The first failed rule with a sub-indication that EN 319 102-1 counts as failed decides; else the first failed rule; warnings
 * decide nothing.
 */
export type Rule = {
  readonly id: string;
  readonly source: string;
  /** What it fails with; null for a warning. */
  readonly sub: SubIndication | null;
  readonly finding: FindingCode;
  /** What is looked at; undefined where the question does not arise. */
  readonly see: (subject: Subject) => Seen | undefined;
  readonly good: (seen: Seen, subject: Subject) => boolean;
  /** The verdict is INVALID although the standard leaves it open. */
  readonly refuse?: (subject: Subject) => boolean;
};

const FORMAT = "EN 319 102-1 §5.2.2";
const CERTIFICATE = "EN 319 102-1 §5.2.3";
const POLICY = "EN 319 102-1 §5.2.4";
const CHAIN = "EN 319 102-1 §5.2.6";
const CRYPTOGRAPHY = "EN 319 102-1 §5.2.7";
const ACCEPTANCE = "EN 319 102-1 §5.2.8";
const TIME = "EN 319 102-1 §5.5.4";

/** id-aa-ets-sigPolicyId (RFC 5126 §5.8.1). */
const SIGNATURE_POLICY = "1.2.840.113549.1.9.16.2.15";
const ETSI = "ETSI.CAdES.detached";

const yes = (seen: Seen): boolean => seen === true;
const no = (seen: Seen): boolean => seen === false;
const isNot =
  (...bad: readonly Seen[]) =>
  (seen: Seen): boolean =>
    !bad.includes(seen);
const always = (): boolean => true;

/** A rule about how the path to an anchor ended. */
function chainRule(id: string, sub: SubIndication, finding: FindingCode, more: Partial<Rule> = {}): Rule {
  return { id, source: CHAIN, sub, finding, see: ({ chain }) => chain?.sub, good: isNot(sub), ...more };
}

export const RULES: readonly Rule[] = [
  // Format checking
  {
    id: "format.kind",
    source: FORMAT,
    sub: "SIG_CONSTRAINTS_FAILURE",
    finding: "kind_unsupported",
    see: ({ signature }) => signature.subFilter,
    good: (seen) => isKnownKind(seen as string | null),
  },
  {
    id: "format.byte-range",
    source: "ISO 32000-2 §12.8.1; EN 319 142-1 §5.3",
    sub: "FORMAT_FAILURE",
    finding: "byte_range_wrong",
    see: ({ signature }) => signature.cover.problems.join(" "),
    good: (seen) => seen === "",
  },
  {
    id: "format.covers-a-save",
    source: "ISO 32000-2 §12.8.1",
    sub: "FORMAT_FAILURE",
    finding: "covers_no_save",
    see: ({ signature: { cover } }) => (cover.problems.length > 0 ? undefined : cover.wholeFile || cover.revision),
    good: isNot(null),
  },
  {
    id: "format.container",
    source: `${FORMAT}; RFC 5652`,
    sub: "FORMAT_FAILURE",
    finding: "container_unreadable",
    see: ({ signature: { container, subFilter } }) =>
      isKnownKind(subFilter) ? (container.ok ? true : container.code) : undefined,
    good: yes,
  },
  {
    id: "format.one-signer",
    source: "EN 319 142-1 §6.3",
    sub: "FORMAT_FAILURE",
    finding: "signers_not_one",
    see: ({ cms }) => cms?.signers,
    good: (seen) => seen === 1,
  },
  {
    id: "format.detached",
    source: "ISO 32000-2 §12.8.3.3; EN 319 142-1 §5.3",
    sub: "FORMAT_FAILURE",
    finding: "content_inside",
    see: ({ cms, signature }) => (signature.subFilter === SHA1_INSIDE ? undefined : cms?.encapsulates),
    good: no,
  },
  {
    id: "format.attributes-der",
    source: "RFC 5652 §5.4",
    sub: "FORMAT_FAILURE",
    finding: "attributes_not_der",
    see: ({ signer }) => signer?.signedAttributes,
    good: isNot("not-der"),
  },
  {
    id: "format.content-type",
    source: "RFC 5652 §11.1",
    sub: "FORMAT_FAILURE",
    finding: "attributes_malformed",
    see: ({ signer }) => signer?.contentType,
    good: (seen) => seen === "match" || seen === "unneeded",
  },
  {
    id: "format.message-digest",
    source: "RFC 5652 §11.2",
    sub: "FORMAT_FAILURE",
    finding: "attributes_malformed",
    see: ({ signer }) => signer?.messageDigest,
    good: (seen) => !isBadGrade(String(seen)),
  },
  {
    id: "format.not-confusable",
    source: "RFC 5652 §5.4 (content that is itself a set of signed attributes)",
    sub: "FORMAT_FAILURE",
    finding: "content_confusable",
    see: ({ signer }) => signer?.confusable,
    good: no,
  },
  // Identification of the signing certificate
  {
    id: "certificate.found",
    source: CERTIFICATE,
    sub: "NO_SIGNING_CERTIFICATE_FOUND",
    finding: "certificate_missing",
    see: ({ certificate, cms }) => (cms === null ? undefined : certificate !== null),
    good: yes,
  },
  {
    id: "certificate.reference",
    source: `${CERTIFICATE}; RFC 5035 §5.4`,
    sub: "NO_SIGNING_CERTIFICATE_FOUND",
    finding: "certificate_reference_wrong",
    see: ({ signer }) => signer?.signingCertificate,
    good: isNot("mismatch"),
    refuse: always,
  },
  {
    id: "certificate.reference-readable",
    source: `${CERTIFICATE}; RFC 5035 §5.4`,
    sub: "SIG_CONSTRAINTS_FAILURE",
    finding: "certificate_reference_unclear",
    see: ({ signer }) => signer?.signingCertificate,
    good: isNot("repeated", "malformed", "unsupported"),
  },
  {
    id: "certificate.reference-present",
    source: "EN 319 142-1 §6.3",
    sub: "SIG_CONSTRAINTS_FAILURE",
    finding: "certificate_reference_missing",
    see: ({ signer, signature }) => (signature.subFilter === ETSI ? signer?.signingCertificate : undefined),
    good: isNot("missing", "unknown"),
  },
  {
    id: "certificate.identified",
    source: "RFC 5652 §5.3",
    sub: null,
    finding: "signer_not_identified",
    see: ({ signer, certificate }) => (certificate === null ? undefined : signer?.identified),
    good: yes,
  },
  {
    id: "certificate.issuer-serial",
    source: CERTIFICATE,
    sub: null,
    finding: "issuer_serial_differs",
    see: ({ signer }) => signer?.issuerSerial,
    good: isNot("mismatch"),
  },
  // Validation context
  {
    id: "policy.available",
    source: POLICY,
    sub: "SIGNATURE_POLICY_NOT_AVAILABLE",
    finding: "signature_policy_missing",
    see: ({ signer, world }) =>
      world.policy.signaturePolicy === "required" ? signer?.signedAttributeTypes.includes(SIGNATURE_POLICY) : undefined,
    good: no,
  },
  {
    id: "policy.named",
    source: POLICY,
    sub: null,
    finding: "signature_policy_not_applied",
    see: ({ signer }) => signer?.signedAttributeTypes.includes(SIGNATURE_POLICY),
    good: no,
  },
  // Cryptographic verification
  {
    id: "cryptography.content",
    source: CRYPTOGRAPHY,
    sub: "SIGNED_DATA_NOT_FOUND",
    finding: "content_not_found",
    see: ({ signer }) => signer && (signer.messageDigest === "no-content" || signer.signature === "no-content"),
    good: (seen) => seen !== true,
  },
  {
    id: "cryptography.digest",
    source: CRYPTOGRAPHY,
    sub: "HASH_FAILURE",
    finding: "digest_mismatch",
    see: ({ signer }) => signer?.messageDigest,
    good: isNot("mismatch"),
  },
  {
    id: "cryptography.signature",
    source: CRYPTOGRAPHY,
    sub: "SIG_CRYPTO_FAILURE",
    finding: "signature_wrong",
    see: ({ signer }) => signer?.signature,
    good: isNot("invalid"),
  },
  {
    id: "cryptography.algorithm-protection",
    source: "RFC 6211 §2",
    sub: "SIG_CRYPTO_FAILURE",
    finding: "algorithm_exchanged",
    see: ({ signer }) => signer?.algorithmProtection,
    good: isNot("mismatch", "malformed"),
  },
  {
    id: "cryptography.supported",
    source: CRYPTOGRAPHY,
    sub: "CRYPTO_CONSTRAINTS_FAILURE",
    finding: "algorithm_unsupported",
    see: ({ signer }) => signer && (signer.signature === "unsupported" || signer.messageDigest === "unsupported"),
    good: (seen) => seen !== true,
  },
  // X.509 certificate validation, for now or for the proven time
  chainRule("chain.found", "NO_CERTIFICATE_CHAIN_FOUND", "no_chain"),
  chainRule("chain.sound", "CERTIFICATE_CHAIN_GENERAL_FAILURE", "chain_broken", { source: `${CHAIN}; RFC 5280 §6.1` }),
  chainRule("chain.constraints", "CHAIN_CONSTRAINTS_FAILURE", "chain_constrained", {
    source: `${CHAIN}; RFC 5280 §6.1`,
  }),
  {
    id: "chain.signed-before-revocation",
    source: "EN 319 102-1 §5.3.4",
    sub: "REVOKED",
    finding: "signed_after_revocation",
    see: ({ chain, after }) =>
      chain?.sub === "REVOKED_NO_POE" && chain.since !== null ? after >= chain.since : undefined,
    good: no,
  },
  chainRule("chain.not-revoked", "REVOKED_NO_POE", "revoked", { refuse: wasRevokedAlready }),
  chainRule("chain.ca-not-revoked", "REVOKED_CA_NO_POE", "ca_revoked", { refuse: wasRevokedAlready }),
  chainRule("chain.anchor-in-force", "NO_CERTIFICATE_CHAIN_FOUND_NO_POE", "anchor_not_in_force"),
  {
    id: "time.not-too-early",
    source: TIME,
    sub: "NOT_YET_VALID",
    finding: "signed_before_validity",
    see: ({ certificate, best }) => (certificate === null ? undefined : best < startOf(certificate)),
    good: no,
  },
  {
    id: "time.not-too-late",
    source: "EN 319 102-1 §5.3.4",
    sub: "EXPIRED",
    finding: "signed_after_expiry",
    see: ({ certificate, after }) => (certificate === null ? undefined : after > endOf(certificate)),
    good: no,
  },
  chainRule("chain.in-time", "OUT_OF_BOUNDS_NO_POE", "expired_unproven"),
  chainRule("chain.in-time-not-revoked", "OUT_OF_BOUNDS_NOT_REVOKED", "expired_unproven"),
  chainRule("chain.revocation-data-lasting", "REVOCATION_OUT_OF_BOUNDS_NO_POE", "revocation_data_expired"),
  {
    id: "chain.not-suspended",
    source: CHAIN,
    sub: "TRY_LATER",
    finding: "suspended",
    see: ({ chain }) => (chain === null ? undefined : chain.sub === "TRY_LATER" && chain.hold),
    good: no,
  },
  {
    id: "chain.status-known",
    source: `${CHAIN}; EN 319 102-1 §5.2.5`,
    sub: "TRY_LATER",
    finding: "status_unknown",
    see: ({ chain }) => (chain === null ? undefined : chain.sub === "TRY_LATER" && !chain.hold),
    good: no,
  },
  chainRule("chain.algorithms", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "chain_weak"),
  {
    id: "chain.key-usage",
    source: "RFC 5280 §4.2.1.3; Circular 15/2025/TT-BKHCN appendix II",
    sub: "CHAIN_CONSTRAINTS_FAILURE",
    finding: "key_usage_wrong",
    see: ({ certificate }) => certificate?.keyUsage?.join(" "),
    good: (seen, { world }) =>
      String(seen)
        .split(" ")
        .some((usage) => world.policy.keyUsage.includes(usage)),
  },
  // Times
  {
    id: "time.order",
    source: `${TIME}; RFC 3161 §2.4.2`,
    sub: "TIMESTAMP_ORDER_FAILURE",
    finding: "timestamps_contradict",
    see: (subject) => isOrdered(subject),
    good: yes,
  },
  {
    id: "time.proven",
    source: "EN 319 102-1 §5.6.2.3",
    sub: "NO_POE",
    finding: "time_not_proven",
    see: ({ world, proven }) => (world.policy.provenTime === "required" ? proven !== null : undefined),
    good: yes,
  },
  // Signature acceptance
  {
    id: "acceptance.algorithms-when-made",
    source: ACCEPTANCE,
    sub: "CRYPTO_CONSTRAINTS_FAILURE",
    finding: "algorithm_too_weak",
    see: ({ algorithmsUntil, after, certificate, signer, best }) => {
      if (signer?.signatureAlgorithm === undefined || signer.signatureAlgorithm === null) return undefined;
      if (algorithmsUntil >= best) return true;
      return algorithmsUntil >= Math.max(after, certificate === null ? after : startOf(certificate));
    },
    good: yes,
  },
  {
    id: "acceptance.algorithms",
    source: ACCEPTANCE,
    sub: "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    finding: "algorithm_weak_unproven",
    see: ({ algorithmsUntil, best, signer }) =>
      signer?.signatureAlgorithm === undefined || signer.signatureAlgorithm === null
        ? undefined
        : algorithmsUntil >= best,
    good: yes,
  },
  {
    id: "acceptance.algorithms-agree",
    source: "RFC 5652 §5.1, §5.3",
    sub: null,
    finding: "algorithms_disagree",
    see: ({ signer }) => signer?.algorithmsAgree,
    good: yes,
  },
  {
    id: "acceptance.listed",
    source: "Circular 15/2025/TT-BKHCN appendix I",
    sub: null,
    finding: "algorithm_not_listed",
    see: ({ signer }) => signer?.signatureAlgorithm?.kind,
    good: (seen, { world, signer }) =>
      seen === "rsa-pkcs1" ||
      (world.policy.listed.algorithms.includes(String(seen)) &&
        world.policy.listed.hashes.includes(signer?.signatureAlgorithm?.hash ?? "")),
  },
  {
    id: "acceptance.padding",
    source: "Circular 15/2025/TT-BKHCN appendix I",
    sub: null,
    finding: "rsa_padding_old",
    see: ({ signer }) => signer?.signatureAlgorithm?.kind,
    good: isNot("rsa-pkcs1"),
  },
  {
    id: "acceptance.purpose",
    source: "RFC 5280 §4.2.1.12; Circular 15/2025/TT-BKHCN appendix II",
    sub: null,
    finding: "purpose_other",
    see: ({ certificate }) => certificate?.extendedKeyUsage?.join(" "),
    good: (seen, { world }) =>
      String(seen)
        .split(" ")
        .some((purpose) => world.policy.purposes.includes(purpose)),
  },
  {
    id: "acceptance.signer-is-no-ca",
    source: "RFC 5280 §4.2.1.3",
    sub: null,
    finding: "signer_is_ca",
    see: ({ certificate }) => certificate?.keyUsage?.includes("keyCertSign"),
    good: no,
  },
  {
    id: "acceptance.in-form",
    source: "ISO 32000-2 §12.7.5.5",
    sub: null,
    finding: "not_in_form",
    see: ({ signature }) => signature.inForm,
    good: yes,
  },
];

/** Later saves were stamped later; and nothing was signed before what it covers. */
function isOrdered({ timestamps, after, best, proven, world }: Subject): boolean | undefined {
  const tolerance = world.policy.orderTolerance;
  if (proven !== null && best + tolerance < after) return false;
  const passed = timestamps.filter(({ sub }) => sub === null);
  if (passed.length < 2) return proven === null ? undefined : true;
  const last = (kind: string, pick: (...times: number[]) => number): number =>
    pick(...passed.filter((state) => state.kind === kind).map(({ time }) => time ?? 0));
  return last("document", Math.min) + tolerance >= last("signature", Math.max);
}
