import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openFont } from "../../lib/draw/font.ts";
import { glyphsOf, widthOf } from "../../lib/draw/glyphs.ts";
import { breakLines } from "../../lib/draw/lines.ts";
import { boxOf } from "../../lib/draw/outline.ts";
import { fontFile } from "./fonts.ts";

const RUNS = process.env.SLOW ? 20_000 : 300;
const FONT = openFont(fontFile("400Regular"));
const kinds = (text: string): readonly string[] => glyphsOf(FONT, text).map(({ shape }) => shape.kind);
const texts = (text: string): readonly string[] => glyphsOf(FONT, text).map((glyph) => glyph.text);
/** Anything that a name may be: letters of all planes, marks, directions, controls, lone surrogates. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(fc.constantFrom("a", "\u0301", "\u202e", "\ud800", "\u0000", "ễ", "😀", "א", "\u200d", "ĭ", " ", "-"), {
      maxLength: 60,
    })
    .map((parts) => parts.join("")),
);

describe("glyphsOf", () => {
  test("decomposed text is drawn as composed text", () => {
    const text = "Nguyễn Thị Ánh Tuyết, Phường Bến Nghé";
    expect(glyphsOf(FONT, text.normalize("NFD"))).toEqual(glyphsOf(FONT, text));
    expect(new Set(kinds(text))).toEqual(new Set(["font"]));
  });

  test("letters of Ede and Bahnar that the font lacks are made of its pieces", () => {
    for (const letter of ["Ƀ", "ƀ", "ĭ", "Ĭ", "ŏ", "ŭ", "ĕ", "ê\u0306", "Ơ\u0306", "ư\u0306"])
      expect([kinds(letter), texts(letter)], letter).toEqual([["made"], [letter.normalize("NFC")]]);
  });

  test("a mark sits in the middle above its letter, higher on a higher letter, and takes the dot from an i", () => {
    const placeOf = (text: string) => {
      const [glyph] = glyphsOf(FONT, text);
      if (glyph?.shape.kind !== "made") throw new Error(`${text} is not made`);
      const [base, mark] = glyph.shape.parts;
      if (base === undefined || mark === undefined) throw new Error("two parts");
      const [letter, sign] = [boxOf(FONT.outline(base.glyph)), boxOf(FONT.outline(mark.glyph))];
      if (letter === undefined || sign === undefined) throw new Error("blank");
      return { base, gap: sign[1] + mark.dy - letter[3], off: letter[0] + letter[2] - sign[0] - sign[2] - 2 * mark.dx };
    };
    for (const text of ["ŏ", "Ŏ", "ê\u0306", "ĭ"]) {
      const { gap, off } = placeOf(text);
      expect(gap, text).toBeGreaterThan(0);
      expect(gap, text).toBeLessThan(200);
      expect(Math.abs(off), text).toBeLessThanOrEqual(1);
    }
    expect(placeOf("ĭ").base.glyph).toBe(FONT.glyphs.get(0x131));
  });

  test("what the font has not is a box for each letter, which still stands for the letter", () => {
    expect(kinds("中א😀")).toEqual(["box", "box", "box"]);
    expect(texts("中א😀")).toEqual(["中", "א", "😀"]);
  });

  test("controls and signs of direction are boxes that stand for nothing in particular", () => {
    for (const character of ["\u202e", "\u0000", "\u200d", "\ufeff", "\ue000", "\u0007", "\u2066"])
      expect([kinds(character), texts(character)], character.codePointAt(0)?.toString(16)).toEqual([
        ["box"],
        ["\ufffd"],
      ]);
  });

  test("a tower of marks is its letter and one box, a mark without a letter a box", () => {
    expect(kinds(`z${"\u0301".repeat(50)}`)).toEqual(["font", "box"]);
    expect(kinds("\u0301a")).toEqual(["box", "font"]);
  });

  test("of any text every character is drawn: nothing is dropped, nothing acts on its neighbours", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = texts(text).join("");
        expect(shown).toBe(text.toWellFormed().normalize("NFC").replaceAll(/\p{C}/gu, "\ufffd"));
        for (const { advance } of glyphsOf(FONT, text)) expect(advance).toBeGreaterThan(0);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("breakLines", () => {
  const width = (line: readonly { readonly advance: number }[]): number =>
    (widthOf(line as Parameters<typeof widthOf>[0]) * 10) / FONT.unitsPerEm;
  const said = (lines: readonly (readonly { readonly text: string }[])[]): readonly string[] =>
    lines.map((line) => line.map(({ text }) => text).join(""));

  test("breaks at blanks, behind hyphens and slashes, and inside a word that no line holds", () => {
    expect(said(breakLines(FONT, "một hai ba bốn năm", 10, 50, 9).lines)).toEqual(["một hai", "ba bốn", "năm"]);
    expect(said(breakLines(FONT, "abcdefgh-ijk/lmno", 10, 58, 9).lines)).toEqual(["abcdefgh-", "ijk/lmno"]);
    expect(said(breakLines(FONT, "wwwwwwwwww", 10, 30, 9).lines)).toEqual(["www", "www", "www", "w"]);
  });

  test("what does not fit is cut with an ellipsis, and the caller is told", () => {
    const { lines, cut } = breakLines(FONT, "một hai ba bốn năm sáu bảy", 10, 60, 2);
    expect(cut).toBe(true);
    expect(said(lines).at(-1)).toMatch(/…$/);
    expect(breakLines(FONT, "một", 10, 60, 2)).toMatchObject({ cut: false });
  });

  test("a name of 10,000 characters is cut like any other, in little time", () => {
    const started = performance.now();
    const { lines, cut } = breakLines(FONT, "Nguyễn ".repeat(1429), 8, 300, 2);
    expect([lines.length, cut]).toEqual([2, true]);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("of any text no line is too wide, and where nothing is cut every word is there", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 200 }), fc.integer({ min: 1, max: 5 }), (text, room, most) => {
        const { lines, cut } = breakLines(FONT, text, 10, room, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) if (line.length > 1) expect(width(line)).toBeLessThanOrEqual(room + 0.001);
        if (cut) expect(said(lines).at(-1)).toMatch(/…$/);
        else {
          const whole = texts(text.replace(/[\t\n\r ]+/g, " ")).join("");
          expect(said(lines).join("").replaceAll(" ", "")).toBe(whole.replaceAll(" ", ""));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
