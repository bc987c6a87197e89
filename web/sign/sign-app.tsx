import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Kiosk } from "../assist/kiosk.tsx";
import { Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import { ApproveScreen } from "./approve-screen.tsx";
import type { Attempt } from "./attempt.ts";
import { ChooseAgain } from "./choose-again.tsx";
import type { Busy, Desk, SigningState } from "./desk.ts";
import { DoneScreen } from "./done-screen.tsx";
import { DeclinedScreen, ElsewhereScreen, WaitingScreen } from "./end-screens.tsx";
import { FileScreen } from "./file-screen.tsx";
import { IdentifyScreen } from "./identify-screen.tsx";
import { leaveKiosk } from "./leave-kiosk.ts";
import { NameScreen } from "./name-screen.tsx";
import { endsTheScreen, Problem } from "./problem.tsx";
import { ReviewScreen } from "./review-screen.tsx";
import { StampScreen } from "./stamp-screen.tsx";
import { TimeLeft } from "./time-left.tsx";
import { useSigning } from "./use-signing.ts";

/** The page `/ky`: one signature, from the document to the file that is signed. */
export function SignApp() {
  const { state, desk } = useSigning(useLanguage());
  const text = useText(COMMON);
  const words = useText(SIGN);
  if (desk === undefined || state.view === "loading")
    return (
      <>
        <ScreenHeading focus={false}>{words("startHeading")}</ScreenHeading>
        <Progress label={text("loading")} />
      </>
    );
  return (
    <>
      {state.attempt?.asked?.assistance?.kiosk && <Kiosk onWipe={() => leaveKiosk(desk, state.attempt)} />}
      <Notices state={state} />
      <Shown state={state} desk={desk} />
    </>
  );
}

function Shown({ state, desk }: { state: SigningState; desk: Desk }) {
  const text = useText(SIGN);
  const { view, attempt, fault, busy } = state;
  if (view === "start") return <FileScreen state={state} desk={desk} />;
  if (view === "elsewhere") return <ElsewhereScreen desk={desk} />;
  if (view === "declined") return <DeclinedScreen desk={desk} attempt={attempt} />;
  if (attempt === undefined) return null;
  if (view === "waiting") return <WaitingScreen desk={desk} attempt={attempt} />;
  if (fault !== undefined && endsTheScreen(fault)) return <Problem desk={desk} attempt={attempt} code={fault} whole />;
  return (
    <>
      {attempt.view !== undefined && attempt.screen !== "done" && <TimeLeft desk={desk} attempt={attempt} />}
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

/** What a person should know whatever the screen: no network, nothing kept. */
function Notices({ state }: { state: SigningState }) {
  const text = useText(SIGN);
  const online = useOnline();
  return (
    <>
      {!online && <Banner tone="unsure" title={text("offline")} />}
      {state.view === "signing" && state.kept === "nothing" && <Banner tone="unsure" title={text("notKept")} />}
      {state.view === "signing" && state.kept === "without-files" && (
        <Banner tone="neutral" title={text("fileNotKept")} />
      )}
    </>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}
