import { SIGN } from "../../lib/text/web/sign.ts";
import { useLanguage, useText } from "../ui/text.ts";
import { TimeLeft } from "../ui/time-left.tsx";
import { extend } from "./approving.ts";
import type { Attempt } from "./attempt.ts";
import type { Desk } from "./desk.ts";

/** How long the session of signing lasts, and more time where the time is the person's own and not an agency's (WCAG 2.2.1). */
export function SigningTimeLeft({ desk, attempt }: { desk: Desk; attempt: Attempt }) {
  const text = useText(SIGN);
  const language = useLanguage();
  const own = attempt.kind === "own";
  return (
    <TimeLeft
      words={SIGN}
      expiresAt={attempt.view?.expiresAt ?? ""}
      onEnd={() => desk.change({ fault: "session_expired" })}
      onExtend={own ? () => void extend(desk, attempt, language) : undefined}
    >
      {!own && <p>{text("noMoreTime")}</p>}
    </TimeLeft>
  );
}
