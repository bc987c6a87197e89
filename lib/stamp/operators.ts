import { Fault } from "../fault/fault.ts";
import { resolve } from "../pdf/document.ts";
import { arrayAt, integerAt, realOf } from "../pdf/lookup.ts";
import { isArray, isDict, isStream, isString, type PdfObject } from "../pdf/object.ts";
import { stringOctets } from "../pdf/string.ts";
import { change, matrix, numbers, type Operands, one, points, type Run, resourceOf, work } from "./content-run.ts";
import { drawObject } from "./draw-object.ts";
import { type FontMeasure, measureFont, UNKNOWN_FONT } from "./font-measure.ts";
import { fillOf } from "./graphics-state.ts";
import { type Matrix, multiply } from "./matrix.ts";
import { clipTo, close, drawTo, fillPath, moveTo, newPath, paint, rectangle, strokePath } from "./painted.ts";
import { nextLine, setLine, showText } from "./show-text.ts";

/** Octets that one operator shows; a line of text has a hundred. */
const SHOWN = 65_536;
/** Fonts of one page that are measured. */
const FONTS = 256;
/** q without Q. Readers of old gave up at 28. */
const SAVED = 512;

function endPath(
  run: Run,
  how: { readonly stroke?: boolean; readonly fill?: boolean; readonly close?: boolean },
): void {
  const { path, state, walk } = run;
  if (how.close) close(path, state.ctm);
  if (how.fill && state.fill !== "white") fillPath(walk.painted, path, state.fill === "plain", state.clip);
  if (how.stroke) strokePath(walk.painted, path, state.lineWidth * scaleOf(state.ctm), state.clip);
  if (run.cuts) change(run, { clip: clipTo(path, state.clip) });
  run.cuts = false;
  run.path = newPath();
}

/** How much longer a line may become. */
function scaleOf([a, b, c, d]: Matrix): number {
  return Math.max(Math.hypot(a, b), Math.hypot(c, d));
}

function show(run: Run, operand: PdfObject | undefined): void {
  const items = isArray(operand) ? operand : operand === undefined ? [] : [operand];
  const shown = items.map((item) => (isString(item) ? stringOctets(item) : (realOf(item) ?? 0)));
  const octets = shown.reduce<number>((sum, item) => sum + (typeof item === "number" ? 0 : item.length), 0);
  if (octets > SHOWN) throw new Fault("pdf_limit", `one operator shows more than ${SHOWN} octets`);
  work(run.walk, octets);
  showText(run.walk.painted, run.state, run.text, shown);
}

function fontOf({ walk }: Run, entry: PdfObject | undefined): FontMeasure {
  const font = resolve(walk.doc, entry);
  if (!isDict(font)) return UNKNOWN_FONT;
  const known = walk.fonts.get(font);
  if (known !== undefined) return known;
  if (walk.fonts.size >= FONTS) throw new Fault("pdf_limit", `a page with more than ${FONTS} fonts`);
  const measure = measureFont(walk.doc, font);
  walk.fonts.set(font, measure);
  return measure;
}

function extendedState(run: Run, operands: Operands): void {
  const { doc } = run.walk;
  const dict = resolve(doc, resourceOf(run, "ExtGState", operands.at(-1)));
  if (!isDict(dict)) return;
  const width = realOf(resolve(doc, dict.get("LW")));
  if (width !== undefined) change(run, { lineWidth: width });
  const [font, size] = arrayAt(doc, dict, "Font") ?? [];
  if (font !== undefined) change(run, { font: fontOf(run, font), size: realOf(resolve(doc, size)) ?? 0 });
}

/** Components of a colour space in which it is known what white is (§8.6). */
function componentsOf(run: Run, name: PdfObject | undefined): number | undefined {
  const { doc } = run.walk;
  const simple = typeof name === "string" ? DEVICE.get(name) : undefined;
  if (simple !== undefined) return simple;
  const space = resolve(doc, resourceOf(run, "ColorSpace", name));
  if (typeof space === "string") return DEVICE.get(space);
  if (!isArray(space)) return undefined;
  const family = resolve(doc, space[0]);
  if (family === "CalGray") return 1;
  if (family === "CalRGB") return 3;
  const profile = resolve(doc, space[1]);
  return family === "ICCBased" && isStream(profile) ? integerAt(doc, profile.dict, "N") : undefined;
}

const DEVICE: ReadonlyMap<string, number> = new Map([
  ["DeviceGray", 1],
  ["DeviceRGB", 3],
  ["DeviceCMYK", 4],
]);

function setColour(run: Run, operands: Operands): void {
  const values = operands.map(realOf).filter((value) => value !== undefined);
  const pattern = typeof operands.at(-1) === "string";
  change(run, { fill: pattern ? "pattern" : fillOf(values, run.state.components) });
}

function device(run: Run, operands: Operands, components: number): void {
  change(run, { components, fill: fillOf(numbers(operands, components), components) });
}

function newLine(run: Run): void {
  nextLine(run.text, 0, -run.state.leading);
}

type Operator = (run: Run, operands: Operands) => void;

/** ISO 32000-2 annex A. What is not here paints nothing and moves nothing. */
export const OPERATOR: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    "q",
    (run) => {
      if (run.saved.push(run.state) > SAVED) throw new Fault("pdf_limit", `more than ${SAVED} states are kept`);
    },
  ],
  [
    "Q",
    (run) => {
      run.state = run.saved.pop() ?? run.state;
    },
  ],
  ["cm", (run, operands) => change(run, { ctm: multiply(matrix(operands), run.state.ctm) })],
  ["w", (run, operands) => change(run, { lineWidth: one(operands) })],
  ["gs", extendedState],
  ["m", ({ path }, operands) => moveTo(path, points(operands, 1)[0] ?? [0, 0])],
  ["l", ({ path, state }, operands) => drawTo(path, state.ctm, points(operands, 1))],
  ["c", ({ path, state }, operands) => drawTo(path, state.ctm, points(operands, 3))],
  ["v", ({ path, state }, operands) => drawTo(path, state.ctm, points(operands, 2))],
  ["y", ({ path, state }, operands) => drawTo(path, state.ctm, points(operands, 2))],
  ["h", ({ path, state }) => close(path, state.ctm)],
  [
    "re",
    ({ path, state }, operands) => {
      const [x = 0, y = 0, width = 0, height = 0] = numbers(operands, 4);
      rectangle(path, state.ctm, x, y, width, height);
    },
  ],
  ["S", (run) => endPath(run, { stroke: true })],
  ["s", (run) => endPath(run, { stroke: true, close: true })],
  ["f", (run) => endPath(run, { fill: true })],
  ["F", (run) => endPath(run, { fill: true })],
  ["f*", (run) => endPath(run, { fill: true })],
  ["B", (run) => endPath(run, { fill: true, stroke: true })],
  ["B*", (run) => endPath(run, { fill: true, stroke: true })],
  ["b", (run) => endPath(run, { fill: true, stroke: true, close: true })],
  ["b*", (run) => endPath(run, { fill: true, stroke: true, close: true })],
  ["n", (run) => endPath(run, {})],
  [
    "W",
    (run) => {
      run.cuts = true;
    },
  ],
  [
    "W*",
    (run) => {
      run.cuts = true;
    },
  ],
  ["cs", (run, operands) => change(run, { components: componentsOf(run, operands.at(-1)), fill: "plain" })],
  ["sc", setColour],
  ["scn", setColour],
  ["g", (run, operands) => device(run, operands, 1)],
  ["rg", (run, operands) => device(run, operands, 3)],
  ["k", (run, operands) => device(run, operands, 4)],
  ["sh", ({ walk, state }) => paint(walk.painted, state.clip, state.clip)],
  ["Do", drawObject],
  ["BT", ({ text }) => setLine(text, [1, 0, 0, 1, 0, 0])],
  ["Tc", (run, operands) => change(run, { characterSpace: one(operands) })],
  ["Tw", (run, operands) => change(run, { wordSpace: one(operands) })],
  ["Tz", (run, operands) => change(run, { stretch: one(operands) / 100 })],
  ["TL", (run, operands) => change(run, { leading: one(operands) })],
  ["Ts", (run, operands) => change(run, { rise: one(operands) })],
  [
    "Tf",
    (run, operands) =>
      change(run, { font: fontOf(run, resourceOf(run, "Font", operands.at(-2))), size: one(operands) }),
  ],
  ["Td", ({ text }, operands) => nextLine(text, ...(numbers(operands, 2) as [number, number]))],
  [
    "TD",
    (run, operands) => {
      const [x = 0, y = 0] = numbers(operands, 2);
      change(run, { leading: -y });
      nextLine(run.text, x, y);
    },
  ],
  ["Tm", ({ text }, operands) => setLine(text, matrix(operands))],
  ["T*", newLine],
  ["Tj", (run, operands) => show(run, operands.at(-1))],
  ["TJ", (run, operands) => show(run, operands.at(-1))],
  [
    "'",
    (run, operands) => {
      newLine(run);
      show(run, operands.at(-1));
    },
  ],
  [
    '"',
    (run, operands) => {
      const [wordSpace = 0, characterSpace = 0] = operands.slice(-3, -1).map((item) => realOf(item) ?? 0);
      change(run, { wordSpace, characterSpace });
      newLine(run);
      show(run, operands.at(-1));
    },
  ],
]);
