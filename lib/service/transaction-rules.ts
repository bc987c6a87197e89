import { digest } from "#crypto";
import { fromBase64Url } from "../bytes/base64.ts";
import { equalSecret } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Transaction } from "./transaction.ts";

/** Octets of an owner secret and of a browser secret: 256 bits, as many as the hash that is kept of them. */
export const SECRET_OCTETS = 32;

/** @throws Fault `session_expired`, `declined`: the transaction can no longer be signed */
export function refuseUnlessOpen(transaction: Transaction, now: number): void {
  if (transaction.state === "declined") throw new Fault("declined", "the transaction was declined");
  if (transaction.state !== "signed" && now >= transaction.expiresAt)
    throw new Fault("session_expired", "the transaction's time has passed");
}

/** Whether `secret` (base64url, 32 octets) is the one whose SHA-256 (base64url) is `hash`; in time that tells nothing. */
export function isSecretOf(hash: string, secret: string | undefined): boolean {
  const octets = secret === undefined ? undefined : fromBase64Url(secret);
  const expected = fromBase64Url(hash);
  if (octets?.length !== SECRET_OCTETS || expected === undefined) return false;
  return equalSecret(digest("SHA-256", octets), expected);
}

/**
 * The transaction, for who holds its owner secret. A wrong secret and a missing transaction answer alike, so that ids cannot
 * be tried.
 *
 * @throws Fault `transaction_not_found`
 */
export function requireOwner(transaction: Transaction | undefined, secret: string | undefined): Transaction {
  if (transaction === undefined || !isSecretOf(transaction.ownerHash, secret))
    throw new Fault("transaction_not_found", "no such transaction, or not with this owner secret");
  return transaction;
}
