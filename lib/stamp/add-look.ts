import { fromLatin1 } from "../bytes/bytes.ts";
import type { Canvas } from "../draw/canvas.ts";
import { addFont } from "../draw/font-objects.ts";
import { SRGB } from "../draw/srgb.ts";
import { type Edits, freeNumber, putObject } from "../pades/edits.ts";
import { deflate } from "../pdf/deflate.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { type PdfObject, type PdfRef, ref } from "../pdf/object.ts";
import type { Objects } from "../pdf/write.ts";
import type { PageView } from "./page-view.ts";
import { real } from "./real.ts";

/** Adds a drawing as the appearance of an annotation (ISO 32000-2 §12.5.5), upright for who looks at a turned page. */
export function addLook(doc: PdfDocument, edits: Edits, canvas: Canvas, rotate: PageView["rotate"]): PdfRef {
  const objects: Pick<Objects, "add"> = {
    add(value) {
      const number = freeNumber(doc, edits);
      putObject(edits, ref(number), value);
      return number;
    },
  };
  const fonts = new Map(canvas.fonts.map((use, i): [string, PdfRef] => [`F${i + 1}`, addFont(objects, use, true)]));
  const { width, height } = canvas;
  const dict = new Map<string, PdfObject>([
    ["Type", "XObject"],
    ["Subtype", "Form"],
    ["BBox", [0, 0, real(width), real(height)]],
    ...(rotate === 0 ? [] : [["Matrix", turned(rotate, width, height)] as const]),
    [
      "Resources",
      new Map<string, PdfObject>([
        ["Font", fonts],
        ["ColorSpace", new Map([["C0", SRGB]])],
      ]),
    ],
    ["Filter", "FlateDecode"],
  ]);
  return ref(objects.add({ kind: "new stream", dict, data: deflate(fromLatin1(canvas.content.join("\n"))) }));
}

/** Against the turn of the page, and back to where both coordinates are positive. */
function turned(rotate: 90 | 180 | 270, width: number, height: number): PdfObject {
  if (rotate === 90) return [0, 1, -1, 0, real(height), 0];
  if (rotate === 180) return [-1, 0, 0, -1, real(width), real(height)];
  return [0, -1, 1, 0, 0, real(width)];
}
