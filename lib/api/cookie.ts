import type { Transaction } from "../service/transaction.ts";
import type { AppDeps } from "./app.ts";

/** One cookie a transaction, so that two tabs with two documents do not disturb each other. */
const PREFIX = "motlan-";

/**
 * The secret of the browser that approved (architecture §4). Lax, because the way back from the identity provider is a
 * top-level navigation from another site; never readable by script.
 */
export function browserCookie(transaction: Transaction, secret: string, deps: AppDeps): string {
  const seconds = Math.max(0, Math.ceil((transaction.expiresAt - deps.clock()) / 1000));
  const secure = deps.publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${PREFIX}${transaction.id}=${secret}; Path=/v1; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** @returns the secret that this browser holds for the transaction */
export function browserSecret(header: string | undefined, id: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === PREFIX + id) return value;
  }
  return undefined;
}
