import { type Bytes, concat } from "../bytes/bytes.ts";
import type { Font } from "./font.ts";
import type { FontUse } from "./font-use.ts";
import type { Glyph } from "./glyphs.ts";
import { around, type Box, boxOf, componentsOf, compositeOutline, type Placed, rectanglesOutline } from "./outline.ts";
import { malformed, tableOf, writeTables } from "./sfnt.ts";

/** Numbers of glyphs have two octets. */
const GLYPH_LIMIT = 0xffff;
/** Copied as they are: what the outlines' instructions call (OpenType, "Tables related to TrueType outlines"). */
const KEPT = ["cvt ", "fpgm", "prep"];

type Entry = { readonly advance: number; readonly left: number; readonly outline: Uint8Array };

/**
 * A TrueType font of the glyphs in use, for embedding: number 0 is the box, then the glyphs in the order of their codes,
 * then the pieces that they are made of. Without tables that a PDF reader does not need (ISO 32000-2 §9.9.2). The same use
 * gives the same octets.
 *
 * @throws Fault `font_malformed`
 */
export function subsetFont(use: FontUse): Bytes {
  const { font } = use;
  const build = newBuild(font, 1 + use.glyphs.length);
  build.entries.push(boxEntry(font, font.advance(0)));
  for (const glyph of use.glyphs) build.entries.push(entryOf(build, glyph));
  // Pieces may have pieces; the list grows while it is walked.
  for (const piece of build.pieces)
    build.entries.push(piece.kind === "glyph" ? copyOf(build, piece.glyph) : barEntry(piece.bar));
  if (build.entries.length > GLYPH_LIMIT) throw malformed("more pieces than a font can have");
  return write(font, build.entries);
}

type Piece = { readonly kind: "glyph"; readonly glyph: number } | { readonly kind: "bar"; readonly bar: Box };

type Build = {
  readonly font: Font;
  readonly entries: Entry[];
  readonly pieces: Piece[];
  /** The number that a glyph of the font has here, as a piece. */
  readonly pieceOf: (glyph: number) => number;
  readonly barOf: (bar: Box) => number;
};

function newBuild(font: Font, first: number): Build {
  const pieces: Piece[] = [];
  const numbers = new Map<number, number>();
  return {
    font,
    entries: [],
    pieces,
    pieceOf(glyph) {
      const known = numbers.get(glyph);
      if (known !== undefined) return known;
      const number = first + pieces.push({ kind: "glyph", glyph }) - 1;
      numbers.set(glyph, number);
      return number;
    },
    barOf: (bar) => first + pieces.push({ kind: "bar", bar }) - 1,
  };
}

function entryOf(build: Build, { advance, shape }: Glyph): Entry {
  const { font } = build;
  if (shape.kind === "font") return copyOf(build, shape.glyph);
  if (shape.kind === "box") return boxEntry(font, advance);
  const parts: Placed[] = shape.parts.map(({ glyph, dx, dy }) => ({ glyph: build.pieceOf(glyph), dx, dy }));
  const boxes = shape.parts.flatMap(({ glyph, dx, dy }) => {
    const box = boxOf(font.outline(glyph));
    return box === undefined ? [] : [[box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy] as Box];
  });
  for (const bar of shape.bars) parts.push({ glyph: build.barOf(bar), dx: 0, dy: 0 });
  const box = around([...boxes, ...shape.bars]);
  return { advance, left: box[0], outline: compositeOutline(parts, box) };
}

/** A glyph of the font; the numbers of its parts are what they are here. */
function copyOf(build: Build, glyph: number): Entry {
  const { font } = build;
  const source = font.outline(glyph);
  const outline = new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice();
  const view = new DataView(outline.buffer);
  for (const part of componentsOf(source)) view.setUint16(part.at, build.pieceOf(part.glyph));
  return { advance: font.advance(glyph), left: font.leftBearing(glyph), outline };
}

function barEntry(bar: Box): Entry {
  return { advance: 0, left: bar[0], outline: rectanglesOutline([bar]) };
}

/** As tall as a capital, a line of a twentieth of the font's size. */
function boxEntry(font: Font, advance: number): Entry {
  const line = Math.round(0.05 * font.unitsPerEm);
  const side = Math.round(0.08 * font.unitsPerEm);
  const right = Math.max(advance - side, side + 3 * line);
  const outer: Box = [side, 0, right, font.capHeight];
  const inner: Box = [side + line, line, right - line, font.capHeight - line];
  return { advance, left: side, outline: rectanglesOutline([outer, inner]) };
}

function write(font: Font, entries: readonly Entry[]): Bytes {
  const { glyf, loca } = outlinesOf(entries);
  const hmtx = new DataView(new ArrayBuffer(4 * entries.length));
  for (const [i, { advance, left }] of entries.entries()) {
    hmtx.setUint16(4 * i, advance);
    hmtx.setInt16(4 * i + 2, left);
  }
  const tables = new Map<string, Uint8Array>([
    ["glyf", glyf],
    ["loca", loca],
    ["hmtx", new Uint8Array(hmtx.buffer)],
    ["head", edited(font, "head", (head) => head.setInt16(50, 1))],
    ["hhea", edited(font, "hhea", (hhea) => hhea.setUint16(34, entries.length))],
    ["maxp", edited(font, "maxp", (maxp) => raiseLimits(maxp, entries.length))],
  ]);
  for (const tag of KEPT)
    if (font.tables.has(tag))
      tables.set(
        tag,
        edited(font, tag, () => undefined),
      );
  return writeTables(tables);
}

function outlinesOf(entries: readonly Entry[]): { readonly glyf: Bytes; readonly loca: Bytes } {
  const loca = new DataView(new ArrayBuffer(4 * (entries.length + 1)));
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [i, { outline }] of entries.entries()) {
    // Outlines begin at even places, as the short form of loca would want it.
    const gap = outline.length & 1;
    parts.push(outline, new Uint8Array(gap));
    at += outline.length + gap;
    loca.setUint32(4 * (i + 1), at);
  }
  return { glyf: concat(...parts), loca: new Uint8Array(loca.buffer) };
}

/** What a reader sets memory aside for: composite glyphs of ours have more of everything than the font's own. */
function raiseLimits(maxp: DataView, count: number): void {
  maxp.setUint16(4, count);
  if (maxp.byteLength < 32) return;
  const raise = (at: number, factor: number, least: number): void =>
    maxp.setUint16(at, Math.min(0xffff, Math.max(factor * maxp.getUint16(at), least)));
  raise(6, 1, 8); // maxPoints
  raise(8, 1, 2); // maxContours
  raise(10, 4, 64); // maxCompositePoints
  raise(12, 4, 16); // maxCompositeContours
  raise(28, 1, 8); // maxComponentElements
  raise(30, 2, 2); // maxComponentDepth
}

function edited(font: Font, tag: string, edit: (table: DataView) => void): Uint8Array {
  const { buffer, byteOffset, byteLength } = tableOf(font.tables, tag);
  const copy = new Uint8Array(buffer, byteOffset, byteLength).slice();
  edit(new DataView(copy.buffer));
  return copy;
}
