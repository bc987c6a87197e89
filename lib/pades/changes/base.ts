import { Fault } from "../../fault/fault.ts";
import { type PdfDocument, resolve, textOctets } from "../../pdf/document.ts";
import { isDict, isRef, isString, type PdfDict, type PdfObject, type PdfValue } from "../../pdf/object.ts";
import { damaged } from "../../pdf/scanner.ts";
import { decodeText } from "../../pdf/text.ts";
import { CATALOG_RULES, catalogCode, formCode, pageCode } from "./codes.ts";
import { constraintOf, type Holder } from "./constraints.ts";
import type { FieldRole } from "./role.ts";
import { claim, dictOf, holderOf, itemsOf, newWorld, take, valueAt, type World } from "./world.ts";

/** Nodes of the page tree and of the form, each. */
const NODES = 100_000;
/** Fields within fields. */
const LEVELS = 64;

/**
 * Looks at everything that can be reached in one state of a document. What has a shape of its own (pages, annotations, fields)
 * comes first, then what may never change, then what may: so nothing that may change hides in what may not.
 */
export function worldAt(view: PdfDocument, whole: Uint8Array, revision: number): World {
  const world = newWorld(view, whole);
  const catalog = catalogOf(world);
  take(world, catalog.number, { kind: "catalog" });
  const nodes = claimPages(world, catalog.dict);
  claimForm(world, catalog.dict.get("AcroForm"));
  for (const [i, number] of world.pages.entries()) claimAnnotations(world, number, i + 1);
  claimFixed(world, catalog.dict, nodes);
  claim(world, view.trailer.get("Info"), { kind: "info" });
  claim(world, catalog.dict.get("Metadata"), { kind: "metadata" });
  claim(world, catalog.dict.get("Extensions"), { kind: "extensions" });
  claim(world, catalog.dict.get("DSS"), { kind: "dss" });
  claimParts(world, revision);
  return world;
}

export function catalogOf(world: World): { readonly number: number; readonly dict: PdfDict } {
  const root = world.view.trailer.get("Root");
  const dict = isRef(root) ? dictOf(world, root.number) : undefined;
  if (dict === undefined || !isRef(root)) throw damaged("the catalog is missing");
  return { number: root.number, dict };
}

/** Inner nodes of the page tree with the number of the first page under each. */
export type PageNodes = ReadonlyMap<number, number>;

/** Walks the page tree; what is met before is passed over. */
export function readPages(world: World, catalog: PdfDict): { readonly pages: number[]; readonly nodes: PageNodes } {
  const pages: number[] = [];
  const nodes = new Map<number, number>();
  const seen = new Set<number>();
  const waiting: number[] = [];
  collectRef(catalog.get("Pages"), waiting);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) continue;
    seen.add(number);
    if (seen.size > NODES) throw new Fault("pdf_limit", `the page tree has more than ${NODES} nodes`);
    const dict = dictOf(world, number);
    if (dict === undefined) {
      // Whoever fills this place adds a page.
      nodes.set(number, pages.length + 1);
      continue;
    }
    const { items } = itemsOf(world, dict.get("Kids"));
    if (items.length > 0 || dict.get("Type") === "Pages") {
      nodes.set(number, pages.length + 1);
      for (let i = items.length - 1; i >= 0; i--) collectRef(items[i], waiting);
    } else pages.push(number);
  }
  return { pages, nodes };
}

function collectRef(value: PdfObject | undefined, into: number[]): void {
  if (isRef(value)) into.push(value.number);
}

function claimPages(world: World, catalog: PdfDict): PageNodes {
  const { pages, nodes } = readPages(world, catalog);
  for (const number of nodes.keys()) take(world, number, { kind: "pages" });
  for (const [i, number] of pages.entries()) take(world, number, { kind: "page", page: i + 1 });
  world.pages = pages;
  return nodes;
}

/** Fields come before annotations: a widget that is both is a field. */
export function claimForm(world: World, entry: PdfObject | undefined): void {
  const { through, dict } = dictBehind(world, entry);
  for (const number of through) take(world, number, { kind: "form" });
  if (dict === undefined) return;
  const { items, through: arrays } = itemsOf(world, dict.get("Fields"));
  for (const number of arrays) take(world, number, { kind: "fields", of: undefined });
  for (const item of items) {
    if (!isRef(item)) continue;
    claimField(world, item.number, undefined);
    world.names.add(partialName(world, item.number) ?? "");
  }
}

/** A field and everything below it. @param parent the node above */
export function claimField(world: World, number: number, parent: number | undefined): void {
  const waiting = [{ number, parent, level: 0 }];
  for (let count = 0, next = waiting.pop(); next !== undefined; next = waiting.pop(), count++) {
    if (count > NODES || next.level > LEVELS) throw new Fault("pdf_limit", "the form has too many fields");
    const { number, parent, level } = next;
    const dict = dictOf(world, number) ?? EMPTY;
    if (!take(world, number, roleOf(world, number, dict, parent))) continue;
    const { items, through } = itemsOf(world, dict.get("Kids"));
    for (const array of through) take(world, array, { kind: "fields", of: number });
    for (const item of items) {
      if (isRef(item)) waiting.push({ number: item.number, parent: number, level: level + 1 });
    }
  }
}

const EMPTY: PdfDict = new Map();

function roleOf(world: World, number: number, dict: PdfDict, parent: number | undefined): FieldRole {
  const above = parent === undefined ? undefined : world.roles.get(parent);
  const inherited = above?.kind === "field" ? above : undefined;
  const partial = partialName(world, number);
  const names = [inherited?.name, partial].filter((name) => name !== undefined && name !== "");
  const own = resolve(world.view, dict.get("FT"));
  return { kind: "field", name: names.join("."), type: typeof own === "string" ? own : inherited?.type, parent };
}

export function partialName(world: World, number: number): string | undefined {
  const title = resolve(world.view, dictOf(world, number)?.get("T"));
  return isString(title) ? decodeText(textOctets(world.view, holderOf(world, number), title)) : undefined;
}

export function claimAnnotations(world: World, number: number, page: number): void {
  const { items, through } = itemsOf(world, dictOf(world, number)?.get("Annots"));
  for (const array of through) take(world, array, { kind: "annotations", page });
  for (const item of items) if (isRef(item)) claimAnnotation(world, item.number, page);
}

export function claimAnnotation(world: World, number: number, page: number): void {
  if (!world.shownOn.has(number)) world.shownOn.set(number, page);
  const dict = dictOf(world, number);
  // Programs forget to enter a signed field in the form; readers show it all the same.
  if (dict !== undefined && resolve(world.view, dict.get("FT")) === "Sig" && !isRef(dict.get("Parent")))
    claimField(world, number, undefined);
  else take(world, number, { kind: "annotation", page });
}

/** Keys of a page that lead back or have rules of their own. */
const PAGE_LINKS: ReadonlySet<string> = new Set(["Parent", "Kids", "Annots"]);

function claimFixed(world: World, catalog: PdfDict, nodes: PageNodes): void {
  for (const [number, page] of nodes) claimPageParts(world, number, page);
  for (const [i, number] of world.pages.entries()) claimPageParts(world, number, i + 1);
  for (const [key, value] of catalog) {
    if (!CATALOG_RULES.has(key)) claim(world, value, { kind: "fixed", code: catalogCode(key), page: undefined });
  }
  const form = dictBehind(world, catalog.get("AcroForm")).dict;
  for (const [key, value] of form ?? [])
    if (key !== "Fields") claim(world, value, { kind: "fixed", code: formCode(key), page: undefined });
  claim(world, world.view.trailer.get("Encrypt"), { kind: "fixed", code: "encryption_changed", page: undefined });
}

export function claimPageParts(world: World, number: number, page: number): void {
  for (const [key, value] of dictOf(world, number) ?? [])
    if (!PAGE_LINKS.has(key)) claim(world, value, { kind: "fixed", code: pageCode(key), page });
}

/** What a field's value and look are made of; everything else under a field or annotation stays as it is. */
const FIELD_PARTS: ReadonlySet<string> = new Set(["V", "AP", "RV"]);
const ANNOTATION_PARTS: ReadonlySet<string> = new Set(["AP", "Popup", "RC", "Contents"]);

function claimParts(world: World, revision: number): void {
  const all = [...world.roles];
  for (const [number, role] of all) {
    if (role.kind === "field") claimFieldParts(world, number, revision);
    else if (role.kind === "annotation") claimAnnotationParts(world, number);
  }
}

/** @returns the object numbers that were new */
export function claimAnnotationParts(world: World, number: number): number[] {
  const page = world.shownOn.get(number);
  const claimed: number[] = [];
  for (const [key, value] of dictOf(world, number) ?? []) {
    const part = ANNOTATION_PARTS.has(key);
    claimed.push(
      ...claim(
        world,
        value,
        part ? { kind: "annotation-part", of: number } : { kind: "fixed", code: "annotation_changed", page },
      ),
    );
  }
  return claimed;
}

/** Also enters what a signature demands of later saves. @returns the object numbers that were new */
export function claimFieldParts(world: World, number: number, revision: number): number[] {
  const dict = dictOf(world, number);
  const role = world.roles.get(number);
  if (dict === undefined || role?.kind !== "field") return [];
  const claimed: number[] = [];
  for (const [key, value] of dict) {
    if (role.type === "Sig" && key === "V") claimed.push(...claim(world, value, { kind: "signature", of: number }));
    else if (FIELD_PARTS.has(key)) claimed.push(...claim(world, value, { kind: "field-part", of: number }));
    else
      claimed.push(...claim(world, value, { kind: "fixed", code: "field_changed", page: world.shownOn.get(number) }));
  }
  const signature = role.type === "Sig" ? signatureOf(world, number, dict) : undefined;
  if (signature !== undefined) {
    const field = { holder: holderOf(world, number), dict };
    world.constraints.push(constraintOf(world.view, revision, field, signature));
  }
  return claimed;
}

/** The signature dictionary that a field holds, and the object it is written in. */
export function signatureOf(
  world: World,
  number: number,
  field: PdfDict,
): { readonly holder: Holder; readonly dict: PdfDict } | undefined {
  const value = field.get("V");
  if (isDict(value)) return { holder: holderOf(world, number), dict: value };
  const { through, dict } = dictBehind(world, value);
  const last = through.at(-1);
  return dict === undefined || last === undefined ? undefined : { holder: holderOf(world, last), dict };
}

/** The dictionary that a value is or leads to, and the objects on the way. */
export function dictBehind(
  world: World,
  entry: PdfObject | undefined,
): { readonly dict: PdfDict | undefined; readonly through: readonly number[] } {
  const through: number[] = [];
  let value: PdfValue | undefined = entry;
  while (isRef(value) && through.length < 32 && !through.includes(value.number)) {
    through.push(value.number);
    value = valueAt(world, value.number);
  }
  return { dict: isDict(value) ? value : undefined, through };
}
