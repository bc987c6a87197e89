import type { Approval, Lease, SignedResult, Transaction } from "./transaction.ts";

/**
 * Where transactions live: one item each, every change one conditional write on that item.
 *
 * Every method may throw Fault `store_unavailable`. The write may then have taken effect or not: the caller reads again
 * before it decides. Reads are strongly consistent. A refused condition is a result, never an error.
 */
export interface TransactionStore {
  /** Puts `transaction` if its id is free. @returns false where an item with that id exists (it is left as it is) */
  create(transaction: Transaction): Promise<boolean>;

  /** @returns undefined where there is none, or its time to live has passed */
  read(id: string): Promise<Transaction | undefined>;

  /**
   * Records the browser that approved; the last approval counts.
   *
   * @returns false unless the state is `pending`, or `signing` under a lease that ended before `approval.at`
   */
  approve(id: string, approval: Approval): Promise<boolean>;

  /**
   * `pending`, or `signing` under a lease that ended before `now`, becomes `signing` under `lease`. The serial of a lapsed
   * lease is kept among the abandoned ones in the same write.
   *
   * @param previous the transaction as read; the write is refused where its state or lease has changed since
   * @returns false where the condition is refused
   */
  claim(previous: Transaction, lease: Lease, now: number): Promise<boolean>;

  /** `signing` under this lease becomes `pending` again; the lease's serial joins the abandoned ones. @returns false where the lease is not held */
  release(id: string, lease: Lease): Promise<boolean>;

  /** `signing` under this lease becomes `signed`, for good. @returns false where the lease is not held */
  complete(id: string, lease: Lease, result: SignedResult): Promise<boolean>;

  /** `pending`, or `signing` under a lease that ended before `at`, becomes `declined`, for good. @returns false otherwise */
  decline(id: string, at: number): Promise<boolean>;
}

/** What is known of a one-time certificate by its serial number. */
export type IssuedCertificate = {
  readonly serial: string;
  readonly transactionId: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** `held`: its holder is about to sign or has crashed; `used`: it signed. */
  readonly use: "held" | "used";
};

export interface CertificateIndex {
  /** Eventually consistent. @returns undefined where no certificate with that serial was ever claimed */
  find(serial: string): Promise<IssuedCertificate | undefined>;
}
