import { isNot, no, type Rule, yes } from "./rule.ts";
import { startOf } from "./subject.ts";

const ACCEPTANCE = "EN 319 102-1 §5.2.8";

/** Algorithms, purposes, and what is merely said. */
export const ACCEPTANCE_RULES: readonly Rule[] = [
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
    id: "acceptance.reference-hash",
    source: "RFC 5035 §3; EN 319 142-1 §6.3",
    sub: null,
    finding: "certificate_reference_old",
    see: ({ signer }) => signer?.signingCertificateVersion ?? undefined,
    good: isNot(1),
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
