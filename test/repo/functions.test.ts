import { expect, test } from "vitest";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import { codeOf } from "./code.ts";
import { sourcesUnder } from "./files.ts";
import { importsOf } from "./imports.ts";

const MAX_LINES = 30;
/** What decides: a Lambda entry wires, and leaves deciding to what can be tested without it. */
const BRANCH = /\b(if|else|switch|case|for|while|do|try|catch|throw)\b|\?\?|\?\.|&&|\|\||\?(?![.?])/;

const entries = sourcesUnder("functions");

test("there is one entry a function of the route table", () => {
  expect([...entries.keys()]).toEqual([...FUNCTIONS].sort().map((name) => `functions/${name}.ts`));
});

for (const [path, source] of entries)
  test(`${path} is wiring: at most ${MAX_LINES} lines, no branch, everything from lib`, () => {
    expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(MAX_LINES);
    const branches = codeOf(source)
      .split("\n")
      .filter((line) => BRANCH.test(line));
    expect(branches).toEqual([]);
    for (const imported of importsOf(path, source)) expect(imported).toMatch(/^lib\/|^hono\/aws-lambda$/);
    expect(source).toMatch(/^export const handler = /m);
  });

test("planted branches are found", () => {
  for (const line of ["if (a) b();", "const a = b ? c : d;", "const a = b ?? c;", "a?.b();", "const a = b && c;"])
    expect(BRANCH.test(codeOf(line)), line).toBe(true);
  expect(BRANCH.test(codeOf("export const handler = handle(app(routes({ ...ports })));"))).toBe(false);
});
