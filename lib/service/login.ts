import { toBase64Url } from "../bytes/base64.ts";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Random } from "../ports/ports.ts";
import { type ChosenProvider, derived, loginAddress } from "./login-request.ts";
import type { Transaction } from "./transaction.ts";
import { isSecretOf } from "./transaction-rules.ts";

/**
 * The way to the identity provider and back. Nothing is stored for it: `state` and the PKCE verifier are derived from the
 * secret in the browser's cookie, so that only the browser that approved can begin and end a login (architecture §4).
 */

/**
 * What travels in `state`: provider (index), 128 random bits of this attempt, and a MAC under the browser secret. The transaction is in
 * the MAC alone: its id opens what a look-up shows, and what somebody signs is not the provider's business.
 */
type State = { readonly provider: number; readonly attempt: string; readonly mac: string };

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
  chosen: ChosenProvider,
  random: Random,
): Promise<string> {
  const attempt = toBase64Url(random(16));
  const state = [chosen.index, attempt, macOf(secret, transaction.id, chosen.index, attempt)].join(".");
  return loginAddress(chosen, { state, nonce: transaction.commitment, verifier: verifierOf(secret, attempt) });
}

/** Reads `state` without trusting it. @throws Fault `login_failed` */
export function readState(text: string | undefined): State {
  const [provider, attempt, mac, ...rest] = (text ?? "").split(".");
  if (!provider || !attempt || !mac || rest.length > 0 || !/^\d{1,2}$/.test(provider))
    throw new Fault("login_failed", "state is not one of ours");
  return { provider: Number(provider), attempt, mac };
}

/** What a browser may hold: the secret of one that approved a transaction. */
export type HeldApproval = { readonly id: string; readonly secret: string };

/** Which of the approvals that a browser holds the login was begun for. @returns undefined: none of them */
export function approvalOf(state: State, held: readonly HeldApproval[]): HeldApproval | undefined {
  return held.find(({ id, secret }) => {
    const expected = derived(secret, ...stateLabels(id, state.provider, state.attempt));
    return expected !== undefined && equalSecret(fromUtf8(expected), fromUtf8(state.mac));
  });
}

const stateLabels = (id: string, provider: number, attempt: string) =>
  ["state", id, String(provider), attempt] as const;

function macOf(secret: string, id: string, provider: number, attempt: string): string {
  return deriveText(secret, ...stateLabels(id, provider, attempt));
}

/** The PKCE verifier of an attempt. */
export function verifierOf(secret: string, attempt: string): string {
  return deriveText(secret, "pkce", attempt);
}

function deriveText(secret: string, ...labels: readonly string[]): string {
  const text = derived(secret, ...labels);
  if (text === undefined) throw new Fault("approval_missing", "the browser secret is not base64url");
  return text;
}
