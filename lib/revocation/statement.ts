import type { SignatureAlgorithm } from "../crypto/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { Crl } from "./crl.ts";
import type { ReasonFlag, RevocationReason } from "./reasons.ts";

/** Why a CRL or a response says nothing about a certificate, whoever signed it. Published in facts and reports: a code keeps its meaning. */
export type RevocationProblem =
  /** An extension that is critical and not understood, of the CRL, of any of its entries, of the response or its answer (RFC 5280 §5.2, §5.3). */
  | "unknown_critical_extension"
  /** An extension that is understood, but not well formed, or an entry that contradicts the kind of CRL. */
  | "extension_malformed"
  /** The entry about the certificate cannot be read. */
  | "entry_malformed"
  /** More entries with one serial number than any honest CRL has. */
  | "too_many_entries"
  /** The certificate's CRLDistributionPoints cannot be read. */
  | "certificate_points_malformed"
  /** No distribution point of the certificate is one that the CRL is for (RFC 5280 §6.3.3 (b)(1), (b)(2)(i)). */
  | "distribution_point_mismatch"
  /** The certificate names its signer as CRL issuer, but the CRL does not say that it is indirect (RFC 5280 §6.3.3 (b)(1)). */
  | "not_indirect"
  /** For end entities only, and the certificate is a CA's (RFC 5280 §6.3.3 (b)(2)(ii)). */
  | "only_user_certificates"
  /** For CAs only, and the certificate is not a CA's (RFC 5280 §6.3.3 (b)(2)(iii)). */
  | "only_ca_certificates"
  /** For attribute certificates only (RFC 5280 §6.3.3 (b)(2)(iv)). */
  | "only_attribute_certificates"
  /** A delta CRL, and none of the CRLs that are there is its base (RFC 5280 §5.2.4). */
  | "delta_without_base"
  /** Everybody who could have signed the CRL has a key usage without cRLSign (RFC 5280 §6.3.3 (f)). */
  | "no_crl_sign"
  /** The delegated responder's key usage allows no signatures (RFC 5280 §4.2.1.12). */
  | "no_digital_signature"
  /** More keys bear the CRL issuer's name than are tried. */
  | "too_many_signers"
  /** The response repeats another nonce than was asked with, or none (RFC 8954 §2.1). */
  | "nonce_mismatch"
  /** The hash of the certificate that the response knows is another's (Common PKI Part 4, CertHash). */
  | "certificate_hash_mismatch";

/**
 * What one CRL or OCSP response says about one certificate. Nothing about time is judged: whether it is fresh enough, or of the right
 * moment, is a rule over these facts. Times are ms since 1970.
 */
export type RevocationStatement = {
  readonly kind: "crl" | "ocsp";
  /** `unknown` wherever there is a problem. It counts only where signature, authority and problems are good: {@link isUsable}. */
  readonly status: "good" | "revoked" | "unknown";
  readonly revokedAt: number | undefined;
  readonly reason: RevocationReason | undefined;
  /** Since when the key may have been in wrong hands (RFC 5280 §5.3.2): before `revokedAt`, as a rule. */
  readonly invalidityDate: number | undefined;
  /** When the status was so. Of the delta CRL, where one was combined with its base. */
  readonly thisUpdate: number;
  /** When there will be news at the latest; undefined: at any moment. Of the delta CRL likewise. */
  readonly nextUpdate: number | undefined;
  /** The complete CRL that a delta CRL was combined with: this statement takes the place of that CRL's own. */
  readonly base: Crl | undefined;
  /** When the response was signed; undefined for a CRL. */
  readonly producedAt: number | undefined;
  /**
   * Certificates that expired since then are still spoken of (ExpiredCertsOnCRL, ArchiveCutoff). Undefined: nothing is promised, and
   * `good` about one that had expired at `thisUpdate` says nothing.
   */
  readonly expiredSince: number | undefined;
  readonly signature: "valid" | "invalid" | "unsupported" | "no-certificate";
  /** Who signed, or whose signature it should be; its own path is judged like any other's. */
  readonly signer: Certificate | undefined;
  /** Other certificates of the same name and key, by which a path may be found where the signer's own leads nowhere. */
  readonly alternatives: readonly Certificate[];
  /**
   * Why the signer may: it has the issuer's name and key; the issuer delegated to it (OCSP); it has the issuer's name, or one that the
   * certificate names as CRL issuer, and another key — its path must then end at the same anchor (RFC 5280 §6.3.3 (f)).
   */
  readonly authority: "issuer" | "delegated" | "same-name" | "indirect" | "none";
  /** Undefined where it is not supported. */
  readonly algorithm: SignatureAlgorithm | undefined;
  /** Reasons for which the certificate may be revoked elsewhere; a certificate is good when good statements leave no common one. */
  readonly missingReasons: readonly ReasonFlag[];
  /** id-pkix-ocsp-nocheck in the responder's certificate. */
  readonly noCheck: boolean;
  readonly problems: readonly RevocationProblem[];
};

/** Signed by somebody who may, and without a problem. Says nothing about time, nor about the signer's own path. */
export function isUsable(statement: RevocationStatement): boolean {
  return statement.signature === "valid" && statement.authority !== "none" && statement.problems.length === 0;
}
