import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock, Random } from "../ports/ports.ts";
import type { Transaction } from "./transaction.ts";
import { refuseUnlessOpen, SECRET_OCTETS } from "./transaction-rules.ts";
import type { TransactionStore } from "./transaction-store.ts";

export type DecidePorts = { readonly store: TransactionStore; readonly clock: Clock; readonly random: Random };

/**
 * Records that the person read the document and the intent text in this browser and wants to sign.
 *
 * @param shown what the page showed: it must be what the transaction holds
 * @returns the browser's secret, base64url: it goes into a cookie and is kept nowhere else
 * @throws Fault `approval_mismatch`, `already_signed`, `signing_in_progress`, `session_expired`, `declined`
 */
export async function approve(
  ports: DecidePorts,
  transaction: Transaction,
  shown: { readonly commitment: string; readonly intentSha256: string },
): Promise<string> {
  refuseUnlessPending(transaction, ports.clock());
  if (shown.commitment !== transaction.commitment || shown.intentSha256 !== transaction.preimage.intent.sha256)
    throw new Fault("approval_mismatch", "the commitment or the intent text is not the one of this transaction");
  const secret = ports.random(SECRET_OCTETS);
  const approval = { browserHash: toBase64Url(digest("SHA-256", secret)), at: ports.clock() };
  if (!(await ports.store.approve(transaction.id, approval))) await explainRefusal(ports, transaction.id);
  return toBase64Url(secret);
}

/**
 * Records that the person does not sign. Declining twice is one decline.
 *
 * @throws Fault `already_signed`, `signing_in_progress`, `session_expired`
 */
export async function decline(ports: DecidePorts, transaction: Transaction): Promise<void> {
  if (transaction.state === "declined") return;
  refuseUnlessPending(transaction, ports.clock());
  if (await ports.store.decline(transaction.id, ports.clock())) return;
  const now = await ports.store.read(transaction.id);
  if (now?.state !== "declined") await explainRefusal(ports, transaction.id);
}

function refuseUnlessPending(transaction: Transaction, now: number): void {
  refuseUnlessOpen(transaction, now);
  if (transaction.state === "signed") throw new Fault("already_signed", "the transaction is signed");
  if (transaction.lease !== undefined && transaction.lease.until > now)
    throw new Fault("signing_in_progress", "a request is signing this transaction");
}

/** A condition was refused: what became of the transaction meanwhile? */
async function explainRefusal(ports: DecidePorts, id: string): Promise<never> {
  const now = await ports.store.read(id);
  if (now !== undefined) refuseUnlessPending(now, ports.clock());
  throw new Fault("signing_in_progress", "the transaction changed meanwhile");
}
