import { useEffect, useState } from "preact/hooks";
import { SESSION } from "../../lib/text/web/session.ts";
import { Button } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import type { SessionControl, SessionView } from "./session.ts";

const MINUTE_MS = 60_000;
/** From here on it is said aloud as well: long enough to find the button (WCAG 2.2.1 wants twenty seconds). */
const WARN_MINUTES = 2;

/** Who is logged in, how long, and the way out. */
export function SessionBar({ session, control }: { session: SessionView; control: SessionControl }) {
  const text = useText(SESSION);
  const minutes = useMinutesLeft(session.expiresAt, control.refresh);
  return (
    <div class="session-bar">
      <p>{text("loggedInAs", { name: session.person.fullName })}</p>
      <p role={minutes <= WARN_MINUTES ? "status" : undefined}>{text("left", { minutes })}</p>
      <div class="row">
        <Button onClick={control.extend}>{text("extend")}</Button>
        <Button onClick={control.end}>{text("logOut")}</Button>
      </div>
    </div>
  );
}

function useMinutesLeft(expiresAt: string, atEnd: () => void): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(expiresAt) - Date.now()) / MINUTE_MS));
  const [minutes, setMinutes] = useState(left);
  useEffect(() => {
    setMinutes(left());
    const timer = setInterval(() => {
      setMinutes(left());
      if (left() === 0) atEnd();
    }, MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return minutes;
}
