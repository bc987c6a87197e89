import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Fault } from "../../lib/fault/fault.ts";
import { CHECK } from "../../lib/text/web/check.ts";
import { COMMON } from "../../lib/text/web/common.ts";
import { Actions, Button, Progress, ScreenHeading } from "../ui/controls.tsx";
import { useText } from "../ui/text.ts";
import { linesOf, type Row, tableOf } from "./batch-rows.ts";
import { BatchTable } from "./batch-table.tsx";
import { type Checked, checkOnDevice, checkOnServer, NoTrust } from "./check-file.ts";
import { download } from "./download.ts";
import { Result } from "./result.tsx";
import type { DeviceVerifier } from "./verifier.ts";

type BatchProps = {
  readonly files: readonly File[];
  readonly onDevice: boolean;
  readonly verifier: DeviceVerifier;
  readonly onAnother: () => void;
};

/** Several files, one after the other: a table with the verdict of each, to be kept as CSV or JSON. */
export function Batch({ files, onDevice, verifier, onAnother }: BatchProps) {
  const text = useText(CHECK);
  const common = useText(COMMON);
  const [rows, setRows] = useState<readonly Row[]>(() => files.map((file) => ({ file, state: "waiting" })));
  const [state, setState] = useState<"running" | "stopped" | "ended">("running");
  const [shown, setShown] = useState<Checked>();
  const stop = useRef(new AbortController());
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    const { signal } = stop.current;
    const put = (i: number, row: Row): void => {
      if (!signal.aborted) setRows((before) => before.map((old, at) => (at === i ? row : old)));
    };
    const run = async (): Promise<void> => {
      for (const [i, file] of files.entries()) {
        put(i, { file, state: "checking" });
        const row = await checkOne(file, verifier, onDevice, signal);
        if (signal.aborted) return;
        put(i, row);
      }
      setState("ended");
    };
    void run();
    return () => stop.current.abort();
  }, []);
  useEffect(() => {
    if (shown === undefined) focusAgain(opener);
  }, [shown]);

  const done = rows.filter(({ state: at }) => at === "done" || at === "failed").length;
  const counts = { done, of: rows.length };
  const cancel = (): void => {
    stop.current.abort();
    setState("stopped");
  };
  const show = (checked: Checked): void => {
    opener.current = document.activeElement;
    setShown(checked);
  };
  return (
    <>
      {shown !== undefined && (
        <Result checked={shown} back={text("backToTable")} onAnother={() => setShown(undefined)} onAgain={undefined} />
      )}
      <div hidden={shown !== undefined}>
        <ScreenHeading>{text("batch")}</ScreenHeading>
        {state === "running" ? (
          <Progress label={text("batchOf", counts)} part={done / rows.length} />
        ) : (
          <p role="status" class="batch-end">
            {text(state === "ended" ? "batchDone" : "batchStopped", counts)}
          </p>
        )}
        <BatchTable rows={rows} stopped={state === "stopped"} onShow={show} />
        {done > 0 && state !== "running" && (
          <div class="page-actions">
            <Button onClick={() => download(fileOf(tableOf(rows), "text/csv;charset=utf-8"), text("csvFile"))}>
              {text("downloadCsv")}
            </Button>
            <Button onClick={() => download(fileOf(linesOf(rows), "application/jsonl"), text("linesFile"))}>
              {text("downloadLines")}
            </Button>
          </div>
        )}
        <Actions>
          {state === "running" ? (
            <Button onClick={cancel}>{common("cancel")}</Button>
          ) : (
            <Button kind="primary" onClick={onAnother}>
              {text("backToChoice")}
            </Button>
          )}
        </Actions>
      </div>
    </>
  );
}

function focusAgain(opener: RefObject<Element | null>): void {
  if (opener.current instanceof HTMLElement) opener.current.focus();
}

const fileOf = (content: string, type: string): Blob => new Blob([content], { type });

/** Milliseconds until a file is sent again where a minute's requests were used up, and how often: a minute and some. */
const PAUSE_MS = 15_000;
const TRIES = 6;

async function checkOne(
  file: File,
  verifier: DeviceVerifier,
  onDevice: boolean,
  signal: AbortSignal,
  tries = TRIES,
): Promise<Row> {
  try {
    const checked = await (onDevice ? checkOnDevice : checkOnServer)(file, verifier, { signal });
    return { file, state: "done", checked };
  } catch (error) {
    if (error instanceof Fault && error.code === "rate_limited" && tries > 1 && !signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return checkOne(file, verifier, onDevice, signal, tries - 1);
    }
    const code = error instanceof Fault ? error.code : error instanceof NoTrust ? "server_unreachable" : "internal";
    return { file, state: "failed", code };
  }
}
