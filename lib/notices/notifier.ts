import type { Clock } from "../ports/ports.ts";
import type { Notifier } from "../service/notifier.ts";
import { outboxNotifier } from "./outbox.ts";
import { webhookNotifier } from "./webhook.ts";

export type NoticeSettings = {
  readonly noticeUrl: string | undefined;
  /** A file on this machine. */
  readonly noticeOutbox: string | undefined;
};

/** To the operator's address where there is one, else into the outbox where there is one; else a person sees notices in the history alone. */
export function notifierFor(
  { noticeUrl, noticeOutbox }: NoticeSettings,
  secret: () => Promise<string | undefined>,
  clock: Clock,
): Notifier {
  if (noticeUrl !== undefined) return webhookNotifier({ url: noticeUrl, secret, clock });
  return noticeOutbox === undefined ? { notify: async () => {} } : outboxNotifier(noticeOutbox);
}
