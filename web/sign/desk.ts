import { Fault } from "../../lib/fault/fault.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { type Attempt, isAtCounter, SCREENS, type Screen } from "./attempt.ts";
import type { FinishedFile } from "./preparing.ts";
import type { AttemptStore, Kept } from "./store.ts";

/** What the page is doing while a person waits. */
export type Busy = {
  readonly what: "reading" | "opening" | "fetching" | "finishing" | "leaving" | "asking" | "declining";
  /** 0 … 1; undefined where nobody knows. */
  readonly part?: number;
  /** Present where it may be stopped. */
  readonly cancel?: () => void;
};

export type SigningState = {
  readonly view: "loading" | "start" | "signing" | "declined" | "elsewhere" | "waiting";
  readonly attempt?: Attempt | undefined;
  readonly busy?: Busy | undefined;
  readonly fault?: FaultCode | undefined;
  /** Octets of a file that was not taken. */
  readonly tooLarge?: number | undefined;
  /** Not finished, to be gone on with. */
  readonly unfinished: readonly Attempt[];
  readonly kept: Kept;
  /** The signed files, in the order of the documents, each checked. */
  readonly finished: readonly FinishedFile[];
};

/** What all steps of signing share: the state that is shown, and the browser's store. */
export type Desk = {
  readonly state: () => SigningState;
  readonly change: (changes: Partial<SigningState>) => void;
  readonly store: AttemptStore;
};

/** Shows an attempt as it is now, and keeps it. */
export async function keep(desk: Desk, attempt: Attempt): Promise<Attempt> {
  desk.change({ attempt });
  desk.change({ kept: await desk.store.write(attempt) });
  if (attempt.asked?.assistance !== undefined)
    void import("./assisted.ts").then(({ tellHelper }) => tellHelper(attempt));
  return attempt;
}

/** What an entry of the browser's history stands for. */
export type Entry = { readonly id: string; readonly screen: Screen };

export function entryOf(state: unknown): Entry | undefined {
  if (typeof state !== "object" || state === null || !("signing" in state)) return undefined;
  const { id, screen } = state.signing as Partial<Entry>;
  const known = SCREENS.find((name) => name === screen);
  return typeof id === "string" && known !== undefined ? { id, screen: known } : undefined;
}

/** The address without what stands behind `#`: secrets and outcomes do not stay in it. */
const plainAddress = () => location.pathname + location.search;

/** Goes to a screen, with an entry of its own in the browser's history: the back button goes one screen back. */
export async function go(
  desk: Desk,
  attempt: Attempt,
  screen: Screen,
  how: "push" | "replace" = "push",
): Promise<void> {
  const entry: { signing: Entry } = { signing: { id: attempt.id, screen } };
  if (how === "push") history.pushState(entry, "", plainAddress());
  else history.replaceState(entry, "", plainAddress());
  desk.change({ view: "signing", fault: undefined, busy: undefined });
  await keep(desk, { ...attempt, screen });
}

/** To the choice of a file. */
export async function goToStart(desk: Desk, how: "push" | "replace" = "push", fault?: FaultCode): Promise<void> {
  if (how === "push") history.pushState(null, "", plainAddress());
  else history.replaceState(null, "", plainAddress());
  await showStart(desk, fault);
}

export async function showStart(desk: Desk, fault?: FaultCode): Promise<void> {
  const { attempt } = desk.state();
  // At a counter there is nothing to choose, and whoever comes next is somebody else.
  if (isAtCounter(attempt)) return (await import("./leave-kiosk.ts")).leaveKiosk(desk);
  const unfinished = (await desk.store.list()).filter(
    (other) => other.view?.state !== "declined" && other.screen !== "done" && !isAtCounter(other),
  );
  desk.change({ view: "start", attempt: undefined, busy: undefined, fault, unfinished, finished: [] });
}

/**
 * Does something that takes a while. What goes wrong is shown; nothing is thrown.
 *
 * @param work gets a signal where a person may stop it, and tells how far it is
 * @returns whether it was done
 */
export async function during(
  desk: Desk,
  what: Busy["what"],
  work: (tools: { readonly signal: AbortSignal; readonly onProgress: (part: number) => void }) => Promise<void>,
): Promise<boolean> {
  const stop = new AbortController();
  const busy: Busy = { what, ...(what === "reading" ? { cancel: () => stop.abort() } : {}) };
  desk.change({ busy, fault: undefined });
  try {
    await work({
      signal: stop.signal,
      onProgress: (part) => {
        if (!stop.signal.aborted) desk.change({ busy: { ...busy, part } });
      },
    });
    return true;
  } catch (error) {
    if (!stop.signal.aborted) desk.change({ fault: codeOf(error) });
    return false;
  } finally {
    desk.change({ busy: undefined });
  }
}

export function codeOf(error: unknown): FaultCode {
  return error instanceof Fault ? error.code : "internal";
}
