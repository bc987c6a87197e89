import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../free-port.ts";

const ENTRY = fileURLToPath(new URL("../../bin/local.ts", import.meta.url));
/** `npm start` promises three seconds; a laden CI machine gets more. */
const PATIENCE_MS = 30_000;

export type Service = {
  readonly url: string;
  /** Where it keeps its state; survives {@link Service.restart}. */
  readonly data: string;
  readonly pid: () => number | undefined;
  /** Ends the process as a power cut would, and starts it again on the same state. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The whole embedded service, as `npm start` runs it, in a process of its own: on free ports, from an empty state. */
export async function startService(): Promise<Service> {
  const data = mkdtempSync(join(tmpdir(), "motlan-e2e-"));
  const [port, provider] = [await freePort(), await freePort()];
  const env = { ...process.env, MOTLAN_DATA: data, MOTLAN_PORT: String(port), MOTLAN_PROVIDER_PORT: String(provider) };
  let running = await start(env);
  return {
    url: `http://localhost:${port}`,
    data,
    pid: () => running.pid,
    async restart() {
      await end(running, "SIGKILL");
      running = await start(env);
    },
    async close() {
      await end(running, "SIGTERM");
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function start(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [ENTRY], { env, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    const fail = (why: string) => {
      child.kill("SIGKILL");
      reject(new Error(`the service ${why}: ${said}`));
    };
    const timer = setTimeout(() => fail("was not ready in time"), PATIENCE_MS);
    const ended = (code: number | null) => fail(`ended with ${code}`);
    child.once("exit", ended);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("ready at ")) return;
      clearTimeout(timer);
      child.off("exit", ended);
      // From here on what it says is of no interest, but the pipes must not fill.
      child.stdout.off("data", hear).resume();
      resolve(child);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}
