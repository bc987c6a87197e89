import { Fault } from "../../lib/fault/fault.ts";
import type { Language } from "../ui/text.ts";
import type { Attempt } from "./attempt.ts";
import { type Desk, during, go, keep } from "./desk.ts";
import { prepareWith, renewed } from "./own-file.ts";
import { refresh } from "./returning.ts";
import { approve, create, decline, loginAddress } from "./transaction.ts";

/** From the stamp on: the service is told of what will be signed, and its time begins to run. */
export async function openTransaction(desk: Desk, attempt: Attempt, language: Language): Promise<void> {
  if (attempt.view !== undefined) return go(desk, attempt, "identify");
  const opened = { ...attempt, language };
  // Kept before the first request: from here on a lost answer can be asked for again.
  await keep(desk, opened);
  await during(desk, "opening", async () => {
    const view = await create(opened);
    await go(desk, { ...opened, view }, "identify");
  });
}

export async function chooseMeans(desk: Desk, attempt: Attempt, means: number | "passkey"): Promise<void> {
  await go(desk, { ...attempt, means }, "approve");
}

/** The person has read what is signed, and signs: to the log-in, with the approval recorded in this browser's cookie. */
export async function approveAndLeave(desk: Desk, attempt: Attempt): Promise<void> {
  const { view, means } = attempt;
  const done = await during(desk, means === "passkey" ? "asking" : "leaving", async () => {
    if (view === undefined || means === undefined) throw new Fault("approval_missing", "nothing to approve");
    await approve(attempt, view);
    if (means === "passkey") return (await import("./sign-by-passkey.ts")).signByPasskey(attempt, view);
    // Where nothing is kept, leaving the page would lose everything: the log-in opens beside it.
    if (desk.state().kept === "nothing") return desk.change({ view: "waiting" });
    location.assign(loginAddress(attempt, means));
    // Until the page is left: a second press would approve once more.
    await new Promise((resolve) => setTimeout(resolve, LEAVING_MS));
  });
  if (done && means === "passkey") await refresh(desk, attempt);
}

/** Milliseconds after which a page that was not left takes presses again. */
const LEAVING_MS = 10_000;

export async function declineAll(desk: Desk, attempt: Attempt): Promise<void> {
  await during(desk, "declining", async () => {
    // An own file that the service does not know of yet: nobody is to be told but an officer who waits.
    if (attempt.view !== undefined) {
      await decline(attempt);
      await keep(desk, { ...attempt, view: { ...attempt.view, state: "declined" } });
    } else if (attempt.asked?.assistance !== undefined) (await import("./assisted.ts")).tellDeclined(attempt);
    await desk.store.remove(attempt.id);
    history.replaceState(null, "");
    desk.change({ view: "declined", attempt });
  });
}

/** The same once more, from the beginning of its time: after it ran out, or before. */
export async function beginAgain(desk: Desk, attempt: Attempt): Promise<void> {
  const again = renewed(attempt);
  if (!(await prepareWith(desk, again))) return;
  await go(desk, desk.state().attempt ?? again, "review", "replace");
}

/** More time for an own file is a new transaction about the same file: the end is part of what is approved. */
export async function extend(desk: Desk, attempt: Attempt, language: Language): Promise<void> {
  const { screen } = attempt;
  const again = renewed(attempt);
  if (!(await prepareWith(desk, again))) return;
  await during(desk, "opening", async () => {
    const ready = desk.state().attempt ?? again;
    const view = await create({ ...ready, language });
    await go(desk, { ...ready, language, view }, screen, "replace");
  });
  // The button that was pressed may be gone with the warning that it stood in.
  document.querySelector("h1")?.focus();
}
