import { digest, hmacSha256 } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import type { LoginProvider } from "./login-provider.ts";

/** One provider out of the configured ones, and where it sends people back to. */
export type ChosenProvider = {
  readonly provider: LoginProvider;
  readonly index: number;
  readonly redirectUri: string;
};

/**
 * The address that begins a login (OpenID Connect Core 1.0 §3.1.2.1), with PKCE (RFC 7636).
 *
 * @throws Fault `identity_provider_unavailable`
 */
export async function loginAddress(
  { provider, redirectUri }: ChosenProvider,
  { state, nonce, verifier }: { readonly state: string; readonly nonce: string; readonly verifier: string },
): Promise<string> {
  const url = new URL(await provider.authorizationEndpoint());
  const parameters = {
    response_type: "code",
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: "openid profile",
    state,
    nonce,
    code_challenge: toBase64Url(digest("SHA-256", fromUtf8(verifier))),
    code_challenge_method: "S256",
    // A session that somebody else left open must not sign (Core §3.1.2.1: max_age=0 asks like prompt=login).
    prompt: "login",
    max_age: "0",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * HMAC-SHA-256 under a browser's secret, base64url: 43 characters, as a PKCE verifier wants them.
 *
 * @returns undefined where the secret is not base64url
 */
export function derived(secret: string, ...labels: readonly string[]): string | undefined {
  const key = fromBase64Url(secret);
  return key === undefined ? undefined : toBase64Url(hmacSha256(key, fromUtf8(labels.join("|"))));
}
