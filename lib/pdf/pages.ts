import { Fault } from "../fault/fault.ts";
import { load, type PdfDocument } from "./document.ts";
import { arrayAt } from "./lookup.ts";
import { isDict, isRef, type PdfDict, type PdfObject, type PdfRef } from "./object.ts";
import { damaged } from "./scanner.ts";

export type DictObject = { readonly ref: PdfRef; readonly dict: PdfDict };

/** On its way through a page tree. */
type Walk = {
  readonly doc: PdfDocument;
  readonly root: PdfObject | undefined;
  readonly seen: Set<number>;
  /** The next node is the last one. */
  readonly waiting: PdfRef[];
};

/** Nodes of a page tree that are looked at: a document of 100,000 pages is a library. */
const NODES = 100_000;

/** @throws Fault `pdf_invalid` where the trailer leads to no catalog */
export function catalogOf(doc: PdfDocument): DictObject {
  const root = doc.trailer.get("Root");
  const catalog = isRef(root) ? dictObject(doc, root) : undefined;
  if (catalog === undefined) throw damaged("the catalog is missing");
  return catalog;
}

/** @throws Fault `pdf_invalid` where the tree has no page */
export function firstPage(doc: PdfDocument): DictObject {
  const page = nextPage(walkOf(doc));
  if (page === undefined) throw damaged("the page tree has no page");
  return page;
}

/**
 * The leaves of the page tree in their order (ISO 32000-2 §7.7.3), read as they are asked for. What is missing, or was
 * met before, is passed over, so that a tree that goes round ends.
 *
 * @throws Fault `pdf_limit` for a tree that is too large
 */
export function* pagesOf(doc: PdfDocument): Generator<DictObject> {
  const walk = walkOf(doc);
  for (let page = nextPage(walk); page !== undefined; page = nextPage(walk)) yield page;
}

function walkOf(doc: PdfDocument): Walk {
  const root = catalogOf(doc).dict.get("Pages");
  return { doc, root, seen: new Set(), waiting: isRef(root) ? [root] : [] };
}

function nextPage({ doc, root, seen, waiting }: Walk): DictObject | undefined {
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (seen.has(ref.number)) continue;
    seen.add(ref.number);
    if (seen.size > NODES) throw new Fault("pdf_limit", `the page tree has more than ${NODES} nodes`);
    const node = dictObject(doc, ref);
    const kids = node === undefined ? undefined : arrayAt(doc, node.dict, "Kids");
    // Some files call every node /Page; only inner ones have kids.
    if (kids !== undefined) for (let i = kids.length - 1; i >= 0; i--) pushRef(waiting, kids[i]);
    else if (node !== undefined && ref !== root && node.dict.get("Type") !== "Pages") return node;
  }
  return undefined;
}

function pushRef(waiting: PdfRef[], kid: PdfObject | undefined): void {
  if (isRef(kid)) waiting.push(kid);
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
