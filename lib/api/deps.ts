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
