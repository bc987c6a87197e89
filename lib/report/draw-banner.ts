import { type Canvas, type Colour, drawPath, fillRectangle } from "../draw/canvas.ts";
import { TEST_DOCUMENT } from "../text/report.ts";
import type { Banner, Tone } from "./banner.ts";
import {
  BAD,
  both,
  drawRow,
  type Fonts,
  GOOD,
  INK,
  line,
  type Place,
  paragraph,
  QUIET,
  stacked,
  UNSURE,
} from "./row.ts";

const TONES: Readonly<Record<Tone, { readonly strong: Colour; readonly soft: Colour }>> = {
  good: { strong: GOOD, soft: [226, 243, 232] },
  bad: { strong: BAD, soft: [251, 228, 229] },
  unsure: { strong: UNSURE, soft: [253, 241, 217] },
  none: { strong: QUIET, soft: [236, 238, 241] },
};
const GREY: Colour = [228, 230, 234];
const STRIPE: Colour = [206, 210, 216];
const WHITE: Colour = [255, 255, 255];
/** Width of the field with the sign. */
const SIGN = 36;

/** Colour, sign and words, so that none of them is needed alone. @returns where it ends */
export function drawBanner(canvas: Canvas, fonts: Fonts, banner: Banner, place: Place, top: number): number {
  // What is valid and a test must not look like something valid at a glance.
  if (banner.test && banner.tone === "good") return drawTest(canvas, fonts, place, top, banner);
  const { strong, soft } = TONES[banner.tone];
  const inner = { ...place, x: place.x + SIGN + 10, width: place.width - SIGN - 20 };
  const text = stacked(
    paragraph(fonts, { text: banner.vi, bold: true, colour: strong }, { ...inner, size: 12, leading: 16 }, 2),
    paragraph(fonts, { text: banner.en, language: "en" }, { ...inner, size: 8.6, leading: 11.5 }, 2),
  );
  const height = text.height + 14;
  fillRectangle(canvas, place.x, top, place.width, height, soft);
  fillRectangle(canvas, place.x, top, SIGN, height, strong);
  drawSign(canvas, banner.tone, place.x + SIGN / 2, top + height / 2);
  drawRow(canvas, fonts, text, top + 7, "H2");
  return banner.test ? drawTest(canvas, fonts, place, top + height) : top + height;
}

/** Grey and striped, so that it is seen in a black and white copy as well. @param technical what is true all the same */
function drawTest(canvas: Canvas, fonts: Fonts, place: Place, top: number, technical?: Banner): number {
  const inner = { ...place, x: place.x + SIGN + 10, width: place.width - 2 * SIGN - 20 };
  const small = { ...inner, size: 8.6, leading: 11.5 };
  const text = stacked(
    ...(technical === undefined
      ? [line(fonts, both(TEST_DOCUMENT, INK, true), { ...inner, size: 9, leading: 13 })]
      : [
          line(fonts, [{ text: TEST_DOCUMENT.vi, bold: true }], { ...inner, size: 12, leading: 16 }),
          line(fonts, [{ text: TEST_DOCUMENT.en, language: "en" }], small),
          paragraph(fonts, { text: technical.vi, colour: QUIET }, small, 1),
          paragraph(fonts, { text: technical.en, colour: QUIET, language: "en" }, small, 1),
        ]),
  );
  const height = text.height + 8;
  fillRectangle(canvas, place.x, top, place.width, height, GREY);
  for (const x of [place.x, place.x + place.width - SIGN]) drawStripes(canvas, x, top, SIGN, height);
  drawRow(canvas, fonts, text, top + 4, "H2");
  return top + height;
}

function drawStripes(canvas: Canvas, x: number, top: number, width: number, height: number): void {
  for (let at = 0; at + 9 <= width; at += 9) {
    const corners = [
      [x + at, top + height],
      [x + at + 5, top],
      [x + at + 9, top],
      [x + at + 4, top + height],
    ] as const;
    drawPath(canvas, corners, { colour: STRIPE, filled: true });
  }
}

type Stroke = readonly (readonly [number, number])[];
/** ✓, ✕, ? and – as paths, points from the middle: no font is needed for them. */
const SIGNS: Readonly<Record<Tone, readonly Stroke[]>> = {
  good: [[[-8, 0], [-2, 6.5], [9, -7]]], // biome-ignore format: points
  bad: [[[-7, -7], [7, 7]], [[-7, 7], [7, -7]]], // biome-ignore format: points
  unsure: [[[-5, -5], [-4, -8], [0, -9.5], [4, -8], [5.2, -5], [4, -2], [0.6, 0], [0, 3.4]], [[0, 8.2], [0, 8.4]]], // biome-ignore format: points
  none: [[[-8, 0], [8, 0]]], // biome-ignore format: points
};

function drawSign(canvas: Canvas, tone: Tone, x: number, y: number): void {
  for (const stroke of SIGNS[tone])
    drawPath(
      canvas,
      stroke.map(([dx, dy]) => [x + dx, y + dy] as const),
      { colour: WHITE, line: 3.2 },
    );
}
