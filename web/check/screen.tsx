import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Actions, Banner, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { CheckFault } from "./check-fault.tsx";
import { type Checked, checkOnDevice, NoTrust } from "./check-file.ts";
import { DropZone } from "./drop-zone.tsx";
import { Outside } from "./outside.tsx";
import { Result } from "./result.tsx";
import { Template } from "./template.tsx";
import { MOST_OCTETS, newDeviceVerifier, type Stage } from "./verifier.ts";

type State =
  | { readonly kind: "choose"; readonly cancelled?: boolean }
  | { readonly kind: "busy"; readonly file: File; readonly stage: Stage }
  | { readonly kind: "failed"; readonly file: File; readonly code: FaultCode; readonly noTrust: boolean }
  | { readonly kind: "result"; readonly checked: Checked };

/** The page that checks a document: a file, a code or the QR on paper. */
export function CheckScreen() {
  const [state, setState] = useState<State>({ kind: "choose" });
  const verifier = useRef(newDeviceVerifier());
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => verifier.current.close(), []);

  const check = async (file: File): Promise<void> => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const onStage = (stage: Stage): void => setState({ kind: "busy", file, stage });
    onStage({ kind: "reading", part: 0 });
    try {
      const checked = await checkOnDevice(file, verifier.current, { onStage, signal: stop.signal });
      setState({ kind: "result", checked });
    } catch (error) {
      if (stop.signal.aborted) return;
      const code = error instanceof Fault ? error.code : error instanceof NoTrust ? "server_unreachable" : "internal";
      setState({ kind: "failed", file, code, noTrust: error instanceof NoTrust });
    }
  };
  const cancel = (): void => {
    running.current?.abort();
    setState({ kind: "choose", cancelled: true });
  };
  const another = (): void => setState({ kind: "choose" });

  if (state.kind === "busy") return <Busy file={state.file} stage={state.stage} onCancel={cancel} />;
  if (state.kind === "failed") return <Failed {...state} onAgain={() => void check(state.file)} onAnother={another} />;
  if (state.kind === "result")
    return (
      <Result
        checked={state.checked}
        onAnother={another}
        onAgain={() => void check(state.checked.file)}
        onSend={undefined}
      />
    );
  return <Choose cancelled={state.cancelled === true} onFiles={([file]) => file && void check(file)} />;
}

function Choose({ cancelled, onFiles }: { cancelled: boolean; onFiles: (files: readonly File[]) => void }) {
  const text = useText(CHECK);
  return (
    <>
      <ScreenHeading focus={cancelled}>{text("heading")}</ScreenHeading>
      <p class="lead">{text("lead")}</p>
      {cancelled && <Banner tone="neutral" title={text("cancelled")} />}
      <section class="card" aria-labelledby="by-file">
        <h2 id="by-file">{text("byFile")}</h2>
        <DropZone onFiles={onFiles} />
      </section>
    </>
  );
}

function Busy({ file, stage, onCancel }: { file: File; stage: Stage; onCancel: () => void }) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  return (
    <>
      <ScreenHeading>{text("heading")}</ScreenHeading>
      <p>
        <Template words={CHECK.checkingNamed} values={{ name: <Outside>{file.name}</Outside> }} />
      </p>
      <Progress label={text(stage.kind)} part={stage.kind === "reading" ? stage.part : undefined} />
      <Actions>
        <Button onClick={onCancel}>{common("cancel")}</Button>
      </Actions>
    </>
  );
}

type FailedProps = {
  readonly file: File;
  readonly code: FaultCode;
  readonly noTrust: boolean;
  readonly onAgain: () => void;
  readonly onAnother: () => void;
};

function Failed({ file, code, noTrust, onAgain, onAnother }: FailedProps) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  const size = code === "pdf_too_large" ? { size: megabytes(file.size), most: megabytes(MOST_OCTETS) } : undefined;
  return (
    <>
      <ScreenHeading>{text("result")}</ScreenHeading>
      <p>
        <Template words={CHECK.fileNamed} values={{ name: <Outside>{file.name}</Outside> }} />
      </p>
      <CheckFault code={code} title={noTrust ? text("noTrust") : size && text("tooLarge", size)} />
      <Actions>
        {noTrust && <Button onClick={onAgain}>{common("retry")}</Button>}
        <Button kind="primary" onClick={onAnother}>
          {text("another")}
        </Button>
      </Actions>
    </>
  );
}

const megabytes = (octets: number): string => (octets / 1_000_000).toFixed(octets < 10_000_000 ? 1 : 0);
