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
export function boxThrough(m: Matrix, [left, bottom, right, top]: Box): Box {
  const xs = [left, right].flatMap((x) => [m[0] * x + m[2] * bottom, m[0] * x + m[2] * top]);
  const ys = [left, right].flatMap((x) => [m[1] * x + m[3] * bottom, m[1] * x + m[3] * top]);
  return [Math.min(...xs) + m[4], Math.min(...ys) + m[5], Math.max(...xs) + m[4], Math.max(...ys) + m[5]];
}

/** What two boxes share; undefined where that is nothing. */
export function intersection(a: Box, b: Box): Box | undefined {
  const both: Box = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return both[0] <= both[2] && both[1] <= both[3] ? both : undefined;
}
