import type { ActivityKind } from "./activity.ts";

/**
 * That something happened in a person's name, for whoever can reach that person: no name, no title, no address, no id that opens
 * anything.
 */
export type Notice = {
  /** Names this notice and no other, and tells nothing. */
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly kind: ActivityKind;
  /** The pairwise pseudonym. */
  readonly subject: string;
};

export interface Notifier {
  /** Hands a notice on, once, within a second or two. Rejects where that failed; nobody tries again. */
  notify(notice: Notice): Promise<void>;
}
