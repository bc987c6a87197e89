import { Fault } from "../fault/fault.ts";
import { load, type PdfDocument, resolve, textOctets } from "../pdf/document.ts";
import { isArray, isDict, isRef, isString, type PdfDict, type PdfObject, type PdfRef } from "../pdf/object.ts";
import { catalogOf, type DictObject, pagesOf } from "../pdf/pages.ts";
import { decodeText } from "../pdf/text.ts";

/** The interactive form (ISO 32000-2 §12.7.3) and the object that its dictionary is written in. */
export type Form = { readonly holder: PdfRef; readonly dict: PdfDict; readonly inCatalog: boolean };

/** A field of type /Sig (§12.7.5.5). */
export type SignatureField = {
  /** Fully qualified (§12.7.4.2). */
  readonly name: string;
  readonly dict: PdfDict;
  /** What the field is signed with, undefined for an empty field. */
  readonly value: { readonly holder: PdfRef; readonly dict: PdfDict } | undefined;
};

export type FormContent = {
  /** Names of the fields at the top. */
  readonly topNames: ReadonlySet<string>;
  readonly signatures: readonly SignatureField[];
  /** Object numbers of everything in the field tree. */
  readonly seen: ReadonlySet<number>;
};

/** Fields within fields. Generated forms have seven or eight. */
const LEVELS = 64;
/** Nodes of the field tree, each read for its name and type. The largest tax forms have some thousands. */
const NODES = 100_000;

type Node = { readonly holder: PdfRef; readonly dict: PdfDict };
type Inherited = {
  readonly name: string;
  readonly type: PdfObject | undefined;
  readonly value: SignatureField["value"];
  readonly level: number;
};
type Walk = {
  readonly doc: PdfDocument;
  readonly seen: Set<number>;
  nodes: number;
  readonly signatures: SignatureField[];
};

export function formOf(doc: PdfDocument): Form | undefined {
  const catalog = catalogOf(doc);
  const entry = catalog.dict.get("AcroForm");
  if (isDict(entry)) return { holder: catalog.ref, dict: entry, inCatalog: true };
  const target = isRef(entry) ? lastRef(doc, entry) : undefined;
  const dict = target === undefined ? null : load(doc, target)?.value;
  return target !== undefined && isDict(dict) ? { holder: target, dict, inCatalog: false } : undefined;
}

/** The reference that leads to a value at once, where `ref` may lead to other references first. */
export function lastRef(doc: PdfDocument, ref: PdfRef): PdfRef {
  // Throws where they lead nowhere.
  resolve(doc, ref);
  let last = ref;
  for (let value = load(doc, last)?.value; isRef(value); value = load(doc, last)?.value) last = value;
  return last;
}

/**
 * Walks the whole field tree; damaged parts of it are passed over, as readers do.
 *
 * @throws Fault `pdf_limit` for a tree that is too deep or too large
 */
export function readForm(doc: PdfDocument, form: Form | undefined): FormContent {
  const topNames = new Set<string>();
  const walk: Walk = { doc, seen: new Set(), nodes: 0, signatures: [] };
  if (form === undefined) return { topNames, signatures: [], seen: walk.seen };
  const inherited: Inherited = { name: "", type: undefined, value: undefined, level: 0 };
  for (const node of nodesIn(walk, form.dict.get("Fields"), form.holder)) {
    topNames.add(partialName(doc, node) ?? "");
    visit(walk, node, inherited);
  }
  return { topNames, signatures: walk.signatures, seen: walk.seen };
}

function visit(walk: Walk, node: Node, above: Inherited): void {
  if (above.level > LEVELS) throw new Fault("pdf_limit", `form fields nest deeper than ${LEVELS}`);
  const { doc } = walk;
  const partial = partialName(doc, node);
  const name = partial === undefined ? above.name : above.name === "" ? partial : `${above.name}.${partial}`;
  const type = resolve(doc, node.dict.get("FT") ?? above.type);
  const kids = nodesIn(walk, node.dict.get("Kids"), node.holder);
  const fields = kids.filter((kid) => kid.dict.has("T"));
  // Kids without a name are the widgets of this field; what it is signed with stands at the field, as a rule.
  const own = (): SignatureField["value"] => signedBy(doc, node) ?? firstValue(doc, fields.length === 0 ? kids : []);
  // The values of other fields are nothing to look up here, and there may be thousands.
  const value = typeof type === "string" && type !== "Sig" ? undefined : (own() ?? above.value);
  const inherited = { name, type: typeof type === "string" ? type : undefined, value, level: above.level + 1 };
  if (type === "Sig" && fields.length === 0) walk.signatures.push({ name, dict: node.dict, value });
  for (const field of fields) visit(walk, field, inherited);
}

function firstValue(doc: PdfDocument, kids: readonly Node[]): SignatureField["value"] {
  for (const kid of kids) {
    const value = signedBy(doc, kid);
    if (value !== undefined) return value;
  }
  return undefined;
}

function signedBy(doc: PdfDocument, { dict, holder }: Node): SignatureField["value"] {
  const entry = dict.get("V");
  if (isDict(entry)) return { holder, dict: entry };
  if (!isRef(entry)) return undefined;
  const target = lastRef(doc, entry);
  const value = load(doc, target)?.value;
  return isDict(value) ? { holder: target, dict: value } : undefined;
}

/**
 * Signed fields that are annotations of a page but not in the form's tree: some programs forget to enter them, and readers
 * show them all the same.
 *
 * @param seen what the tree holds
 */
export function strayFields(doc: PdfDocument, seen: ReadonlySet<number>): SignatureField[] {
  const walk: Walk = { doc, seen: new Set(seen), nodes: 0, signatures: [] };
  for (const page of pagesOf(doc)) {
    for (const node of annotationsOf(walk, page)) {
      const value = resolve(doc, node.dict.get("FT")) === "Sig" ? signedBy(doc, node) : undefined;
      if (value !== undefined) walk.signatures.push({ name: partialName(doc, node) ?? "", dict: node.dict, value });
    }
  }
  return walk.signatures;
}

/** One damaged page hides nothing on the others. */
function annotationsOf(walk: Walk, page: DictObject): Node[] {
  try {
    return nodesIn(walk, page.dict.get("Annots"), page.ref);
  } catch (fault) {
    if (fault instanceof Fault && fault.code === "pdf_invalid") return [];
    throw fault;
  }
}

/** The dictionaries in an array of fields. One that was met before is left out: a tree has no way back. */
function nodesIn(walk: Walk, entry: PdfObject | undefined, holder: PdfRef): Node[] {
  const { doc, seen } = walk;
  const array = resolve(doc, entry);
  const nodes: Node[] = [];
  for (const item of isArray(array) ? array : []) {
    if (++walk.nodes > NODES) throw new Fault("pdf_limit", `the form has more than ${NODES} fields or annotations`);
    if (isDict(item)) nodes.push({ holder: isRef(entry) ? lastRef(doc, entry) : holder, dict: item });
    if (!isRef(item) || seen.has(item.number)) continue;
    seen.add(item.number);
    const value = load(doc, item)?.value;
    if (isDict(value)) nodes.push({ holder: item, dict: value });
  }
  return nodes;
}

function partialName(doc: PdfDocument, { dict, holder }: Node): string | undefined {
  const title = resolve(doc, dict.get("T"));
  return isString(title) ? decodeText(textOctets(doc, holder, title)) : undefined;
}
