import { Fault } from "../fault/fault.ts";
import type { Reply } from "./isolation.ts";

/** The side of `isolate` that runs in its own process: answers question after question until the other side is gone. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  const reply = (message: Reply | "ready" | "spent") => process.send?.(message, undefined, undefined, () => {});
  let answered = 0;
  process.on("message", async (question: Question) => {
    if (answered++ > 0 && (await isSpent())) return reply("spent");
    try {
      reply({ answer: await answer(question) });
    } catch (error) {
      reply({ fault: describe(error) });
    }
  });
  process.once("disconnect", () => process.exit());
  reply("ready");
}

/** Resident memory, octets, above which what is left of earlier questions is thrown away first; a process that is new has two thirds. */
const TIDY = 180 * 1024 * 1024;
/** The engine gives octets of files back beside the program, which takes it some milliseconds. */
const SETTLE_MS = 20;

/**
 * What the files before this one left behind must not count against it.
 *
 * @returns whether this process cannot be rid of it: the engine keeps what it once had
 */
async function isSpent(): Promise<boolean> {
  if (process.memoryUsage.rss() <= TIDY) return false;
  globalThis.gc?.();
  if (process.memoryUsage.rss() > TIDY) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return process.memoryUsage.rss() > TIDY;
}

function describe(error: unknown): { readonly code: Fault["code"]; readonly detail: string } {
  if (error instanceof Fault) return { code: error.code, detail: error.message };
  // Too deep a recursion is an exception like any other; its stack is gone, and the process as good as before.
  if (error instanceof RangeError && /call stack/.test(error.message))
    return { code: "memory_limit", detail: "the structure is nested too deeply" };
  if (process.env.MOTLAN_DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return { code: "internal", detail: "unexpected failure" };
}
