import { fromBase64Url } from "../bytes/base64.ts";
import { equalSecret } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { proofOf } from "../service/proof-of.ts";
import type { Transaction } from "../service/transaction.ts";
import { isSecretOf } from "../service/transaction-rules.ts";
import type { TransactionStore } from "../service/transaction-store.ts";
import type { Handlers, Incoming } from "./app.ts";
import { parseId } from "./schemas.ts";
import { ownerSecret } from "./transactions.ts";

/** SHA-256 over the ByteRange of the signed document, base64url: shows that the asker holds the document (R46). */
export const DOCUMENT_DIGEST_HEADER = "motlan-document-digest";

/**
 * A proof names a person, so its id alone opens nothing: the asker shows the owner secret or the digest of a document that
 * the proof is about.
 */
export function proofHandlers(ports: { readonly store: TransactionStore }): Handlers {
  return {
    async "proof.read"(request) {
      const transaction = await ports.store.read(parseId(request.parameter("id")));
      const proof = transaction !== undefined && mayRead(transaction, request) ? proofOf(transaction) : undefined;
      if (proof === undefined)
        throw new Fault("transaction_not_found", "no such proof, or not with this secret or document");
      return request.context.json(proof);
    },
  };
}

function mayRead(transaction: Transaction, request: Incoming): boolean {
  if (isSecretOf(transaction.ownerHash, ownerSecret(request))) return true;
  const shown = fromBase64Url(request.context.req.header(DOCUMENT_DIGEST_HEADER) ?? "");
  if (shown === undefined) return false;
  return transaction.preimage.documents.some(({ digest }) => {
    const held = fromBase64Url(digest);
    return held !== undefined && equalSecret(held, shown);
  });
}
