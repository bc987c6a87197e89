/** What a certificate of a path can break. Published in facts and reports: a code keeps its meaning. */
export type PathViolationCode =
  /** The issuer's key did not sign it. */
  | "signature_invalid"
  /** Algorithm or key of a kind that is not computed here, or a key that cannot be read. */
  | "signature_unsupported"
  | "name_chaining"
  | "unknown_critical_extension"
  /** Of those that path validation reads. */
  | "extension_malformed"
  /** It issued a certificate, and is of version 1 or 2, or has no basicConstraints with cA. */
  | "not_a_ca"
  /** The anchor is the certificate of somebody who must not issue any. */
  | "anchor_not_a_ca"
  | "path_length"
  | "no_cert_sign"
  | "name_not_permitted"
  | "name_excluded"
  /** A constraint on a form of names that is not compared here, and the certificate has such a name. */
  | "name_form_unsupported"
  | "policy_required"
  | "policy_mapping_any"
  | "too_long"
  /** Judging it would take more work than any honest path does. */
  | "too_complex";

export type PathViolation = {
  readonly code: PathViolationCode;
  /** Index in the chain: 0 is the target. What the anchor itself forbids counts against the certificate that it issued. */
  readonly certificate: number;
};
