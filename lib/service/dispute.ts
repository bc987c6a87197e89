import { digest } from "#crypto";
import { fromBase64Url } from "../bytes/base64.ts";
import { concat, fromLatin1 } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";

/**
 * `open`: the signer says that it was somebody else; `confirmed`: the operator found that it was; `withdrawn`: the signer takes it
 * back, or the operator found otherwise.
 */
export type DisputeState = "open" | "confirmed" | "withdrawn";
export const OUTCOMES = ["confirmed", "withdrawn"] as const satisfies readonly DisputeState[];
export type Outcome = (typeof OUTCOMES)[number];

/** The mark on a signed transaction, for everybody who checks the signature. */
export type Dispute = {
  readonly caseNumber: string;
  /** Milliseconds, service clock: when the signer reported it. */
  readonly at: number;
  readonly state: DisputeState;
};

/** A case as the operator works on it; the signer's name is in the transaction and not here. */
export type DisputeCase = Dispute & {
  readonly transactionId: string;
  readonly subject: string;
  /** What became of it, oldest first: lines are added and never changed. */
  readonly audit: readonly AuditLine[];
};

export type AuditLine = {
  /** Milliseconds. */
  readonly at: number;
  readonly what: "opened" | Outcome;
  /** Who did it: `signer`, or whoever the operator says to be. */
  readonly by: string;
  readonly note?: string;
};

/** The cases of the service, in one partition: an operator reads all of them. Faults as in the other stores. */
export interface DisputeStore {
  /** Puts a case unless there is one under its number, in the same transaction. @returns false where its number is taken by another */
  open(opened: DisputeCase): Promise<boolean>;
  /** Strongly consistent. */
  read(caseNumber: string): Promise<DisputeCase | undefined>;
  /** By their numbers; `after` is the last of the page before. */
  list(after?: string): Promise<{ readonly cases: readonly DisputeCase[]; readonly next?: string }>;
  /** `open` becomes `outcome`, with its line of the audit in the same write. @returns false where it is not open */
  resolve(caseNumber: string, outcome: Outcome, line: AuditLine): Promise<boolean>;
}

/** The marks, on the items of transactions and nowhere else. */
export interface DisputeMarks {
  /** Marks a transaction as disputed unless it is marked. @returns false where it carries a mark already */
  mark(transactionId: string, dispute: Dispute): Promise<boolean>;
  /** The mark of this case gets another state. @returns false where the transaction carries no mark of this case */
  settle(transactionId: string, caseNumber: string, state: DisputeState): Promise<boolean>;
}

/** Octets of a case number: 48 bits, so that two of a million cases meet by chance once in five hundred such services. */
const CASE_OCTETS = 6;
/** Numbers that one transaction may have: the next one where another case has taken the one before. */
export const CASE_NUMBERS = 4;

/**
 * The number under which a person and the operator speak of a disputed signature. It follows from the transaction, so that reporting
 * twice opens one case; nobody gets from it back to the id.
 *
 * The salt is in it because clients choose ids: among some ten million ids two have the same 48 bits of a hash, and whoever disputes the
 * one would keep the signer of the other from disputing theirs.
 *
 * @param id of the transaction
 * @param salt of its preimage, by the service: 32 octets, base64url
 * @param attempt below {@link CASE_NUMBERS}
 * @returns `TC-3F9A-07C2-11BE`
 */
export function caseNumberOf(id: string, salt: string, attempt = 0): string {
  const [octets, chance] = [fromBase64Url(id), fromBase64Url(salt)];
  if (octets === undefined || chance === undefined) throw new RangeError("the id and the salt of a transaction");
  const hashed = concat(fromLatin1("motlan/case/v1\0"), octets, chance, Uint8Array.of(attempt));
  const hash = toHex(digest("SHA-256", hashed).subarray(0, CASE_OCTETS)).toUpperCase();
  return `TC-${hash.slice(0, 4)}-${hash.slice(4, 8)}-${hash.slice(8)}`;
}

/** When everybody is to know of a dispute, milliseconds: not any more after it was withdrawn. */
export function disputedAt({ dispute }: { readonly dispute?: Dispute }): number | null {
  return dispute === undefined || dispute.state === "withdrawn" ? null : dispute.at;
}
