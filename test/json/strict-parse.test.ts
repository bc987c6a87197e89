import fc from "fast-check";
import { expect, test } from "vitest";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { parseJson } from "../../lib/json/strict-parse.ts";
import type { JsonValue } from "../../lib/json/value.ts";
import vectors from "../vectors/json/strict.json" with { type: "json" };

const RUNS = process.env.SLOW ? 20_000 : 200;
const MALFORMED = expect.objectContaining({ name: "Fault", code: "json_malformed" });

for (const { name, text } of vectors.refused) {
  test(`parseJson refuses ${name}`, () => {
    expect(() => parseJson(text)).toThrow(MALFORMED);
    expect(() => parseJson(fromUtf8(text))).toThrow(MALFORMED);
  });
}

for (const { name, text } of vectors.accepted) {
  test(`parseJson accepts ${name}`, () => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
    expect(parseJson(fromUtf8(text))).toEqual(JSON.parse(text));
  });
}

test("octets that are not UTF-8 are refused", () => {
  expect(() => parseJson(Uint8Array.of(0x22, 0xc3, 0x22))).toThrow(MALFORMED);
  expect(() => parseJson(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toThrow(MALFORMED);
});

test("depth and length have limits, and the limit itself is allowed", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(() => parseJson(nested(5), { depth: 4 })).toThrow(MALFORMED);
  expect(parseJson(nested(4), { depth: 4 })).toEqual([[[[]]]]);
  expect(() => parseJson("[1, 2]", { length: 5 })).toThrow(MALFORMED);
  expect(parseJson("[1, 2]", { length: 6 })).toEqual([1, 2]);
  expect(() => parseJson(fromUtf8('"ệệệ"'), { length: 4 })).toThrow(MALFORMED);
  expect(parseJson(fromUtf8('"ệệệ"'), { length: 5 })).toBe("ệệệ");
});

test("a megabyte of anything is answered within a second", () => {
  const megabyte = 1 << 20;
  const names = Array.from({ length: megabyte / 12 }, (_, i) => `"${i.toString(36)}":{}`).join(",");
  for (const text of [
    "[".repeat(megabyte),
    '"'.repeat(megabyte),
    '{"a":'.repeat(megabyte / 5),
    `{${names}}`,
    '\\"'.repeat(megabyte / 2),
  ]) {
    const start = performance.now();
    try {
      parseJson(text.slice(0, megabyte));
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  }
});

test("a member called __proto__ is an own member and changes no prototype", () => {
  const value = parseJson('{"__proto__":{"iss":"x"}}') as { iss?: string };
  expect(value.iss).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test("the message of a refusal never quotes the text", () => {
  for (const text of ['{"secret":1,"secret":2}', '{"secret" 1}', '["secret\\ud800"]']) {
    try {
      parseJson(text);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain("secret");
      expect((error as Fault).cause).toBeUndefined();
    }
  }
});

test("what JSON.stringify writes is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: RUNS },
  );
});

test("a member repeated anywhere is found, whatever stands around it and however its name is escaped", () => {
  const name = fc.string({ unit: "grapheme", maxLength: 6 });
  fc.assert(
    fc.property(
      name,
      fc.array(fc.tuple(name, fc.jsonValue())),
      fc.jsonValue(),
      fc.nat({ max: 3 }),
      (twice, others, value, depth) => {
        const member = ([key, item]: readonly [string, unknown]) => `${escaped(key)}:${JSON.stringify(item)}`;
        const members = [`${JSON.stringify(twice)}:1`, ...others.map(member), member([twice, value])];
        const text = `${'{"a":['.repeat(depth)}{${members.join(",")}}${"]}".repeat(depth)}`;
        expect(() => parseJson(text, { depth: 64 })).toThrow(MALFORMED);
      },
    ),
    { numRuns: RUNS },
  );
});

test("on any text of JSON characters: the value of JSON.parse with as many members as were written, or a Fault", () => {
  const character = fc.constantFrom(...'{}[]:,"\\ \n/ab01-e.u', "null", '"a":', '{"a"', "é");
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 40 }), (text) => {
      let value: JsonValue;
      try {
        value = parseJson(text);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return;
      }
      expect(value).toEqual(JSON.parse(text));
    }),
    { numRuns: RUNS * 10 },
  );
});

/** Every character by its number. */
function escaped(text: string): string {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, "0"));
  return `"${units.map((unit) => `\\u${unit}`).join("")}"`;
}
