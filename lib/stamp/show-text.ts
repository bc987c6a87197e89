import type { Advance } from "./font-measure.ts";
import type { GraphicsState } from "./graphics-state.ts";
import { boxThrough, IDENTITY, type Matrix, multiply } from "./matrix.ts";
import { type Painted, paint } from "./painted.ts";

/** Where the next glyph goes (ISO 32000-2 §9.4.1). */
export type TextPlace = {
  matrix: Matrix;
  line: Matrix;
  /** How much further on it may be: some fonts do not say how wide their glyphs are. In units of the text matrix. */
  slack: number;
};

export function newTextPlace(): TextPlace {
  return { matrix: IDENTITY, line: IDENTITY, slack: 0 };
}

/** Td (§9.4.2): a new line, from the start of the one before. */
export function nextLine(place: TextPlace, x: number, y: number): void {
  setLine(place, multiply([1, 0, 0, 1, x, y], place.line));
}

export function setLine(place: TextPlace, matrix: Matrix): void {
  place.line = matrix;
  place.matrix = matrix;
  place.slack = 0;
}

/** Thousandths of the size between two strings of a TJ beyond which they are two boxes: a column is set apart so. */
const GAP = 1500;
/** Of the size: slanted letters reach over their edges. */
const OVERHANG = 0.15;

/** Tj, or TJ with numbers between the strings (§9.4.3). */
export function showText(
  painted: Painted,
  state: GraphicsState,
  place: TextPlace,
  items: readonly (Uint8Array | number)[],
): void {
  const run: Run = { least: 0, most: place.slack, from: undefined, to: 0 };
  for (const item of items) {
    if (typeof item === "number") {
      if (Math.abs(item) > GAP) finishRun(painted, state, place, run);
      move(run, spread((-item / 1000) * state.size * factor(state)));
    } else showString(state, run, item);
  }
  finishRun(painted, state, place, run);
  const [x, y] = state.font.vertical ? [0, -run.most] : [run.least, 0];
  place.matrix = multiply([1, 0, 0, 1, x, y], place.matrix);
  place.slack = state.font.vertical ? 0 : run.most - run.least;
}

/** From where the text began: how far it got, and from where to where glyphs are seen that are not painted yet. */
type Run = { least: number; most: number; from: number | undefined; to: number };

function showString(state: GraphicsState, run: Run, codes: Uint8Array): void {
  const scale = factor(state);
  for (const glyph of state.font.measure(codes)) {
    const blank = glyph.space ? state.wordSpace : 0;
    const by = (width: number, count: number): number =>
      (width * state.size + count * state.characterSpace + blank) * scale;
    const ends = [by(glyph.least, glyph.count.least), by(glyph.most, glyph.count.most)] as const;
    // A glyph whose width is unknown may be seen from where it can begin at the earliest to where it can end at the latest.
    const [least, most] = [run.least, run.most];
    move(run, { least: Math.min(...ends), most: Math.max(...ends) });
    if (glyph.blank) continue;
    run.from = Math.min(run.from ?? least, least, run.least);
    run.to = Math.max(run.from === undefined ? most : run.to, most, run.most);
  }
}

function finishRun(painted: Painted, state: GraphicsState, place: TextPlace, run: Run): void {
  if (run.from === undefined) return;
  const { font, size, rise } = state;
  const pad = OVERHANG * Math.abs(size);
  const across = [run.from - pad, run.to + pad] as const;
  const along = [font.low * size + rise, font.high * size + rise] as const;
  // Vertical writing: glyphs hang from the line in the middle above them, each a size high.
  const upright = font.vertical
    ? ([-Math.abs(size), -across[1] - Math.abs(size), Math.abs(size), -across[0] + Math.abs(size)] as const)
    : ([across[0], Math.min(...along), across[1], Math.max(...along)] as const);
  paint(painted, boxThrough(multiply(place.matrix, state.ctm), upright), state.clip);
  run.from = undefined;
  run.to = 0;
}

function move(run: Run, { least, most }: Advance): void {
  run.least += least;
  run.most += most;
}

const spread = (value: number): Advance => ({ least: value, most: value });

const factor = ({ font, stretch }: GraphicsState): number => (font.vertical ? 1 : stretch);
