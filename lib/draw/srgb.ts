import type { PdfObject } from "../pdf/object.ts";

/** sRGB (IEC 61966-2-1), near enough, as a calibrated space of PDF itself: PDF/A then needs no profile of a device. */
export const SRGB: PdfObject = [
  "CalRGB",
  new Map<string, PdfObject>([
    ["WhitePoint", numbers("0.9505 1 1.089")],
    ["Gamma", numbers("2.2 2.2 2.2")],
    ["Matrix", numbers("0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505")],
  ]),
];

function numbers(text: string): PdfObject {
  return text.split(" ").map((part) => ({ kind: "token", text: part }));
}
