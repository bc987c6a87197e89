import type { Clock } from "../ports/ports.ts";
import type { AppDeps } from "./app.ts";
import { formatLog } from "./log.ts";

type Told = { readonly publicUrl: string; readonly frontDoor: string | undefined };

/**
 * What every function's app is given; log lines go to standard output, where Lambda and the local run collect them.
 *
 * @param told of the environment (lib/aws/environment.ts)
 */
export function appDeps({ publicUrl, frontDoor }: Told, clock: Clock): AppDeps {
  return { publicUrl, frontDoor, clock, log: (line) => process.stdout.write(`${formatLog(line, clock())}\n`) };
}

/** Tells the log what could not be recorded or handed on, of whom is not said. */
export function troubleLog(clock: Clock): (what: "activity" | "notice", cause: unknown) => void {
  return (what, cause) => {
    const line = { level: "error", requestId: "none", route: `record.${what}`, status: 0, milliseconds: 0 } as const;
    process.stdout.write(`${formatLog({ ...line, cause }, clock())}\n`);
  };
}
