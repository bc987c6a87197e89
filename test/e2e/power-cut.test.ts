import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sign } from "../../bin/motlan/sign.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { FAULTS } from "../../lib/text/faults.ts";
import { type Service, startService } from "./service.ts";

/** Milliseconds after the command starts at which the whole service is killed: before, within and after the signature. */
const CUTS = [30, 90, 150, 220, 300];
/** A lease lives 20 s; a machine under load takes its time. */
const PATIENCE_MS = 60_000;
const SAMPLE = readFileSync(fileURLToPath(new URL("../vectors/pdf/cairo.pdf", import.meta.url)));

let service: Service;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-cut-"));
  vi.stubEnv("XDG_STATE_HOME", folder);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  service = await startService();
});
afterAll(async () => {
  await service.close();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

type Result = Readonly<Record<string, unknown>>;

async function attempt(file: string): Promise<Result | Fault> {
  let result: Result = {};
  const output = {
    result: (value: Result) => {
      result = value;
    },
    progress: () => undefined,
  };
  const options = { file, server: service.url, persona: "an", locale: "vi", yes: true, force: true } as const;
  try {
    await sign(options, output);
    return result;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

test.each(CUTS)(
  "the service is killed %i ms into a signature: the same command gets exactly one signature in the end",
  async (delay) => {
    const file = join(folder, `cut-${delay}.pdf`);
    writeFileSync(file, SAMPLE);
    const first = attempt(file);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await service.restart();
    let outcome = await first;
    for (
      const end = Date.now() + PATIENCE_MS;
      outcome instanceof Fault && Date.now() < end;
      outcome = await attempt(file)
    ) {
      // Whatever was interrupted, the code says whether asking again can help.
      expect([outcome.code, FAULTS[outcome.code].retry || outcome.code === "login_failed"]).toEqual([
        outcome.code,
        true,
      ]);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    if (outcome instanceof Fault) throw outcome;
    expect(findSignatures(readFileSync(String(outcome.out)))).toMatchObject([{ coversWholeFile: true }]);
  },
  PATIENCE_MS + 20_000,
);
