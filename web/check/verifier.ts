import { WORKERS } from "web:assets";
import { Fault } from "../../lib/fault/fault.ts";
import type { DeviceAnswer, Question, Told } from "./protocol.ts";

/** Octets of the largest file that is read. It lies in memory once; a telephone gives a page some hundred megabytes. */
export const MOST_OCTETS = 128_000_000;
/** The service ends a file after 10 s; a telephone is some six times slower. */
const PATIENCE_MS = 60_000;

export type Stage = { readonly kind: "reading"; readonly part: number } | { readonly kind: "judging" };

/** Verifies files one after the other, beside the page. */
export type DeviceVerifier = {
  /**
   * @throws Fault those of `verifyPdf`, `pdf_too_large`, `file_unreadable`, `time_limit`, `memory_limit`, `server_unreachable` (the worker cannot be
   *   loaded); AbortError
   */
  readonly verify: (
    question: Question,
    options?: { readonly onStage?: (stage: Stage) => void; readonly signal?: AbortSignal },
  ) => Promise<DeviceAnswer>;
  /** Frees the memory. */
  readonly close: () => void;
};

/**
 * @param patience ms for one file
 * @param most octets of one file
 */
export function newDeviceVerifier(patience = PATIENCE_MS, most = MOST_OCTETS): DeviceVerifier {
  let worker: Worker | undefined;
  const close = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  return {
    close,
    verify(question, { onStage, signal } = {}) {
      if (question.file.size > most) return Promise.reject(new Fault("pdf_too_large", "more than is read here"));
      if (signal?.aborted) return Promise.reject(cancelled());
      worker ??= new Worker(WORKERS.verify ?? "", { type: "module" });
      const at = worker;
      return new Promise<DeviceAnswer>((resolve, reject) => {
        let spoke = false;
        // What hangs or was cancelled cannot be stopped in any other way; the next file gets a new worker.
        const giveUp = (why: unknown): void => {
          close();
          settle(() => reject(why));
        };
        const onAbort = (): void => giveUp(cancelled());
        const timer = setTimeout(() => giveUp(new Fault("time_limit", `not done within ${patience} ms`)), patience);
        const settle = (how: () => void): void => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", onAbort);
          at.onmessage = null;
          at.onerror = null;
          how();
        };
        signal?.addEventListener("abort", onAbort);
        at.onmessage = ({ data }: MessageEvent<Told>) => {
          spoke = true;
          if (data.kind === "answer") settle(() => resolve(data.answer));
          else if (data.kind === "fault") settle(() => reject(new Fault(data.code, "as the worker says")));
          else onStage?.(data);
        };
        // Out of memory ends a worker without a word of its own; one that never spoke was not loaded.
        at.onerror = () =>
          giveUp(new Fault(spoke ? "memory_limit" : "server_unreachable", "the worker ended, or never began"));
        at.postMessage(question);
      });
    },
  };
}

const cancelled = (): DOMException => new DOMException("not wanted any more", "AbortError");
