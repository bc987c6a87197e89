import { useEffect, useState } from "preact/hooks";
import { COMMON } from "../../lib/text/web/common.ts";
import { SIGN } from "../../lib/text/web/sign.ts";
import { Banner, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useLanguage, useText } from "../ui/text.ts";
import type { SigningState } from "./desk.ts";
import { FileScreen } from "./file-screen.tsx";
import { useLoaded } from "./use-loaded.ts";
import { useSigning } from "./use-signing.ts";

const loadScreens = () => import("./screens.tsx");

/** The page `/ky`: one signature, from the document to the file that is signed. */
export function SignApp() {
  const { state, desk } = useSigning(useLanguage());
  const screens = useLoaded(loadScreens);
  const text = useText(COMMON);
  const words = useText(SIGN);
  const start = state.view === "start";
  if (desk === undefined || state.view === "loading" || (screens === undefined && !start))
    return (
      <>
        <ScreenHeading focus={false}>{words("startHeading")}</ScreenHeading>
        <Progress label={text("loading")} />
      </>
    );
  return (
    <>
      <Notices state={state} />
      {start ? (
        <FileScreen state={state} desk={desk} />
      ) : (
        screens !== undefined && <screens.Screens state={state} desk={desk} />
      )}
    </>
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
