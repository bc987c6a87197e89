import type { Bytes } from "../bytes/bytes.ts";
import { i16, malformed, u16 } from "./sfnt.ts";

/** Left, bottom, right, top. */
export type Box = readonly [number, number, number, number];

/** A glyph put at a place, as part of a composite one. */
export type Placed = { readonly glyph: number; readonly dx: number; readonly dy: number };

// Flags of a component (OpenType, glyf table).
const WORDS = 0x0001;
const ARGUMENTS_ARE_XY = 0x0002;
const SCALE = 0x0008;
const MORE = 0x0020;
const X_AND_Y_SCALE = 0x0040;
const TWO_BY_TWO = 0x0080;

/** A letter has two or three parts. */
const COMPONENT_LIMIT = 64;
/** Octets before the parts: number of contours and the box. */
const HEADER = 10;

/** @returns undefined for a blank. @throws Fault `font_malformed` */
export function boxOf(outline: DataView): Box | undefined {
  if (outline.byteLength === 0) return undefined;
  return [i16(outline, 2), i16(outline, 4), i16(outline, 6), i16(outline, 8)];
}

/**
 * The parts of a composite glyph: which glyphs, and where their numbers stand in the outline.
 *
 * @returns empty for a simple glyph or a blank
 * @throws Fault `font_malformed`
 */
export function componentsOf(outline: DataView): readonly { readonly glyph: number; readonly at: number }[] {
  if (outline.byteLength === 0 || i16(outline, 0) >= 0) return [];
  const found: { glyph: number; at: number }[] = [];
  let at = HEADER;
  for (let flags = MORE; (flags & MORE) !== 0; ) {
    if (found.length >= COMPONENT_LIMIT) throw malformed(`a glyph of more than ${COMPONENT_LIMIT} parts`);
    flags = u16(outline, at);
    found.push({ glyph: u16(outline, at + 2), at: at + 2 });
    at += 4 + ((flags & WORDS) !== 0 ? 4 : 2);
    if ((flags & SCALE) !== 0) at += 2;
    else if ((flags & X_AND_Y_SCALE) !== 0) at += 4;
    else if ((flags & TWO_BY_TWO) !== 0) at += 8;
  }
  return found;
}

/** A glyph made of others. @param parts one at least */
export function compositeOutline(parts: readonly Placed[], box: Box): Bytes {
  const octets = new Uint8Array(HEADER + 8 * parts.length);
  const view = new DataView(octets.buffer);
  view.setInt16(0, -1);
  for (const [i, value] of box.entries()) view.setInt16(2 + 2 * i, value);
  for (const [i, { glyph, dx, dy }] of parts.entries()) {
    const at = HEADER + 8 * i;
    view.setUint16(at, WORDS | ARGUMENTS_ARE_XY | (i < parts.length - 1 ? MORE : 0));
    view.setUint16(at + 2, glyph);
    view.setInt16(at + 4, dx);
    view.setInt16(at + 6, dy);
  }
  return octets;
}

/** A glyph of rectangles; one inside another cuts a hole, as it is written the other way round. */
export function rectanglesOutline(rectangles: readonly Box[]): Bytes {
  const corners = rectangles.flatMap(([left, bottom, right, top], i) =>
    i % 2 === 0
      ? [[left, bottom] as const, [left, top] as const, [right, top] as const, [right, bottom] as const]
      : [[left, bottom] as const, [right, bottom] as const, [right, top] as const, [left, top] as const],
  );
  const flags = HEADER + 2 * rectangles.length + 2;
  const octets = new Uint8Array(flags + 5 * corners.length);
  const view = new DataView(octets.buffer);
  view.setInt16(0, rectangles.length);
  for (const [i, value] of around(rectangles).entries()) view.setInt16(2 + 2 * i, value);
  for (const i of rectangles.keys()) view.setUint16(HEADER + 2 * i, 4 * i + 3);
  // Every point is on the curve, its coordinates are words, and none is left out.
  octets.fill(1, flags, flags + corners.length);
  let [x, y] = [0, 0];
  for (const [i, [nextX, nextY]] of corners.entries()) {
    view.setInt16(flags + corners.length + 2 * i, nextX - x);
    view.setInt16(flags + 3 * corners.length + 2 * i, nextY - y);
    [x, y] = [nextX, nextY];
  }
  return octets;
}

/** The smallest box around all. @param boxes one at least */
export function around(boxes: readonly Box[]): Box {
  return [
    Math.min(...boxes.map(([left]) => left)),
    Math.min(...boxes.map(([, bottom]) => bottom)),
    Math.max(...boxes.map(([, , right]) => right)),
    Math.max(...boxes.map(([, , , top]) => top)),
  ];
}
