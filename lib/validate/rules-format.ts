import { isNot, no, type Rule, yes } from "./rule.ts";
import { isBadGrade, isKnownKind, SHA1_INSIDE } from "./subject.ts";

const FORMAT = "EN 319 102-1 §5.2.2";
const CERTIFICATE = "EN 319 102-1 §5.2.3";
const POLICY = "EN 319 102-1 §5.2.4";
const CRYPTOGRAPHY = "EN 319 102-1 §5.2.7";

/** id-aa-ets-sigPolicyId (RFC 5126 §5.8.1). */
const SIGNATURE_POLICY = "1.2.840.113549.1.9.16.2.15";
const ETSI = "ETSI.CAdES.detached";

/** Form, signing certificate, cryptography: what the octets say by themselves. */
export const FORMAT_RULES: readonly Rule[] = [
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
    see: ({ cms }) => (cms?.signer === null ? 0 : cms?.signers),
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
    see: ({ certificate, signer }) => (certificate === null ? signer && "no-certificate" : signer?.signature),
    good: isNot("no-certificate", "bad-certificate"),
  },
  {
    id: "certificate.reference",
    source: `${CERTIFICATE}; RFC 5035 §5.4`,
    sub: "NO_SIGNING_CERTIFICATE_FOUND",
    finding: "certificate_reference_wrong",
    see: ({ signer }) => signer?.signingCertificate,
    good: isNot("mismatch"),
    refuse: () => true,
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
];
