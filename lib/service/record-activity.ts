import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import type { Clock, Random } from "../ports/ports.ts";
import { type Activity, type ActivityStore, KEY_OCTETS, orderOf } from "./activity.ts";
import type { Notice, Notifier } from "./notifier.ts";

export type ActivityPorts = {
  readonly activities: ActivityStore;
  readonly notifier: Notifier;
  readonly clock: Clock;
  readonly random: Random;
  /** Hears of what could not be recorded or handed on. */
  readonly trouble: (what: "activity" | "notice", cause: unknown) => void;
};

/** What happened; without `at` it is now, and without `key` it is told apart from others by chance. */
export type Happening = Omit<Activity, "order" | "at"> & {
  readonly at?: number;
  /** Milliseconds: what it is sorted by, where that is not `at`. */
  readonly sortedAt?: number;
  /** base64url of 16 octets: what is recorded twice under one key and time is recorded once. */
  readonly key?: string;
};

/**
 * Milliseconds. A person waits for the answer behind this: on Lambda nothing runs once the answer is out, so that recording comes
 * before it, and is given up rather than waited for.
 */
const PATIENCE_MS = 2_000;

/**
 * Writes into a person's history what was done in that person's name, and hands on a notice of it. It comes last, never throws, and
 * ends within two seconds: what it is about has happened or has failed already, and must not change because nobody could be told.
 *
 * A signature that could not be recorded is not lost to the history, which finds it by the index that signing itself writes
 * ({@link history}); a failure that could not be recorded is.
 */
export async function recordActivity(ports: ActivityPorts, subject: string, happening: Happening): Promise<void> {
  const { at = ports.clock(), sortedAt = at, key = toBase64Url(ports.random(KEY_OCTETS)), ...rest } = happening;
  const activity: Activity = { ...rest, at, order: orderOf(sortedAt, key) };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([record(ports, subject, activity), patience]);
  clearTimeout(timer);
}

async function record(ports: ActivityPorts, subject: string, activity: Activity): Promise<void> {
  let isNew = true;
  try {
    isNew = await ports.activities.add(subject, activity);
  } catch (cause) {
    // The person is told all the same.
    ports.trouble("activity", cause);
  }
  if (!isNew) return;
  try {
    await ports.notifier.notify(noticeOf(subject, activity));
  } catch (cause) {
    ports.trouble("notice", cause);
  }
}

/** The id of a notice travels to others, and says nothing of the activity but that it is this one. */
function noticeOf(subject: string, { order, at, kind }: Activity): Notice {
  const id = digest("SHA-256", fromUtf8(`motlan/notice/v1\n${subject}\n${order}`));
  return { id: `msg_${toBase64Url(id.subarray(0, KEY_OCTETS))}`, at, kind, subject };
}
