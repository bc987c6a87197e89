import { useEffect, useRef } from "preact/hooks";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Kiosk } from "../assist/kiosk.tsx";
import { Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { ApproveScreen } from "./approve-screen.tsx";
import { type Attempt, isAtCounter } from "./attempt.ts";
import { ChooseAgain } from "./choose-again.tsx";
import type { Busy, Desk, SigningState } from "./desk.ts";
import { DoneScreen } from "./done-screen.tsx";
import { DeclinedScreen, ElsewhereScreen, WaitingScreen } from "./end-screens.tsx";
import { IdentifyScreen } from "./identify-screen.tsx";
import { leaveKiosk } from "./leave-kiosk.ts";
import { NameScreen } from "./name-screen.tsx";
import { endsTheScreen, Problem } from "./problem.tsx";
import { ReviewScreen } from "./review-screen.tsx";
import { StampScreen } from "./stamp-screen.tsx";
import { SigningTimeLeft } from "./time-left.tsx";

/** Everything behind the choice of a file: a part of its own, loaded while a person chooses. */
export function Screens({ state, desk }: { state: SigningState; desk: Desk }) {
  useFocusKept([state.fault, state.busy === undefined]);
  return (
    <>
      {isAtCounter(state.attempt) && <Kiosk onWipe={() => leaveKiosk(desk)} />}
      <Shown state={state} desk={desk} />
    </>
  );
}

/** Where what had the focus goes away (a message, the button that stops), the focus goes to the heading, not to nowhere (WCAG 2.4.3). */
function useFocusKept(changes: readonly unknown[]): void {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && document.activeElement === document.body) document.querySelector("h1")?.focus();
    first.current = false;
  }, [...changes]);
}

function Shown({ state, desk }: { state: SigningState; desk: Desk }) {
  const text = useText(SIGN);
  const { view, attempt, fault, busy } = state;
  if (view === "elsewhere") return <ElsewhereScreen desk={desk} />;
  if (view === "declined") return <DeclinedScreen desk={desk} attempt={attempt} />;
  if (attempt === undefined) return null;
  if (view === "waiting") return <WaitingScreen desk={desk} attempt={attempt} />;
  if (fault !== undefined && endsTheScreen(fault)) return <Problem desk={desk} attempt={attempt} code={fault} whole />;
  return (
    <>
      {attempt.view !== undefined && attempt.screen !== "done" && <SigningTimeLeft desk={desk} attempt={attempt} />}
      {fault !== undefined && <Problem desk={desk} attempt={attempt} code={fault} />}
      {busy !== undefined && <Working busy={busy} />}
      {attempt.documents.length === 0 ? (
        <ScreenHeading focus={false}>{text("startHeading")}</ScreenHeading>
      ) : (
        <Screen key={`${attempt.screen} ${isFileMissing(attempt)}`} state={state} desk={desk} attempt={attempt} />
      )}
    </>
  );
}

/** Screens that need the file itself; the others go on without it. */
const isFileMissing = ({ screen, documents }: Attempt): boolean =>
  screen !== "identify" && screen !== "approve" && documents.some(({ file }) => file === undefined);

function Screen(props: { state: SigningState; desk: Desk; attempt: Attempt }) {
  const { attempt } = props;
  if (isFileMissing(attempt)) return <ChooseAgain {...props} />;
  switch (attempt.screen) {
    case "name":
      return <NameScreen {...props} />;
    case "review":
      return <ReviewScreen {...props} />;
    case "stamp":
      return <StampScreen {...props} />;
    case "identify":
      return <IdentifyScreen {...props} />;
    case "approve":
      return <ApproveScreen {...props} />;
    case "done":
      return <DoneScreen {...props} />;
  }
}

export type ScreenProps = Parameters<typeof Screen>[0];

function Working({ busy: { what, part, cancel } }: { busy: Busy }) {
  const text = useText(SIGN);
  return (
    <div class="sign-busy">
      <Progress label={text(what)} part={part} />
      {cancel !== undefined && (
        <Button kind="quiet" onClick={cancel}>
          {text("cancelWork")}
        </Button>
      )}
    </div>
  );
}
