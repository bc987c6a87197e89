import { encode } from "uqr";
import {
  type Canvas,
  type Colour,
  drawGlyphs,
  drawPath,
  fillRectangle,
  fillRectangles,
  newCanvas,
} from "../draw/canvas.ts";
import type { Font } from "../draw/font.ts";
import { breakLines, type Lines } from "../draw/lines.ts";
import { POINTS_PER_MM } from "./page-view.ts";
import type { StampText } from "./stamp-input.ts";

/** Millimetres. Singpass keeps as much free for a signature; with less the code would be too small for old phones. */
export const STAMP_WIDTH = 80;
export const STAMP_HEIGHT = 31;
/** Of the QR code with its white border, millimetres: at 0.33 mm a module it could have 72 modules, and it has 41. */
const QR_SIDE = 24;
/** Modules of white that a reader needs around a code (ISO/IEC 18004 §5.3.8). */
const QUIET_ZONE = 4;
/** Millimetres of a module: what telephones read from paper without trouble. */
const LEAST_MODULE = 0.33;

const WIDTH = STAMP_WIDTH * POINTS_PER_MM;
const HEIGHT = STAMP_HEIGHT * POINTS_PER_MM;
/** Points, between the edge and what is inside. */
const MARGIN = 4;
const TEXT_WIDTH = WIDTH - QR_SIDE * POINTS_PER_MM - 2.5 * MARGIN;

/** Black and grey: whoever wants to look like a seal takes red. */
const BLACK: Colour = [0, 0, 0];
const EDGE: Colour = [128, 134, 142];
const WHITE: Colour = [255, 255, 255];

/** Sizes in points with the most lines each, tried in this order. */
type Sizes = readonly (readonly [size: number, lines: number])[];
/** Label and name on one line, else the name below its label. */
const SIGNER: Sizes = [[8, 1], [7.5, 1], [7, 1]]; // biome-ignore format: a row
const LABEL: Sizes = [[7, 1]];
const NAME: Sizes = [[8.5, 1], [8, 1], [7.5, 1], [7, 1], [7.5, 2], [7, 2], [6.5, 2], [6, 2], [6, 3]]; // biome-ignore format: a row
const TIME: Sizes = [[7, 1], [6.5, 1], [6, 1]]; // biome-ignore format: a row
const CODES: Sizes = [[7, 1], [6.75, 1], [6.5, 1], [6.25, 1], [6, 1], [7, 2]]; // biome-ignore format: a row
const CHECK: Sizes = [[7, 1], [6.5, 1], [6, 1], [6.5, 2], [6, 3], [5.6, 3]]; // biome-ignore format: a row
const LEADING = 1.32;

/**
 * A stamp of 80 x 31 mm: text on the left, the QR code on the right, on white, so that it can be read and scanned on any ground.
 *
 * @throws Fault `font_malformed`
 */
export function drawStamp(font: Font, { lines, signer, url }: StampText): Canvas {
  // It is shown as a whole, as part of an annotation: the page's structure has no marks in it.
  const canvas: Canvas = { ...newCanvas(WIDTH, HEIGHT), open: true };
  fillRectangle(canvas, 0, 0, WIDTH, HEIGHT, WHITE);
  drawPath(canvas, frame(), { colour: EDGE, line: 0.5 });
  const [whole, time, codes, check] = lines;
  const first = fitted(font, whole, SIGNER);
  const names = first.cut ? [fitted(font, signer[0], LABEL), fitted(font, signer[1], NAME)] : [first];
  const others = [fitted(font, time, TIME), fitted(font, codes, CODES), fitted(font, check, CHECK)];
  drawTexts(canvas, font, [names, ...others.map((other) => [other])]);
  drawCode(canvas, url);
  return canvas;
}

function frame(): readonly (readonly [number, number])[] {
  const [near, right, bottom] = [0.5, WIDTH - 0.5, HEIGHT - 0.5];
  return [[near, near], [right, near], [right, bottom], [near, bottom], [near, near]]; // biome-ignore format: points
}

type Fitted = Lines & { readonly size: number };

/** In the first size that holds all of a text; a text that none holds ends in an ellipsis. */
function fitted(font: Font, text: string, sizes: Sizes): Fitted {
  let last: Fitted = { size: 0, lines: [], cut: true };
  for (const [size, most] of sizes) {
    last = { size, ...breakLines(font, text, size, TEXT_WIDTH, most) };
    if (!last.cut) break;
  }
  return last;
}

/** @param groups texts that stand together, each group apart from the next where there is room */
function drawTexts(canvas: Canvas, font: Font, groups: readonly (readonly Fitted[])[]): void {
  const needed = groups.flat().reduce((sum, { size, lines }) => sum + size * LEADING * lines.length, 0);
  const room = HEIGHT - 2 * MARGIN;
  const tight = Math.min(1, room / needed);
  const gap = Math.max(0, Math.min(5, (room - needed) / (groups.length + 1)));
  let top = (HEIGHT - tight * needed - gap * (groups.length - 1)) / 2;
  for (const group of groups) {
    for (const { size, lines } of group) {
      for (const glyphs of lines) {
        drawGlyphs(canvas, MARGIN, top + size, glyphs, { font, size, colour: BLACK });
        top += size * LEADING * tight;
      }
    }
    top += gap;
  }
}

/** @throws RangeError an address that is too long for a code of this size */
function drawCode(canvas: Canvas, url: string): void {
  const { size, data } = encode(url, { ecc: "M", border: 0 });
  if (QR_SIDE / (size + 2 * QUIET_ZONE) < LEAST_MODULE)
    throw new RangeError("the QR code's modules would be too small");
  const side = QR_SIDE * POINTS_PER_MM;
  const module = side / (size + 2 * QUIET_ZONE);
  const left = WIDTH - side - MARGIN / 2 + QUIET_ZONE * module;
  const top = (HEIGHT - side) / 2 + QUIET_ZONE * module;
  const rectangles = data.flatMap((row, y) =>
    runsOf(row).map(([from, to]) => [left + from * module, top + y * module, (to - from) * module, module] as const),
  );
  fillRectangles(canvas, rectangles, BLACK);
}

/** Where a row is black: from and to, in modules. */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [x, black] of row.entries()) {
    const last = runs.at(-1);
    if (!black) continue;
    if (last?.[1] === x) last[1] = x + 1;
    else runs.push([x, x + 1]);
  }
  return runs;
}
