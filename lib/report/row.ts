import { block, type Canvas, type Colour, drawGlyphs, fillRectangle, textWidth } from "../draw/canvas.ts";
import type { Font } from "../draw/font.ts";
import { type Glyph, glyphsOf } from "../draw/glyphs.ts";
import { breakLines } from "../draw/lines.ts";
import type { Both } from "../text/report.ts";

export type Fonts = { readonly regular: Font; readonly bold: Font };

/** Some text of one look. English is marked, so that it is read aloud as English. */
export type Run = {
  readonly text: string;
  readonly bold?: boolean;
  readonly colour?: Colour;
  readonly language?: "en";
};

type Piece = Run & {
  readonly x: number;
  readonly down: number;
  readonly glyphs: readonly Glyph[];
  readonly size: number;
};

/** Something as high as it says; drawn as two blocks where it has English, Vietnamese first. */
export type Row = {
  readonly height: number;
  readonly pieces: readonly Piece[];
  /** Squares: x, distance from the row's top, side, colour. */
  readonly marks: readonly (readonly [number, number, number, Colour])[];
};

export const INK: Colour = [28, 32, 38];
export const QUIET: Colour = [98, 106, 117];
export const GOOD: Colour = [20, 108, 58];
export const BAD: Colour = [170, 24, 32];
export const UNSURE: Colour = [150, 92, 0];

/** Where letters stand in a line of that leading, from its top. */
const baseline = (leading: number): number => 0.76 * leading;

/** Both languages of a word as runs: Vietnamese, then English behind a stroke. */
export function both({ vi, en }: Both, colour: Colour = INK, bold = false): Run[] {
  return [
    { text: vi, colour, bold },
    { text: ` / ${en}`, colour: colour === INK ? QUIET : colour, language: "en" },
  ];
}

export type Place = {
  readonly x: number;
  readonly width: number;
  readonly size: number;
  readonly leading: number;
};

/** A column of labels and one of values. @param label width of the first */
export type Frame = Place & { readonly label: number };

/** A label and its value; a value of one run takes more lines, up to `most`. */
export function pair(fonts: Fonts, label: Both | undefined, value: Run | readonly Run[], frame: Frame, most = 1): Row {
  const place = { ...frame, x: frame.x + frame.label, width: frame.width - frame.label };
  const shown = "text" in value ? paragraph(fonts, value, place, most) : line(fonts, value, place);
  if (label === undefined) return shown;
  return beside(line(fonts, both(label, QUIET), { ...frame, size: frame.size * 0.9, width: frame.label - 4 }), shown);
}

/** Runs behind each other on one line, blanks at their ends kept. What does not fit is cut with an ellipsis. */
export function line(fonts: Fonts, runs: readonly Run[], place: Place): Row {
  const { x, width, size, leading } = place;
  const pieces: Piece[] = [];
  let at = x;
  for (const run of runs) {
    const font = run.bold ? fonts.bold : fonts.regular;
    const blank = textWidth(font, size, glyphsOf(font, " "));
    const [before, after] = blanksAround(run.text);
    at += before * blank;
    const room = x + width - at;
    // Less than this shows a letter at most.
    if (room < size) break;
    const { lines, cut } = breakLines(font, run.text, size, room, 1);
    const [glyphs = []] = lines;
    pieces.push({ ...run, x: at, down: baseline(leading), glyphs, size });
    at += textWidth(font, size, glyphs) + after * blank;
    if (cut) break;
  }
  return { height: leading, pieces, marks: [] };
}

/** How many blanks a text begins and ends with. */
function blanksAround(text: string): readonly [number, number] {
  let [before, after] = [0, 0];
  while (text[before] === " ") before++;
  while (after < text.length - before && text[text.length - 1 - after] === " ") after++;
  return [before, after];
}

/** A paragraph of at most `most` lines. */
export function paragraph(fonts: Fonts, run: Run, place: Place, most: number): Row {
  const { x, width, size, leading } = place;
  const { lines } = breakLines(run.bold ? fonts.bold : fonts.regular, run.text, size, width, most);
  const pieces = lines.map((glyphs, i) => ({ ...run, x, down: i * leading + baseline(leading), glyphs, size }));
  return { height: lines.length * leading, pieces, marks: [] };
}

/** Rows side by side; as high as the highest. */
export function beside(...rows: readonly Row[]): Row {
  return {
    height: Math.max(...rows.map(({ height }) => height)),
    pieces: rows.flatMap(({ pieces }) => pieces),
    marks: rows.flatMap(({ marks }) => marks),
  };
}

/** Rows one below the other. */
export function stacked(...rows: readonly Row[]): Row {
  let height = 0;
  const pieces: Piece[] = [];
  const marks: Row["marks"][number][] = [];
  for (const row of rows) {
    for (const piece of row.pieces) pieces.push({ ...piece, down: piece.down + height });
    for (const [x, down, side, colour] of row.marks) marks.push([x, down + height, side, colour]);
    height += row.height;
  }
  return { height, pieces, marks };
}

export function space(height: number): Row {
  return { height, pieces: [], marks: [] };
}

/** @returns where the next row begins */
export function drawRow(canvas: Canvas, fonts: Fonts, row: Row, top: number, role: "H1" | "H2" | "P" = "P"): number {
  for (const [x, down, side, colour] of row.marks) fillRectangle(canvas, x, top + down, side, side, colour);
  for (const language of [undefined, "en"] as const) {
    const pieces = row.pieces.filter((piece) => piece.language === language);
    if (pieces.length === 0) continue;
    const draw = (): void => {
      for (const { x, down, glyphs, size, bold, colour } of pieces)
        drawGlyphs(canvas, x, top + down, glyphs, {
          font: bold ? fonts.bold : fonts.regular,
          size,
          colour: colour ?? INK,
        });
    };
    block(canvas, role, draw, language);
  }
  return top + row.height;
}
