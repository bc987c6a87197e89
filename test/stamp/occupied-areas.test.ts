import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openDocument, withDocument } from "../../lib/pdf/open.ts";
import { firstPage, pagesOf } from "../../lib/pdf/pages.ts";
import type { Box } from "../../lib/stamp/matrix.ts";
import { occupiedAreas } from "../../lib/stamp/occupied-areas.ts";
import { toSeen, viewOf } from "../../lib/stamp/page-view.ts";
import { documents } from "../e2e/documents.ts";
import { judge } from "../judges/judge.ts";
import { draw, type Picture } from "./picture.ts";
import { RESOURCES, sketch } from "./stamping.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const PAGE: Box = [0, 0, 600, 800];
const canDraw = judge("pdftoppm", "that nothing that is seen on a page is overlooked");

function areas(content: string, page = "", more: readonly string[] = []): readonly Box[] {
  const doc = openDocument(sketch([{ page, content }], `/MediaBox [${PAGE.join(" ")}] ${RESOURCES}`, more));
  return occupiedAreas(doc, firstPage(doc));
}

/** Whether a place is inside one of the boxes. */
const isIn = (boxes: readonly Box[], x: number, y: number): boolean =>
  boxes.some(([left, bottom, right, top]) => x >= left && x <= right && y >= bottom && y <= top);

describe("what is painted", () => {
  test("letters, where the text matrix puts them", () => {
    const boxes = areas("BT /F1 20 Tf 100 700 Td (abc) Tj 0 -30 TD (def) Tj T* (ghi) Tj ET");
    for (const y of [705, 675, 645]) expect(isIn(boxes, 110, y)).toBe(true);
    expect(isIn(boxes, 110, 600)).toBe(false);
    expect(isIn(boxes, 400, 705)).toBe(false);
  });

  test("letters on a turned and stretched line", () => {
    const boxes = areas("BT /F1 20 Tf 200 Tz 0 1 -1 0 300 100 Tm (abcdefgh) Tj ET");
    expect(isIn(boxes, 290, 200)).toBe(true);
    expect(isIn(boxes, 350, 105)).toBe(false);
  });

  test("letters behind a gap as a box of their own, letters behind a small one in the same", () => {
    const boxes = areas("BT /F1 10 Tf 100 700 Td [(a) -20000 (b)] TJ ET BT /F1 10 Tf 100 500 Td [(a) -200 (b)] TJ ET");
    expect(isIn(boxes, 200, 703)).toBe(false);
    expect(isIn(boxes, 309, 703)).toBe(true);
    expect(boxes).toHaveLength(3);
  });

  test("blanks not at all, in an encoding in which they are blanks", () => {
    expect(areas("BT /F1 20 Tf 100 700 Td (   ) Tj ET")).toEqual([]);
    expect(areas("BT /F1 20 Tf 100 700 Td (  a) Tj ET")).toHaveLength(1);
    const other = "<</Type /Font /Subtype /Type1 /BaseFont /Subset /Encoding <</BaseEncoding /WinAnsiEncoding /Differences [32 /A]>>>>"; // biome-ignore format: a row
    expect(areas("BT /F2 20 Tf 100 700 Td (   ) Tj ET", "/Resources <</Font <</F2 6 0 R>>>>", [other])).toHaveLength(1);
  });

  test("lines, each for itself, and areas as a whole", () => {
    expect(isIn(areas("50 50 500 700 re S"), 300, 400)).toBe(false);
    expect(isIn(areas("50 50 500 700 re S"), 50, 400)).toBe(true);
    expect(isIn(areas("100 100 m 200 100 l 150 200 l f"), 150, 150)).toBe(true);
    expect(isIn(areas("100 100 m 100 300 300 300 300 100 c S"), 200, 240)).toBe(true);
  });

  test("white areas and large areas of one colour not, patterns and pictures always", () => {
    expect(areas("1 1 1 rg 100 100 50 50 re f 1 g 200 100 50 50 re f 0 0 0 0 k 300 100 50 50 re f")).toEqual([]);
    expect(areas("0.9 0.9 1 rg 0 0 600 800 re f")).toEqual([]);
    expect(areas("0.9 0.9 1 rg 0 0 300 300 re f")).toHaveLength(1);
    expect(areas("/Pattern cs /P1 scn 0 0 600 800 re f")).toEqual([PAGE]);
    expect(areas("0 0 600 800 re 10 10 580 780 re f*")).not.toEqual([]);
    expect(areas("q 100 0 0 50 200 300 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q")).toEqual([[200, 300, 300, 350]]);
  });

  test("only what is not cut off", () => {
    expect(areas("100 100 50 50 re W n 0 0 400 400 re f")).toEqual([[100, 100, 150, 150]]);
    expect(areas("q 700 0 50 50 re W n 0 0 400 400 re f Q")).toEqual([]);
    expect(areas("q 100 100 50 50 re W n /Sh sh Q")).toEqual([[100, 100, 150, 150]]);
    expect(areas("BT /F1 20 Tf 100 2000 Td (a) Tj ET")).toEqual([]);
  });

  test("forms, with their matrix, their box and resources of their own or of who draws them", () => {
    const form = (entries: string, content: string) =>
      `<</Type /XObject /Subtype /Form ${entries} /Length ${content.length}>>\nstream\n${content}\nendstream`;
    const page = "/Resources <</XObject <</X 6 0 R /Y 7 0 R>> /Font <</F1 3 0 R>>>>";
    const outer = form("/BBox [0 0 100 100] /Matrix [1 0 0 1 200 300]", "0 0 50 50 re f /Y Do");
    const inner = form("/BBox [0 0 1000 1000]", "BT /F1 10 Tf 60 60 Td (abc) Tj ET 90 90 500 500 re f");
    const boxes = areas("/X Do", page, [outer, inner]);
    expect(isIn(boxes, 225, 325)).toBe(true);
    expect(isIn(boxes, 265, 362)).toBe(true);
    expect(isIn(boxes, 295, 395)).toBe(true);
    expect(isIn(boxes, 310, 410)).toBe(false);
    // A form that draws itself has no end.
    expect(areas("/X Do", page, [form("/BBox [0 0 9 9]", "/X Do"), inner])).toEqual([PAGE]);
  });

  test("annotations, but neither hidden ones nor windows", () => {
    const annotation = (entries: string) => areas("", `/Annots [<</Type /Annot ${entries}>>]`);
    expect(annotation("/Subtype /Link /Rect [100 200 10 20]")).toEqual([[10, 20, 100, 200]]);
    expect(annotation("/Subtype /Popup /Rect [100 200 10 20]")).toEqual([]);
    expect(annotation("/Subtype /Text /F 2 /Rect [100 200 10 20]")).toEqual([]);
    expect(annotation("/Subtype /Widget /Rect [0 0 0 0]")).toEqual([]);
  });
});

describe("what cannot be told is occupied as a whole", () => {
  test.each([
    ["an operator without its numbers", "10 10 re f"],
    ["a string that does not end", "BT (abc"],
    ["a picture that does not end", "BI /W 9 ID abc"],
    ["eight hundred thousand operators", "q Q\n".repeat(400_000)],
    ["states that are never given back", "q ".repeat(1000)],
    ["arrays without end", "[".repeat(10_000)],
    ["more things than can be looked at", Array.from({ length: 31_000 }, (_, i) => `${(i * 17) % 600} ${(7 * i) % 800} 1 1 re S`).join(" ")], // biome-ignore format: a row
  ])("%s", (_, content) => {
    expect(areas(content)).toEqual([PAGE]);
  });
});

test("any content is an answer within the page, without an error", () => {
  const word = fc.constantFrom(
    ..."q Q cm w m l c v y h re S s f F f* B B* b b* n W W* cs sc scn g rg k sh Do BT ET Tc Tw Tz TL Ts Tf Td TD Tm T* Tj TJ ' \" gs BI ID EI".split(
      " ",
    ),
    ...[
      "(abc)",
      "<0041>",
      "[(a) -100 (b)]",
      "/F1",
      "/X",
      "<</A 1>>",
      "0",
      "1",
      "-5",
      "100",
      "1e5",
      "0.5",
      "--3",
      "99999999999999999999",
    ],
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: word }, fc.string({ unit: "binary-ascii", maxLength: 4 })), {
        maxLength: 80,
      }),
      (words) => {
        for (const [left, bottom, right, top] of areas(words.join(" "))) {
          expect(left).toBeGreaterThanOrEqual(PAGE[0]);
          expect(bottom).toBeGreaterThanOrEqual(PAGE[1]);
          expect(right).toBeLessThanOrEqual(PAGE[2]);
          expect(top).toBeLessThanOrEqual(PAGE[3]);
        }
      },
    ),
    { numRuns: RUNS },
  );
});

/** Dots an inch: a pixel a point. */
const COARSE = 72;
/** Pixels around a box that the drawing of its edges may darken. */
const EDGE = 1.5;

describe("nothing dark that poppler draws is overlooked", { concurrent: true, skip: !canDraw }, () => {
  const files = documents().filter(({ refused }) => refused === undefined);
  for (const { name, bytes } of process.env.SLOW ? files : files.filter((_, i) => i % 2 === 0)) {
    test(name, async () => {
      const found = withDocument(bytes, (doc) => {
        const [page] = pagesOf(doc);
        if (page === undefined) throw new Error("no page");
        const view = viewOf(doc, page, 1);
        return { view, boxes: occupiedAreas(doc, page).map((box) => toSeen(view, box)) };
      });
      const picture = await draw(bytes, 1, COARSE);
      // Poppler does not know /UserUnit.
      const scale = picture.height / found.view.height;
      expect(overlooked(picture, found.boxes, scale)).toEqual([]);
    });
  }
});

/** Dark pixels that are in none of the boxes, the first few. A background of one colour is as good as white. */
function overlooked({ width, height, pixels }: Picture, boxes: readonly Box[], scale: number): string[] {
  const marked = new Uint8Array(width * height);
  for (const [left, bottom, right, top] of boxes) {
    const [x0, x1] = [Math.max(0, Math.floor(left * scale - EDGE)), Math.min(width, Math.ceil(right * scale + EDGE))];
    const [y0, y1] = [
      Math.max(0, Math.floor(height - top * scale - EDGE)),
      Math.min(height, Math.ceil(height - bottom * scale + EDGE)),
    ];
    for (let y = y0; y < y1; y++) marked.fill(1, y * width + x0, y * width + x1);
  }
  const counts = new Map<number, number>();
  for (const grey of pixels) counts.set(grey, (counts.get(grey) ?? 0) + 1);
  const [background = 255] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const found: string[] = [];
  for (let i = 0; i < pixels.length && found.length < 5; i++) {
    const grey = pixels[i] ?? 255;
    if (marked[i] === 0 && grey < 200 && Math.abs(grey - background) > 30)
      found.push(`${i % width},${Math.floor(i / width)}: ${grey}`);
  }
  return found;
}
