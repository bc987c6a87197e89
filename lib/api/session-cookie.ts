import { LONGEST_MS, SESSION_COOKIE } from "../service/session.ts";
import { setCookie } from "./own-cookies.ts";

/** The cookie outlives every session: when one is over the service says so, and "expired" is kinder than "not logged in". */
export function sessionCookie(secret: string, publicUrl: string): string {
  return setCookie(publicUrl, SESSION_COOKIE, secret, LONGEST_MS / 1000);
}

export function noSessionCookie(publicUrl: string): string {
  return setCookie(publicUrl, SESSION_COOKIE, "", 0);
}
