import { concat } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type PdfDocument, resolve, streamOctets } from "../pdf/document.ts";
import { arrayAt, integerAt, nameAt } from "../pdf/lookup.ts";
import { isArray, isDict, isRef, type PdfDict, type PdfObject } from "../pdf/object.ts";
import type { DictObject } from "../pdf/pages.ts";
import { walkContent } from "./content.ts";
import { WORK } from "./content-run.ts";
import { lastHolder } from "./draw-object.ts";
import { firstState } from "./graphics-state.ts";
import type { Box } from "./matrix.ts";
import { boxAt, inheritedAt, viewOf } from "./page-view.ts";
import type { Painted } from "./painted.ts";

/** Streams of one page. */
const STREAMS = 1000;
/** Annotations of one page that are looked at. */
const ANNOTATIONS = 5000;
const LINE_FEED = Uint8Array.of(10);

/**
 * Where something is to be seen on a page, in its own coordinates: letters, lines, areas, pictures, annotations. Boxes are rather
 * too large than too small. White areas and plain backgrounds are left out, as nothing is covered that could be read. A page that
 * cannot be read or has too much on it is occupied as a whole.
 */
export function occupiedAreas(doc: PdfDocument, page: DictObject): readonly Box[] {
  const { box } = viewOf(doc, page, 0);
  const painted: Painted = { page: box, boxes: [] };
  try {
    const resources = resolve(doc, inheritedAt(doc, page.dict, "Resources"));
    const walk = { doc, painted, fonts: new Map(), left: WORK };
    walkContent(walk, contentOf(doc, page.dict), isDict(resources) ? resources : undefined, firstState(box));
    return [...painted.boxes, ...annotationsOf(doc, page.dict)];
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return [box];
  }
}

/** All streams of a page as one (ISO 32000-2 table 31). */
function contentOf(doc: PdfDocument, page: PdfDict): Uint8Array {
  const entry = page.get("Contents");
  const array = resolve(doc, entry);
  const items: readonly PdfObject[] = isArray(array) ? array : entry === undefined ? [] : [entry];
  if (items.length > STREAMS) throw new Fault("pdf_limit", `a page of more than ${STREAMS} streams`);
  const parts = items.flatMap((item) => {
    const holder = isRef(item) ? lastHolder(doc, item) : undefined;
    return holder === undefined ? [] : [streamOctets(doc, holder), LINE_FEED];
  });
  return concat(...parts);
}

function annotationsOf(doc: PdfDocument, page: PdfDict): Box[] {
  const items = arrayAt(doc, page, "Annots") ?? [];
  if (items.length > ANNOTATIONS) throw new Fault("pdf_limit", `a page with more than ${ANNOTATIONS} annotations`);
  return items.flatMap((item) => {
    const dict = resolve(doc, item);
    // A window that opens on a click is not on the page.
    if (!isDict(dict) || nameAt(doc, dict, "Subtype") === "Popup") return [];
    const box = boxAt(doc, dict.get("Rect"));
    return box === undefined || isGone(integerAt(doc, dict, "F") ?? 0) ? [] : [box];
  });
}

/** Hidden (table 167): seen neither on a screen nor on paper. */
const isGone = (flags: number): boolean => (flags & 2) !== 0;
