import type { Clock } from "../ports/ports.ts";
import type { AppDeps } from "./app.ts";
import { formatLog } from "./log.ts";

/** What every function's app is given; log lines go to standard output, where Lambda and the local run collect them. */
export function appDeps(publicUrl: string, clock: Clock): AppDeps {
  return { publicUrl, clock, log: (line) => process.stdout.write(`${formatLog(line, clock())}\n`) };
}
