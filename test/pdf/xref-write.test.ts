import { expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { newBudget } from "../../lib/pdf/limits.ts";
import { finish, newSink } from "../../lib/pdf/sink.ts";
import { readXrefStream } from "../../lib/pdf/xref-stream.ts";
import { readTable } from "../../lib/pdf/xref-table.ts";
import { type Placed, writeTable, writeXrefStream } from "../../lib/pdf/xref-write.ts";

const plain = (number: number, offset: number, generation = 0): Placed => ({
  number,
  entry: { kind: "plain", offset, generation },
});
const PLACED: Placed[] = [
  plain(9, 2 ** 32 + 5, 7),
  plain(3, 1),
  { number: 4, entry: { kind: "compressed", container: 3, index: 70_000 } },
  plain(8, 2_000_000_000, 65_535),
];

test("a stream that was written is read again, with offsets beyond 32 bits and indexes beyond 16", () => {
  const sink = newSink(10);
  writeXrefStream(sink, PLACED, 10, 77, new Map([["Root", "X"]]));
  const section = readXrefStream(finish(sink), 0, 0, newBudget());
  for (const { number, entry } of PLACED) expect(section.find(number)).toEqual(entry);
  expect(section.find(10)).toEqual({ kind: "plain", offset: 77, generation: 0 });
  expect([0, 5, 7, 11].map(section.find)).toEqual([undefined, undefined, undefined, undefined]);
  expect(section.runs).toEqual([
    { first: 3, count: 2 },
    { first: 8, count: 3 },
  ]);
  expect(section.top).toBe(11);
  expect(section.trailer.get("Size")).toBe(11);
});

test("a table that was written is read again, in lines of 20 octets", () => {
  const sink = newSink(10);
  writeTable(
    sink,
    PLACED.filter(({ entry }) => entry.kind === "plain"),
    10,
    new Map([["Root", "X"]]),
    true,
  );
  const written = finish(sink);
  const section = readTable(concat(fromLatin1("    "), written), 4, 0, newBudget());
  for (const { number, entry } of PLACED) if (entry.kind === "plain") expect(section.find(number)).toEqual(entry);
  expect(section.find(0)).toEqual({ kind: "free" });
  expect(toLatin1(written)).toContain("8 2\n2000000000 65535 n \n4294967301 00007 n \n");
});

test("offsets beyond ten digits are refused", () => {
  expect(() => writeTable(newSink(10), [plain(1, 10_000_000_000)], 2, new Map(), false)).toThrow(
    expect.objectContaining({ code: "pdf_too_large" }),
  );
});
