import type { Font } from "./font.ts";
import { type Box, boxOf, type Placed } from "./outline.ts";

/** One thing that is drawn, and the text that it stands for. */
export type Glyph = {
  /** NFC; what a reader gets who copies it. */
  readonly text: string;
  /** To the next glyph, in the font's units. */
  readonly advance: number;
  readonly shape:
    | { readonly kind: "font"; readonly glyph: number }
    /** Parts of the font, and bars that it does not have. */
    | { readonly kind: "made"; readonly parts: readonly Placed[]; readonly bars: readonly Box[] }
    /** An empty box: the font has no such letter. */
    | { readonly kind: "box" };
};

/** Signs on one letter: Vietnamese has two, Ede three. More are drawn as a box of their own. */
const MARK_LIMIT = 4;
const DOTLESS = new Map([
  ["i", 0x131],
  ["j", 0x237],
]);
/** Letters with a stroke have no decomposition in Unicode. Ede writes Ƀ ƀ, which many Vietnamese fonts leave out. */
const STROKED = new Map([
  [0x180, 0x62],
  [0x243, 0x42],
]);
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Controls, directions, joiners, unassigned and private characters: a box, and nothing that could act on who copies it. */
const UNSEEN = /\p{C}/gu;
/** Marks that belong below their letter. Everything else that is no overlay or horn is above it. */
const BELOW =
  /[\u0316-\u0319\u031c-\u0320\u0323-\u0326\u0329-\u0333\u0339-\u033c\u0347-\u0349\u034d-\u034e\u0353-\u0356\u0359-\u035a]/;
const BESIDE = /[\u031b\u0321\u0322\u0327\u0328\u0334-\u0338]/;

const KNOWN = new WeakMap<Font, Map<string, readonly Glyph[]>>();

/**
 * Text as the glyphs that draw it, left to right in the order of its characters. The text is normalised to NFC first;
 * letters that the font has in pieces only are put together; what it has not at all becomes a box, one for each letter,
 * and nothing is ever left out.
 */
export function glyphsOf(font: Font, text: string): Glyph[] {
  const known = KNOWN.get(font) ?? new Map<string, readonly Glyph[]>();
  KNOWN.set(font, known);
  const glyphs: Glyph[] = [];
  for (const [cluster] of text.toWellFormed().normalize("NFC").matchAll(CLUSTER)) {
    let drawn = known.get(cluster);
    if (drawn === undefined) {
      drawn = draw(font, cluster);
      // Letters of names repeat; what somebody made up to fill memory does not stay.
      if (known.size < 2000) known.set(cluster, drawn);
    }
    for (const glyph of drawn) glyphs.push(glyph);
  }
  return glyphs;
}

/** In the font's units. */
export function widthOf(glyphs: readonly Glyph[]): number {
  let width = 0;
  for (const { advance } of glyphs) width += advance;
  return width;
}

function draw(font: Font, cluster: string): readonly Glyph[] {
  const [base = "", ...marks] = cluster;
  if (marks.length === 0) return [letter(font, base)];
  if (marks.length <= MARK_LIMIT && !/^\p{M}/u.test(base)) {
    const made = assemble(font, cluster, base, marks);
    if (made !== undefined) return [made];
  }
  // Not one glyph then: the letter, and a box that stands for everything that belongs on it.
  return /^\p{M}/u.test(base) ? [boxFor(font, cluster)] : [letter(font, base), boxFor(font, marks.join(""))];
}

function letter(font: Font, character: string): Glyph {
  const code = character.codePointAt(0) ?? 0;
  const glyph = UNSEEN.test(character) || /^\p{M}/u.test(character) ? undefined : font.glyphs.get(code);
  UNSEEN.lastIndex = 0;
  if (glyph !== undefined) return { text: character, advance: font.advance(glyph), shape: { kind: "font", glyph } };
  const stroked = STROKED.get(code);
  if (stroked !== undefined) return stroke(font, character, stroked) ?? boxFor(font, character);
  const [base = "", ...marks] = character.normalize("NFD");
  const made = marks.length > 0 ? assemble(font, character, base, marks) : undefined;
  return made ?? boxFor(font, character);
}

function boxFor(font: Font, text: string): Glyph {
  const shown = text.replaceAll(UNSEEN, "\ufffd");
  return { text: shown, advance: Math.round(0.62 * font.unitsPerEm), shape: { kind: "box" } };
}

/** A letter with its marks, each in the middle above or below it. @returns undefined where the font lacks a piece */
function assemble(font: Font, text: string, base: string, marks: readonly string[]): Glyph | undefined {
  const above = marks.some((mark) => !BELOW.test(mark) && !BESIDE.test(mark));
  const dotless = above ? DOTLESS.get(base) : undefined;
  const root = font.glyphs.get(dotless ?? base.codePointAt(0) ?? 0);
  const box = root === undefined ? undefined : boxOf(font.outline(root));
  if (root === undefined || box === undefined) return undefined;
  const parts: Placed[] = [{ glyph: root, dx: 0, dy: 0 }];
  let [, bottom, , top] = box;
  for (const mark of marks) {
    const glyph = font.glyphs.get(mark.codePointAt(0) ?? 0);
    const own = glyph === undefined ? undefined : boxOf(font.outline(glyph));
    if (glyph === undefined || own === undefined) return undefined;
    const dx = Math.round((box[0] + box[2] - own[0] - own[2]) / 2);
    let dy = 0;
    // A mark is drawn where it stands on a small letter without anything above or below.
    if (BELOW.test(mark)) dy = Math.min(0, bottom);
    else if (!BESIDE.test(mark)) dy = Math.max(0, top - font.xHeight);
    parts.push({ glyph, dx, dy });
    top = Math.max(top, own[3] + dy);
    bottom = Math.min(bottom, own[1] + dy);
  }
  return { text, advance: font.advance(root), shape: { kind: "made", parts, bars: [] } };
}

/** A bar through the stem: above the bowl of a small letter, half-way up a capital. */
function stroke(font: Font, text: string, code: number): Glyph | undefined {
  const root = font.glyphs.get(code);
  const box = root === undefined ? undefined : boxOf(font.outline(root));
  if (root === undefined || box === undefined) return undefined;
  const [left, , right, top] = box;
  const thick = Math.round(0.065 * font.unitsPerEm);
  const capital = code < 0x60;
  const middle = Math.round(capital ? top / 2 : (top + font.xHeight) / 2);
  const reach = Math.round((right - left) * (capital ? 0.45 : 0.55));
  const bar: Box = [left - Math.round(1.1 * thick), middle - (thick >> 1), left + reach, middle + thick - (thick >> 1)];
  const parts = [{ glyph: root, dx: 0, dy: 0 }];
  return { text, advance: font.advance(root), shape: { kind: "made", parts, bars: [bar] } };
}
