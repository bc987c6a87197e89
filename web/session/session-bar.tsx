import { SESSION } from "../../lib/text/web/session.ts";
import { Button } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { TimeLeft } from "../ui/time-left.tsx";
import type { SessionControl, SessionView } from "./session.ts";

/** Who is logged in, how long, and the way out. */
export function SessionBar({ session, control }: { session: SessionView; control: SessionControl }) {
  const text = useText(SESSION);
  return (
    <div class="session-bar">
      <p>{text("loggedInAs", { name: session.person.fullName })}</p>
      <TimeLeft expiresAt={session.expiresAt} onEnd={control.refresh} onExtend={control.extend} />
      <div class="row">
        <Button onClick={control.end}>{text("logOut")}</Button>
      </div>
    </div>
  );
}
