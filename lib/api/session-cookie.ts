import { LONGEST_MS, SESSION_COOKIE } from "../service/session.ts";

/** Lax, because the way back from the identity provider is a top-level navigation from another site; never readable by script. */
const attributes = (publicUrl: string, seconds: number): string =>
  `Path=/v1; Max-Age=${seconds}; HttpOnly; SameSite=Lax${publicUrl.startsWith("https:") ? "; Secure" : ""}`;

/** The cookie outlives every session: when one is over the service says so, and "expired" is kinder than "not logged in". */
export function sessionCookie(secret: string, publicUrl: string): string {
  return `${SESSION_COOKIE}=${secret}; ${attributes(publicUrl, LONGEST_MS / 1000)}`;
}

export function noSessionCookie(publicUrl: string): string {
  return `${SESSION_COOKIE}=; ${attributes(publicUrl, 0)}`;
}
