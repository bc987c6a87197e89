import { fromBase64 } from "../../lib/bytes/base64.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import { isFaultCode } from "../ui/fault-card.tsx";
import type { Language } from "../ui/text.ts";
import type { Attempt, Screen } from "./attempt.ts";
import { type Desk, during, entryOf, go, keep, showStart } from "./desk.ts";
import { readLink } from "./link.ts";
import { fetchAll, openPrepared } from "./prepared.ts";
import type { FinishedFile } from "./preparing.ts";
import { read } from "./transaction.ts";
import { inWorker } from "./worker.ts";

/** What stands behind `#`: the transaction that a browser came back for, and how it went (lib/api/sign-page.ts). */
const RETURNED = /^#([A-Za-z0-9_-]{22})(?:!([a-z_]+))?$/;
/** A browser came back from a log-in that it had not begun. */
const STRAYED = /^#![a-z_]+$/;

/** Opens the page: back from the log-in, in the middle of something, or new. */
export async function arrive(desk: Desk, language: Language): Promise<void> {
  const link = readLink(location.hash);
  if (link !== undefined) return openPrepared(desk, link, language);
  const returned = RETURNED.exec(location.hash);
  if (returned?.[1] !== undefined) return comeBack(desk, returned[1], returned[2]);
  if (STRAYED.test(location.hash)) return belongElsewhere(desk);
  const entry = entryOf(history.state);
  if (entry === undefined) return showStart(desk);
  await show(desk, entry.id, entry.screen);
}

async function comeBack(desk: Desk, id: string, outcome: string | undefined): Promise<void> {
  const attempt = await desk.store.read(id);
  if (attempt === undefined) return belongElsewhere(desk);
  // Begun on another page of ours, such as the one that took over documents from an officer.
  if (attempt.view === undefined) {
    history.replaceState({ signing: { id, screen: attempt.screen } }, "", location.pathname + location.search);
    return show(desk, id, attempt.screen);
  }
  const fault = outcome === undefined ? undefined : isFaultCode(outcome) ? outcome : "internal";
  await go(desk, attempt, "approve", "replace");
  await refresh(desk, attempt, fault);
}

function belongElsewhere(desk: Desk): void {
  history.replaceState(null, "", location.pathname + location.search);
  desk.change({ view: "elsewhere" });
}

/** An entry of the history: the browser's back and forward buttons, or a page that was loaded again. */
export async function show(desk: Desk, id: string, screen: Screen): Promise<void> {
  // An older entry of a signature that was begun again stands for what it has become.
  const attempt = (await desk.store.read(id)) ?? desk.state().attempt;
  if (attempt === undefined) {
    history.replaceState(null, "");
    return showStart(desk);
  }
  const wanted = reachable(attempt, screen);
  desk.change({ view: "signing", fault: undefined, finished: [] });
  const shown = await keep(desk, { ...attempt, screen: wanted });
  if (attempt.kind === "prepared" && attempt.documents.some(({ file }) => file === undefined))
    return fetchAll(desk, shown);
  if (shown.view !== undefined && (wanted === "approve" || wanted === "identify" || wanted === "done"))
    await refresh(desk, shown);
}

/** The screen that may be shown: none whose predecessors are missing, and none behind a signature. */
export function reachable({ documents, view, means, kind }: Attempt, wanted: Screen): Screen {
  if (view?.state === "signed") return "done";
  if (wanted === "name") return kind === "own" ? "name" : "review";
  if (documents.some(({ ready }) => ready === undefined)) return kind === "own" ? "name" : "review";
  if (wanted === "review" || wanted === "stamp") return kind === "own" ? wanted : "review";
  if (view === undefined) return "stamp";
  return wanted === "identify" || means === undefined ? "identify" : "approve";
}

/**
 * Asks the service what has become of a transaction, and shows that: signed ends in a checked file.
 *
 * @param fault that the browser came back with: of no matter where a signature exists
 */
export async function refresh(desk: Desk, attempt: Attempt, fault?: FaultCode): Promise<void> {
  let now: Attempt = attempt;
  const asked = await during(desk, "opening", async () => {
    now = await keep(desk, { ...attempt, view: await read(attempt) });
  });
  if (!asked) return;
  if (now.view?.state === "signed") return finish(desk, now);
  if (now.view?.state === "declined") return desk.change({ view: "declined" });
  desk.change({ fault: now.view?.state === "expired" ? "session_expired" : fault });
}

/** Puts the signatures in and judges the files; only then is anything called signed. */
export async function finish(desk: Desk, attempt: Attempt): Promise<void> {
  await go(desk, attempt, "done", "replace");
  if (attempt.documents.some(({ file }) => file === undefined))
    return attempt.kind === "prepared" ? fetchAll(desk, attempt) : undefined;
  await during(desk, "finishing", async ({ onProgress }) => {
    const root = await rootCertificate();
    const finished: FinishedFile[] = [];
    for (const [index, { file, ready }] of attempt.documents.entries()) {
      const signature = attempt.view?.signatures?.find(({ digest }) => digest === ready?.digest);
      const cms = fromBase64(signature?.cms ?? "");
      if (file === undefined || ready === undefined || cms === undefined)
        throw new Fault("result_not_verified", "the service gave no signature for a document");
      const { prepared, digest } = ready;
      const work = { kind: "finish", file, digest, cms, root, at: Date.now() } as const;
      finished.push(
        await inWorker(prepared === undefined ? work : { ...work, prepared }, {
          onProgress: (part) => onProgress((index + part) / attempt.documents.length),
        }),
      );
    }
    desk.change({ finished });
  });
}

/** A root certificate has one or two kilobytes. */
const ROOT_LIMIT = 16_384;

async function rootCertificate(): Promise<Uint8Array> {
  try {
    const response = await fetch("/pki/root.cer", { redirect: "error" });
    const octets = new Uint8Array(await response.arrayBuffer());
    if (response.ok && octets.length <= ROOT_LIMIT) return octets;
  } catch (cause) {
    throw new Fault("server_unreachable", "the root certificate cannot be fetched", { cause });
  }
  throw new Fault("unavailable", "the service gave no root certificate");
}
