import { linkAssistance } from "../service/assistance-link.ts";
import type { AssistanceStore } from "../service/assistance-store.ts";
import { type CreatePorts, createTransaction } from "../service/create.ts";
import { approve, type DecidePorts, decline } from "../service/decide.ts";
import { type DocumentHosts, withAllowedAddresses } from "../service/document-hosts.ts";
import { requireOwner } from "../service/transaction-rules.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import { readJson } from "./body.ts";
import { citizenToken } from "./citizen-token.ts";
import { browserCookie } from "./cookie.ts";
import { parseApproval, parseId, parseTransaction } from "./schemas.ts";
import { transactionView, transactionWithProof } from "./views.ts";

/** Carries the owner secret, base64url; a header, since addresses end up in histories and logs. */
export const OWNER_SECRET_HEADER = "motlan-owner-secret";

export type TransactionPorts = CreatePorts &
  DecidePorts & { readonly assistances: Pick<AssistanceStore, "read" | "link">; readonly hosts: DocumentHosts };

export function transactionHandlers(ports: TransactionPorts, deps: AppDeps): Handlers {
  const owned = async (request: Incoming) =>
    requireOwner(await ports.store.read(parseId(request.parameter("id"))), ownerSecret(request));
  return {
    async "transaction.create"(incoming) {
      const { context, body } = incoming;
      const request = withAllowedAddresses(
        parseTransaction(readJson(context.req.header("content-type"), body)),
        ports.hosts,
      );
      const { id: transactionId, assistance: id } = request;
      const token = citizenToken(incoming);
      const assistance = id === undefined ? undefined : await linkAssistance(ports, { id, token, transactionId });
      // The result is for who shows the owner secret; a repeated creation does not show it.
      const { result: _result, ...transaction } = await createTransaction(ports, request, assistance);
      return context.json(transactionView(transaction, deps.publicUrl, deps.clock()), 201);
    },
    async "transaction.read"(request) {
      return request.context.json(transactionWithProof(await owned(request), deps.publicUrl, deps.clock()));
    },
    async "transaction.approve"(request) {
      const { context, body } = request;
      const shown = parseApproval(readJson(context.req.header("content-type"), body));
      const transaction = await owned(request);
      const secret = await approve(ports, transaction, shown);
      context.header("set-cookie", browserCookie(transaction, secret, deps));
      return context.body(null, 204);
    },
    async "transaction.decline"(request) {
      await decline(ports, await owned(request));
      return request.context.body(null, 204);
    },
  };
}

export function ownerSecret(request: Incoming): string | undefined {
  return request.context.req.header(OWNER_SECRET_HEADER);
}
