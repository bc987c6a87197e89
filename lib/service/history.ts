import { lookupCode } from "../identity/lookup-code.ts";
import type { Activity, ActivityDocuments, ActivityStore, SubjectIndex } from "./activity.ts";
import type { Dispute } from "./dispute.ts";
import type { PersonStore } from "./person-store.ts";
import { signedAt } from "./proof-of.ts";
import { assistedBy } from "./standing.ts";
import type { Transaction } from "./transaction.ts";
import type { TransactionStore } from "./transaction-store.ts";

export type HistoryPorts = {
  readonly store: Pick<TransactionStore, "read">;
  readonly activities: ActivityStore;
  readonly signatures: SubjectIndex;
  readonly people: PersonStore;
};

/** An activity with what has become of it since. */
export type HistoryRow = Activity & {
  /** Of a signature. */
  readonly lookupCode?: string;
  readonly dispute?: Dispute;
  readonly read: boolean;
};

export type History = {
  readonly rows: readonly HistoryRow[];
  /** What to ask for as `before` next; absent at the end. */
  readonly next?: string;
  readonly openCases: readonly string[];
};

/** Rows a page: what a telephone shows in some screens, and one read of a transaction each. */
export const PAGE = 20;

/**
 * Every use of a person's identity, newest first.
 *
 * Signatures come from two sources, what was recorded of them and the index that signing itself writes, so that a signature whose
 * recording failed is there all the same, without its device. The index is eventually consistent and what is recorded is not: of a
 * signature of the last second at least one of the two tells.
 */
export async function history(ports: HistoryPorts, subject: string, before: string | undefined): Promise<History> {
  // One more than is shown tells whether there is more.
  const limit = PAGE + 1;
  const [recorded, signed, person] = await Promise.all([
    ports.activities.list(subject, before, limit),
    ports.signatures.signed(subject, before, limit),
    ports.people.read(subject),
  ]);
  const known = new Map(recorded.map((activity) => [activity.order, activity]));
  const orders = [...new Set([...known.keys(), ...signed.map(({ order }) => order)])].sort().reverse();
  const idOf = new Map(signed.map(({ order, transactionId }) => [order, transactionId]));
  const rows = await Promise.all(
    orders.slice(0, PAGE).map((order) => rowOf(ports, order, known.get(order), idOf.get(order))),
  );
  const last = orders[PAGE - 1];
  const { openCases, readUntil = "" } = person;
  return {
    rows: rows.flatMap((row) => (row === undefined ? [] : [{ ...row, read: row.order <= readUntil }])),
    ...(orders.length > PAGE && last !== undefined ? { next: last } : {}),
    openCases,
  };
}

async function rowOf(
  { store }: HistoryPorts,
  order: string,
  recorded: Activity | undefined,
  indexed: string | undefined,
): Promise<Omit<HistoryRow, "read"> | undefined> {
  const id = recorded?.kind === "signed" ? recorded.documents?.transactionId : indexed;
  if (id === undefined) return recorded;
  const transaction = await store.read(id);
  const activity = recorded ?? (transaction && activityOf(transaction, order));
  if (activity === undefined || transaction?.result === undefined) return activity;
  const { dispute } = transaction;
  return { ...activity, lookupCode: lookupCode(id), ...(dispute === undefined ? {} : { dispute }) };
}

/** What a signed transaction itself tells of the signing. */
function activityOf(transaction: Transaction, order: string): Activity | undefined {
  if (transaction.result === undefined) return undefined;
  const by = assistedBy(transaction);
  return {
    order,
    at: signedAt(transaction.result),
    kind: "signed",
    documents: documentsOf(transaction),
    ...(by === null ? {} : { helper: by.unit }),
  };
}

export function documentsOf({ id, preimage }: Transaction): ActivityDocuments {
  return {
    transactionId: id,
    titles: preimage.documents.map(({ title }) => title),
    relyingParty: preimage.relyingParty,
  };
}
