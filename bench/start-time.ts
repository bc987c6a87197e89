import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../test/free-port.ts";
import { median } from "./interleave.ts";

/** A start that takes longer has failed. */
const PATIENCE_MS = 30_000;

export type StartTimes = {
  /** From an empty data directory: keys, certificates and table are made; ms. */
  readonly empty: number;
  /** With what an earlier run left; ms. */
  readonly again: number;
};

/** From spawning node until the whole embedded service says that it is ready, the median over the rounds. */
export async function startTimes(rounds: number): Promise<StartTimes> {
  const empty: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const data = mkdtempSync(join(tmpdir(), "motlan-bench-"));
    try {
      empty.push(await start(data));
      again.push(await start(data));
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  }
  return { empty: median(empty), again: median(again) };
}

async function start(data: string): Promise<number> {
  const [port, provider] = [await freePort(), await freePort()];
  const env = { ...process.env, MOTLAN_DATA: data, MOTLAN_PORT: String(port), MOTLAN_PROVIDER_PORT: String(provider) };
  const begin = performance.now();
  const child = spawn(process.execPath, ["bin/local.ts"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  try {
    return await new Promise<number>((done, fail) => {
      let out = "";
      const timer = setTimeout(() => fail(new Error(`not ready after ${PATIENCE_MS} ms: ${out}`)), PATIENCE_MS);
      child.once("exit", (code) => fail(new Error(`the service ended with ${code}: ${out}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString();
        if (!out.includes("ready at ")) return;
        clearTimeout(timer);
        done(performance.now() - begin);
      });
    });
  } finally {
    child.kill();
    await exited;
  }
}
