import { PORT_TAKEN, START_FAILED, WELCOME } from "../../lib/text/cli.ts";

/** The line that says "ready" is for people and for scripts that wait for it. */
export function welcome(url: string, milliseconds: number): void {
  console.log(WELCOME.replaceAll("{url}", url).replaceAll("{seconds}", (milliseconds / 1000).toFixed(1)));
}

/** Says why the service did not start: mostly, that it is running already. */
export function explainFailedStart(error: unknown): void {
  const { code, port } = (error ?? {}) as { readonly code?: string; readonly port?: number };
  if (code === "EADDRINUSE") console.error(PORT_TAKEN.replaceAll("{port}", String(port)));
  else console.error(START_FAILED.replaceAll("{why}", error instanceof Error ? error.message : String(error)));
  if (process.env.MOTLAN_DEBUG) console.error(error);
}
