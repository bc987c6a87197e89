import type { PdfObject } from "../pdf/object.ts";

/** Digits behind the point: a hundredth of a point on a page whose unit is a metre. */
const SCALE = 1e5;

/** A number that need not be whole, as PDF writes it: without an exponent. */
export function real(value: number): PdfObject {
  const rounded = Math.round(value * SCALE) / SCALE;
  return { kind: "token", text: Math.abs(rounded) < 1 / SCALE ? "0" : rounded.toFixed(5).replace(/\.?0+$/, "") };
}
