/** Left, bottom, right, top, in this order of size. */
export type Box = readonly [left: number, bottom: number, right: number, top: number];

/** `x' = a x + c y + e`, `y' = b x + d y + f` (ISO 32000-2 §8.3.3). */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `m`, then `n`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

/** The smallest upright box around what `m` makes of `box`. */
export function boxThrough([a, b, c, d, e, f]: Matrix, [left, bottom, right, top]: Box): Box {
  // Each coordinate of a corner is a sum of two products, each of which is smallest on one of two sides.
  return [
    Math.min(a * left, a * right) + Math.min(c * bottom, c * top) + e,
    Math.min(b * left, b * right) + Math.min(d * bottom, d * top) + f,
    Math.max(a * left, a * right) + Math.max(c * bottom, c * top) + e,
    Math.max(b * left, b * right) + Math.max(d * bottom, d * top) + f,
  ];
}

/** What two boxes share; undefined where that is nothing. */
export function intersection(a: Box, b: Box): Box | undefined {
  const left = Math.max(a[0], b[0]);
  const bottom = Math.max(a[1], b[1]);
  const right = Math.min(a[2], b[2]);
  const top = Math.min(a[3], b[3]);
  return left <= right && bottom <= top ? [left, bottom, right, top] : undefined;
}
