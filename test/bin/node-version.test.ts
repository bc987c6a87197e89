import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const GUARD = fileURLToPath(new URL("../../bin/node-version.mjs", import.meta.url));

const runAs = (version: string) => {
  const script = `Object.defineProperty(process.versions, "node", { value: "${version}" }); await import(${JSON.stringify(GUARD)}); console.log("went on")`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
};

test("an old Node is told in both languages what is needed, and nothing else runs", () => {
  const { status, stdout, stderr } = runAs("20.20.2");
  expect(status).toBe(78);
  expect(stderr).toMatch(/Cần Node >= 24[\s\S]*Node >= 24 is needed; this is Node 20\.20\.2/);
  expect(stdout).toBe("");
});

test("Node 24 and later go on", () => {
  for (const version of ["24.0.0", "26.1.0"]) expect(runAs(version).stdout).toBe("went on\n");
});
