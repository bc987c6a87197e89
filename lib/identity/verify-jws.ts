import type { JWK } from "jose";
import { JWSSignatureVerificationFailed } from "jose/errors";
import { compactVerify } from "jose/jws/compact/verify";
import { Fault } from "../fault/fault.ts";
import type { PublicJwk } from "./public-jwk.ts";
import { readToken, type TokenHeader } from "./read-token.ts";
import { type KeyResolver, resolveKey, type VerificationKey } from "./resolve-key.ts";
import { TOKEN_ALGORITHMS } from "./token-algorithms.ts";

export type JwsOptions = {
  /** JWK Set (RFC 7517 §5), or a function that finds the key: one of jose's, or that of a `keySource`. */
  readonly jwks: { readonly keys: readonly unknown[] } | KeyResolver;
  /** The algorithms that the issuer may use. HMAC and `none` are refused even where they are listed. */
  readonly algorithms: readonly string[];
};

/**
 * Verifies the signature of a compact JWS under a public key of its issuer (RFC 7515 §5.2, with the advice of RFC 8725).
 *
 * @returns the payload part as received, base64url
 * @throws Fault token_malformed, token_type, token_algorithm, token_key_unknown, token_signature; identity_provider_unavailable
 *   where a resolver cannot tell
 */
export async function verifyJws(token: string, { jwks, algorithms }: JwsOptions): Promise<string> {
  const { header, parts } = readToken(token);
  if (!algorithms.includes(header.alg) || !TOKEN_ALGORITHMS.has(header.alg)) {
    throw new Fault("token_algorithm", "the issuer may not use the algorithm of the token");
  }
  await checkSignature(token, header, await resolveKey(jwks, header, parts));
  return parts.payload;
}

async function checkSignature(token: string, { alg }: TokenHeader, key: VerificationKey): Promise<void> {
  try {
    // jose's JWK has a writable array in it; a PublicJwk is frozen, and jose leaves it alone.
    await compactVerify(token, key as Exclude<VerificationKey, PublicJwk> | JWK, { algorithms: [alg] });
  } catch (error) {
    if (error instanceof JWSSignatureVerificationFailed) {
      throw new Fault("token_signature", "the signature does not verify under the key that the token names");
    }
    // The form of the token is known to be right, so this is about the key: a point off its curve, a CryptoKey for another use.
    throw new Fault("token_key_unknown", "the key that the token names cannot be used");
  }
}
