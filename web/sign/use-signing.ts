import { useEffect, useRef, useState } from "preact/hooks";
import type { Language } from "../ui/text.ts";
import { isAtCounter } from "./attempt.ts";
import { type Desk, entryOf, type SigningState, showStart } from "./desk.ts";
import { openStore } from "./store.ts";

const NOTHING: SigningState = { view: "loading", unfinished: [], kept: "whole", finished: [] };

const returning = () => import("./returning.ts");

/** The signing that this page is about; undefined until the browser's store has answered. */
export function useSigning(language: Language): { readonly state: SigningState; readonly desk: Desk | undefined } {
  const [state, setState] = useState(NOTHING);
  const [desk, setDesk] = useState<Desk>();
  const now = useRef(NOTHING);
  useEffect(() => {
    const change: Desk["change"] = (changes) => {
      now.current = { ...now.current, ...changes };
      setState(now.current);
    };
    let opened: Desk | undefined;
    const travel = () => {
      if (opened !== undefined) void follow(opened, language);
    };
    openStore(Date.now()).then(async (store) => {
      opened = { state: () => now.current, change, store };
      setDesk(opened);
      // The usual case needs nothing of what leads back into a signature.
      if (location.hash === "" && entryOf(history.state) === undefined) return showStart(opened);
      return (await returning()).arrive(opened, language);
    });
    const thaw = ({ persisted }: PageTransitionEvent) => {
      if (persisted && opened !== undefined) void comeFromFrozen(opened);
    };
    addEventListener("popstate", travel);
    addEventListener("pageshow", thaw);
    return () => {
      removeEventListener("popstate", travel);
      removeEventListener("pageshow", thaw);
    };
  }, []);
  return { state, desk };
}

/** Back from another page to this one as it was left, such as from the log-in by the back button: what it waited for is over. */
async function comeFromFrozen(desk: Desk): Promise<void> {
  const { attempt } = desk.state();
  // The next citizen at a counter must not find what this page still holds in memory: only what the browser keeps counts.
  if (isAtCounter(attempt)) return location.reload();
  desk.change({ busy: undefined });
  if (attempt?.view !== undefined) await (await returning()).show(desk, attempt.id, attempt.screen);
}

/** The browser went to another entry of its history. */
async function follow(desk: Desk, language: Language): Promise<void> {
  const entry = entryOf(history.state);
  if (entry !== undefined) {
    // What is under way belongs to the screen that was left.
    desk.state().busy?.cancel?.();
    return (await returning()).show(desk, entry.id, entry.screen);
  }
  // A link within the page, such as the one that skips the navigation, leads to no other screen.
  const { attempt, view } = desk.state();
  if (location.hash === "#main") {
    const signing =
      attempt === undefined || view !== "signing" ? null : { signing: { id: attempt.id, screen: attempt.screen } };
    return history.replaceState(signing, "", location.pathname + location.search);
  }
  return location.hash === "" ? showStart(desk) : (await returning()).arrive(desk, language);
}
