import { load, type PdfDocument } from "./document.ts";
import { arrayAt } from "./lookup.ts";
import { isDict, isRef, type PdfDict, type PdfRef } from "./object.ts";
import { damaged } from "./scanner.ts";

export type DictObject = { readonly ref: PdfRef; readonly dict: PdfDict };

/** Levels of a page tree; balanced trees of a million pages have under ten. */
const LEVELS = 64;
/** Nodes without a page that are looked at before the first page is found. */
const NODES = 10_000;

/** @throws Fault `pdf_invalid` where the trailer leads to no catalog */
export function catalogOf(doc: PdfDocument): DictObject {
  const root = doc.trailer.get("Root");
  const catalog = isRef(root) ? dictObject(doc, root) : undefined;
  if (catalog === undefined) throw damaged("the catalog is missing");
  return catalog;
}

/**
 * The first leaf of the page tree (ISO 32000-2 §7.7.3).
 *
 * @throws Fault `pdf_invalid` where the tree has no page, or loops
 */
export function firstPage(doc: PdfDocument): DictObject {
  const root = catalogOf(doc).dict.get("Pages");
  const seen = new Set<number>();
  const page = isRef(root) ? firstLeaf(doc, root, seen, 0) : undefined;
  if (page === undefined) throw damaged("the page tree has no page");
  return page;
}

function firstLeaf(doc: PdfDocument, node: PdfRef, seen: Set<number>, level: number): DictObject | undefined {
  if (seen.has(node.number)) throw damaged("the page tree refers to itself");
  seen.add(node.number);
  if (level > LEVELS || seen.size > NODES) throw damaged("the page tree is too deep or too empty");
  const found = dictObject(doc, node);
  if (found === undefined) return undefined;
  const kids = arrayAt(doc, found.dict, "Kids");
  // Some files call every node /Page; only inner ones have kids.
  if (kids === undefined) return level > 0 && found.dict.get("Type") !== "Pages" ? found : undefined;
  for (const kid of kids) {
    const page = isRef(kid) ? firstLeaf(doc, kid, seen, level + 1) : undefined;
    if (page !== undefined) return page;
  }
  return undefined;
}

/** The dictionary that a reference leads to at once. */
export function dictObject(doc: PdfDocument, ref: PdfRef): DictObject | undefined {
  const value = load(doc, ref)?.value;
  return isDict(value) ? { ref, dict: value } : undefined;
}

/** The version of the header or of the catalog, whichever is later (§7.5.2, §7.7.2). */
export function versionOf(doc: PdfDocument): number {
  const own = Number.parseFloat(doc.header);
  const later = catalogOf(doc).dict.get("Version");
  const named = typeof later === "string" ? Number.parseFloat(later) : 0;
  return Math.max(own, Number.isFinite(named) ? named : 0);
}
