import { digest, hmacSha256 } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Random } from "../ports/ports.ts";
import type { LoginProvider } from "./login-provider.ts";
import type { Transaction } from "./transaction.ts";
import { isSecretOf } from "./transaction-rules.ts";

/**
 * The way to the identity provider and back. Nothing is stored for it: `state` and the PKCE verifier are derived from the
 * secret in the browser's cookie, so that only the browser that approved can begin and end a login (architecture §4).
 */

/** What travels in `state`: transaction, provider (index), 128 random bits of this attempt, and a MAC under the browser secret. */
type State = { readonly id: string; readonly provider: number; readonly attempt: string; readonly mac: string };

/** @throws Fault `approval_missing`: the browser holds no secret, or another one than the browser that approved */
export function requireApproval(transaction: Transaction, secret: string | undefined): string {
  const hash = transaction.approval?.browserHash;
  if (secret === undefined || hash === undefined || !isSecretOf(hash, secret))
    throw new Fault("approval_missing", "this browser has not approved the transaction");
  return secret;
}

/**
 * The address that begins a login whose token will carry the commitment as its nonce (OpenID Connect Core 1.0 §3.1.2.1).
 *
 * @param secret of the browser, base64url
 * @param provider index into the configured providers
 */
export async function authorizationUrl(
  transaction: Transaction,
  secret: string,
  chosen: { readonly provider: LoginProvider; readonly index: number; readonly redirectUri: string },
  random: Random,
): Promise<string> {
  const attempt = toBase64Url(random(16));
  const mac = deriveText(secret, "state", transaction.id, String(chosen.index), attempt);
  const url = new URL(await chosen.provider.authorizationEndpoint());
  const parameters = {
    response_type: "code",
    client_id: chosen.provider.clientId,
    redirect_uri: chosen.redirectUri,
    scope: "openid profile",
    state: [transaction.id, chosen.index, attempt, mac].join("."),
    nonce: transaction.commitment,
    code_challenge: toBase64Url(digest("SHA-256", fromUtf8(verifierOf(secret, attempt)))),
    code_challenge_method: "S256",
    // A session that somebody else left open must not sign (Core §3.1.2.1: max_age=0 asks like prompt=login).
    prompt: "login",
    max_age: "0",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Reads `state` without trusting it: enough to find the cookie and the transaction. @throws Fault `login_failed` */
export function readState(text: string | undefined): State {
  const [id, provider, attempt, mac, ...rest] = (text ?? "").split(".");
  if (!id || !provider || !attempt || !mac || rest.length > 0 || !/^\d{1,2}$/.test(provider))
    throw new Fault("login_failed", "state is not one of ours");
  return { id, provider: Number(provider), attempt, mac };
}

/** @returns the PKCE verifier of this attempt. @throws Fault `login_failed`: the state was not made for this browser */
export function checkState(state: State, secret: string): string {
  const expected = deriveText(secret, "state", state.id, String(state.provider), state.attempt);
  if (!equalSecret(fromUtf8(expected), fromUtf8(state.mac)))
    throw new Fault("login_failed", "state was not made for this browser");
  return verifierOf(secret, state.attempt);
}

function verifierOf(secret: string, attempt: string): string {
  return deriveText(secret, "pkce", attempt);
}

/** HMAC-SHA-256 under the browser secret, base64url: 43 characters, as a PKCE verifier wants them. */
function deriveText(secret: string, ...labels: readonly string[]): string {
  const key = fromBase64Url(secret);
  if (key === undefined) throw new Fault("approval_missing", "the browser secret is not base64url");
  return toBase64Url(hmacSha256(key, fromUtf8(labels.join("|"))));
}
