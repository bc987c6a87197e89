/** What a public key must be to serve an algorithm. */
export type TokenAlgorithm = {
  readonly kty: "RSA" | "EC" | "OKP";
  /** RFC 7518 §3.4 ties each ECDSA algorithm to one curve. */
  readonly crv?: string;
};

/**
 * Every signature algorithm that an issuer may be configured with (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). The HMAC
 * ones are not here and can never be: an identity provider that shares its key with us proves nothing to anybody else, and
 * a public key taken for an HMAC secret is the oldest forgery there is. Neither is `none`.
 */
export const TOKEN_ALGORITHMS: ReadonlyMap<string, TokenAlgorithm> = new Map<string, TokenAlgorithm>([
  ["RS256", { kty: "RSA" }],
  ["RS384", { kty: "RSA" }],
  ["RS512", { kty: "RSA" }],
  ["PS256", { kty: "RSA" }],
  ["PS384", { kty: "RSA" }],
  ["PS512", { kty: "RSA" }],
  ["ES256", { kty: "EC", crv: "P-256" }],
  ["ES384", { kty: "EC", crv: "P-384" }],
  ["ES512", { kty: "EC", crv: "P-521" }],
  ["EdDSA", { kty: "OKP", crv: "Ed25519" }],
  ["Ed25519", { kty: "OKP", crv: "Ed25519" }],
]);
