import type { Context } from "hono";
import type { HeldApproval } from "../service/login.ts";
import type { Transaction } from "../service/transaction.ts";
import type { AppDeps } from "./app.ts";
import { ownCookies, setCookie } from "./own-cookies.ts";

/** One cookie a transaction, so that two tabs with two documents do not disturb each other. */
const nameOf = (id: string): string => `motlan-${id}`;

/** The secret of the browser that approved (architecture §4). */
export function browserCookie({ id, expiresAt }: Transaction, secret: string, { publicUrl, clock }: AppDeps): string {
  return setCookie(publicUrl, nameOf(id), secret, Math.max(0, Math.ceil((expiresAt - clock()) / 1000)));
}

/** @returns the secret that this browser holds for the transaction; undefined also where there are two, as of sessions */
export function browserSecret(context: Context, deps: AppDeps, id: string): string | undefined {
  const held = heldApprovals(context, deps).filter((one) => one.id === id);
  return held.length === 1 ? held[0]?.secret : undefined;
}

/** Every approval that this browser holds. */
export function heldApprovals(context: Context, { publicUrl }: AppDeps): readonly HeldApproval[] {
  return [...ownCookies(context, publicUrl).matchAll(APPROVAL)].map(([, id = "", secret = ""]) => ({ id, secret }));
}

/** A transaction's id and 32 octets, both in base64url. */
const APPROVAL = /(?<=^|; )motlan-([\w-]{22})=([\w-]{43})(?=$|; )/g;
