/** OCSPResponseStatus (RFC 6960 §4.2.1). */
export const RESPONSE_STATUS = {
  successful: 0,
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const satisfies Record<string, number>;

export type ResponseStatus = keyof typeof RESPONSE_STATUS;

/** CertStatus (RFC 6960 §4.2.1). */
export type CertificateStatus =
  | { readonly kind: "good" }
  /** The responder does not know the certificate. */
  | { readonly kind: "unknown" }
  | {
      readonly kind: "revoked";
      /** Milliseconds since 1970. */
      readonly at: number;
      /** CRLReason (RFC 5280 §5.3.1). */
      readonly reason?: number;
    };
