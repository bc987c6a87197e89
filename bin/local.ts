import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startEmbedded } from "./local/embedded.ts";
import { serveFunctions } from "./local/serve.ts";
import { settings } from "./local/settings.ts";
import { explainFailedStart, welcome } from "./local/welcome.ts";

async function main(): Promise<void> {
  const started = performance.now();
  const chosen = settings(process.env);
  mkdirSync(chosen.data, { recursive: true, mode: 0o700 });
  const embedded = await startEmbedded(chosen);
  // The functions read their environment when they are loaded, so they are loaded now and not before.
  Object.assign(process.env, embedded.environment);
  await embedded.prepare(join(chosen.data, "ca"));
  const served = await serveFunctions(chosen.port, embedded.environment.MOTLAN_PUBLIC_URL, embedded.documentOrigins);
  welcome(embedded.environment.MOTLAN_PUBLIC_URL, performance.now() - started);

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, async () => {
      await served.close();
      await embedded.close();
      process.exit(0);
    });
}

main().catch((error) => {
  explainFailedStart(error);
  // The parts that did start would keep the process alive.
  process.exit(1);
});
