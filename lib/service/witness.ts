import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { FAULTS } from "../text/faults.ts";
import { KEY_OCTETS, signatureKey } from "./activity.ts";
import { documentsOf } from "./history.ts";
import type { PersonStore } from "./person-store.ts";
import { signedAt } from "./proof-of.ts";
import { type ActivityPorts, recordActivity } from "./record-activity.ts";
import { assistedBy } from "./standing.ts";
import type { Transaction } from "./transaction.ts";

/** Milliseconds. An activity may sort this far ahead of its time. */
export const REPEATED_MS = 10_000;

/** What tells a person, and stops whoever signs in that person's name. */
export type WitnessPorts = ActivityPorts & { readonly people: Pick<PersonStore, "read"> };

/** Whose identity is used, for what and from where. */
export type Attempt = {
  /** The pairwise pseudonym. */
  readonly subject: string;
  readonly transaction: Transaction;
  readonly device?: string | undefined;
};

/**
 * Runs what may sign in a person's name, from the moment on at which the person is known, and tells that person how it ended.
 *
 * An outage is not told: whoever asks again gets an end that is. Nor is a login that was refused before anybody knew whose it was.
 */
export async function witnessed(
  ports: ActivityPorts,
  { subject, transaction, device }: Attempt,
  sign: () => Promise<Transaction>,
): Promise<Transaction> {
  const told = toldOf({ transaction, device });
  try {
    const signed = await sign();
    // Somebody else was faster with the same transaction.
    if (signed.result?.person.pseudonym !== subject) {
      await recordRefusal(ports, { subject, transaction, device }, new Fault("already_signed", "by somebody else"));
      return signed;
    }
    // Under the time and id of the signature itself: two requests that meet record one signature.
    const at = signedAt(signed.result);
    await recordActivity(ports, subject, { ...told, kind: "signed", at, key: signatureKey(transaction.id) });
    return signed;
  } catch (error) {
    if (error instanceof Fault) await recordRefusal(ports, { subject, transaction, device }, error);
    throw error;
  }
}

/**
 * Tells a person of an attempt in their name that was refused for good. The same refusal of the same transaction is told once in
 * {@link REPEATED_MS}: whoever has a person's token can show it as often as the door lets them, and must not bury the history under it.
 */
export async function recordRefusal(
  ports: ActivityPorts,
  { subject, transaction, device }: Attempt,
  { code }: Fault,
): Promise<void> {
  if (FAULTS[code].retry) return;
  const at = ports.clock();
  // Upwards: sorted by an earlier moment it could be taken for one that was seen already.
  const sortedAt = Math.ceil(at / REPEATED_MS) * REPEATED_MS;
  const key = toBase64Url(digest("SHA-256", fromUtf8(`${transaction.id}\n${code}`)).subarray(0, KEY_OCTETS));
  await recordActivity(ports, subject, { ...toldOf({ transaction, device }), kind: "failed", code, at, sortedAt, key });
}

function toldOf({ transaction, device }: Omit<Attempt, "subject">) {
  const by = assistedBy(transaction);
  return {
    documents: documentsOf(transaction),
    ...(device === undefined ? {} : { device }),
    ...(by === null ? {} : { helper: by.unit }),
  };
}

/** @throws Fault `signing_frozen`: a signature of this person is under dispute; `store_unavailable` */
export async function refuseFrozen(people: Pick<PersonStore, "read">, subject: string): Promise<void> {
  const { openCases } = await people.read(subject);
  if (openCases.length > 0)
    throw new Fault("signing_frozen", `signing is stopped until ${openCases.length} open case(s) are resolved`);
}
