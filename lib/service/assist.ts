import { digest } from "#crypto";
import { keyHash } from "../assist/keys.ts";
import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock, Random } from "../ports/ports.ts";
import type { AssistanceMode, AssistanceReason } from "../text/assistance.ts";
import {
  ASSISTANCE_MS,
  type Assistance,
  type AssistanceStatus,
  assistanceIdOf,
  dayOf,
  PAIRING_MS,
  refuseUnlessOngoing,
} from "./assistance.ts";
import type { AssistanceDays, AssistanceStore, PairingStore } from "./assistance-store.ts";
import { type ActivityPorts, recordActivity } from "./record-activity.ts";
import type { SessionPerson } from "./session.ts";
import { SECRET_OCTETS } from "./transaction-rules.ts";

export type AssistPorts = {
  readonly assistances: AssistanceStore;
  readonly pairings: PairingStore;
  readonly days: AssistanceDays;
  readonly clock: Clock;
  readonly random: Random;
} & ActivityPorts;

export type OfficerPerson = SessionPerson & { readonly officer: NonNullable<SessionPerson["officer"]> };

/** What an officer says when they begin to help. */
export type AssistanceRequest = {
  readonly mode: AssistanceMode;
  readonly reason: AssistanceReason;
  readonly procedure?: string | undefined;
  readonly caseRef?: string | undefined;
  readonly officerKeyHash: string;
};

/** Codes that are drawn before it is called an outage: with a thousand open at once, one in a thousand is taken. */
const CODE_ATTEMPTS = 8;
const CODES = 1_000_000;

/**
 * Opens an assistance. The count of the day is taken first and what cannot be told to the officer is never listed, so that a crash
 * between two steps costs one of the day's number and nothing else. The officer's own history has it: somebody else with their
 * session shows there.
 *
 * @param device the family of the device that asks
 * @returns the pairing code (6 digits) and the pairing secret (base64url, 32 octets), which are kept nowhere but in the code's own item
 * @throws Fault `assistance_cap`, `store_unavailable`
 */
export async function openAssistance(
  ports: AssistPorts,
  person: OfficerPerson,
  request: AssistanceRequest,
  device?: string,
): Promise<{ readonly assistance: Assistance; readonly code: string; readonly secret: string }> {
  const now = ports.clock();
  const { unit, unitCode } = person.officer;
  if (!(await ports.days.count(unitCode, dayOf(now), person.subject)))
    throw new Fault("assistance_cap", "the officer has helped as many people today as are allowed");
  const secret = toBase64Url(ports.random(SECRET_OCTETS));
  const assistance: Assistance = {
    id: assistanceIdOf(secret) as string,
    state: "waiting",
    ...request,
    ...{ unit, unitCode, officer: person.subject, officerName: person.fullName },
    day: dayOf(now),
    createdAt: now,
    pairingUntil: now + PAIRING_MS,
    expiresAt: now + ASSISTANCE_MS,
    transactions: [],
  };
  await ports.days.note(assistance);
  await ports.assistances.create(assistance);
  const code = await takeCode(ports, assistance);
  await recordActivity(ports, person.subject, {
    ...{ kind: "assisted", at: now, key: assistance.id, helper: unit },
    ...(device === undefined ? {} : { device }),
  });
  return { assistance, code, secret };
}

async function takeCode({ pairings, random }: AssistPorts, assistance: Assistance): Promise<string> {
  for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
    const code = newCode(random);
    if (await pairings.takeCode(code, assistance.id, assistance.pairingUntil, assistance.createdAt)) return code;
  }
  throw new Fault("store_unavailable", "no pairing code is free");
}

/** Six digits, each as likely: of 32 bits, those beyond the last whole million are drawn again. */
function newCode(random: Random): string {
  for (;;) {
    const octets = random(4);
    const value = new DataView(octets.buffer, octets.byteOffset, 4).getUint32(0);
    if (value < Math.floor(2 ** 32 / CODES) * CODES) return String(value % CODES).padStart(6, "0");
  }
}

/** @throws Fault `officer_required` */
export function requireOfficer(person: SessionPerson): OfficerPerson {
  const { officer } = person;
  if (officer === undefined) throw new Fault("officer_required", "the person holds no office");
  return { ...person, officer };
}

/** The officer's own assistance; somebody else's answers like none. @throws Fault `assistance_not_found` */
export async function officersOwn(
  { assistances }: Pick<AssistPorts, "assistances">,
  person: OfficerPerson,
  id: string,
): Promise<Assistance> {
  const assistance = await assistances.read(id);
  if (assistance === undefined || assistance.officer !== person.subject)
    throw new Fault("assistance_not_found", "no such assistance of this officer");
  return assistance;
}

/**
 * Shows the officer's key, which was promised by its hash, now that the citizen's key can no longer be chosen to fit it.
 *
 * @throws Fault `assistance_not_paired`, `assistance_ended`, `assistance_key_mismatch`
 */
export async function giveOfficerKey(ports: AssistPorts, assistance: Assistance, officerKey: string): Promise<void> {
  refuseUnlessOngoing(assistance, ports.clock());
  if (assistance.state !== "paired") throw new Fault("assistance_not_paired", "no phone has been paired");
  const octets = fromBase64Url(officerKey);
  if (octets === undefined || toBase64Url(keyHash(octets)) !== assistance.officerKeyHash)
    throw new Fault("assistance_key_mismatch", "the key is not the one whose hash was given");
  if (!(await ports.assistances.giveKey(assistance.id, officerKey)))
    throw new Fault("assistance_ended", "the assistance changed meanwhile");
}

/** Records what the citizen's screen says of itself. After `signed` and `declined` nothing follows. @throws Fault `assistance_ended` */
export async function reportStatus(
  ports: AssistPorts,
  assistance: Assistance,
  said: Omit<AssistanceStatus, "at">,
): Promise<void> {
  const now = ports.clock();
  refuseUnlessOngoing(assistance, now);
  if (await ports.assistances.report(assistance.id, { ...said, at: now })) return;
  // A report that is made again, or one that comes late, changes nothing and is no mistake.
  const current = await ports.assistances.read(assistance.id);
  if (current === undefined) throw new Fault("assistance_ended", "the assistance is gone");
  refuseUnlessOngoing(current, now);
}

/** Ends an assistance; ending it twice is ending it once. */
export async function endAssistance(ports: AssistPorts, assistance: Assistance): Promise<void> {
  await ports.assistances.end(assistance.id, ports.clock());
}

/** SHA-256 of a secret, as it is kept. */
export const hashOf = (secret: Uint8Array): string => toBase64Url(digest("SHA-256", secret));
