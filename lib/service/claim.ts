import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock, Random } from "../ports/ports.ts";
import { leaseChances } from "./chance.ts";
import type { Lease, Transaction } from "./transaction.ts";
import { refuseUnlessOpen } from "./transaction-rules.ts";
import type { TransactionStore } from "./transaction-store.ts";

export type ClaimPorts = {
  readonly store: TransactionStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/** Longer than the signing function may run (lib/stack: 15 s), so that a lease lapses only behind a holder that is dead. */
const LEASE_MS = 20_000;
/** How far before the approval a certificate begins: room for clocks that differ (formats-signing: 60 s to 5 min). */
const BACKDATE_MS = 60_000;
/** How long a one-time certificate lives from its issue. */
const LIFETIME_MS = 600_000;
/** Two requests for one transaction meet rarely; the second waits for the first rather than making a person retry. */
const WAIT_STEP_MS = 100;
const WAIT_LIMIT_MS = 5_000;

/**
 * Gains the right to sign, or waits for whoever has it.
 *
 * @returns the transaction as it is now: `signing` under a lease of ours, or `signed` by another request
 * @throws Fault `session_expired`, `declined`, `signing_in_progress`, `store_unavailable`
 */
export async function claim(ports: ClaimPorts, transaction: Transaction): Promise<Transaction> {
  let current = transaction;
  const giveUp = ports.clock() + WAIT_LIMIT_MS;
  for (;;) {
    if (current.state === "signed") return current;
    const now = ports.clock();
    refuseUnlessOpen(current, now);
    if (current.lease === undefined || current.lease.until <= now) {
      const held = await attempt(ports, current, now);
      if (held !== undefined) return held;
    } else {
      if (now >= giveUp) throw new Fault("signing_in_progress", "another request is signing this transaction");
      await ports.sleep(WAIT_STEP_MS);
    }
    current = await reread(ports.store, current.id);
  }
}

/** @returns the transaction under our lease, or undefined where another request was quicker */
async function attempt(ports: ClaimPorts, current: Transaction, now: number): Promise<Transaction | undefined> {
  const lease = newLease(ports.random, now);
  try {
    if (!(await ports.store.claim(current, lease, now))) {
      // A retry inside the adapter can be refused by its own first attempt.
      const seen = await reread(ports.store, current.id);
      return seen.lease?.token === lease.token && seen.state === "signing" ? seen : undefined;
    }
  } catch (outage) {
    const seen = await ports.store.read(current.id).catch(() => undefined);
    if (seen?.state === "signing" && seen.lease?.token === lease.token) return seen;
    throw outage;
  }
  const abandoned = current.lease === undefined ? current.abandoned : [...current.abandoned, current.lease.serial];
  return { ...current, state: "signing", lease, abandoned };
}

function newLease(random: Random, now: number): Lease {
  // Certificates count whole seconds (RFC 5280 §4.1.2.5).
  const second = Math.floor(now / 1000) * 1000;
  const { token, serial } = leaseChances(random);
  return {
    token,
    until: now + LEASE_MS,
    serial: toHex(serial),
    notBefore: second - BACKDATE_MS,
    notAfter: second + LIFETIME_MS,
  };
}

async function reread(store: TransactionStore, id: string): Promise<Transaction> {
  const seen = await store.read(id);
  if (seen === undefined) throw new Fault("transaction_not_found", "the transaction is gone");
  return seen;
}
