import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "../../lib/bytes/base64.ts";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { RUNS } from "../asn1/help.ts";

describe("RFC 4648 §10", () => {
  for (const [text, encoded] of [
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ] as const) {
    test(`"${text}" is "${encoded}"`, () => {
      expect(toBase64(fromUtf8(text))).toBe(encoded);
      expect(fromBase64(encoded)).toEqual(fromUtf8(text));
      expect(toBase64Url(fromUtf8(text))).toBe(encoded.replace(/=+$/, ""));
    });
  }
  test("the two alphabets differ in two characters", () => {
    expect(toBase64(Uint8Array.of(0xfb, 0xff))).toBe("+/8=");
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff))).toBe("-_8");
  });
});

test("any octets come back, and are written as Node writes them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      const own = Uint8Array.from(octets);
      expect(toBase64(octets)).toBe(Buffer.from(octets).toString("base64"));
      expect(toBase64Url(octets)).toBe(Buffer.from(octets).toString("base64url"));
      expect(fromBase64(toBase64(octets))).toEqual(own);
      expect(fromBase64Url(toBase64Url(octets))).toEqual(own);
    }),
    { numRuns: RUNS },
  );
});

test("one value has one text: whatever is accepted is written again the same way", () => {
  const texts = fc.string({ unit: fc.constantFrom(..."AQZaz09+/-_= \n"), maxLength: 12 });
  fc.assert(
    fc.property(texts, (text) => {
      const [standard, urlSafe] = [fromBase64(text), fromBase64Url(text)];
      if (standard !== undefined) expect(toBase64(standard)).toBe(text);
      if (urlSafe !== undefined) expect(toBase64Url(urlSafe)).toBe(text);
    }),
    { numRuns: RUNS * 5 },
  );
});

describe("what is refused", () => {
  for (const text of [
    "A",
    "AA",
    "AA=",
    "AAA",
    "AA===",
    "AB==",
    "AAB=",
    "A A=",
    "AA\n==",
    "-_8=",
    "=AAA",
    "AA==AA==",
    "ÀAAA",
    // Its code is that of A and 256 more.
    "ŁAAA",
  ]) {
    test(`base64 ${JSON.stringify(text)}`, () => expect(fromBase64(text)).toBeUndefined());
  }
  for (const text of ["A", "AB", "AAB", "AA==", "+/8", "A A", "AA\n", "ŁAAA"]) {
    test(`base64url ${JSON.stringify(text)}`, () => expect(fromBase64Url(text)).toBeUndefined());
  }
});
