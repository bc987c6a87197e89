import type { Context } from "hono";
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
export function browserSecret(context: Context, { publicUrl }: AppDeps, id: string): string | undefined {
  const secrets = ownCookies(context, publicUrl)
    .split("; ")
    .flatMap((pair) => {
      const [name, value] = pair.split("=", 2);
      return name === nameOf(id) && value !== undefined ? [value] : [];
    });
  return secrets.length === 1 ? secrets[0] : undefined;
}
