import { addTo, type Edits, editDict, freeNumber, putObject } from "../pades/edits.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { isRef, type PdfObject, ref } from "../pdf/object.ts";
import { catalogOf, type DictObject, dictObject } from "../pdf/pages.ts";
import { damaged } from "../pdf/scanner.ts";
import { STAMP_HEIGHT, STAMP_WIDTH } from "./draw-stamp.ts";
import { type PageView, POINTS_PER_MM, viewOf } from "./page-view.ts";
import { real } from "./real.ts";

/** Millimetres around a stamp on a page of its own. */
const MARGIN = 15;

/**
 * Adds an empty page behind the last one, of the size at which that is seen, or larger where a stamp would not fit.
 *
 * @param last the last page
 */
export function addOwnPage(doc: PdfDocument, edits: Edits, last: PageView): PageView {
  const root = catalogOf(doc).dict.get("Pages");
  const tree = isRef(root) ? dictObject(doc, root) : undefined;
  if (tree === undefined) throw damaged("the page tree is missing");
  const width = Math.max(last.width, STAMP_WIDTH + 2 * MARGIN) * POINTS_PER_MM;
  const height = Math.max(last.height, STAMP_HEIGHT + 2 * MARGIN) * POINTS_PER_MM;
  const box: PdfObject = [0, 0, real(width / last.unit), real(height / last.unit)];
  const dict = new Map<string, PdfObject>([
    ["Type", "Page"],
    ["Parent", tree.ref],
    // All of them, as the tree may have others for pages that say nothing.
    ["MediaBox", box],
    ["CropBox", box],
    ["Rotate", 0],
    ["Resources", new Map()],
    ...(last.unit === 1 ? [] : [["UserUnit", real(last.unit)] as const]),
  ]);
  const page: DictObject = { ref: ref(freeNumber(doc, edits)), dict };
  putObject(edits, page.ref, dict);
  const nodes = editDict(edits, tree);
  nodes.set("Count", last.number + 1);
  addTo(doc, "Kids", tree.dict.get("Kids"), page.ref, edits, () => nodes);
  return viewOf(doc, page, last.number + 1);
}
