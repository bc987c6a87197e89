import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, toHex } from "../../lib/bytes/hex.ts";
import { formatDate, parseDate } from "../../lib/pdf/date.ts";
import { stringOctets } from "../../lib/pdf/string.ts";
import { decodeText, encodeText } from "../../lib/pdf/text.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array(0);

test("printable ASCII is written as it is, anything else as UTF-16BE with its mark", () => {
  expect(encodeText("Ha Noi (VN)").raw).toEqual(new TextEncoder().encode("(Ha Noi \\(VN\\))"));
  expect(toHex(stringOctets(encodeText("Việt")))).toBe("feff005600691ec70074");
});

test("text is normalised to NFC, and a lone surrogate becomes the replacement character", () => {
  expect(stringOctets(encodeText("Việt"))).toEqual(stringOctets(encodeText("Vi\u0065\u0323\u0302t".normalize("NFC"))));
  expect(stringOctets(encodeText("Vie\u0323\u0302t"))).toEqual(stringOctets(encodeText("Vi\u1ec7t")));
  expect(decodeText(stringOctets(encodeText("a\ud800b")))).toBe("a\ufffdb");
});

test("any well-formed NFC text comes back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
      expect(decodeText(stringOctets(encodeText(text)))).toBe(text.normalize("NFC"));
    }),
    { numRuns: RUNS },
  );
});

test.each([
  ["PDFDocEncoding", "80a092", "•€™"],
  ["PDFDocEncoding accents", "18191f", "˘ˇ˜"],
  ["Latin letters", "c0e9", "Àé"],
  ["UTF-16BE", "feff1ec7", "ệ"],
  ["UTF-16LE, which no standard knows", "fffec71e", "ệ"],
  ["UTF-8 of PDF 2.0", "efbbbfe1bb87", "ệ"],
  ["UTF-8 mark before octets that are none falls back", "efbbbfff", "ï»¿ÿ"],
  ["UTF-16BE with a language code", "feff001b00760069001b0061", "a"],
  ["half a unit at the end is dropped", "feff006100", "a"],
])("a text string is read: %s", (_, octets, text) => expect(decodeText(hex(octets))).toBe(text));

test("dates are written as PDF 1.7 readers want them", () => {
  expect(formatDate(Date.UTC(2026, 10, 25, 3, 15, 9), 420)).toBe("D:20261125101509+07'00'");
  expect(formatDate(Date.UTC(2026, 0, 1, 0, 0, 0), -210)).toBe("D:20251231203000-03'30'");
  expect(formatDate(0, 0)).toBe("D:19700101000000+00'00'");
});

test.each([
  [Number.NaN, 0],
  [0, 1.5],
  [0, 900],
  [8.64e15, 0],
])("what the format cannot write is refused: %d, %d", (time, offset) => {
  expect(() => formatDate(time, offset)).toThrow(RangeError);
});

test("a date that was written is read again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: -840, max: 840 }), (seconds, offset) => {
      expect(parseDate(formatDate(seconds * 1000, offset))).toBe(seconds * 1000);
    }),
    { numRuns: RUNS },
  );
});

test.each([
  ["D:20261125101509+07'00'", Date.UTC(2026, 10, 25, 3, 15, 9)],
  ["D:20261125101509+07'00", Date.UTC(2026, 10, 25, 3, 15, 9)],
  ["D:20261125101509+0700", Date.UTC(2026, 10, 25, 3, 15, 9)],
  ["D:20261125101509Z", Date.UTC(2026, 10, 25, 10, 15, 9)],
  ["D:20261125101509Z00'00'", Date.UTC(2026, 10, 25, 10, 15, 9)],
  ["20261125", Date.UTC(2026, 10, 25)],
  ["D:2026", Date.UTC(2026, 0, 1)],
  ["D:20260230000000Z", undefined],
  ["D:20261325", undefined],
  ["yesterday", undefined],
])("a date is read as programs write it: %s", (text, ms) => expect(parseDate(text)).toBe(ms));
