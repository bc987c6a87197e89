import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex } from "../../lib/bytes/hex.ts";
import { canonicalJson } from "../../lib/json/canonical.ts";
import type { JsonValue } from "../../lib/json/value.ts";
import vectors from "../vectors/json/canonical.json" with { type: "json" };

const RUNS = process.env.SLOW ? 20_000 : 200;

for (const { ieee, text } of vectors.numbers) {
  test(`RFC 8785 appendix B: ${ieee} is ${text ?? "refused"}`, () => {
    const value = new DataView((fromHex(ieee) as Uint8Array<ArrayBuffer>).buffer).getFloat64(0);
    if (text === null) expect(() => canonicalJson(value)).toThrow(TypeError);
    else expect(canonicalJson(value)).toBe(text);
  });
}

for (const { name, input, output } of vectors.texts) {
  test(`RFC 8785: ${name}`, () => {
    expect(canonicalJson(JSON.parse(input))).toBe(output);
  });
}

const cycle: { self?: unknown } = {};
cycle.self = cycle;
const misuses: readonly [string, unknown][] = [
  ["undefined", undefined],
  ["an undefined member", { a: undefined }],
  ["an undefined item", [undefined]],
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  ["a hole", [1, , 2]],
  ["NaN", Number.NaN],
  ["an infinity", [Number.POSITIVE_INFINITY]],
  ["a bigint", 1n],
  ["a function", () => 1],
  ["a symbol", Symbol("a")],
  ["a lone high surrogate", "a\ud800"],
  ["a lone low surrogate", ["\udc00a"]],
  ["a lone surrogate in a name", { "\ud800": 1 }],
  ["a Date", new Date(0)],
  ["a Map", new Map([["a", 1]])],
  ["octets", new Uint8Array(2)],
  ["a boxed string", new String("a")],
  ["an instance of a class", new (class A {})()],
  ["a cycle", cycle],
];
for (const [name, value] of misuses) {
  test(`${name} has no canonical text`, () => {
    expect(() => canonicalJson(value as JsonValue)).toThrow(TypeError);
  });
}

test("a toJSON method is a member like any other, and cannot be one that is written", () => {
  expect(() => canonicalJson({ toJSON: () => 1 } as unknown as JsonValue)).toThrow(TypeError);
});

test("an own member called __proto__ is written", () => {
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
});

test("the text parses back to the value, is the same for any order of members, and is its own canonical text", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value as JsonValue);
      const back = JSON.parse(text) as JsonValue;
      expect(canonicalJson(back)).toBe(text);
      expect(canonicalJson(reversed(back))).toBe(text);
      expect(JSON.stringify(back)).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: RUNS },
  );
});

test("names sort by UTF-16 code units, as comparing the units one by one does", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 8 }), (names) => {
      const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
      const units = (name: string) => Array.from({ length: name.length }, (_, i) => name.charCodeAt(i));
      const inOrder = [...names].sort((a, b) => compare(units(a), units(b)));
      expect(text).toBe(`{${inOrder.map((name) => `${JSON.stringify(name)}:0`).join(",")}}`);
    }),
    { numRuns: RUNS },
  );
});

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  }
  return a.length - b.length;
}

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, item]) => [name, reversed(item)]));
}
