import { Fault } from "../fault/fault.ts";
import type { LoginProvider } from "../service/login-provider.ts";

/** Position in the list of `GET /v1/service`; the first one where none is named. */
export function providerIndex(text: string | undefined): number {
  return text === undefined ? 0 : /^\d{1,2}$/.test(text) ? Number(text) : -1;
}

/** The authorization response (RFC 6749 §4.1.2), from the provider that was asked (RFC 9207 §2.4). */
export function codeFrom(query: Record<string, string>, provider: LoginProvider): string {
  if (query.iss !== undefined && query.iss !== provider.issuer)
    throw new Fault("login_failed", "another identity provider answered");
  if (query.error === "access_denied") throw new Fault("login_cancelled", "the person ended the login");
  if (query.error !== undefined || !query.code) throw new Fault("login_failed", "the identity provider gave no code");
  return query.code;
}
