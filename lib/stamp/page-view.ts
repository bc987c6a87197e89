import { type PdfDocument, resolve } from "../pdf/document.ts";
import { realOf } from "../pdf/lookup.ts";
import { isArray, isRef, type PdfDict, type PdfObject } from "../pdf/object.ts";
import type { DictObject } from "../pdf/pages.ts";
import { dictObject } from "../pdf/pages.ts";
import { type Box, boxThrough, intersection, type Matrix } from "./matrix.ts";

/** A page as a person sees it in a reader. */
export type PageView = {
  readonly page: DictObject;
  /** 1 for the first. */
  readonly number: number;
  /** What is shown of it, in its own coordinates. */
  readonly box: Box;
  /** Degrees clockwise by which readers turn it. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** Points in one unit of its coordinates. */
  readonly unit: number;
  /** As it is seen, millimetres. */
  readonly width: number;
  readonly height: number;
};

export const POINTS_PER_MM = 72 / 25.4;
/** What readers take where a page says nothing that can be used: US Letter. */
const LETTER: Box = [0, 0, 612, 792];
/** Nodes above a page. Trees of a hundred thousand pages have five. */
const LEVELS = 64;
/** Units of a page's coordinates; nothing larger can be told from a mistake. */
const FAR = 1e7;

/**
 * The part of a page that is shown is /CropBox within /MediaBox (ISO 32000-2 §14.11.2), turned by /Rotate, in units of /UserUnit
 * (table 31).
 */
export function viewOf(doc: PdfDocument, page: DictObject, number: number): PageView {
  const media = boxAt(doc, inheritedAt(doc, page.dict, "MediaBox")) ?? LETTER;
  const crop = boxAt(doc, inheritedAt(doc, page.dict, "CropBox"));
  const box = usable(crop === undefined ? undefined : intersection(crop, media)) ?? media;
  const rotate = rotationOf(realOf(resolve(doc, inheritedAt(doc, page.dict, "Rotate"))));
  const told = realOf(resolve(doc, page.dict.get("UserUnit")));
  const unit = told !== undefined && told > 0 && told < FAR ? told : 1;
  const [width, height] = [box[2] - box[0], box[3] - box[1]].map((side) => (side * unit) / POINTS_PER_MM) as [
    number,
    number,
  ];
  const turned = rotate === 90 || rotate === 270;
  return { page, number, box, rotate, unit, width: turned ? height : width, height: turned ? width : height };
}

/** A value that stands at the page itself or at a node above it (§7.7.3.4). */
export function inheritedAt(doc: PdfDocument, page: PdfDict, key: string): PdfObject | undefined {
  let node: PdfDict | undefined = page;
  for (let level = 0; node !== undefined && level < LEVELS; level++) {
    const value = node.get(key);
    if (value !== undefined && resolve(doc, value) !== null) return value;
    const parent: PdfObject | undefined = node.get("Parent");
    node = isRef(parent) ? dictObject(doc, parent)?.dict : undefined;
  }
  return undefined;
}

/** From millimetres as seen, from the left and upwards from the bottom, to the page's own coordinates. */
export function toPage(view: PageView, area: Box): Box {
  return boxThrough(matrixOf(view), area);
}

/** The other way round. */
export function toSeen(view: PageView, box: Box): Box {
  const [a, b, c, d, e, f] = matrixOf(view);
  const det = a * d - b * c;
  return boxThrough([d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det], box);
}

function matrixOf({ box: [left, bottom, right, top], rotate, unit }: PageView): Matrix {
  const k = POINTS_PER_MM / unit;
  if (rotate === 90) return [0, k, -k, 0, right, bottom];
  if (rotate === 180) return [-k, 0, 0, -k, right, top];
  if (rotate === 270) return [0, -k, k, 0, left, top];
  return [k, 0, 0, k, left, bottom];
}

function rotationOf(value: number | undefined): PageView["rotate"] {
  const turns = Math.round((value ?? 0) / 90) % 4;
  return ([0, 90, 180, 270] as const)[turns < 0 ? turns + 4 : turns] ?? 0;
}

/** Four numbers, two opposite corners in any order; undefined where it is anything else. */
export function boxAt(doc: PdfDocument, value: PdfObject | undefined): Box | undefined {
  const array = resolve(doc, value);
  if (!isArray(array)) return undefined;
  const [x, y, x2, y2] = array.slice(0, 4).map((item) => realOf(resolve(doc, item)));
  if (x === undefined || y === undefined || x2 === undefined || y2 === undefined) return undefined;
  return usable([Math.min(x, x2), Math.min(y, y2), Math.max(x, x2), Math.max(y, y2)]);
}

function usable(box: Box | undefined): Box | undefined {
  if (box === undefined || box.some((side) => Math.abs(side) > FAR)) return undefined;
  return box[2] > box[0] && box[3] > box[1] ? box : undefined;
}
