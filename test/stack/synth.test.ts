import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { stubBundles } from "./synthesised.ts";

const run = promisify(execFile);

/** What the cdk command hands to the app, and nothing else: no account, no Region, no credentials, no home, no path. */
async function app(context: Record<string, string>): Promise<{ directory: string; stderr: string }> {
  const directory = mkdtempSync(join(tmpdir(), "motlan-cdk-"));
  const flags = (JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> }).context;
  const { stderr } = await run(process.execPath, ["--import", "./bin/node-version.mjs", "bin/app.ts"], {
    env: { CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }) },
  });
  return { directory, stderr };
}

test("bin/app.ts synthesises without an account, a Region or a network, and says nothing", async () => {
  const { directory, stderr } = await app({ bundles: stubBundles() });
  expect(stderr).toBe("");
  const report = JSON.parse(readFileSync(join(directory, "validation-report.json"), "utf8"));
  expect(report.pluginReports).toEqual([]);
  expect(Object.keys(JSON.parse(readFileSync(join(directory, "Motlan.template.json"), "utf8")).Resources)).not.toEqual(
    [],
  );
});

test("half a domain is refused", async () => {
  await expect(app({ bundles: stubBundles(), domain: "ky.example.vn" })).rejects.toThrow(/certificate=ARN go together/);
});
