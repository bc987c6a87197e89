import { Fault } from "../fault/fault.ts";
import { load, type PdfDocument, resolve, streamOctets } from "../pdf/document.ts";
import { arrayAt, dictAt, integerAt, nameAt, realOf } from "../pdf/lookup.ts";
import {
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  kindOf,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
  type PdfToken,
} from "../pdf/object.ts";
import { parseObject } from "../pdf/parse.ts";
import { damaged, isSpace, type Scanner, scannerOf, skipSpace } from "../pdf/scanner.ts";
import { stringOctets } from "../pdf/string.ts";
import { type FontMeasure, measureFont, UNKNOWN_FONT } from "./font-measure.ts";
import { fillOf, type GraphicsState } from "./graphics-state.ts";
import { boxThrough, intersection, type Matrix, multiply } from "./matrix.ts";
import { boxAt } from "./page-view.ts";
import {
  clipTo,
  close,
  drawTo,
  fillPath,
  moveTo,
  newPath,
  type Painted,
  type Path,
  paint,
  rectangle,
  strokePath,
} from "./painted.ts";
import { newTextPlace, nextLine, setLine, showText, type TextPlace } from "./show-text.ts";

/** Content streams of a page, on the way through them. */
export type Walk = {
  readonly doc: PdfDocument;
  readonly painted: Painted;
  readonly fonts: Map<PdfDict, FontMeasure>;
  /** {@link WORK} that is left. */
  left: number;
};

/** One content stream. */
type Run = {
  readonly walk: Walk;
  readonly resources: PdfDict | undefined;
  readonly level: number;
  state: GraphicsState;
  readonly saved: GraphicsState[];
  path: Path;
  /** W or W* was said: the path cuts off, once it is painted. */
  cuts: boolean;
  readonly text: TextPlace;
};

type Operands = readonly PdfObject[];

/**
 * Operands, operators and octets of text of one page: a second of work. Maps have as many; nobody finds a free place on one. What a
 * form draws counts each time it is drawn.
 */
export const WORK = 600_000;
/** Octets that one operator shows; a line of text has a hundred. */
const SHOWN = 65_536;
/** What opening a form costs, counted as operators. */
const FORM = 20;
/** Fonts of one page that are measured. */
const FONTS = 256;
/** Forms within forms; a form that draws itself ends here as well. */
const LEVELS = 12;
/** q without Q. Readers of old gave up at 28. */
const SAVED = 512;
/** Operands that are remembered: more than any operator takes. */
const OPERANDS = 64;

/**
 * Walks through a content stream (ISO 32000-2 §7.8.2) and marks where it paints.
 *
 * @throws Fault `pdf_invalid`, `pdf_unsupported`, `pdf_limit` where it cannot be told what is painted
 */
export function walkContent(
  walk: Walk,
  content: Uint8Array,
  resources: PdfDict | undefined,
  state: GraphicsState,
  level = LEVELS,
): void {
  const s = scannerOf(content, 0, { file: false });
  const run: Run = { walk, resources, level, state, saved: [], path: newPath(), cuts: false, text: newTextPlace() };
  const operands: PdfObject[] = [];
  for (skipSpace(s); s.at < s.end; skipSpace(s)) {
    const known = s.items;
    const item = parseObject(s);
    work(walk, s.items - known);
    if (!isOperator(item)) {
      if (operands.push(item) > OPERANDS) operands.shift();
      continue;
    }
    if (item.text === "BI") inlinePicture(run, s);
    else OPERATOR.get(item.text)?.(run, operands);
    operands.length = 0;
  }
}

function work(walk: Walk, done: number): void {
  walk.left -= done;
  if (walk.left < 0) throw new Fault("pdf_limit", "a page with more on it than can be looked at");
}

function isOperator(item: PdfObject): item is PdfToken {
  return kindOf(item) === "token" && !/^[+-.\d]/.test((item as PdfToken).text);
}

/** The last `count` operands as numbers. @throws Fault `pdf_invalid` */
function numbers(operands: Operands, count: number): number[] {
  const values: number[] = [];
  for (let at = operands.length - count; at < operands.length; at++) {
    const value = realOf(operands[at]);
    if (value === undefined) throw damaged("an operator without its numbers");
    values.push(value);
  }
  return values;
}

const one = (operands: Operands): number => numbers(operands, 1)[0] as number;

function matrix(operands: Operands): Matrix {
  return numbers(operands, 6) as unknown as Matrix;
}

function change(run: Run, part: Partial<GraphicsState>): void {
  run.state = { ...run.state, ...part };
}

function points(operands: Operands, count: number): (readonly [number, number])[] {
  const all = numbers(operands, 2 * count);
  return Array.from({ length: count }, (_, i) => [all[2 * i] as number, all[2 * i + 1] as number] as const);
}

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

function resourceOf({ walk, resources }: Run, kind: string, name: PdfObject | undefined): PdfObject | undefined {
  const all = resources === undefined ? undefined : dictAt(walk.doc, resources, kind);
  return typeof name === "string" ? all?.get(name) : undefined;
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

function drawObject(run: Run, operands: Operands): void {
  const { doc, painted } = run.walk;
  const entry = resourceOf(run, "XObject", operands.at(-1));
  const stream = resolve(doc, entry);
  // What is not there is not painted.
  if (!isStream(stream) || !isRef(entry)) return;
  if (nameAt(doc, stream.dict, "Subtype") === "Form") drawForm(run, entry, stream);
  else paint(painted, boxThrough(run.state.ctm, [0, 0, 1, 1]), run.state.clip);
}

function drawForm(run: Run, entry: PdfRef, stream: PdfStream): void {
  const { doc } = run.walk;
  work(run.walk, FORM);
  if (run.level === 0) throw new Fault("pdf_limit", `forms nest deeper than ${LEVELS}`);
  const own = (arrayAt(doc, stream.dict, "Matrix") ?? []).map((item) => realOf(resolve(doc, item)));
  const ctm =
    own.length === 6 && !own.includes(undefined) ? multiply(own as unknown as Matrix, run.state.ctm) : run.state.ctm;
  const bounds = boxAt(doc, stream.dict.get("BBox"));
  const clip = bounds === undefined ? run.state.clip : intersection(boxThrough(ctm, bounds), run.state.clip);
  const holder = lastHolder(doc, entry);
  if (clip === undefined || holder === undefined) return;
  const resources = dictAt(doc, stream.dict, "Resources") ?? run.resources;
  walkContent(run.walk, streamOctets(doc, holder), resources, { ...run.state, ctm, clip }, run.level - 1);
}

/** The stream itself, where a reference leads to another one first. */
export function lastHolder(doc: PdfDocument, entry: PdfObject | undefined) {
  let found = isRef(entry) ? load(doc, entry) : undefined;
  for (let i = 0; i < 32 && found !== undefined && isRef(found.value); i++) found = load(doc, found.value);
  return found !== undefined && isStream(found.value) ? found : undefined;
}

/** BI … ID … EI (§8.9.7): its data may hold anything; the end is a word that stands alone, with something readable behind it. */
function inlinePicture(run: Run, s: Scanner): void {
  for (let item = parseObject(s); !(isOperator(item) && item.text === "ID"); item = parseObject(s)) {
    skipSpace(s);
    if (s.at >= s.end) throw damaged("a picture without its data");
  }
  const { source, end } = s;
  for (let at = s.at + 1; at + 2 <= end; at++) {
    const ends = source[at] === 0x45 && source[at + 1] === 0x49 && isSpace(source[at - 1]);
    if (!ends || !(at + 2 === end || isSpace(source[at + 2])) || !isReadable(source.subarray(at + 2, at + 18)))
      continue;
    s.at = at + 2;
    paint(run.walk.painted, boxThrough(run.state.ctm, [0, 0, 1, 1]), run.state.clip);
    return;
  }
  throw damaged("a picture in the page that does not end");
}

function isReadable(octets: Uint8Array): boolean {
  return octets.every((octet) => isSpace(octet) || (octet >= 0x20 && octet < 0x7f));
}

function newLine(run: Run): void {
  nextLine(run.text, 0, -run.state.leading);
}

type Operator = (run: Run, operands: Operands) => void;

/** ISO 32000-2 annex A. What is not here paints nothing and moves nothing. */
const OPERATOR: ReadonlyMap<string, Operator> = new Map<string, Operator>([
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
