import { Fault } from "../fault/fault.ts";
import type { Reply } from "./isolation.ts";

/** The side of `isolate` that runs in its own process: answers question after question until the other side is gone. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  const reply = (message: Reply | "ready") => process.send?.(message, undefined, undefined, () => {});
  process.on("message", async (question: Question) => {
    tidy();
    try {
      reply({ answer: await answer(question) });
    } catch (error) {
      reply({ fault: describe(error) });
    }
  });
  process.once("disconnect", () => process.exit());
  reply("ready");
}

/** Resident memory, octets, above which what is left of earlier questions is thrown away first. */
const TIDY = 160 * 1024 * 1024;

/** What the files before this one left behind must not count against it. */
function tidy(): void {
  if (process.memoryUsage.rss() > TIDY) globalThis.gc?.();
}

function describe(error: unknown): { readonly code: Fault["code"]; readonly detail: string } {
  if (error instanceof Fault) return { code: error.code, detail: error.message };
  // Too deep a recursion is an exception like any other; its stack is gone, and the process as good as before.
  if (error instanceof RangeError && /call stack/.test(error.message))
    return { code: "memory_limit", detail: "the structure is nested too deeply" };
  if (process.env.MOTLAN_DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return { code: "internal", detail: "unexpected failure" };
}
