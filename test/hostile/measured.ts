import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outcomeJson, type VerifyRunner, verifyRunner } from "../../bin/motlan/verify-runner.ts";

/** What `motlan verify --batch` says of a file, and what that took. */
export type Measured = {
  /** A verdict, or the code of an error. */
  readonly said: string;
  readonly verdict: string;
  /** From question to answer, ms. */
  readonly milliseconds: number;
  /** The most memory that the process which read it held, and this file alone is to blame for, MB; 0 where the system does not say. */
  readonly megabytes: number;
  readonly answer: Readonly<Record<string, unknown>>;
};

export type Measure = {
  readonly of: (pdf: Uint8Array, more?: { readonly crls?: readonly string[] }) => Promise<Measured>;
  readonly close: () => void;
};

const POLL_MS = 20;

/** Asks the runner of the command, one file after the other; the process that reads them goes on where it was not ended. */
export function newMeasure(folder: string, trust: readonly string[], at: number): Measure {
  const options = { revocation: "where-named", hosts: [], facts: false, report: undefined, limit: LIMIT } as const;
  const runner: VerifyRunner = verifyRunner(options, 1);
  const name = join(folder, "hostile.pdf");
  return {
    async of(pdf, { crls = [] } = {}) {
      writeFileSync(name, pdf);
      for (const child of children()) resetPeak(child);
      let peak = 0;
      const look = () => {
        for (const child of children()) peak = Math.max(peak, peakMegabytes(child));
      };
      const timer = setInterval(look, POLL_MS);
      const started = performance.now();
      const outcome = await runner.run("hostile.pdf", { file: name, trust, at, crls, ocsps: [], certs: [] });
      const milliseconds = performance.now() - started;
      look();
      clearInterval(timer);
      const answer = outcomeJson(outcome);
      const verdict = String(answer.verdict);
      const said = "failure" in outcome ? outcome.failure.code : verdict;
      return { said, verdict, milliseconds, megabytes: peak, answer };
    },
    close: runner.close,
  };
}

/** The command's own limit of a file. */
const LIMIT = 50 * 1024 * 1024;

function children(): readonly string[] {
  try {
    const tasks = readdirSync("/proc/self/task");
    return tasks
      .flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, "latin1").split(" ").filter(Boolean))
      .filter(readsFiles);
  } catch {
    return [];
  }
}

/** Other suites leave processes of their own behind, such as a bundler's, whose memory is none of a file's. */
function readsFiles(child: string): boolean {
  return readFileSync(`/proc/${child}/cmdline`, "latin1").includes("verify-child");
}

/** proc(5): 5 sets the peak of resident memory back to what is held now. */
function resetPeak(child: string): void {
  try {
    writeFileSync(`/proc/${child}/clear_refs`, "5");
  } catch {}
}

function peakMegabytes(child: string): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, "latin1"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
