import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder, linesOf } from "../../bin/motlan/lines.ts";
import { parseRequestLine } from "../../bin/motlan/verify-request.ts";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? fromUtf8(part) : part;
}
async function read(...parts: readonly (string | Uint8Array)[]): Promise<(string | undefined)[]> {
  const lines = [];
  for await (const line of linesOf(chunks(...parts))) lines.push(line);
  return lines;
}

describe("lines of a stream", () => {
  test("end at line feeds, with or without a carriage return, and the last one where the stream does", async () => {
    expect(await read("a\nb\r\n\nc")).toEqual(["a", "b", "", "c"]);
    expect(await read("a\n")).toEqual(["a"]);
    expect(await read("")).toEqual([]);
    expect(await read("\ufeff{}\n")).toEqual(["{}"]);
  });

  test("are the same however the stream is cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), fc.array(fc.nat(50)), async (lines, cuts) => {
        const clean = lines.map((line) => line.replace(/[\r\n\ufeff]/g, "").toWellFormed());
        const octets = fromUtf8(clean.map((line) => `${line}\n`).join(""));
        const parts = [];
        let at = 0;
        for (const cut of cuts) {
          parts.push(octets.subarray(at, at + cut));
          at += cut;
        }
        expect(await read(...parts, octets.subarray(at))).toEqual(clean);
      }),
      { numRuns: RUNS },
    );
  });

  test("that are too long or not UTF-8 are told apart from the others, which are not touched", async () => {
    const long = "x".repeat(1024 * 1024);
    expect(await read(`a\n${long}x\nb\n${long}\nc`)).toEqual(["a", undefined, "b", long, "c"]);
    expect(await read("a\n", new Uint8Array([0xff, 0x0a]), "b")).toEqual(["a", undefined, "b"]);
  });
});

describe("work in order", () => {
  test("writes results in the order of the items, whichever is done first", async () => {
    const written: number[] = [];
    const items = [30, 0, 20, 10, 0];
    await inOrder(
      (async function* () {
        yield* items.entries();
      })(),
      3,
      async ([index, ms]) => {
        await wait(ms);
        return index;
      },
      async (index) => void written.push(index),
    );
    expect(written).toEqual([0, 1, 2, 3, 4]);
  });

  test("keeps no more under way than the window", async () => {
    let [open, most] = [0, 0];
    await inOrder(
      (async function* () {
        for (let i = 0; i < 20; i++) yield i;
      })(),
      4,
      async () => {
        most = Math.max(most, ++open);
        await wait(1);
      },
      async () => void open--,
    );
    expect(most).toBe(4);
  });

  test("answers one item before the next is there", async () => {
    let answered: () => void = () => {};
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    await inOrder(
      (async function* () {
        yield 1;
        await answer;
        yield 2;
      })(),
      8,
      async (item) => item,
      async () => answered(),
    );
  });

  test("tells of a write that fails", async () => {
    const all = (async function* () {
      yield 1;
      yield 2;
    })();
    const failing = inOrder(
      all,
      1,
      async (item) => item,
      async () => Promise.reject(new Error("closed")),
    );
    await expect(failing).rejects.toThrow("closed");
  });
});

describe("a request line", () => {
  const NOTHING = { trust: [], at: undefined, crls: [], ocsps: [], certs: [] };
  const parse = (value: unknown) =>
    parseRequestLine(typeof value === "string" ? value : JSON.stringify(value), undefined, NOTHING);

  test("names a file, what it is to be trusted by and when, and what else is known; other members are the caller's", () => {
    expect(
      parse({
        file: "a.pdf",
        trust: ["t"],
        at: "2027-01-15T03:00:00Z",
        crls: ["c"],
        ocsps: ["o"],
        certs: ["x"],
        id: 7,
      }),
    ).toEqual({
      file: "a.pdf",
      request: { file: "a.pdf", trust: ["t"], at: Date.UTC(2027, 0, 15, 3), crls: ["c"], ocsps: ["o"], certs: ["x"] },
    });
    expect(parse({ file: "a.pdf", at: 1800000000, trust: "t" }).request).toMatchObject({ at: 1.8e12, trust: ["t"] });
    expect(parse({ file: "a.pdf", at: 1800000000.7, trust: null }).request).toMatchObject({ at: 1.8e12, trust: [] });
  });

  test("says nothing where the command line does", () => {
    const given = { ...NOTHING, trust: ["t"], at: 5, crls: ["c"] };
    const { request } = parseRequestLine('{"file":"a","crls":[]}', undefined, given);
    expect(request).toMatchObject({ trust: ["t"], at: 5, crls: [] });
  });

  test.each([
    ["no JSON", "{", null],
    ["a list", "[]", null],
    ["a word", '"a.pdf"', null],
    ["no file", "{}", null],
    ["a file that is a number", '{"file":1}', null],
    ["an empty file", '{"file":""}', ""],
    ["a member twice", '{"file":"a","file":"b"}', null],
    ["trust that is a number", '{"file":"a","trust":1}', "a"],
    ["trust of numbers", '{"file":"a","trust":[1]}', "a"],
    ["a moment that is none", '{"file":"a","at":"soon"}', "a"],
    ["a moment in milliseconds", '{"file":"a","at":1800000000000}', "a"],
    ["a moment that is an object", '{"file":"a","at":{}}', "a"],
    ["a time before all", '{"file":"a","at":-1}', "a"],
  ])("with %s is malformed, and the file keeps its name in the answer", (_, line, file) => {
    const parsed = parse(line);
    expect(parsed.file).toBe(file);
    expect(parsed.request).toBeInstanceOf(Fault);
    expect((parsed.request as Fault).code).toBe("request_malformed");
  });

  test("that could not be read as text is malformed", () => {
    expect(parseRequestLine(undefined, undefined, NOTHING).request).toMatchObject({ code: "request_malformed" });
  });

  test("any text is a request or malformed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        const { request } = parseRequestLine(line, undefined, NOTHING);
        expect(request instanceof Fault ? request.code : "request_malformed").toBe("request_malformed");
      }),
      { numRuns: RUNS },
    );
  });
});
