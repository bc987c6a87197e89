import type { Font } from "./font.ts";
import { codeOf, type FontUse, useFont } from "./font-use.ts";
import { type Glyph, glyphsOf, widthOf } from "./glyphs.ts";

/** Red, green, blue, each from 0 to 255, as sRGB means them. */
export type Colour = readonly [number, number, number];

/**
 * One page or picture that is being drawn. Lengths are points of 1/72 inch; `x` is from the left edge and `y` **down from the
 * top**, as a person reads a page.
 */
export type Canvas = {
  readonly width: number;
  readonly height: number;
  /** Content stream operators, a line each. */
  readonly content: string[];
  /** Fonts in the order of their first use; `F1` is the first. */
  readonly fonts: FontUse[];
  /** What a screen reader is told, in reading order: the index is the MCID. */
  readonly blocks: Block[];
  /** Whether a block is open. */
  open: boolean;
};

/** A run of text in the structure of the document (ISO 32000-2 §14.8.4). */
export type Block = { readonly role: "H1" | "H2" | "P" | "Figure"; readonly language: string | undefined };

export type TextStyle = { readonly font: Font; readonly size: number; readonly colour: Colour };

export function newCanvas(width: number, height: number): Canvas {
  return { width, height, content: ["/C0 cs", "/C0 CS"], fonts: [], blocks: [], open: false };
}

/** Draws a block that is read as one piece. @param language where it is not the document's (RFC 5646) */
export function block(canvas: Canvas, role: Block["role"], draw: () => void, language?: string): void {
  if (canvas.open) throw new TypeError("a block inside a block");
  const id = canvas.blocks.push({ role, language }) - 1;
  canvas.content.push(`/${role} <</MCID ${id}>> BDC`);
  canvas.open = true;
  draw();
  canvas.open = false;
  canvas.content.push("EMC");
}

/** Draws text on the line `y`, which is where letters stand. @returns its width */
export function drawText(canvas: Canvas, x: number, y: number, text: string, style: TextStyle): number {
  return drawGlyphs(canvas, x, y, glyphsOf(style.font, text), style);
}

/** @param glyphs of the style's font */
export function drawGlyphs(canvas: Canvas, x: number, y: number, glyphs: readonly Glyph[], style: TextStyle): number {
  const { font, size, colour } = style;
  const index = fontIndex(canvas, font);
  const use = canvas.fonts[index] as FontUse;
  const codes = glyphs.map((glyph) => codeOf(use, glyph).toString(16).padStart(4, "0")).join("");
  if (codes !== "")
    shape(canvas, () => {
      fill(canvas, colour);
      const at = `${number(x)} ${number(canvas.height - y)} Td`;
      canvas.content.push(`BT /F${index + 1} ${number(size)} Tf ${at} <${codes}> Tj ET`);
    });
  return textWidth(font, size, glyphs);
}

/** Width in points. */
export function textWidth(font: Font, size: number, glyphs: readonly Glyph[]): number {
  return (widthOf(glyphs) * size) / font.unitsPerEm;
}

export function fillRectangle(
  canvas: Canvas,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: Colour,
): void {
  fillRectangles(canvas, [[x, y, width, height]], colour);
}

/**
 * Rectangles of one colour as one path: where two of them touch, no hair line is seen between them.
 *
 * @param rectangles x, y, width and height of each
 */
export function fillRectangles(
  canvas: Canvas,
  rectangles: readonly (readonly [number, number, number, number])[],
  colour: Colour,
): void {
  shape(canvas, () => {
    fill(canvas, colour);
    const paths = rectangles.map(([x, y, width, height]) => [x, canvas.height - y - height, width, height]);
    canvas.content.push(`${paths.map((path) => `${path.map(number).join(" ")} re`).join("\n")} f`);
  });
}

/** @param points x and y of each; closed where `filled` */
export function drawPath(
  canvas: Canvas,
  points: readonly (readonly [number, number])[],
  style: { readonly colour: Colour; readonly filled: true } | { readonly colour: Colour; readonly line: number },
): void {
  shape(canvas, () => {
    const steps = points.map(([x, y], i) => `${number(x)} ${number(canvas.height - y)} ${i === 0 ? "m" : "l"}`);
    if ("filled" in style) {
      fill(canvas, style.colour);
      canvas.content.push(`${steps.join(" ")} h f`);
    } else {
      canvas.content.push(`${colourOf(style.colour)} SC ${number(style.line)} w 1 J 1 j ${steps.join(" ")} S`);
    }
  });
}

/** What is not part of a block means nothing to a screen reader (§14.8.2.2). */
function shape(canvas: Canvas, draw: () => void): void {
  const apart = !canvas.open;
  if (apart) canvas.content.push("/Artifact BMC");
  draw();
  if (apart) canvas.content.push("EMC");
}

function fill(canvas: Canvas, colour: Colour): void {
  canvas.content.push(`${colourOf(colour)} sc`);
}

const colourOf = (colour: Colour): string => colour.map((part) => number(part / 255)).join(" ");

function fontIndex(canvas: Canvas, font: Font): number {
  const known = canvas.fonts.findIndex((use) => use.font === font);
  return known >= 0 ? known : canvas.fonts.push(useFont(font)) - 1;
}

/** Hundredths of a point are finer than any printer; no exponent, which PDF does not know. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError("a place that is no number");
  return String(Math.round(value * 100) / 100);
}
