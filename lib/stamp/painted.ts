import { Fault } from "../fault/fault.ts";
import { type Box, boxThrough, intersection, type Matrix } from "./matrix.ts";

/** What has been painted on a page so far: boxes in the page's coordinates. */
export type Painted = {
  readonly page: Box;
  readonly boxes: Box[];
};

/** Boxes of one page. A map of a province has some ten thousand lines; beyond that looking for a place takes too long. */
const BOXES = 30_000;
/** Of a page: a rectangle of one colour that is larger lies behind everything and says nothing. */
const BACKGROUND = 0.5;
/** Letters on one line that follow each other at no greater distance become one box; units of the page. */
const NEAR = 2;

/** @throws Fault `pdf_limit` more than can be looked at */
export function paint({ page, boxes }: Painted, box: Box, clip: Box): void {
  const inside = intersection(box, clip);
  const seen = inside === undefined ? undefined : intersection(inside, page);
  if (seen === undefined) return;
  const last = boxes.at(-1);
  if (last !== undefined && isOneLine(last, seen)) {
    boxes[boxes.length - 1] = [Math.min(last[0], seen[0]), last[1], Math.max(last[2], seen[2]), last[3]];
    return;
  }
  if (boxes.length >= BOXES) throw new Fault("pdf_limit", `a page with more than ${BOXES} things on it`);
  boxes.push(seen);
}

/** Whether `b` goes on where `a` ends and is about as high, or lies inside it. */
function isOneLine(a: Box, b: Box): boolean {
  if (b[1] < a[1] || b[3] > a[3]) return false;
  if (b[0] >= a[0] && b[2] <= a[2]) return true;
  return b[0] <= a[2] + NEAR && b[2] >= a[0] - NEAR && 2 * (b[3] - b[1]) >= a[3] - a[1];
}

/** A path that is being built, in the page's coordinates. */
export type Path = {
  readonly parts: Part[];
  /** In the coordinates of the moment. */
  at: Point;
  start: Point;
};
type Point = readonly [x: number, y: number];
/** A subpath: the box of each of its lines, and whether it is an upright rectangle. */
type Part = { readonly lines: Box[]; readonly rectangle: boolean };

export function newPath(): Path {
  return { parts: [], at: [0, 0], start: [0, 0] };
}

export function moveTo(path: Path, to: Point): void {
  path.parts.push({ lines: [], rectangle: false });
  path.at = to;
  path.start = to;
}

/** A line, or a curve: it lies within its control points. */
export function drawTo(path: Path, ctm: Matrix, points: readonly Point[]): void {
  let [left, bottom] = path.at;
  let [right, top] = path.at;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    bottom = Math.min(bottom, y);
    right = Math.max(right, x);
    top = Math.max(top, y);
  }
  if (path.parts.length === 0) moveTo(path, path.at);
  path.parts.at(-1)?.lines.push(boxThrough(ctm, [left, bottom, right, top]));
  path.at = points.at(-1) ?? path.at;
}

export function close(path: Path, ctm: Matrix): void {
  if (path.parts.length === 0) return;
  drawTo(path, ctm, [path.start]);
}

export function rectangle(path: Path, ctm: Matrix, x: number, y: number, width: number, height: number): void {
  const upright = (ctm[1] === 0 && ctm[2] === 0) || (ctm[0] === 0 && ctm[3] === 0);
  path.at = [x, y];
  path.start = [x, y];
  path.parts.push({ lines: [], rectangle: upright });
  drawTo(path, ctm, [[x + width, y]]);
  drawTo(path, ctm, [[x + width, y + height]]);
  drawTo(path, ctm, [[x, y + height]]);
  drawTo(path, ctm, [[x, y]]);
}

/** @param width of the line in the page's coordinates */
export function strokePath(painted: Painted, path: Path, width: number, clip: Box): void {
  // Corners that are not cut off reach further out than half the width.
  const reach = Math.max(width, 0.5);
  for (const { lines } of path.parts)
    for (const [left, bottom, right, top] of lines)
      paint(painted, [left - reach, bottom - reach, right + reach, top + reach], clip);
}

/** @param plain one colour, of which nothing is seen but the colour */
export function fillPath(painted: Painted, path: Path, plain: boolean, clip: Box): void {
  const [only] = path.parts;
  if (plain && path.parts.length === 1 && only?.rectangle === true && isBackground(painted.page, boxOf(only))) return;
  for (const part of path.parts) if (part.lines.length > 0) paint(painted, boxOf(part), clip);
}

/** A box around what a path leaves of a clip. Readers differ about a path without lines; nothing is cut off by it here. */
export function clipTo(path: Path, clip: Box): Box {
  const all = path.parts.filter(({ lines }) => lines.length > 0).map(boxOf);
  return all.length === 0 ? clip : (intersection(all.reduce(around), clip) ?? NOWHERE);
}

const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

function isBackground(page: Box, box: Box): boolean {
  const both = intersection(page, box);
  return both !== undefined && areaOf(both) >= BACKGROUND * areaOf(page);
}

const areaOf = ([left, bottom, right, top]: Box): number => (right - left) * (top - bottom);

function boxOf({ lines }: Part): Box {
  return lines.reduce(around);
}

function around(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
