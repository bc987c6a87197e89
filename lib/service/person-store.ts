/** What is kept of a person beside signatures and activities. */
export type PersonRecord = {
  /** Numbers of the cases that are open: while there is one, nothing is signed in this name. */
  readonly openCases: readonly string[];
  /** The order up to which notices were read ({@link orderOf}). */
  readonly readUntil?: string;
};

/**
 * One item a person, made by the first write. The methods may throw Fault `store_unavailable`: the write may then have taken effect
 * or not, and doing it again is safe.
 */
export interface PersonStore {
  /** Strongly consistent: a freeze counts from the moment that it was answered. */
  read(subject: string): Promise<PersonRecord>;
  /** Freezes signing for a case; twice is once. */
  freeze(subject: string, caseNumber: string): Promise<void>;
  /** Takes one case away; others keep freezing. */
  unfreeze(subject: string, caseNumber: string): Promise<void>;
  /** Moves the mark forward, never back. */
  markRead(subject: string, order: string): Promise<void>;
}
