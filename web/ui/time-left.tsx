import { type ComponentChildren, Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { Banner, Button } from "./controls.tsx";
import { type Phrase, useText } from "./text.ts";

/** Milliseconds before the end at which it is said aloud: six times what WCAG 2.2.1 wants for pressing a button. */
const WARN_MS = 120_000;
const LOOK_MS = 1000;
/** Seconds are told in steps: a screen reader that counts them down lets nobody do anything else. */
const STEP_S = 20;

type Props = {
  /** Of whoever speaks of another kind of session. */
  readonly words?: Readonly<Record<"timeLeft" | "timeWarning" | "moreTime", Phrase>>;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** Called once, when it is over. */
  readonly onEnd: () => void;
  /** More time, where that can be had; the new end comes as another `expiresAt`. */
  readonly onExtend?: (() => void) | undefined;
  /** What a warning says besides: whether anything was signed, what to do where there is no more time. */
  readonly children?: ComponentChildren;
};

/** How long a session lasts, a warning two minutes before its end, and more time at a press. */
export function TimeLeft({ words = COMMON, expiresAt, onEnd, onExtend, children }: Props) {
  const text = useText(words);
  const left = useMillisecondsLeft(expiresAt, onEnd);
  const more = onExtend !== undefined && <Button onClick={onExtend}>{text("moreTime")}</Button>;
  if (left > WARN_MS)
    return (
      <div class="time-left">
        <p>{text("timeLeft", { minutes: Math.ceil(left / 60_000) })}</p>
        {more}
      </div>
    );
  const seconds = Math.ceil(left / 1000 / STEP_S) * STEP_S;
  return (
    <Banner tone="unsure" title={text("timeWarning", { seconds })}>
      <Fragment>{children}</Fragment>
      {more}
    </Banner>
  );
}

/** @param atEnd called once for each end */
function useMillisecondsLeft(expiresAt: string, atEnd: () => void): number {
  const end = Date.parse(expiresAt);
  const [left, setLeft] = useState(end - Date.now());
  useEffect(() => {
    const look = () => {
      const now = end - Date.now();
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      atEnd();
    };
    const timer = setInterval(look, LOOK_MS);
    setLeft(end - Date.now());
    return () => clearInterval(timer);
  }, [end]);
  return Math.max(0, left);
}
