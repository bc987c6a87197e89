import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import type { FaultCode } from "../text/faults.ts";

/** What can become of an identity: every use of it is one of these. A kind, once used, keeps its meaning. */
export const ACTIVITY_KINDS = [
  "signed",
  "failed",
  "declined",
  "passkey_enrolled",
  "passkey_removed",
  "assisted",
  "disputed",
  "dispute_resolved",
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** What a transaction was about, as its signer read it. */
export type ActivityDocuments = {
  readonly transactionId: string;
  readonly titles: readonly string[];
  readonly relyingParty: string | null;
};

/** One use of a person's identity, as it is told to that person and to nobody else. */
export type Activity = {
  /** Sorts by time and tells two of the same millisecond apart: {@link orderOf}. */
  readonly order: string;
  /** Milliseconds, service clock; of a signature, the time of its timestamp. */
  readonly at: number;
  readonly kind: ActivityKind;
  readonly documents?: ActivityDocuments;
  /** A coarse family such as "Chrome · Android" ({@link deviceOf}). */
  readonly device?: string;
  /** The unit of the officer who helped. */
  readonly helper?: string;
  /** Why it failed. */
  readonly code?: FaultCode;
  /** The name that the person gave to a passkey. */
  readonly passkey?: string;
  readonly caseNumber?: string;
};

/**
 * Where activities lie: one item each, never changed, newest first when they are read. The methods may throw Fault
 * `store_unavailable`.
 */
export interface ActivityStore {
  /** The same `order` of one person again is the same activity: what is there stays. @returns false where it was there */
  add(subject: string, activity: Activity): Promise<boolean>;
  /**
   * Strongly consistent.
   *
   * @param before only what sorts before this order; undefined: from the newest
   * @param limit how many at most
   */
  list(subject: string, before: string | undefined, limit: number): Promise<readonly Activity[]>;
}

/** The signed transactions of a person, by the index that the signing itself writes. */
export interface SubjectIndex {
  /** Eventually consistent: a signature of the last second may be missing. @returns ids, newest first, as {@link ActivityStore.list} */
  signed(
    subject: string,
    before: string | undefined,
    limit: number,
  ): Promise<readonly { readonly order: string; readonly transactionId: string }[]>;
}

/** Characters of an ISO 8601 time in UTC with milliseconds. */
const TIME = 24;

/**
 * @param at milliseconds
 * @param suffix base64url of 16 octets: of a signature {@link signatureKey}, so that recording it twice is recording it once; else chance
 * @returns `2026-11-25T03:15:00.000Z#<suffix>`: text that sorts by time
 */
export function orderOf(at: number, suffix: string): string {
  return `${new Date(at).toISOString()}#${suffix}`;
}

/** Octets of what tells activities of one moment apart. */
export const KEY_OCTETS = 16;

/**
 * What tells a signature apart from everything else of its moment. A hash and not the id itself: clients choose ids, and whoever signs in
 * another's name could choose one that is another activity's key already, so that the signature would count as told.
 */
export function signatureKey(id: string): string {
  return toBase64Url(digest("SHA-256", fromUtf8(`motlan/activity/signed/v1\n${id}`)).subarray(0, KEY_OCTETS));
}

/** Of a signature. @param at milliseconds @param id of its transaction */
export const signatureOrder = (at: number, id: string): string => orderOf(at, signatureKey(id));

const ORDER = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9_-]{22}$/;

/** Whether `text` is an order, as it comes back from a page; nothing else is looked for in the store. */
export function isOrder(text: string): boolean {
  return ORDER.test(text) && !Number.isNaN(Date.parse(text.slice(0, TIME)));
}
