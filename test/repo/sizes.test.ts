import { expect, test } from "vitest";
import { type Sources, sourcesUnder } from "./files.ts";

/** Hard limit of lines a file; a reader holds less than that in the head. */
const MAX_LINES = 400;
/** A suite is a list of promises: it is read one at a time, and grows with what was found. */
const MAX_SUITE_LINES = 600;
/** Tables are read by looking things up. */
const TABLES = /^lib\/(text\/|asn1\/oids|api\/routes)/;

function tooLong(sources: Sources): readonly string[] {
  return [...sources]
    .map(([path, source]) => [path, source.trimEnd().split("\n").length] as const)
    .filter(([path, lines]) => lines > (path.startsWith("test/") ? MAX_SUITE_LINES : MAX_LINES) && !TABLES.test(path))
    .map(([path, lines]) => `${path}: ${lines} lines`);
}

test(`no source has more than ${MAX_LINES} lines and no suite more than ${MAX_SUITE_LINES}, tables apart`, () => {
  expect(tooLong(sourcesUnder("lib", "functions", "bin", "bench", "test"))).toEqual([]);
});

test("half of the sources of lib fit on two screens", () => {
  const lengths = [...sourcesUnder("lib").values()].map((source) => source.split("\n").length).sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(130);
});

test("a planted long file is found, a long table is not", () => {
  const long = "x\n".repeat(MAX_LINES + 1);
  const planted: Sources = new Map([
    ["lib/pdf/long.ts", long],
    ["lib/text/faults.ts", long],
  ]);
  expect(tooLong(planted)).toEqual([`lib/pdf/long.ts: ${MAX_LINES + 1} lines`]);
});
