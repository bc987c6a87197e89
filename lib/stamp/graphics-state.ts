import { type FontMeasure, UNKNOWN_FONT } from "./font-measure.ts";
import { type Box, IDENTITY, type Matrix } from "./matrix.ts";

/** What of the graphics state says where something is painted (ISO 32000-2 §8.4, §9.3). It is copied, never changed. */
export type GraphicsState = {
  readonly ctm: Matrix;
  /** A box around what is not cut off, in the page's coordinates. */
  readonly clip: Box;
  readonly lineWidth: number;
  readonly fill: Fill;
  /** Components of the colour space that is filled with; undefined where it is none whose white is known. */
  readonly components: number | undefined;
  readonly font: FontMeasure;
  readonly size: number;
  readonly characterSpace: number;
  readonly wordSpace: number;
  /** 1 for 100 %. */
  readonly stretch: number;
  readonly leading: number;
  readonly rise: number;
};

/** White hides what is under it, which was looked at already; a pattern may be a picture. */
export type Fill = "white" | "plain" | "pattern";

export function firstState(page: Box): GraphicsState {
  return {
    ctm: IDENTITY,
    clip: page,
    lineWidth: 1,
    fill: "plain",
    components: 1,
    font: UNKNOWN_FONT,
    size: 0,
    characterSpace: 0,
    wordSpace: 0,
    stretch: 1,
    leading: 0,
    rise: 0,
  };
}

/** White in a space of one or three components is all ones, in one of four none at all. */
export function fillOf(values: readonly number[], components: number | undefined): Fill {
  if (components === undefined || values.length !== components) return "plain";
  const white = components === 4 ? values.every((value) => value === 0) : values.every((value) => value >= 1);
  return white ? "white" : "plain";
}
