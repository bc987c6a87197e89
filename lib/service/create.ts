import { toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import {
  ASSISTED_COMMITMENT_VERSION,
  COMMITMENT_VERSION,
  type CommitmentPreimage,
  commitmentOf,
  intentDigest,
} from "../identity/commitment.ts";
import { canonicalJson } from "../json/canonical.ts";
import type { Clock, Random } from "../ports/ports.ts";
import { ASSISTED_INTENT_VERSION, INTENT_VERSION, intentText } from "../text/consent.ts";
import { type Assistance, committedPart } from "./assistance.ts";
import type { Transaction, TransactionRequest } from "./transaction.ts";
import type { TransactionStore } from "./transaction-store.ts";

export type CreatePorts = { readonly store: TransactionStore; readonly clock: Clock; readonly random: Random };

/**
 * Opens a transaction under the id that the client chose. The same request again gives the same transaction, whatever has
 * become of it since.
 *
 * @param assistance that the request names, where it names one; whether the caller may name it is checked (assistance-link.ts)
 * @throws Fault `transaction_conflict`: the id is taken by other content; `store_unavailable`: asking again is safe
 */
export async function createTransaction(
  ports: CreatePorts,
  request: TransactionRequest,
  assistance?: Assistance,
): Promise<Transaction> {
  if (request.assistance !== assistance?.id) throw new TypeError("a request comes with the assistance that it names");
  const transaction = newTransaction(ports, request, assistance);
  if (await ports.store.create(transaction)) return transaction;
  const existing = await ports.store.read(request.id);
  if (existing === undefined || !isSameRequest(existing, transaction))
    throw new Fault("transaction_conflict", "the transaction id is taken by a different request");
  return existing;
}

function newTransaction(
  ports: CreatePorts,
  request: TransactionRequest,
  assistance: Assistance | undefined,
): Transaction {
  const createdAt = ports.clock();
  // Whole seconds: people read this time.
  const expiresAt = Math.floor(createdAt / 1000 + request.ttlSeconds) * 1000;
  const { locale, documents, signerName, relyingParty, procedure, reason } = request;
  const version = assistance === undefined ? INTENT_VERSION : ASSISTED_INTENT_VERSION;
  const text = intentText({
    version,
    locale,
    documents,
    ...(signerName === undefined ? {} : { signerName }),
    ...(relyingParty === undefined ? {} : { relyingParty }),
    ...(procedure === undefined ? {} : { procedure }),
    ...(reason === undefined ? {} : { reason }),
    ...(assistance === undefined ? {} : { helper: assistance.unit }),
  });
  const preimage: CommitmentPreimage = {
    version: assistance === undefined ? COMMITMENT_VERSION : ASSISTED_COMMITMENT_VERSION,
    id: request.id,
    documents: documents.map(({ alg, digest, title }) => ({ alg, digest, title })),
    format: "PAdES",
    level: "B-T",
    intent: { version, locale: request.locale, sha256: intentDigest(text) },
    relyingParty: request.relyingParty ?? null,
    procedure: request.procedure ?? null,
    signerName: request.signerName ?? null,
    expiresAt: new Date(expiresAt).toISOString(),
    salt: toBase64Url(ports.random(32)),
    ...(assistance === undefined ? {} : { assistance: committedPart(assistance) }),
  };
  return {
    id: request.id,
    state: "pending",
    createdAt,
    expiresAt,
    ownerHash: request.ownerHash,
    preimage,
    commitment: commitmentOf(preimage),
    intentText: text,
    ...addressesOf(request),
    ...(assistance === undefined ? {} : { assistanceId: assistance.id }),
    abandoned: [],
  };
}

function addressesOf({ documents, returnUrl }: TransactionRequest): Pick<Transaction, "documentUrls" | "returnUrl"> {
  const urls = documents.map(({ url }) => url ?? null);
  return {
    ...(urls.some((url) => url !== null) ? { documentUrls: urls } : {}),
    ...(returnUrl === undefined ? {} : { returnUrl }),
  };
}

/** Whether two transactions come from one request: they differ in what the service adds by chance and by the clock, and in nothing else. */
function isSameRequest(one: Transaction, other: Transaction): boolean {
  const asked = ({ ownerHash, intentText: text, preimage, createdAt, expiresAt, ...rest }: Transaction): string =>
    canonicalJson({
      ownerHash,
      text,
      documentUrls: rest.documentUrls ?? null,
      returnUrl: rest.returnUrl ?? null,
      assistanceId: rest.assistanceId ?? null,
      preimage: { ...preimage, salt: "", expiresAt: "" },
      // Expiry was cut to a whole second.
      ttlSeconds: Math.ceil((expiresAt - createdAt) / 1000),
    });
  return asked(one) === asked(other);
}
