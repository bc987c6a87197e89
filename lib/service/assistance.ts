import { digest } from "#crypto";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { fromLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { CommittedAssistance } from "../identity/commitment.ts";
import type { AssistanceStatusCode } from "../text/assistance.ts";
import { isSecretOf, SECRET_OCTETS } from "./transaction-rules.ts";

/** Milliseconds. How long an officer and a citizen have together: as long as the longest transaction and the longest session. */
export const ASSISTANCE_MS = 60 * 60_000;
/** Milliseconds in which the citizen's phone must be joined. */
export const PAIRING_MS = 10 * 60_000;
/** Assistances of one officer a day, until a supervisor allows more: one every twelve minutes of a working day. */
export const DAILY_CAP = 40;
/** What a supervisor can raise it to: nobody helps more people than this in a day. */
export const HIGHEST_CAP = 200;
/** Transactions that one assistance may be named in: a citizen who begins anew, or brings a second document. */
export const MAX_TRANSACTIONS = 10;

/** What the citizen's screen says of itself: a step and page numbers, never content. */
export type AssistanceStatus = {
  readonly code: AssistanceStatusCode;
  /** Both with `reading`, neither otherwise; `page` counts from 1. */
  readonly page?: number | undefined;
  readonly pages?: number | undefined;
  /** Milliseconds. */
  readonly at: number;
};

/**
 * An officer helps a citizen to sign (docs/decisions/assisted-signing.md). `waiting` for the citizen's phone; `paired`; `ended` by the
 * officer. Expiry is not a state, as with transactions.
 */
export type Assistance = CommittedAssistance & {
  /** Derived from the pairing secret, see {@link assistanceIdOf}: 16 octets, base64url. */
  readonly id: string;
  readonly state: "waiting" | "paired" | "ended";
  readonly officerName: string;
  readonly procedure?: string | undefined;
  readonly caseRef?: string | undefined;
  /** What the officer's browser promised about its key before it saw the citizen's; see lib/assist/keys.ts. */
  readonly officerKeyHash: string;
  /** Shown once the citizen's key is there. */
  readonly officerKey?: string;
  /** Day in Viet Nam, `yyyy-MM-dd`. */
  readonly day: string;
  /** Milliseconds, service clock. */
  readonly createdAt: number;
  readonly pairingUntil: number;
  readonly expiresAt: number;
  /** SHA-256 of the citizen token, base64url. */
  readonly citizenHash?: string;
  readonly citizenKey?: string;
  readonly pairedAt?: number;
  readonly status?: AssistanceStatus;
  /** Ids of the transactions that name this assistance. */
  readonly transactions: readonly string[];
  readonly endedAt?: number;
};

/**
 * The id that a pairing secret opens: whoever has the secret finds the assistance, whoever has the id does not find the secret.
 *
 * @param secret base64url of 32 octets @returns undefined where it is none
 */
export function assistanceIdOf(secret: string): string | undefined {
  const octets = fromBase64Url(secret);
  if (octets?.length !== SECRET_OCTETS) return undefined;
  return toBase64Url(digest("SHA-256", fromLatin1("motlan/assistance/v1\0"), octets).slice(0, 16));
}

/** Viet Nam has one time zone, UTC+7, and no summer time. @returns `yyyy-MM-dd` */
export function dayOf(time: number): string {
  return new Date(time + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** @throws Fault `assistance_ended`: the officer ended it, or its hour has passed */
export function refuseUnlessOngoing(assistance: Assistance, now: number): void {
  if (assistance.state === "ended" || now >= assistance.expiresAt)
    throw new Fault("assistance_ended", "the assistance has ended");
}

/**
 * The assistance, for the citizen who was paired to it. A wrong token and a missing assistance answer alike.
 *
 * @throws Fault `assistance_not_found`
 */
export function requireCitizen(assistance: Assistance | undefined, token: string | undefined): Assistance {
  if (assistance?.citizenHash === undefined || !isSecretOf(assistance.citizenHash, token))
    throw new Fault("assistance_not_found", "no such assistance, or not with this token");
  return assistance;
}

/** What of an assistance is approved, signed under and shown to verifiers. */
export function committedPart({ unit, unitCode, officer, mode, reason }: Assistance): CommittedAssistance {
  return { unit, unitCode, officer, mode, reason };
}
