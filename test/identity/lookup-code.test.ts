import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { lookupCode, openingCode } from "../../lib/identity/lookup-code.ts";
import {
  formatLookupCode,
  lookupUrl,
  parseLookupCode,
  parseOpeningCode,
  parseQrText,
} from "../../lib/identity/read-lookup-code.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const ID = "AAECAwQFBgcICQoLDA0ODw";
const HOST = "kymotlan.example";
const ids = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toBase64Url);

test("the codes of the example in docs/FORMATS.md", () => {
  expect(lookupCode(ID)).toBe("P3EAD62UDMGC");
  expect(openingCode(ID)).toBe("HS35BK");
});

test("the characters are the first bits of the hash that OpenSSL computes", () => {
  for (const [purpose, code] of [
    ["motlan/lookup/v1", lookupCode(ID).slice(0, 11)],
    ["motlan/opening/v1", openingCode(ID)],
  ] as const) {
    const input = Buffer.concat([Buffer.from(`${purpose}\0`), Buffer.from(ID, "base64url")]);
    const { stdout, error } = spawnSync("openssl", ["dgst", "-sha256", "-binary"], { input });
    if (error !== undefined) return void process.stderr.write("\nSKIPPED: no openssl to recompute the codes\n\n");
    const bits = [...stdout].map((octet) => octet.toString(2).padStart(8, "0")).join("");
    const expected = [...code].map((_, i) => ALPHABET[Number.parseInt(bits.slice(5 * i, 5 * i + 5), 2)]).join("");
    expect(code).toBe(expected);
  }
});

test("a code is read back in any case, with blanks and whatever became of the hyphens", () => {
  fc.assert(
    fc.property(ids, fc.constantFrom("-", " ", "\u2013", "\u2212", "\u00a0", "", " - "), (id, between) => {
      const code = lookupCode(id);
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{12}$/);
      expect(parseLookupCode(formatLookupCode(code))).toBe(code);
      expect(parseLookupCode(` ${formatLookupCode(code).replaceAll("-", between).toLowerCase()} `)).toBe(code);
      expect(parseOpeningCode(openingCode(id).toLowerCase())).toBe(openingCode(id));
    }),
    { numRuns: RUNS },
  );
  expect(formatLookupCode("K7QF29XM8D4T")).toBe("K7QF-29XM-8D4T");
});

test("every single wrong character and every two that changed places are found", () => {
  fc.assert(
    fc.property(ids, (id) => {
      const code = lookupCode(id);
      for (let i = 0; i < code.length; i++) {
        for (const other of ALPHABET)
          expect(parseLookupCode(code.slice(0, i) + other + code.slice(i + 1)) === undefined).toBe(other !== code[i]);
        for (let j = i + 1; j < code.length; j++) {
          const swapped = [...code];
          [swapped[i], swapped[j]] = [code[j] as string, code[i] as string];
          expect(parseLookupCode(swapped.join("")) === undefined).toBe(code[i] !== code[j]);
        }
      }
    }),
    { numRuns: Math.ceil(RUNS / 20) },
  );
});

test("codes of different transactions differ, and the two codes of one have nothing to do with each other", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(ids, (id) => {
      expect(lookupCode(id).startsWith(openingCode(id))).toBe(false);
      seen.add(lookupCode(id));
    }),
    { numRuns: RUNS },
  );
  expect(seen.size).toBeGreaterThan(0.9 * RUNS);
});

test("any text is a code or not one, without an error", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme", maxLength: 100 })), (text) => {
      for (const read of [parseLookupCode(text), parseOpeningCode(text)])
        if (read !== undefined) expect(read).toMatch(/^[2-9A-HJ-NP-Z]+$/);
      parseQrText(text, HOST);
    }),
    { numRuns: RUNS },
  );
  expect(parseLookupCode("2".repeat(1_000_000))).toBeUndefined();
});

test.each(["", "AAECAwQFBgcICQoLDA0O", `${ID}AA`, "not base64url!!!!!!!!!!"])("no code of the id “%s”", (id) => {
  expect(() => lookupCode(id)).toThrow(RangeError);
  expect(() => openingCode(id)).toThrow(RangeError);
});

test("the QR code's address holds the look-up code only, and gives it back", () => {
  const url = lookupUrl(HOST, lookupCode(ID));
  expect(url).toBe(`https://kymotlan.example/kiem-tra?ma=${lookupCode(ID)}`);
  expect(url).not.toContain(openingCode(ID));
  expect(parseQrText(url, HOST)).toEqual({ code: lookupCode(ID) });
  expect(parseQrText(url.toUpperCase().replace("KIEM-TRA?MA", "kiem-tra?ma"), HOST)).toEqual({ code: lookupCode(ID) });
  expect(lookupUrl("localhost:8787", "X")).toBe("http://localhost:8787/kiem-tra?ma=X");
  expect(parseQrText(lookupUrl("localhost:8787", lookupCode(ID)), "localhost:8787")).toEqual({ code: lookupCode(ID) });
});

test.each([
  "https://kymotlan.example.evil.example/kiem-tra?ma=CODE",
  "https://kymotlan.example@evil.example/kiem-tra?ma=CODE",
  "https://evil.example@kymotlan.example/kiem-tra?ma=CODE",
  "https://kymotlan.example:8443/kiem-tra?ma=CODE",
  "http://kymotlan.example/kiem-tra?ma=CODE",
  "javascript:alert(1)//kymotlan.example/kiem-tra?ma=CODE",
  "CODE",
  "",
  `https://kymotlan.example/kiem-tra?ma=CODE&x=${"x".repeat(2000)}`,
])("foreign: %s", (text) => {
  expect(parseQrText(text.replace("CODE", lookupCode(ID)), HOST)).toBe("foreign");
});

test.each(["https://kymotlan.example/", "https://kymotlan.example/kiem-tra", "https://kymotlan.example/kiem-tra?ma=2"])(
  "ours, but without a code: %s",
  (text) => {
    expect(parseQrText(text, HOST)).toBeUndefined();
  },
);
