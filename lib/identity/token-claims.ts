import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";

/** A day: the longest that large providers let an ID token live. What claims more was not made for one login. */
const MAX_LIFETIME = 24 * 3600;
/** An hour: a login belongs to one signing session, and no session stays open that long. */
const MAX_TOKEN_AGE = 3600;
/** OpenID Connect Core §2: `sub` is at most 255 ASCII characters. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

/** The claims of an ID token that passed {@link checkClaims} (OpenID Connect Core §2); times in seconds. */
export type IdTokenClaims = JsonObject & {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly nonce: string;
  readonly azp?: string;
  readonly nbf?: number;
  readonly auth_time?: number;
};

export type ExpectedClaims = {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Seconds since 1970-01-01T00:00:00Z, like every time in a token. */
  readonly now: number;
  /** How far the clocks may differ, seconds. */
  readonly clockSkew: number;
  /** Oldest login that will do, seconds; makes `auth_time` a required claim. */
  readonly maxAge?: number;
};

/**
 * The checks of OpenID Connect Core §3.1.3.7 behind the signature, in its order, and the ones that it leaves open.
 *
 * @throws Fault token_issuer, token_audience, token_nonce, token_claims, token_lifetime, token_not_yet_valid, token_expired,
 *   token_stale
 */
export function checkClaims(claims: JsonObject, expected: ExpectedClaims): IdTokenClaims {
  if (claims.iss !== expected.issuer) throw new Fault("token_issuer", "the token comes from another issuer");
  checkAudience(claims.aud, claims.azp, expected.clientId);
  const { nonce, sub } = claims;
  if (typeof nonce !== "string" || !equalSecret(fromUtf8(nonce), fromUtf8(expected.nonce))) {
    throw new Fault("token_nonce", "the token was made for another login");
  }
  if (typeof sub !== "string" || !SUBJECT.test(sub)) throw new Fault("token_claims", "sub is missing or malformed");
  checkTimes(claims, expected);
  return claims as IdTokenClaims;
}

/**
 * Steps 3 to 5: we are among the audiences; where there are others, the token says that it was issued to us; it never says
 * that it was issued to somebody else.
 */
function checkAudience(aud: JsonValue | undefined, azp: JsonValue | undefined, clientId: string): void {
  const audiences = typeof aud === "string" ? [aud] : aud;
  if (!Array.isArray(audiences) || !audiences.every((item) => typeof item === "string")) {
    throw new Fault("token_audience", "aud is missing or malformed");
  }
  if (!audiences.includes(clientId)) throw new Fault("token_audience", "the token was issued for another client");
  if (azp === undefined && audiences.length > 1) {
    throw new Fault("token_audience", "the token has several audiences and does not say to whom it was issued");
  }
  if (azp !== undefined && azp !== clientId)
    throw new Fault("token_audience", "the token was issued to another client");
}

function checkTimes(claims: JsonObject, { now, clockSkew, maxAge }: ExpectedClaims): void {
  const issued = requiredTime(claims, "iat");
  const expires = requiredTime(claims, "exp");
  const notBefore = optionalTime(claims, "nbf") ?? issued;
  const authenticated = optionalTime(claims, "auth_time");
  if (expires <= issued || expires <= notBefore || expires - issued > MAX_LIFETIME) {
    throw new Fault("token_lifetime", "exp does not follow iat and nbf within a day");
  }
  if (issued > now + clockSkew) throw new Fault("token_not_yet_valid", "iat is in the future");
  if (notBefore > now + clockSkew) throw new Fault("token_not_yet_valid", "nbf is in the future");
  // RFC 7519 §4.1.4: on or after exp the token is not accepted.
  if (now >= expires + clockSkew) throw new Fault("token_expired", "exp has passed");
  if (now - issued > MAX_TOKEN_AGE + clockSkew) throw new Fault("token_stale", "iat is more than an hour ago");
  if (authenticated !== undefined && authenticated > now + clockSkew) {
    throw new Fault("token_not_yet_valid", "auth_time is in the future");
  }
  if (maxAge === undefined) return;
  if (authenticated === undefined) throw new Fault("token_claims", "auth_time is missing");
  if (now - authenticated > maxAge + clockSkew) throw new Fault("token_stale", "the login is too old");
}

function requiredTime(claims: JsonObject, name: string): number {
  const time = optionalTime(claims, name);
  if (time === undefined) throw new Fault("token_claims", `${name} is missing`);
  return time;
}

/** RFC 7519 §2, NumericDate: a JSON number, seconds, with or without a fraction. */
function optionalTime(claims: JsonObject, name: string): number | undefined {
  const time = claims[name];
  if (time === undefined) return undefined;
  if (typeof time !== "number" || !Number.isFinite(time) || time < 0) {
    throw new Fault("token_claims", `${name} is not a time`);
  }
  return time;
}
