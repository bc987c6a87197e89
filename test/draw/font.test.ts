import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openFont } from "../../lib/draw/font.ts";
import { codeOf, useFont } from "../../lib/draw/font-use.ts";
import { glyphsOf } from "../../lib/draw/glyphs.ts";
import { componentsOf, compositeOutline } from "../../lib/draw/outline.ts";
import { readTables, writeTables } from "../../lib/draw/sfnt.ts";
import { subsetFont } from "../../lib/draw/subset.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { fontFile } from "./fonts.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const FILE = fontFile("400Regular");
const FONT = openFont(FILE);

function subsetOf(text: string) {
  const use = useFont(FONT);
  for (const glyph of glyphsOf(FONT, text)) codeOf(use, glyph);
  return { use, octets: subsetFont(use) };
}

describe("openFont", () => {
  test("reads what the font says about itself", () => {
    expect(FONT).toMatchObject({ name: "BeVietnamPro-Regular", unitsPerEm: 1000, ascent: 1000, descent: -265 });
    expect(FONT).toMatchObject({ capHeight: 740, weight: 400, count: 524 });
    expect(FONT.glyphs.size).toBe(459);
  });

  test("has every letter that Vietnamese is written with, in one glyph", () => {
    const tones = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];
    const letters = [..."aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"].flatMap((letter) =>
      tones.map((tone) => (letter + tone).normalize("NFC")),
    );
    for (const letter of [...letters, ..."đĐ"]) expect(FONT.glyphs.has(letter.codePointAt(0) ?? 0), letter).toBe(true);
  });

  test("a font that is damaged anywhere gives a font or a Fault, and so does its subset", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(FILE.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        fc.option(fc.nat(FILE.length)),
        fc.boolean(),
        (changes, length, early) => {
          const damaged = FILE.slice(0, length ?? FILE.length);
          // Half of the time where all structure is: the directory and the small tables.
          for (const [at, octet] of changes) damaged[early ? at % 4000 : at] = octet;
          try {
            const font = openFont(damaged);
            const use = useFont(font);
            for (const glyph of glyphsOf(font, "Ký Một Lần ƀĭ 😀")) codeOf(use, glyph);
            subsetFont(use);
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
            expect(error.code).toBe("font_malformed");
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("what is no TrueType font is refused", () => {
    for (const octets of [new Uint8Array(0), new Uint8Array(12), new TextEncoder().encode("OTTO and more octets")])
      expect(() => openFont(octets)).toThrow(expect.objectContaining({ code: "font_malformed" }));
  });
});

describe("subsetFont", () => {
  test("the same use gives the same octets, whatever was drawn with the font before", () => {
    const first = subsetOf("Nguyễn Thị Ánh ƀ");
    glyphsOf(FONT, "something else entirely");
    expect(Buffer.from(subsetOf("Nguyễn Thị Ánh ƀ").octets)).toEqual(Buffer.from(first.octets));
  });

  test("is far smaller than the font, and has the tables that a PDF reader needs", () => {
    const { octets } = subsetOf("Nguyễn Thị Ánh Tuyết");
    expect(octets.length).toBeLessThan(FILE.length / 8);
    const tags = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];
    expect([...readTables(octets).keys()]).toEqual(tags);
  });

  test("its words add up to 0xB1B0AFBA, as OpenType wants it", () => {
    const { octets } = subsetOf("Ký");
    const view = new DataView(octets.buffer);
    let sum = 0;
    for (let at = 0; at < octets.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });

  test("widths and outlines are the font's own, under new numbers, and every part of a composite glyph is there", () => {
    const text = "Nguyễn ĭ Ƀ 😀";
    const { use, octets } = subsetOf(text);
    const tables = readTables(octets);
    const table = (tag: string) => tables.get(tag) as DataView;
    const count = table("maxp").getUint16(4);
    expect(table("loca").byteLength).toBe(4 * (count + 1));
    const outline = (glyph: number): DataView => {
      const [from, to] = [table("loca").getUint32(4 * glyph), table("loca").getUint32(4 * glyph + 4)];
      const glyf = table("glyf");
      return new DataView(glyf.buffer, glyf.byteOffset + from, to - from);
    };
    for (const [i, glyph] of use.glyphs.entries()) {
      expect(table("hmtx").getUint16(4 * (i + 1)), glyph.text).toBe(glyph.advance);
      if (glyph.shape.kind !== "font" || componentsOf(FONT.outline(glyph.shape.glyph)).length > 0) continue;
      const [mine, theirs] = [outline(i + 1), FONT.outline(glyph.shape.glyph)];
      expect(octetsOf(mine).subarray(0, theirs.byteLength)).toEqual(octetsOf(theirs));
    }
    for (let glyph = 0; glyph < count; glyph++)
      for (const part of componentsOf(outline(glyph))) {
        expect(part.glyph).toBeGreaterThan(use.glyphs.length);
        expect(part.glyph).toBeLessThan(count);
      }
  });
});

test("a composite glyph of the font keeps its parts, which are taken along under their new numbers, theirs as well", () => {
  const glyphOf = (letter: string): number => FONT.glyphs.get(letter.codePointAt(0) ?? 0) ?? 0;
  const [whole, half, plain] = [glyphOf("A"), glyphOf("B"), glyphOf("C")];
  const box = [0, 0, 700, 740] as const;
  const font = openFont(
    withOutlines(
      new Map([
        [whole, compositeOutline([{ glyph: half, dx: 0, dy: 0 }], box)],
        [half, compositeOutline([{ glyph: plain, dx: 5, dy: 7 }], box)],
      ]),
    ),
  );
  const use = useFont(font);
  for (const glyph of glyphsOf(font, "A")) codeOf(use, glyph);
  const tables = readTables(subsetFont(use));
  const [glyf, loca] = [tables.get("glyf"), tables.get("loca")] as [DataView, DataView];
  const outline = (glyph: number): DataView => {
    const [from, to] = [loca.getUint32(4 * glyph), loca.getUint32(4 * glyph + 4)];
    return new DataView(glyf.buffer, glyf.byteOffset + from, to - from);
  };
  const [first] = componentsOf(outline(1));
  const [second] = componentsOf(outline(first?.glyph ?? 0));
  expect([first?.glyph, second?.glyph]).toEqual([2, 3]);
  const drawn = octetsOf(FONT.outline(plain));
  expect(octetsOf(outline(3)).subarray(0, drawn.length)).toEqual(drawn);
});

test("a glyph that is a part of itself ends the walk, not the program", () => {
  const glyph = FONT.glyphs.get(0x41) ?? 0;
  const font = openFont(withOutlines(new Map([[glyph, compositeOutline([{ glyph, dx: 0, dy: 0 }], [0, 0, 1, 1])]])));
  const use = useFont(font);
  for (const drawn of glyphsOf(font, "A")) codeOf(use, drawn);
  expect(subsetFont(use).length).toBeLessThan(10_000);
});

/** The font with other outlines for some of its glyphs. */
function withOutlines(changes: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const outlines = Array.from(
    { length: FONT.count },
    (_, glyph) => changes.get(glyph) ?? octetsOf(FONT.outline(glyph)),
  );
  const padded = outlines.map((octets) => Buffer.concat([octets, new Uint8Array(octets.length & 1)]));
  const loca = new DataView(new ArrayBuffer(4 * (FONT.count + 1)));
  let at = 0;
  for (const [glyph, octets] of padded.entries()) {
    at += octets.length;
    loca.setUint32(4 * glyph + 4, at);
  }
  const tables = new Map([...FONT.tables].map(([tag, table]) => [tag, octetsOf(table)] as const));
  const head = octetsOf(FONT.tables.get("head") as DataView);
  new DataView(head.buffer).setInt16(50, 1);
  return writeTables(
    new Map([
      ...tables,
      ["head", head],
      ["glyf", new Uint8Array(Buffer.concat(padded))],
      ["loca", new Uint8Array(loca.buffer)],
    ]),
  );
}

const octetsOf = ({ buffer, byteOffset, byteLength }: DataView): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength));
