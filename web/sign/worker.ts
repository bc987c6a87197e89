import { WORKERS } from "web:assets";
import { Fault } from "../../lib/fault/fault.ts";
import type { Answers, Said, Work } from "./preparing.ts";

export type Worked = {
  /** @param part 0 … 1 */
  readonly onProgress?: (part: number) => void;
  /** Aborting ends the worker at once, whatever it does. */
  readonly signal?: AbortSignal;
};

/**
 * Has something done in a worker of its own, which ends with it: what it held of a file is free again, and nothing of one file meets the
 * next.
 *
 * @throws Fault as the work does; `internal`: the worker broke, which is how a browser says that memory ran out; AbortError
 */
export function inWorker<K extends Work["kind"]>(
  work: Extract<Work, { readonly kind: K }>,
  { onProgress, signal }: Worked = {},
): Promise<Answers[K]> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(WORKERS.prepare ?? "", { type: "module" });
    const end = () => {
      worker.terminate();
      signal?.removeEventListener("abort", stop);
    };
    const stop = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", stop);
    worker.addEventListener("error", () => {
      end();
      reject(new Fault("internal", "the worker broke"));
    });
    worker.addEventListener("message", ({ data }: MessageEvent<Said>) => {
      if (data.kind === "progress") return onProgress?.(data.part);
      end();
      if (data.kind === "done") resolve(data.answer as Answers[K]);
      else reject(new Fault(data.code, data.detail));
    });
    worker.postMessage(work);
  });
}
