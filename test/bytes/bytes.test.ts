import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, equal, equalSecret, fromLatin1, fromUtf8, toLatin1, toUtf8 } from "../../lib/bytes/bytes.ts";
import { RUNS } from "../asn1/help.ts";

const octets = fc.uint8Array({ maxLength: 50 });

test("concat: the parts one after the other, in memory of its own", () => {
  fc.assert(
    fc.property(fc.array(octets, { maxLength: 5 }), (parts) => {
      const whole = concat(...parts);
      expect(Array.from(whole)).toEqual(parts.flatMap((part) => Array.from(part)));
      expect(whole.buffer.byteLength).toBe(whole.length);
    }),
    { numRuns: RUNS },
  );
});

for (const same of [equal, equalSecret]) {
  test(`${same.name}: true for the same octets wherever they lie, false for any difference`, () => {
    fc.assert(
      fc.property(octets, octets, fc.nat(), (a, b, pick) => {
        expect(same(a, Buffer.concat([Buffer.alloc(3), a]).subarray(3))).toBe(true);
        expect(same(a, b)).toBe(Buffer.compare(a, b) === 0);
        expect(same(a, concat(a, Uint8Array.of(0)))).toBe(false);
        expect(same(concat(a, Uint8Array.of(0)), a)).toBe(false);
        if (a.length === 0) return;
        const turned = Uint8Array.from(a);
        const bit = pick % (8 * a.length);
        turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(same(a, turned)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
}

describe("UTF-8", () => {
  test("any well-formed text comes back as it was, a byte order mark too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(toUtf8(fromUtf8(text))).toBe(text);
      }),
      { numRuns: RUNS },
    );
    expect(toUtf8(fromUtf8("\ufeffNguyễn"))).toBe("\ufeffNguyễn");
  });

  test("any octets: a text that is written by the same octets, or nothing", () => {
    fc.assert(
      fc.property(octets, (value) => {
        const text = toUtf8(value);
        if (text !== undefined) expect(fromUtf8(text)).toEqual(Uint8Array.from(value));
      }),
      { numRuns: RUNS },
    );
  });

  for (const [name, value] of [
    ["an overlong form", [0xc0, 0x80]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["a sequence cut short", [0xe1, 0xbb]],
    ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80]],
    ["a continuation without a beginning", [0x80]],
  ] as const) {
    test(`${name} is no text (RFC 3629 §3)`, () => expect(toUtf8(Uint8Array.from(value))).toBeUndefined());
  }
});

describe("ISO 8859-1", () => {
  test("any octets come back, a part of them too, however many there are", () => {
    fc.assert(
      fc.property(octets, fc.nat(50), fc.nat(50), (value, from, to) => {
        expect(fromLatin1(toLatin1(value))).toEqual(Uint8Array.from(value));
        const [start, end] = [Math.min(from, to), Math.max(from, to)];
        expect(toLatin1(value, start, Math.min(end, value.length))).toBe(toLatin1(value.slice(start, end)));
      }),
      { numRuns: RUNS },
    );
    const large = new Uint8Array(1_000_000).map((_, i) => i);
    expect(fromLatin1(toLatin1(large))).toEqual(large);
  });

  test("a character beyond U+00FF is a programmer's misuse", () => {
    expect(() => fromLatin1("ễ")).toThrow(RangeError);
  });
});
