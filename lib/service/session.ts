import { digest } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import type { Assurance } from "../identity/assurance.ts";
import type { Officer } from "../identity/claim-maps.ts";
import type { SessionStore } from "./session-store.ts";
import { SECRET_OCTETS } from "./transaction-rules.ts";

/** Where a login for a session may return to: our own pages, never an address that a request brings. */
export const RETURN_PATHS = ["/lich-su", "/khoa", "/ho-tro"] as const;
export type ReturnPath = (typeof RETURN_PATHS)[number];

/** Milliseconds. From the opening to the return from the identity provider: as long as a transaction lives by default. */
export const PENDING_MS = 15 * 60_000;
/** Milliseconds without an extension; ux.md: a page warns before, and one press extends. */
export const IDLE_MS = 15 * 60_000;
/** Milliseconds from the login: no extension reaches beyond. */
export const LONGEST_MS = 60 * 60_000;

/** Who logged in, as far as a person's own pages need to know; nothing else of the token is kept. */
export type SessionPerson = {
  /** The pairwise pseudonym, as in the serialNumber of certificates. */
  readonly subject: string;
  readonly fullName: string;
  readonly issuer: string;
  readonly assurance: Assurance;
  /** Milliseconds, by the identity provider's clock. */
  readonly authenticatedAt: number;
  /** The office that the identity provider says this person holds. */
  readonly officer?: Officer;
};

/** What a page was given to answer once; see {@link SessionStore.challenge}. */
export type SessionChallenge = {
  /** base64url, 32 random octets. */
  readonly value: string;
  /** Milliseconds. */
  readonly until: number;
};

/**
 * A login that is not for signing: for a person's history, passkeys and office. `pending` waits for the return from the identity
 * provider. The item of a pending session never becomes an active one: the login gives the browser a new secret.
 */
export type Session = {
  /** SHA-256 of the secret in the cookie, base64url: what is kept opens nothing. */
  readonly id: string;
  readonly state: "pending" | "active";
  readonly returnTo: ReturnPath;
  /** Milliseconds, service clock; of an active session, when the login was accepted. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Present from `active` on. */
  readonly person?: SessionPerson;
  readonly challenge?: SessionChallenge;
};

export type ActiveSession = Session & { readonly person: SessionPerson };

export const SESSION_COOKIE = "motlan-session";

/**
 * The secret that a browser holds, out of its `Cookie` header.
 *
 * @returns undefined also where the name stands twice: a neighbouring host can plant a second cookie, and which of them is ours cannot be told
 */
export function sessionSecret(header: string | undefined): string | undefined {
  const values = (header ?? "").split(";").flatMap((pair) => {
    const [name, value] = pair.trim().split("=", 2);
    return name === SESSION_COOKIE && value !== undefined ? [value] : [];
  });
  return values.length === 1 ? values[0] : undefined;
}

/** @returns undefined where `secret` is not base64url of 32 octets */
export function sessionId(secret: string | undefined): string | undefined {
  const octets = secret === undefined ? undefined : fromBase64Url(secret);
  return octets?.length === SECRET_OCTETS ? toBase64Url(digest("SHA-256", octets)) : undefined;
}

/**
 * The session of whoever sends this `Cookie` header, logged in and not over.
 *
 * @param now milliseconds
 * @throws Fault `session_missing`: nobody is logged in here; `session_expired`: somebody was; `store_unavailable`
 */
export async function requireSession(
  store: SessionStore,
  cookieHeader: string | undefined,
  now: number,
): Promise<ActiveSession> {
  const id = sessionId(sessionSecret(cookieHeader));
  const session = id === undefined ? undefined : await store.read(id);
  if (session === undefined || !isActive(session))
    throw new Fault("session_missing", "nobody is logged in in this browser");
  if (now >= session.expiresAt) throw new Fault("session_expired", "the session's time has passed");
  return session;
}

export function isActive(session: Session): session is ActiveSession {
  return session.state === "active" && session.person !== undefined;
}
