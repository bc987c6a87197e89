import { Fault } from "../fault/fault.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { dictAt, realOf } from "../pdf/lookup.ts";
import { kindOf, type PdfDict, type PdfObject, type PdfToken } from "../pdf/object.ts";
import { damaged } from "../pdf/scanner.ts";
import type { FontMeasure } from "./font-measure.ts";
import type { GraphicsState } from "./graphics-state.ts";
import type { Matrix } from "./matrix.ts";
import type { Painted, Path } from "./painted.ts";
import type { TextPlace } from "./show-text.ts";

/** Content streams of a page, on the way through them. */
export type Walk = {
  readonly doc: PdfDocument;
  readonly painted: Painted;
  readonly fonts: Map<PdfDict, FontMeasure>;
  /** {@link WORK} that is left. */
  left: number;
};

/** One content stream. */
export type Run = {
  readonly walk: Walk;
  readonly resources: PdfDict | undefined;
  /** Walks through a form that this one draws. @throws Fault `pdf_limit` forms within forms without end */
  readonly enter: (content: Uint8Array, resources: PdfDict | undefined, state: GraphicsState) => void;
  state: GraphicsState;
  readonly saved: GraphicsState[];
  path: Path;
  /** W or W* was said: the path cuts off, once it is painted. */
  cuts: boolean;
  readonly text: TextPlace;
};

export type Operands = readonly PdfObject[];

/**
 * Operands, operators and octets of text of one page: a second of work. Maps have as many; nobody finds a free place on one. What a
 * form draws counts each time it is drawn.
 */
export const WORK = 600_000;

export function work(walk: Walk, done: number): void {
  walk.left -= done;
  if (walk.left < 0) throw new Fault("pdf_limit", "a page with more on it than can be looked at");
}

export function isOperator(item: PdfObject): item is PdfToken {
  return kindOf(item) === "token" && !/^[+-.\d]/.test((item as PdfToken).text);
}

export function resourceOf({ walk, resources }: Run, kind: string, name: PdfObject | undefined): PdfObject | undefined {
  const all = resources === undefined ? undefined : dictAt(walk.doc, resources, kind);
  return typeof name === "string" ? all?.get(name) : undefined;
}

/** The last `count` operands as numbers. @throws Fault `pdf_invalid` */
export function numbers(operands: Operands, count: number): number[] {
  const values: number[] = [];
  for (let at = operands.length - count; at < operands.length; at++) {
    const value = realOf(operands[at]);
    if (value === undefined) throw damaged("an operator without its numbers");
    values.push(value);
  }
  return values;
}

export const one = (operands: Operands): number => numbers(operands, 1)[0] as number;

export function matrix(operands: Operands): Matrix {
  return numbers(operands, 6) as unknown as Matrix;
}

export function change(run: Run, part: Partial<GraphicsState>): void {
  run.state = { ...run.state, ...part };
}

export function points(operands: Operands, count: number): (readonly [number, number])[] {
  const all = numbers(operands, 2 * count);
  return Array.from({ length: count }, (_, i) => [all[2 * i] as number, all[2 * i + 1] as number] as const);
}
