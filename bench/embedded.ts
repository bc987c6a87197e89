import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../bin/local/embedded.ts";

export type EmbeddedAws = {
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/** Table, keys and identity provider as `npm start` has them, for functions that start outside this process. */
export async function embeddedAws(port: number, providerPort: number): Promise<EmbeddedAws> {
  const data = mkdtempSync(join(tmpdir(), "motlan-bench-"));
  const embedded = await startEmbedded({ data, port, providerPort });
  Object.assign(process.env, embedded.environment);
  await embedded.prepare(join(data, "ca"));
  return {
    environment: embedded.environment,
    close: async () => {
      await embedded.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
