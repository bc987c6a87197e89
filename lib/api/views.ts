import { toBase64 } from "../bytes/base64.ts";
import { disputedAt } from "../service/dispute.ts";
import { proofOf, signedAt } from "../service/proof-of.ts";
import type { Transaction } from "../service/transaction.ts";

/** What the owner of a transaction sees of it; docs/FORMATS.md, "Transaction". */
export function transactionView(transaction: Transaction, publicUrl: string, now: number) {
  const { id, preimage, result } = transaction;
  const disputed = disputedAt(transaction);
  return {
    id,
    state: stateOf(transaction, now),
    commitment: transaction.commitment,
    preimage,
    intentText: transaction.intentText,
    createdAt: new Date(transaction.createdAt).toISOString(),
    expiresAt: new Date(transaction.expiresAt).toISOString(),
    authorizeUrl: `${publicUrl}/v1/transactions/${id}/authorize`,
    ...(transaction.documentUrls === undefined ? {} : { documentUrls: transaction.documentUrls }),
    ...(transaction.returnUrl === undefined ? {} : { returnUrl: transaction.returnUrl }),
    ...(result === undefined
      ? {}
      : {
          signatures: result.signatures.map((cms, index) => ({
            digest: preimage.documents[index]?.digest,
            cms: toBase64(cms),
          })),
          signedAt: new Date(signedAt(result)).toISOString(),
          signatureClass: result.signatureClass,
        }),
    // The agency that asked for the signature learns of it where it reads the rest.
    ...(disputed === null ? {} : { disputedAt: new Date(disputed).toISOString() }),
  };
}

/** The same with the proof of a signed one, for who comes back to it: whoever has just signed wants the signatures. */
export function transactionWithProof(transaction: Transaction, publicUrl: string, now: number) {
  const proof = proofOf(transaction);
  return { ...transactionView(transaction, publicUrl, now), ...(proof === undefined ? {} : { proof }) };
}

/** `expired` is what a person needs to know; the item itself keeps `pending`. */
function stateOf(transaction: Transaction, now: number): string {
  const open = transaction.state === "pending" || transaction.state === "signing";
  return open && now >= transaction.expiresAt ? "expired" : transaction.state;
}
