import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import { parseLookupCode } from "../../lib/identity/read-lookup-code.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Actions, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { MOST_FILES } from "./batch-limits.ts";
import { type Checked, checkOnDevice, checkOnServer, NoTrust } from "./check-file.ts";
import { Choose, type Note } from "./choose.tsx";
import { Failed } from "./failed.tsx";
import { OnDemand } from "./on-demand.tsx";
import { Outside } from "./outside.tsx";
import { Result } from "./result.tsx";
import { Template } from "./template.tsx";
import { newDeviceVerifier, type Stage } from "./verifier.ts";

type Doing = Stage | { readonly kind: "sending" };
type State =
  | { readonly kind: "choose"; readonly note?: Note; readonly focus: boolean }
  | { readonly kind: "busy"; readonly file: File; readonly doing: Doing }
  | {
      readonly kind: "failed";
      readonly file: File;
      readonly by: Checked["by"];
      readonly code: FaultCode;
      readonly noTrust: boolean;
    }
  | { readonly kind: "result"; readonly checked: Checked }
  | { readonly kind: "batch"; readonly files: readonly File[] }
  | { readonly kind: "lookup"; readonly code: string }
  | { readonly kind: "scan"; readonly photo: File | undefined };

/** The page that checks a document: a file, a code or the QR on paper. */
export function CheckScreen() {
  const [state, setState] = useState<State>(firstState);
  const [onDevice, setOnDevice] = useState(true);
  const [verifier] = useState(newDeviceVerifier);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => verifier.close(), []);

  const check = async (file: File, by: Checked["by"]): Promise<void> => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const { signal } = stop;
    const onStage = (doing: Doing): void => setState({ kind: "busy", file, doing });
    onStage(by === "device" ? { kind: "reading", part: 0 } : { kind: "sending" });
    try {
      const checked = await (by === "device"
        ? checkOnDevice(file, verifier, { onStage, signal })
        : checkOnServer(file, verifier, { signal }));
      setState({ kind: "result", checked });
    } catch (error) {
      if (signal.aborted) return;
      const code = error instanceof Fault ? error.code : error instanceof NoTrust ? "server_unreachable" : "internal";
      setState({ kind: "failed", file, by, code, noTrust: error instanceof NoTrust });
    }
  };
  const choose = (note?: Note): void => {
    running.current?.abort();
    forgetCode();
    setState({ kind: "choose", focus: true, ...(note === undefined ? {} : { note }) });
  };
  const onFiles = (files: readonly File[]): void => {
    const [file] = files;
    if (files.length > MOST_FILES) choose({ tooMany: files.length });
    else if (files.length > 1) setState({ kind: "batch", files });
    else if (file !== undefined) void check(file, onDevice ? "device" : "server");
  };

  switch (state.kind) {
    case "busy":
      return <Busy file={state.file} doing={state.doing} onCancel={() => choose("cancelled")} />;
    case "failed":
      return <Failed {...state} onAgain={(by) => void check(state.file, by)} onAnother={() => choose()} />;
    case "result": {
      const { checked } = state;
      return <Result checked={checked} onAnother={() => choose()} onAgain={(by) => void check(checked.file, by)} />;
    }
    case "batch": {
      const more = { files: state.files, onDevice, verifier, onAnother: () => choose() };
      return <OnDemand load={loadBatch} props={more} onBack={() => choose()} />;
    }
    case "lookup":
      return (
        <OnDemand load={loadLookup} props={{ code: state.code, onBack: () => choose() }} onBack={() => choose()} />
      );
    case "scan": {
      const onCode = (code: string): void => setState({ kind: "lookup", code });
      const more = { photo: state.photo, onCode, onBack: () => choose() };
      return <OnDemand load={loadScanner} props={more} onBack={() => choose()} />;
    }
    case "choose":
      return (
        <Choose
          note={state.note}
          focus={state.focus}
          onDevice={onDevice}
          onOnDevice={setOnDevice}
          onFiles={onFiles}
          onCode={(code) => setState({ kind: "lookup", code })}
          onScan={(photo) => setState({ kind: "scan", photo })}
        />
      );
  }
}

const loadBatch = async () => (await import("./batch.tsx")).Batch;
const loadLookup = async () => (await import("./lookup.tsx")).Lookup;
const loadScanner = async () => (await import("./scanner.tsx")).Scanner;

/** `?ma=`: what the QR code of a stamp leads to. */
function firstState(): State {
  const typed = new URLSearchParams(location.search).get("ma");
  if (typed === null) return { kind: "choose", focus: false };
  const code = parseLookupCode(typed);
  return code === undefined ? { kind: "choose", focus: false, note: { wrongCode: typed } } : { kind: "lookup", code };
}

/** Reloading the page must not go back to a code that somebody has left. */
function forgetCode(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has("ma")) return;
  url.searchParams.delete("ma");
  history.replaceState(history.state, "", url);
}

function Busy({ file, doing, onCancel }: { file: File; doing: Doing; onCancel: () => void }) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  return (
    <>
      <ScreenHeading>{text("heading")}</ScreenHeading>
      <p>
        <Template words={CHECK.checkingNamed} values={{ name: <Outside>{file.name}</Outside> }} />
      </p>
      <Progress label={text(doing.kind)} part={doing.kind === "reading" ? doing.part : undefined} />
      <Actions>
        <Button onClick={onCancel}>{common("cancel")}</Button>
      </Actions>
    </>
  );
}
