import { describe, expect, test } from "vitest";
import { openDocument } from "../../lib/pdf/open.ts";
import { firstPage } from "../../lib/pdf/pages.ts";
import { freePlace } from "../../lib/stamp/free-place.ts";
import { occupiedAreas } from "../../lib/stamp/occupied-areas.ts";
import { viewOf } from "../../lib/stamp/page-view.ts";
import { RESOURCES, sketch } from "./stamping.ts";

/** A second of work, and much more time than that on a laden machine. */
const PATIENCE_MS = 10_000;

const form = (content: string) =>
  `<</Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length ${content.length}>>\nstream\n${content}\nendstream`;
const DRAWING = "/Resources <</XObject <</X 6 0 R>>>>";
const dots = (count: number, width: number, height: number) =>
  Array.from({ length: count }, (_, i) => `${(i * 17) % width} ${(7 * i) % height} 1 1 re f`).join(" ");

/** Pages that somebody made to keep a program busy: how they begin to be hostile, and what they draw. */
const PAGES: readonly [string, string, string?, string?][] = [
  ["states saved and given back", "q Q\n".repeat(700_000)],
  ["numbers without an operator", "1 ".repeat(900_000)],
  ["rectangles", "1 2 3 4 re f\n".repeat(250_000)],
  ["one path", `1 2 m ${"3 4 l ".repeat(400_000)}f`],
  ["long strings", `BT /F1 5 Tf ${`(${"a".repeat(60_000)}) Tj `.repeat(30)} ET`],
  ["one very long string", `BT /F1 5 Tf (${"a".repeat(4_000_000)}) Tj ET`],
  ["letters one by one", `BT /F1 5 Tf ${"(a) Tj ".repeat(400_000)} ET`],
  ["letters far apart", `BT /F1 5 Tf ${"[(a) -2000 (b) -2000 (c) -2000] TJ ".repeat(100_000)} ET`],
  ["a form of numbers, again and again", "/X Do ".repeat(100_000), DRAWING, form("1 ".repeat(50_000))],
  ["an empty form, again and again", "/X Do ".repeat(400_000), DRAWING, form(" ".repeat(20))],
  ["a form that draws itself four times", "/X Do /X Do", DRAWING, form("/X Do /X Do /X Do /X Do")],
  ["almost too many dots", dots(29_000, 600, 800)],
  ["dots on a wall", dots(29_000, 600, 20_000), `${RESOURCES} /MediaBox [0 0 20000 20000]`],
];

describe("a page that is made to keep us busy ends soon", () => {
  test.each(PAGES)("%s", { timeout: PATIENCE_MS }, (_, content, page = RESOURCES, more = "null") => {
    const doc = openDocument(sketch([{ page, content }], "/MediaBox [0 0 600 800]", [more]));
    const first = firstPage(doc);
    const boxes = occupiedAreas(doc, first);
    expect(boxes.length).toBeLessThanOrEqual(30_000);
    freePlace(viewOf(doc, first, 1), boxes);
  });
});
