import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { issuersFrom } from "../../bin/issuers.ts";
import { stubBundles } from "./synthesised.ts";
import { temporaryDirectory } from "./temporary.ts";

const run = promisify(execFile);

/** What the cdk command hands to the app, and nothing else: no account, no Region, no credentials, no home, no path. */
async function app(context: Record<string, string>): Promise<{ directory: string; stderr: string }> {
  const directory = temporaryDirectory();
  const flags = (JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> }).context;
  const { stderr } = await run(process.execPath, ["--import", "./bin/node-version.mjs", "bin/app.ts"], {
    env: { CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }) },
  });
  return { directory, stderr };
}

test("bin/app.ts synthesises without an account, a Region or a network, and says nothing", async () => {
  const { directory, stderr } = await app({ bundles: stubBundles(), issuers: "docs/issuers.example.json" });
  expect(stderr).toBe("");
  const report = JSON.parse(readFileSync(join(directory, "validation-report.json"), "utf8"));
  expect(report.pluginReports).toEqual([]);
  const template = JSON.parse(readFileSync(join(directory, "Motlan.template.json"), "utf8"));
  expect(Object.keys(template.Resources).length).toBeGreaterThan(50);
});

test("half a domain is refused", async () => {
  await expect(app({ domain: "ky.example" })).rejects.toThrow(/certificate=ARN go together/);
});

test("the example of identity providers is one that the functions accept", () => {
  expect(JSON.parse(issuersFrom("docs/issuers.example.json"))).toHaveLength(1);
});

test("identity providers that the functions would refuse are refused before a deployment", () => {
  const [example] = JSON.parse(readFileSync("docs/issuers.example.json", "utf8")) as [Record<string, unknown>];
  const file = join(temporaryDirectory(), "issuers.json");
  const refusal = (issuers: unknown) => () => {
    writeFileSync(file, JSON.stringify(issuers));
    return issuersFrom(file);
  };
  expect(refusal([])).toThrow(TypeError);
  expect(refusal([{ ...example, maxAeg: 300 }])).toThrow(/maxAeg/);
  expect(refusal([{ ...example, login: { clientId: "another" } }])).toThrow(/clientId/);
  const many = Array.from({ length: 9 }, (_, index) => ({ ...example, issuer: `https://idp${index}.invalid` }));
  expect(refusal(many)).toThrow(RangeError);
});
