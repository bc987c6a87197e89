import { useEffect, useState } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Banner, Button } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import { extend } from "./approving.ts";
import type { Attempt } from "./attempt.ts";
import type { Desk } from "./desk.ts";
import { WARN_MS } from "./limits.ts";

/** Milliseconds between two looks at the clock; what is said aloud changes less often than that. */
const LOOK_MS = 1000;
/** Seconds are told in steps of: a screen reader that counts down every second lets nobody do anything else. */
const STEP_S = 20;

/** How long the session lasts, a warning before its end, and more time where that can be had (WCAG 2.2.1). */
export function TimeLeft({ desk, attempt }: { desk: Desk; attempt: Attempt }) {
  const text = useText(SIGN);
  const language = useLanguage();
  const left = useMillisecondsLeft(attempt.view?.expiresAt ?? "", () => desk.change({ fault: "session_expired" }));
  const more =
    attempt.kind === "own" ? (
      <Button onClick={() => void extend(desk, attempt, language)}>{text("moreTime")}</Button>
    ) : (
      <p>{text("noMoreTime")}</p>
    );
  if (left > WARN_MS)
    return (
      <div class="time-left">
        <p>{text("timeLeft", { minutes: Math.ceil(left / 60_000) })}</p>
        {attempt.kind === "own" && more}
      </div>
    );
  const seconds = Math.ceil(left / 1000 / STEP_S) * STEP_S;
  return (
    <Banner tone="unsure" title={text("timeWarning", { seconds })}>
      {more}
    </Banner>
  );
}

function useMillisecondsLeft(expiresAt: string, atEnd: () => void): number {
  const end = Date.parse(expiresAt);
  const [left, setLeft] = useState(end - Date.now());
  useEffect(() => {
    const look = () => {
      setLeft(end - Date.now());
      if (end > Date.now()) return;
      clearInterval(timer);
      atEnd();
    };
    const timer = setInterval(look, LOOK_MS);
    setLeft(end - Date.now());
    return () => clearInterval(timer);
  }, [end]);
  return Math.max(0, left);
}
