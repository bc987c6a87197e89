import { Fault } from "../../lib/fault/fault.ts";
import { toProblem } from "../../lib/fault/problem.ts";
import { FAULTS } from "../../lib/text/faults.ts";

/** Exit codes, documented in README.md. */
export const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3, cancelled: 4, retry: 5 } as const;

export type Output = {
  /** The result: one JSON object under `--json`, else lines for a person. */
  readonly result: (value: Readonly<Record<string, unknown>>, lines: readonly string[]) => void;
  /** What is going on; never on standard output. */
  readonly progress: (vi: string, en: string) => void;
};

export function output(json: boolean): Output {
  return {
    result: (value, lines) => console.log(json ? JSON.stringify(value) : lines.join("\n")),
    progress: (vi, en) => {
      if (!json) console.error(`· ${vi} / ${en}`);
    },
  };
}

/** Tells what went wrong, in both languages and with the code, and gives the exit code. */
export function reportFault(error: unknown, json: boolean): number {
  const fault = error instanceof Fault ? error : new Fault("internal", "unexpected failure", { cause: error });
  const { vi, en } = FAULTS[fault.code];
  if (json) console.log(JSON.stringify({ error: toProblem(fault, "") }));
  else console.error(`${vi}\n${en}\n(${fault.code}: ${fault.message})`);
  if (fault.code === "internal" && process.env.MOTLAN_DEBUG) console.error(fault.cause);
  return exitCode(fault);
}

function exitCode({ code }: Fault): number {
  if (code === "usage") return EXIT.usage;
  if (code === "login_cancelled" || code === "declined") return EXIT.cancelled;
  if (FAULTS[code].retry) return EXIT.retry;
  return code === "internal" || code === "result_not_verified" ? EXIT.failed : EXIT.refused;
}
