import { MAX_TOKEN, readClaims } from "./read-token.ts";
import { checkClaims, type ExpectedClaims, type IdTokenClaims } from "./token-claims.ts";
import { type JwsOptions, verifyJws } from "./verify-jws.ts";

/** Ten minutes, as long as the certificate that a login leads to: clocks that differ by more are broken. */
const MAX_SKEW = 600;
/** Seconds of the year 5138. A time beyond is one in milliseconds. */
const MAX_NOW = 1e11;

/**
 * Verifies an OpenID Connect ID token (Core §3.1.3.7): its form, its signature under a key of the issuer, and that it was
 * issued by `issuer`, to `clientId`, for the login with `nonce`, now.
 *
 * The nonce is the commitment to what is signed, so a token that passes says: this person, these documents. Single use is
 * not checked here; the transaction does that.
 *
 * @param token compact JWS as received; nothing is trimmed
 * @returns all claims of the token
 * @throws Fault token_malformed, token_algorithm, token_type, token_key_unknown, token_signature, token_issuer, token_audience,
 *   token_nonce, token_claims, token_lifetime, token_not_yet_valid, token_expired, token_stale; identity_provider_unavailable
 *   where a resolver cannot tell. Details name claims, never their values.
 * @throws TypeError, RangeError for options that no caller can mean
 */
export async function verifyIdToken(token: string, options: ExpectedClaims & JwsOptions): Promise<IdTokenClaims> {
  checkOptions(options);
  return checkClaims(readClaims(await verifyJws(token, options)), options);
}

function checkOptions(options: ExpectedClaims & JwsOptions): void {
  const { issuer, clientId, nonce, now, clockSkew, maxAge, algorithms } = options;
  for (const text of [issuer, clientId, nonce]) {
    // An empty expectation would be met by an empty claim.
    if (typeof text !== "string" || text === "" || text.length > MAX_TOKEN) {
      throw new TypeError("issuer, clientId and nonce must be texts");
    }
  }
  if (!Array.isArray(algorithms)) throw new TypeError("algorithms must be a list");
  if (!(now >= 0 && now < MAX_NOW)) throw new RangeError("now must be a time in seconds");
  if (!(clockSkew >= 0 && clockSkew <= MAX_SKEW)) throw new RangeError("clockSkew must be 0 to 600 seconds");
  if (maxAge !== undefined && !(maxAge >= 0)) throw new RangeError("maxAge must not be negative");
}
