import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { lookupCode } from "../identity/lookup-code.ts";
import { KEY_OCTETS } from "./activity.ts";
import {
  CASE_NUMBERS,
  caseNumberOf,
  type DisputeCase,
  type DisputeMarks,
  type DisputeStore,
  type Outcome,
} from "./dispute.ts";
import { documentsOf } from "./history.ts";
import type { PersonStore } from "./person-store.ts";
import { type ActivityPorts, recordActivity } from "./record-activity.ts";
import type { Transaction } from "./transaction.ts";
import type { TransactionStore } from "./transaction-store.ts";

export type DisputePorts = ActivityPorts & {
  readonly store: Pick<TransactionStore, "read">;
  readonly people: PersonStore;
  readonly disputes: DisputeStore;
  readonly marks: DisputeMarks;
};

/** A repeated look at a case ends here: each round means that the operator resolved it meanwhile, which happens once. */
const MAX_ROUNDS = 3;

/**
 * Records that a signature was not made by the person in whose name it is: from then on nothing is signed in this name, and everybody
 * who checks the signature is told.
 *
 * Three items change, one conditional write each, in this order; every one of them can be done again:
 * 1. the case: what a crash leaves open is then known, to the operator as well, and a repetition goes on from it;
 * 2. the freeze: it stops what is still to come, where the mark only warns of what has been;
 * 3. the mark on the transaction.
 *
 * @param subject of the session: only one's own signatures can be disputed
 * @throws Fault `transaction_not_found`: no signature, or another's; `dispute_closed`: it was disputed and taken back;
 *   `store_unavailable`: asking again goes on
 */
export async function openDispute(
  ports: DisputePorts,
  { subject, transactionId, device }: { subject: string; transactionId: string; device?: string | undefined },
): Promise<{ readonly caseNumber: string; readonly lookupCode: string }> {
  const transaction = await ports.store.read(transactionId);
  if (transaction?.result?.person.pseudonym !== subject)
    throw new Fault("transaction_not_found", "no signature of this person under that id");
  const opened = await openCase(ports, transaction, subject);
  const { caseNumber } = opened;
  if (opened.state === "withdrawn") throw new Fault("dispute_closed", `case ${caseNumber} was taken back`);
  await align(ports, opened);
  await recordActivity(ports, subject, {
    kind: "disputed",
    at: opened.at,
    // Of the case: reporting twice is told once, and never takes the place of the signature itself.
    key: toBase64Url(digest("SHA-256", fromUtf8(caseNumber)).subarray(0, KEY_OCTETS)),
    documents: documentsOf(transaction),
    caseNumber,
    ...(device === undefined ? {} : { device }),
  });
  return { caseNumber, lookupCode: lookupCode(transactionId) };
}

/** Under the first of the transaction's numbers that no other transaction has: cases stay, so that it is the same one each time. */
async function openCase(
  { disputes, clock }: DisputePorts,
  { id: transactionId, preimage }: Transaction,
  subject: string,
): Promise<DisputeCase> {
  const at = clock();
  for (let attempt = 0; attempt < CASE_NUMBERS; attempt++) {
    const caseNumber = caseNumberOf(transactionId, preimage.salt, attempt);
    const about = { caseNumber, transactionId, subject };
    const fresh: DisputeCase = { ...about, at, state: "open", audit: [{ at, what: "opened", by: "signer" }] };
    if (await disputes.open(fresh)) return fresh;
    const known = await disputes.read(caseNumber);
    if (known?.transactionId === transactionId) return known;
    if (known === undefined) break;
  }
  throw new Fault("store_unavailable", "no case number is free");
}

/**
 * Ends a case: signing is free again unless another case is open, and the mark says how it ended. The case comes first, so that a
 * crash leaves a person frozen rather than a dispute forgotten; the same outcome again goes on from there.
 *
 * @param by who decides, as the operator says
 * @throws Fault `dispute_not_found`; `dispute_closed`: it has another outcome already; `store_unavailable`
 */
export async function resolveDispute(
  ports: DisputePorts,
  caseNumber: string,
  { outcome, by, note }: { readonly outcome: Outcome; readonly by: string; readonly note?: string | undefined },
): Promise<DisputeCase> {
  const line = { at: ports.clock(), what: outcome, by, ...(note === undefined ? {} : { note }) };
  const isOurs = await ports.disputes.resolve(caseNumber, outcome, line);
  const resolved = await ports.disputes.read(caseNumber);
  if (resolved === undefined) throw new Fault("dispute_not_found", "there is no such case");
  if (resolved.state !== outcome) throw new Fault("dispute_closed", `the case is ${resolved.state} already`);
  await align(ports, resolved);
  if (isOurs) {
    const transaction = await ports.store.read(resolved.transactionId);
    await recordActivity(ports, resolved.subject, {
      kind: "dispute_resolved",
      caseNumber,
      ...(transaction === undefined ? {} : { documents: documentsOf(transaction) }),
    });
  }
  return resolved;
}

/** Brings freeze and mark to where the case is; whoever comes last has looked last, so that an old look does not stay. */
async function align(ports: DisputePorts, found: DisputeCase): Promise<void> {
  let seen = found;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { caseNumber, transactionId, subject, at, state } = seen;
    if (state === "open") await ports.people.freeze(subject, caseNumber);
    await ports.marks.mark(transactionId, { caseNumber, at, state });
    await ports.marks.settle(transactionId, caseNumber, state);
    if (state !== "open") await ports.people.unfreeze(subject, caseNumber);
    const now = await ports.disputes.read(caseNumber);
    if (now === undefined || now.state === state) return;
    seen = now;
  }
}

/** Where a case stands, for the operator: whether freeze and mark are as the case says, and the signature it is about. */
export async function inspectDispute(
  ports: Pick<DisputePorts, "store" | "people" | "disputes">,
  caseNumber: string,
): Promise<{ readonly found: DisputeCase; readonly transaction: Transaction | undefined; readonly frozen: boolean }> {
  const found = await ports.disputes.read(caseNumber);
  if (found === undefined) throw new Fault("dispute_not_found", "there is no such case");
  const [transaction, person] = await Promise.all([
    ports.store.read(found.transactionId),
    ports.people.read(found.subject),
  ]);
  return { found, transaction, frozen: person.openCases.includes(caseNumber) };
}
