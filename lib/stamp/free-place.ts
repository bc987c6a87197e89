import { STAMP_HEIGHT, STAMP_WIDTH } from "./draw-stamp.ts";
import type { Box } from "./matrix.ts";
import { type PageView, toSeen } from "./page-view.ts";

/** Millimetres from the edges of the page: what printers leave out, then less on small pages. */
const MARGINS = [15, 8, 4];
/** Between the stamp and what is on the page. */
const DISTANCE = 2;
/** Steps in which places are tried. */
const STEP = 4;
/** Boxes that places are held against on one page: a tenth of a second. */
const COMPARISONS = 20_000_000;

export type Corner = { readonly left: number; readonly bottom: number };

/**
 * The first place for a stamp at which nothing is covered: from the bottom upwards, in each row from the right to the left.
 *
 * @param occupied in the page's own coordinates
 * @returns millimetres as seen; undefined where there is no such place
 */
export function freePlace(view: PageView, occupied: readonly Box[]): Corner | undefined {
  const boxes = occupied.map((box) => toSeen(view, box));
  for (const margin of MARGINS) {
    const found = search(view, boxes, margin);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a stamp there hides something. */
export function covers(view: PageView, occupied: readonly Box[], corner: Corner): boolean {
  return occupied.some((box) => overlaps(stampAt(corner), toSeen(view, box), 0));
}

export function stampAt({ left, bottom }: Corner): Box {
  return [left, bottom, left + STAMP_WIDTH, bottom + STAMP_HEIGHT];
}

function search(view: PageView, boxes: readonly Box[], margin: number): Corner | undefined {
  const last = view.width - margin - STAMP_WIDTH;
  const highest = view.height - margin - STAMP_HEIGHT;
  if (last < margin) return undefined;
  let work = COMPARISONS;
  for (let bottom = margin; bottom <= highest; bottom += STEP) {
    work -= boxes.length;
    const row = boxes.filter((box) => box[3] > bottom - DISTANCE && box[1] < bottom + STAMP_HEIGHT + DISTANCE);
    for (let left = last; left >= margin; ) {
      work -= row.length + 1;
      if (work < 0) return undefined;
      const hit = row.find((box) => overlaps(stampAt({ left, bottom }), box, DISTANCE));
      if (hit === undefined) return { left: rounded(left), bottom: rounded(bottom) };
      // Nothing that begins further to the right than this ends can be free.
      left = Math.min(left - STEP, hit[0] - DISTANCE - STAMP_WIDTH);
    }
  }
  return undefined;
}

function overlaps(a: Box, b: Box, distance: number): boolean {
  return a[0] < b[2] + distance && a[2] > b[0] - distance && a[1] < b[3] + distance && a[3] > b[1] - distance;
}

/** Down to tenths, so that the place can be told and typed again. */
const rounded = (value: number): number => Math.floor(value * 10) / 10;
