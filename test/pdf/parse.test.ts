import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { DEPTH_LIMIT, ITEM_LIMIT, TOKEN_LIMIT } from "../../lib/pdf/limits.ts";
import { isString, type PdfObject, type PdfString, ref } from "../../lib/pdf/object.ts";
import { parseIndirect, parseObject } from "../../lib/pdf/parse.ts";
import { scannerOf } from "../../lib/pdf/scanner.ts";
import { writeObject } from "../../lib/pdf/serialize.ts";
import { finish, newSink } from "../../lib/pdf/sink.ts";
import { hexString, literalString, stringOctets } from "../../lib/pdf/string.ts";
import vectors from "../vectors/pdf-syntax/objects.json" with { type: "json" };

const RUNS = process.env.SLOW ? 20_000 : 200;

const parse = (text: string): PdfObject => parseObject(scannerOf(fromLatin1(text), 0));

function written(value: PdfObject): Uint8Array {
  const sink = newSink(16);
  writeObject({ sink, encryption: undefined, number: 1, generation: 0 }, value);
  return finish(sink);
}

/** Strings by what they stand for, everything else as it is. */
function plain(value: PdfObject): unknown {
  if (isString(value)) return { octets: toHex(stringOctets(value)) };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  if (typeof value === "object" && value !== null && "kind" in value && value.kind === "ref")
    return { ref: [value.number, value.generation] };
  return value;
}

describe("objects of the standard are read as it says", () => {
  for (const v of vectors.objects) {
    test(v.name, () => {
      const value = parse(v.text);
      if ("token" in v) expect(value).toEqual({ kind: "token", text: v.token });
      else if ("ref" in v) expect(plain(value)).toEqual({ ref: v.ref });
      else if ("dict" in v) expect(plain(value)).toEqual(v.dict);
      else expect(plain(value)).toEqual(v.value);
    });
  }
  for (const v of vectors.strings)
    test(v.name, () => expect(toHex(stringOctets(parse(v.text) as PdfString))).toBe(v.hex));
});

describe("what is no object is a fault", () => {
  for (const v of vectors.faults) {
    test(v.name, () => expect(() => parse(v.text)).toThrow(expect.objectContaining({ code: "pdf_invalid" })));
  }
});

test("nesting deeper than the limit is refused, nesting up to it is read", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  expect(() => parse(nested(DEPTH_LIMIT))).not.toThrow();
  expect(() => parse(nested(DEPTH_LIMIT + 2))).toThrow(expect.objectContaining({ code: "pdf_limit" }));
  expect(() => parse("[".repeat(100_000))).toThrow(expect.objectContaining({ code: "pdf_limit" }));
  expect(() => parse("<</A".repeat(100_000))).toThrow(expect.objectContaining({ code: "pdf_limit" }));
});

test("a name or number longer than the limit is refused, one as long as it is read", () => {
  expect(parse(`/${"A".repeat(TOKEN_LIMIT)}`)).toHaveLength(TOKEN_LIMIT);
  for (const long of [`/${"A".repeat(TOKEN_LIMIT + 1)}`, "9".repeat(TOKEN_LIMIT + 1), "#41".repeat(TOKEN_LIMIT)])
    expect(() => parse(long)).toThrow(expect.objectContaining({ code: "pdf_limit" }));
});

test("an object with more parts than the limit is refused", () => {
  expect(() => parse(`[${"0 ".repeat(ITEM_LIMIT + 1)}]`)).toThrow(expect.objectContaining({ code: "pdf_limit" }));
});

test("an indirect object ends at endobj, and one that holds nothing is null", () => {
  const read = (text: string) => parseIndirect(scannerOf(fromLatin1(text), 0));
  expect(read("7 1 obj 42 endobj")).toEqual({ number: 7, generation: 1, value: 42 });
  expect(read("7 0 obj endobj")).toEqual({ number: 7, generation: 0, value: null });
  expect(() => read("7 65536 obj 42 endobj")).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
  expect(() => read("7 0 object 42")).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
});

test.each(["\n", "\r\n", "\r", "  \n"])("the data of a stream starts behind one line end (%j)", (eol) => {
  const text = `7 0 obj<</Length 2>>stream${eol}ab endstream`;
  const { value } = parseIndirect(scannerOf(fromLatin1(text), 0));
  expect(value).toMatchObject({ kind: "stream", start: text.indexOf("ab endstream") });
});

const name = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 8,
});
const octets = fc.uint8Array({ maxLength: 24 });
const { object } = fc.letrec<{ object: PdfObject }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<PdfObject>(null, true, false),
    fc.integer(),
    name,
    octets.map((each) => literalString(toLatin1(each))),
    octets.map(hexString),
    fc.tuple(fc.nat(8_388_607), fc.nat(65_535)).map(([number, generation]) => ref(number, generation)),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value): PdfObject => {
      const text = value.toFixed(4);
      return { kind: "token", text };
    }),
    fc.array(tie("object"), { maxLength: 5 }),
    fc.array(fc.tuple(name, tie("object")), { maxLength: 5 }).map((pairs): PdfObject => new Map(pairs)),
  ),
}));

test("what is written is read again as the same", () => {
  fc.assert(
    fc.property(object, (value) => {
      const text = written(value);
      const s = scannerOf(text, 0);
      expect(plain(parseObject(s))).toEqual(plain(value));
      expect(s.at).toBe(text.length);
    }),
    { numRuns: RUNS },
  );
});

test("octets without meaning give an object or a fault, within the octets", () => {
  const pieces = fc.array(
    fc.constantFrom(
      "<<",
      ">>",
      "[",
      "]",
      "(",
      ")",
      "<",
      ">",
      "/N",
      "1",
      "0",
      "R",
      "obj",
      "%",
      "\n",
      "\\",
      "#4",
      "stream",
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        octets,
        pieces.map((parts) => fromLatin1(parts.join(" "))),
        pieces.map((parts) => fromLatin1(parts.join(""))),
      ),
      (text) => {
        const s = scannerOf(text, 0);
        try {
          parseObject(s);
          expect(s.at).toBeLessThanOrEqual(text.length);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      },
    ),
    { numRuns: RUNS * 5 },
  );
});
