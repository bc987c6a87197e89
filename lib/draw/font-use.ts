import type { Font } from "./font.ts";
import type { Glyph } from "./glyphs.ts";

/** A font in one document, and the glyphs of it that are drawn there; their order is the order of their first use. */
export type FontUse = { readonly font: Font; readonly glyphs: Glyph[]; readonly codes: Map<string, number> };

/** Identity-H has two octets, and 0 is for nothing. */
const GLYPH_LIMIT = 0xffff;

export function useFont(font: Font): FontUse {
  return { font, glyphs: [], codes: new Map() };
}

/** The code of a glyph in the document: from 1, new ones behind the others. @throws RangeError more than a font can hold */
export function codeOf(use: FontUse, glyph: Glyph): number {
  // A box and a letter may stand for the same text.
  const key = `${glyph.shape.kind} ${glyph.text}`;
  const known = use.codes.get(key);
  if (known !== undefined) return known;
  if (use.glyphs.length >= GLYPH_LIMIT) throw new RangeError("more glyphs than one font can have");
  use.glyphs.push(glyph);
  use.codes.set(key, use.glyphs.length);
  return use.glyphs.length;
}
