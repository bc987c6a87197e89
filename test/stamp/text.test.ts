import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { drawStamp } from "../../lib/stamp/draw-stamp.ts";
import type { StampInput } from "../../lib/stamp/stamp-input.ts";
import { stampText, stampTime } from "../../lib/stamp/stamp-input.ts";
import { STAMP as WORDS } from "../../lib/text/stamp.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { differencesOutside, draw, readCodes } from "./picture.ts";
import { FONT, ID, NAME, STAMP, sketch, stamp, TIME, URL_IN_CODE } from "./stamping.ts";

const RUNS = process.env.SLOW ? 2000 : 60;
const canRead = judge("pdftotext", "that the words of a stamp can be read and copied");
const canDraw = judge("pdftoppm", "that long names stay inside the stamp");
const EMPTY = sketch([{ page: "" }]);

/** Sixty letters, most of them wide or with two signs. */
const LONG = "NGUYỄN PHƯỚC THƯỢNG MỸ HOÀNG QUỲNH NHƯ THIỆN ĐƯỜNG TUYẾT ÁNH";
const NAMES = [NAME, "ĐẶNG HỮU NGHĨA", "Y Ƀhiăt Êban", "Nguyễn Thị Thuỳ Dương", LONG, "O’Connor-Nguyễn, Đ."];

/** What poppler reads, line ends and runs of blanks as one blank. */
async function words(pdf: Uint8Array): Promise<string> {
  const { out } = await withFiles({ "file.pdf": pdf }, (paths) => ask("pdftotext", [paths["file.pdf"], "-"]));
  return out.replace(/\s+/g, " ").trim();
}

const stamped = (name: string): Uint8Array => concat(EMPTY, stamp(EMPTY, { name }).appended);

test("says who signs, when, the two codes and where to check, in this order", () => {
  expect(stampText(STAMP)).toEqual({
    lines: [
      "Ký điện tử bởi: NGUYỄN THỊ ÁNH TUYẾT",
      "Lúc: 23/11/2026 10:15:32 (GMT+7)",
      "Mã tra cứu: P3EA-D62U-DMGC · Mã mở: HS35BK",
      "Kiểm tra: kymotlan.example/kiem-tra",
    ],
    signer: ["Ký điện tử bởi:", NAME],
    url: URL_IN_CODE,
    field: "Chữ ký điện tử của NGUYỄN THỊ ÁNH TUYẾT",
  });
  expect(stampText({ ...STAMP, locale: "en" }).lines).toEqual([
    "Signed electronically by: NGUYỄN THỊ ÁNH TUYẾT",
    "At: 23/11/2026 10:15:32 (GMT+7)",
    "Look-up code: P3EA-D62U-DMGC · Opening code: HS35BK",
    "Check at: kymotlan.example/kiem-tra",
  ]);
});

test("a stamp never says that anything is valid, and has no colour of a seal", () => {
  for (const text of Object.values(WORDS).flatMap((words) => Object.values(words)))
    expect(text).not.toMatch(/hợp lệ|giá trị|valid|verified|seal|con dấu/i);
  const colours = drawStamp(FONT, stampText(STAMP)).content.flatMap((line) => [
    ...line.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) (?:sc|SC)\b/g),
  ]);
  expect(colours.length).toBeGreaterThan(4);
  for (const [, red, green, blue] of colours) {
    const shades = [red, green, blue].map(Number);
    expect(Math.max(...shades) - Math.min(...shades)).toBeLessThan(0.1);
  }
});

describe("every letter of a name can be read", { skip: !canRead }, () => {
  test.each(NAMES)("%s", async (name) => {
    const text = await words(stamped(name));
    expect(text).toContain(`Ký điện tử bởi: ${name} Lúc: 23/11/2026 10:15:32 (GMT+7)`);
    expect(text).toContain("Mã tra cứu: P3EA-D62U-DMGC · Mã mở: HS35BK Kiểm tra: kymotlan.example/kiem-tra");
    expect(text).toBe(text.normalize("NFC"));
  });

  test.each(NAMES)("%s, decomposed: the same octets as composed", (name) => {
    expect(Buffer.compare(stamped(name.normalize("NFD")), stamped(name.normalize("NFC")))).toBe(0);
  });
});

describe("nothing of a text is outside the stamp, and the code stays readable", {
  concurrent: true,
  skip: !canDraw,
}, () => {
  const wide = "W".repeat(200);
  const host = `${"m".repeat(60)}.${"w".repeat(20)}.example`;
  test.each<[string, Partial<StampInput>]>([
    ["sixty letters", { name: LONG }],
    ["two hundred letters without a blank", { name: wide }],
    ["two hundred letters with blanks", { name: "NGUYỄN ".repeat(28).trim() }],
    ["a long host", { name: LONG, host }],
    ["everything at its longest", { name: wide, host, offsetMinutes: 345, locale: "en" }],
  ])("%s", async (_, change) => {
    const made = stamp(EMPTY, change, { offsetMinutes: change.offsetMinutes ?? 420 });
    const [was, is] = await Promise.all([draw(EMPTY, 1), draw(concat(EMPTY, made.appended), 1)]);
    const { left, bottom, width, height } = made.place;
    // The text's part alone: what reaches into the code would spoil it.
    expect(differencesOutside(was, is, made.place)).toBe(0);
    expect(await readCodes(is)).toEqual([stampText({ ...STAMP, ...change }).url]);
    expect([left, bottom, width, height]).toEqual([114.9, 15, 80, 31]);
  });
});

test("a name that does not fit ends in an ellipsis, and is told in full to who cannot see the stamp", () => {
  const name = "W".repeat(200);
  const drawn = (text: string) =>
    drawStamp(FONT, stampText({ ...STAMP, name: text })).fonts[0]?.glyphs.map((glyph) => glyph.text);
  expect(drawn(name)).toContain("…");
  expect(drawn(LONG)).not.toContain("…");
  const appended = Buffer.from(stamp(EMPTY, { name }).appended).toString("latin1");
  expect(appended.match(/\/TU <([0-9a-f]+)>|\/TU<([0-9a-f]+)>/)?.[0].length).toBeGreaterThan(4 * 200);
});

test.each([
  ["markup", "<script>alert(1)</script>"],
  ["what PDF and patterns are made of", "(a) Tj ET \\ ) $& $1 %PDF <</A>> endstream endobj"],
])("%s is text", async (_, name) => {
  expect(stampText({ ...STAMP, name }).lines[0]).toBe(`Ký điện tử bởi: ${name}`);
  if (canRead) expect((await words(stamped(name))).replaceAll(" ", "")).toContain(name.replaceAll(" ", ""));
});

test.each([
  ["nothing", ""],
  ["blanks", " \u00a0 "],
  ["a turn of the direction of writing", "An\u202egnad"],
  ["an isolate", "An \u2066B\u2069"],
  ["a line end", "An\nB"],
  ["a control", "An\u0007"],
  ["something without width", "An\u200bB"],
  ["half a character", "An \ud800"],
  ["two hundred and one letters", "a".repeat(201)],
  ["ten thousand letters", "a".repeat(10_000)],
  ["ten million signs on a letter", `a${"\u0301".repeat(10_000_000)}`],
])("refused as a name: %s", (_, name) => {
  expect(() => stamp(EMPTY, { name })).toThrow(expect.objectContaining({ code: "stamp_name_unusable" }));
});

test("any name is a stamp or refused", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ unit: "binary", maxLength: 60 })),
      (name) => {
        try {
          expect(stamp(EMPTY, { name }).appended.length).toBeLessThan(100_000);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(error.code).toBe("stamp_name_unusable");
        }
      },
    ),
    { numRuns: RUNS },
  );
});

test.each(["", "a b", "kymotlan.example/x", "https://a", "a".repeat(91), "[::1", "ký.vn"])(
  "misused: the host “%s”",
  (host) => {
    expect(() => stamp(EMPTY, { host })).toThrow(RangeError);
  },
);

test("misused: an id that is none, another time than the signature's", () => {
  expect(() => stamp(EMPTY, { id: "x" })).toThrow(RangeError);
  expect(() => stamp(EMPTY, { claimedTime: TIME + 1 })).toThrow(RangeError);
  expect(() => stamp(EMPTY, { offsetMinutes: 0 })).toThrow(RangeError);
});

test("times in other zones", () => {
  expect(stampTime(TIME, 0)).toBe("23/11/2026 03:15:32 (GMT+0)");
  expect(stampTime(TIME, -210)).toBe("22/11/2026 23:45:32 (GMT-3:30)");
  expect(() => stampTime(TIME, 900)).toThrow(RangeError);
});

test("the same input gives the same octets, and none of it is the file's", () => {
  const [one, two] = [stamp(EMPTY), stamp(EMPTY)];
  expect(one).toEqual(two);
  for (const change of [
    { name: "An" },
    { host: "other.example" },
    { id: `B${ID.slice(1)}` },
    { place: { page: 1, left: 1, bottom: 1 } },
  ])
    expect(Buffer.compare(stamp(EMPTY, change).appended, one.appended)).not.toBe(0);
});
