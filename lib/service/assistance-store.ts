import type { Assistance, AssistanceStatus } from "./assistance.ts";

/**
 * Where assistances live: one item each, every change one conditional write on that item.
 *
 * Every method here may throw Fault `store_unavailable`; the write may then have taken effect or not. Reads are strongly consistent. A
 * refused condition is a result, never an error. Every item has a time to live.
 */
export interface AssistanceStore {
  /** @returns false where the id is taken */
  create(assistance: Assistance): Promise<boolean>;

  /** @returns undefined where there is none, or it is long over */
  read(id: string): Promise<Assistance | undefined>;

  /** `waiting` becomes `paired`, once. @returns false unless it was waiting and its time for pairing had not passed by `citizen.at` */
  pair(id: string, citizen: { readonly hash: string; readonly key: string; readonly at: number }): Promise<boolean>;

  /** @returns false unless it is paired, and has no officer's key or this one */
  giveKey(id: string, officerKey: string): Promise<boolean>;

  /** @returns false unless it is paired and not over by `status.at`, or where its last status was `signed` or `declined` */
  report(id: string, status: AssistanceStatus): Promise<boolean>;

  /**
   * Notes a transaction that names this assistance; noting it again changes nothing.
   *
   * @returns false unless it is paired and not over by `at`, or where it has as many transactions as it may have
   */
  link(id: string, transactionId: string, at: number): Promise<boolean>;

  /** Ends it, whatever its state. @returns false where it had ended */
  end(id: string, at: number): Promise<boolean>;
}

/** The short codes that people type, and how often somebody typed a wrong one. */
export interface PairingStore {
  /** Takes a code that nobody has at `now`. @param until milliseconds */
  takeCode(code: string, assistanceId: string, until: number, now: number): Promise<boolean>;

  /** @returns the id of the assistance that has the code at `now` */
  findCode(code: string, now: number): Promise<string | undefined>;

  /** Counts one try under `name` before it is made, so that tries at the same moment count as well. @returns false where there were `limit` already */
  countTry(name: string, limit: number, until: number): Promise<boolean>;

  /** A try that was right is not counted. */
  forgetTry(name: string): Promise<void>;
}

export type StoredPart = {
  /** Ciphertext. */
  readonly octets: Uint8Array;
  /** How many parts there are in all, as the officer's browser says; the ciphertext is bound to it. */
  readonly count: number;
};

/** The encrypted document on its way from the officer's browser to the citizen's. */
export interface PartStore {
  /** Puts a part that is not there. @returns false where there is one: it is never replaced, since its nonce must not be used twice */
  put(id: string, number: number, part: StoredPart): Promise<boolean>;
  read(id: string, number: number): Promise<StoredPart | undefined>;
}

/** What one officer did on one day. */
export type OfficerDay = {
  readonly officer: string;
  readonly count: number;
  /** How many are allowed on that day. */
  readonly allowed: number;
};

/** How a transaction ended, as far as a supervisor counts it. */
export type Outcome = {
  readonly id: string;
  readonly assistance?: string;
  readonly state: string;
  /** The signer says that it was somebody else, and has not taken it back. */
  readonly disputed: boolean;
};

/** The day of one unit: how many each officer helped, and whom it was about. */
export interface AssistanceDays {
  /** Counts one more assistance of an officer, up to what is allowed. @returns false where that is reached */
  count(unitCode: string, day: string, officer: string): Promise<boolean>;

  /** Notes an assistance on its day. */
  note(assistance: Assistance): Promise<void>;

  /** Allows more on that day, to an officer who has begun it. @returns undefined where there is no such officer, or it would be too many */
  raise(unitCode: string, day: string, officer: string, more: number): Promise<OfficerDay | undefined>;

  read(
    unitCode: string,
    day: string,
  ): Promise<{ readonly officers: readonly OfficerDay[]; readonly assistances: readonly Assistance[] }>;

  /** How the transactions ended; those that are not there are left out. */
  outcomes(transactionIds: readonly string[]): Promise<readonly Outcome[]>;
}
