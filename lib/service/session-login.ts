import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock, Mac, Random } from "../ports/ports.ts";
import type { Authenticator } from "./authenticate.ts";
import { type ChosenProvider, derived, loginAddress } from "./login-request.ts";
import { pseudonymOf } from "./pseudonym.ts";
import {
  type ActiveSession,
  IDLE_MS,
  isActive,
  LONGEST_MS,
  PENDING_MS,
  type ReturnPath,
  type Session,
  sessionId,
} from "./session.ts";
import type { SessionStore } from "./session-store.ts";
import { SECRET_OCTETS } from "./transaction-rules.ts";

export type SessionPorts = { readonly sessions: SessionStore; readonly clock: Clock; readonly random: Random };
export type LoginPorts = SessionPorts & { readonly authenticate: Authenticator; readonly pairwise: Mac };

/** A session with the secret that goes into the browser's cookie and is kept nowhere else. */
export type Opened = { readonly session: Session; readonly secret: string };

/**
 * Opens a session that waits for a login.
 *
 * @param previous the secret that the browser holds already: its session ends here
 * @throws Fault `store_unavailable`: asking again is safe
 */
export async function openSession(
  ports: SessionPorts,
  returnTo: ReturnPath,
  previous: string | undefined,
): Promise<Opened> {
  const now = ports.clock();
  const opened = newSession(ports.random, { state: "pending", returnTo, createdAt: now, expiresAt: now + PENDING_MS });
  await put(ports.sessions, opened.session);
  const before = sessionId(previous);
  if (before !== undefined) await ports.sessions.end(before);
  return opened;
}

/** The pending session of a browser. @throws Fault `session_missing`, `session_expired` */
export function requirePending(session: Session | undefined, now: number): Session {
  if (session?.state !== "pending") throw new Fault("session_missing", "this browser has opened no session");
  if (now >= session.expiresAt) throw new Fault("session_expired", "the login took too long");
  return session;
}

/**
 * The address that begins a login for a session. Nothing is stored for it, as for signing (login.ts): `state`, the PKCE verifier and
 * the nonce follow from the secret of the browser and 128 random bits of this attempt.
 */
export async function sessionLoginUrl(secret: string, chosen: ChosenProvider, random: Random): Promise<string> {
  const attempt = toBase64Url(random(16));
  const state = [chosen.index, attempt, stateMac(secret, chosen.index, attempt)].join(".");
  return loginAddress(chosen, { state, nonce: nonceOf(secret, attempt), verifier: verifierOf(secret, attempt) });
}

/** What `state` leads to: the provider that was asked, and what its answer is to be checked with. */
export type SessionState = { readonly provider: number; readonly nonce: string; readonly verifier: string };

/** @throws Fault `login_failed`: the state is not one of ours, or was not made for this browser */
export function readSessionState(text: string | undefined, secret: string): SessionState {
  const [provider, attempt, mac, ...rest] = (text ?? "").split(".");
  if (!provider || !attempt || !mac || rest.length > 0 || !/^\d{1,2}$/.test(provider))
    throw new Fault("login_failed", "state is not one of ours");
  const index = Number(provider);
  if (!equalSecret(fromUtf8(stateMac(secret, index, attempt)), fromUtf8(mac)))
    throw new Fault("login_failed", "state was not made for this browser");
  return { provider: index, nonce: nonceOf(secret, attempt), verifier: verifierOf(secret, attempt) };
}

/**
 * Turns a pending session into an active one with a secret of its own: whoever knew, or planted, the old one has nothing.
 *
 * Crash order: the token is judged; the pending session is taken, so that it leads to one login at most; the active one is put. A crash
 * in between costs the person another login and leaves nothing that opens anything.
 *
 * @param token the identity token as received
 * @throws Fault token_*, `assurance_too_low`, `identity_inactive`, `session_missing`, `key_unavailable`, `store_unavailable`
 */
export async function logIn(
  ports: LoginPorts,
  pending: Session,
  token: string,
  { nonce }: Pick<SessionState, "nonce">,
): Promise<Opened> {
  const now = ports.clock();
  const { identity } = await ports.authenticate(token, nonce, now);
  const subject = await pseudonymOf(ports.pairwise, identity);
  if (!(await ports.sessions.take(pending.id))) throw new Fault("session_missing", "the session was used already");
  const { fullName, issuer, assurance, authTime, officer } = identity;
  const opened = newSession(ports.random, {
    state: "active",
    returnTo: pending.returnTo,
    createdAt: now,
    expiresAt: now + IDLE_MS,
    person: {
      ...{ subject, fullName, issuer, assurance },
      authenticatedAt: authTime === undefined ? now : authTime * 1000,
      ...(officer === undefined ? {} : { officer }),
    },
  });
  await put(ports.sessions, opened.session);
  return opened;
}

/** @returns the session with its new end. @throws Fault `session_expired`: also where it has lasted as long as it may */
export async function extendSession(ports: SessionPorts, session: ActiveSession): Promise<ActiveSession> {
  const now = ports.clock();
  const expiresAt = Math.min(now + IDLE_MS, session.createdAt + LONGEST_MS);
  if (expiresAt <= now || !(await ports.sessions.extend(session.id, expiresAt, now)))
    throw new Fault("session_expired", "the session's time has passed");
  return { ...session, expiresAt };
}

/** Whether a browser that comes back from the provider once more is logged in already. */
export function isLoggedIn(session: Session | undefined, now: number): session is ActiveSession {
  return session !== undefined && isActive(session) && now < session.expiresAt;
}

function newSession(random: Random, session: Omit<Session, "id">): Opened {
  const secret = toBase64Url(random(SECRET_OCTETS));
  return { session: { id: sessionId(secret) as string, ...session }, secret };
}

/** 256 random bits that are taken are no accident: a retry inside the adapter met its own first attempt. */
async function put(sessions: SessionStore, session: Session): Promise<void> {
  if (await sessions.create(session)) return;
  if ((await sessions.read(session.id)) === undefined)
    throw new Fault("store_unavailable", "the session was not written");
}

/**
 * A hash over the purpose and the browser's secret: never the commitment of a transaction, which is a hash over its preimage. So a token
 * that logs somebody in signs nothing, and a token that signs logs nobody in.
 */
function nonceOf(secret: string, attempt: string): string {
  return toBase64Url(digest("SHA-256", fromUtf8(`motlan/session/v1|${own(secret, "nonce", attempt)}`)));
}

const verifierOf = (secret: string, attempt: string): string => own(secret, "pkce", attempt);
const stateMac = (secret: string, provider: number, attempt: string): string =>
  own(secret, "state", String(provider), attempt);

/** Labels of their own beside those of login.ts, although no two secrets are shared. */
function own(secret: string, ...labels: readonly string[]): string {
  const text = derived(secret, "session", ...labels);
  if (text === undefined) throw new Fault("session_missing", "the browser's secret is not base64url");
  return text;
}
