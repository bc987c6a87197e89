import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Banner, Button, Progress } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { CheckFault } from "./check-fault.tsx";
import type { Checked } from "./check-file.ts";
import { download } from "./download.ts";
import { megabytes } from "./megabytes.ts";
import { sealedReport } from "./server.ts";

type State = "idle" | "asked" | "sending" | "done" | { readonly code: FaultCode };

/** The answer to keep: as JSON from this device, or as a page that the service seals, for which it needs the file. */
export function Reports({ checked: { file, answer, trust } }: { checked: Checked }) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  const [state, setState] = useState<State>("idle");
  const running = useRef(new AbortController());
  useEffect(() => () => running.current.abort(), []);
  const asJson = (): void => {
    const json = `${JSON.stringify(answer.verification, undefined, 1)}\n`;
    download(new Blob([json], { type: "application/json" }), text("jsonFile"));
  };
  const asPdf = async (): Promise<void> => {
    setState("sending");
    const stop = new AbortController();
    running.current = stop;
    try {
      download(await sealedReport(file, stop.signal), text("pdfFile"));
      setState("done");
    } catch (error) {
      if (stop.signal.aborted) return;
      setState({ code: error instanceof Fault ? error.code : "internal" });
    }
  };
  const cancel = (): void => {
    running.current.abort();
    setState("idle");
  };
  const tooLarge = file.size > trust.sendable;
  return (
    <section class="card" aria-labelledby="reports">
      <h2 id="reports">{text("reports")}</h2>
      <div class="page-actions">
        <Button onClick={asJson}>{text("downloadJson")}</Button>
        {state === "idle" && <Button onClick={() => setState("asked")}>{text("downloadPdf")}</Button>}
      </div>
      {state === "asked" && (
        <div class="ask-first">
          <p>{tooLarge ? text("tooLargeToSend", sizes(file.size, trust.sendable)) : text("pdfNeedsFile")}</p>
          <div class="page-actions">
            {!tooLarge && <Button onClick={() => void asPdf()}>{text("sendForReport")}</Button>}
            <Button onClick={cancel}>{common("cancel")}</Button>
          </div>
        </div>
      )}
      {state === "sending" && (
        <>
          <Progress label={text("sending")} />
          <Button onClick={cancel}>{common("cancel")}</Button>
        </>
      )}
      {state === "done" && <Banner tone="neutral" title={text("reportReady")} />}
      {typeof state === "object" && (
        <CheckFault code={state.code}>
          <Button onClick={() => void asPdf()}>{common("retry")}</Button>
        </CheckFault>
      )}
    </section>
  );
}

const sizes = (size: number, most: number) => ({ size: megabytes(size), most: megabytes(most) });
