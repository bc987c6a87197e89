import { appendFile } from "node:fs/promises";
import type { Notifier } from "../service/notifier.ts";
import { payloadOf } from "./webhook.ts";

/** On one machine: each notice is a line of a file, as it would be sent, for whoever wants to see what would be. */
export function outboxNotifier(file: string): Notifier {
  return {
    notify: (notice) =>
      appendFile(file, `${JSON.stringify({ id: notice.id, ...payloadOf(notice) })}\n`, { mode: 0o600 }),
  };
}
