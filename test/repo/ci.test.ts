import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const CI = readFileSync(new URL("../../.ci/run", import.meta.url), "utf8");

test("CI runs the very commands that the README tells people to run", () => {
  for (const command of ["npm ci && npm test", "npm ci && npm start"]) expect(README).toContain(command);
  expect(CI).toContain('say bash -c "npm ci && npm test"');
  expect(CI).toMatch(/^setsid npm start /m);
});

test("CI lets no judge be missing and stops at the first failure", () => {
  expect(CI).toMatch(/^export MOTLAN_REQUIRE_JUDGES=1$/m);
  expect(CI).toMatch(/^set -euo pipefail$/m);
  // The commands whose failure is meant to be no failure: stopping what has ended by itself.
  expect(CI.match(/\|\| true/g)).toHaveLength(2);
});

test("a test that opens a browser is skipped loudly where there is none, and fails where CI demands one", () => {
  const web = new URL("../web/", import.meta.url);
  const opening = readdirSync(web)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => ({ name, text: readFileSync(new URL(name, web), "utf8") }))
    .filter(({ text }) => text.includes("closeBrowser"));
  expect(opening.length).toBeGreaterThan(3);
  expect(opening.filter(({ text }) => !text.includes('judge("chromium", ')).map(({ name }) => name)).toEqual([]);
});
