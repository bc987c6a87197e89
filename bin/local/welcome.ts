import { WELCOME } from "../../lib/text/cli.ts";

/** The line that says "ready" is for people and for scripts that wait for it. */
export function welcome(url: string, milliseconds: number): void {
  console.log(WELCOME.replaceAll("{url}", url).replaceAll("{seconds}", (milliseconds / 1000).toFixed(1)));
}
