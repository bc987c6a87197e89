import { Fault } from "../../fault/fault.ts";
import { entryOf, loadNumber, type PdfDocument } from "../../pdf/document.ts";
import {
  type Indirect,
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfValue,
} from "../../pdf/object.ts";
import { parseIndirect } from "../../pdf/parse.ts";
import { scannerOf } from "../../pdf/scanner.ts";
import type { Constraint, Holder } from "./constraints.ts";
import type { Role } from "./role.ts";

/** One state of a document, with every object that can be reached and what it is there for. */
export type World = {
  /** The state that is looked at: it moves on from save to save. */
  view: PdfDocument;
  readonly roles: Map<number, Role>;
  /** The octets of the file, those behind the state included. */
  readonly whole: Uint8Array;
  /** Object numbers of the pages in their order. */
  pages: readonly number[];
  /** Names of the fields at the top of the form. */
  readonly names: Set<string>;
  /** The page, from 1, on which an annotation or widget is shown. */
  readonly shownOn: Map<number, number>;
  /** What the signatures that are there demand of later saves. */
  readonly constraints: Constraint[];
  /** Objects that the cross references look for behind the end of the state. */
  readonly ahead: number[];
  /** Object numbers by the object stream they are in; made when first asked for. */
  compressed: Map<number, number[]> | undefined;
};

export function newWorld(view: PdfDocument, whole: Uint8Array): World {
  return {
    view,
    whole,
    roles: new Map(),
    pages: [],
    names: new Set(),
    shownOn: new Map(),
    constraints: [],
    ahead: [],
    compressed: undefined,
  };
}

/** Gives `role` to everything that a value leads to and that has none yet. @returns the object numbers that were new */
export function claim(world: World, value: PdfValue | undefined, role: Role): number[] {
  const waiting: number[] = [];
  const claimed: number[] = [];
  collect(value, waiting);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (!take(world, number, role)) continue;
    claimed.push(number);
    collect(valueAt(world, number), waiting);
  }
  return claimed;
}

/** @returns whether the object was free to be claimed */
export function take(world: World, number: number, role: Role): boolean {
  const known = world.roles.get(number);
  if (known === undefined) {
    world.roles.set(number, role);
    return true;
  }
  // A field that is also part of a page's content would be a way to change the page by filling it in.
  if (role.kind === "fixed" && DRAWN.has(role.code) && !OUTLINE.has(known.kind)) world.roles.set(number, role);
  return false;
}

const DRAWN: ReadonlySet<string> = new Set(["page_content_changed", "page_resources_changed"]);
/** They are compared key by key, so that it does not matter what else leads to them. */
const OUTLINE: ReadonlySet<Role["kind"]> = new Set(["fixed", "catalog", "pages", "page"]);

/** The numbers of all objects that a value refers to. */
export function collect(value: PdfValue | undefined, into: number[]): void {
  if (isRef(value)) into.push(value.number);
  else if (isArray(value)) for (const item of value) collect(item, into);
  else if (isDict(value)) for (const item of value.values()) collect(item, into);
  else if (isStream(value)) collect(value.dict, into);
}

/** The value of an object in the state that is looked at; undefined where there is none or it cannot be read. */
export function valueAt(world: World, number: number): PdfValue | undefined {
  const found = quietly(world.view, number);
  noteAhead(world, number, found);
  return found?.value;
}

/** The object that is known under a number, for whoever has to decrypt what is in it. */
export function holderOf(world: World, number: number): Holder {
  return { number, generation: quietly(world.view, number)?.generation ?? 0 };
}

export function dictOf(world: World, number: number): PdfDict | undefined {
  const value = valueAt(world, number);
  return isDict(value) ? value : undefined;
}

/** The object, or undefined where it is damaged: what was signed damaged stays so. */
export function quietly(view: PdfDocument, number: number): Indirect | undefined {
  try {
    return loadNumber(view, number);
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== "pdf_invalid") throw fault;
    view.objects.set(number, undefined);
    return undefined;
  }
}

/** Octets that are added behind the end must not be able to become an object, or a part of one, that was there already. */
function noteAhead({ view, whole, ahead }: World, number: number, found: Indirect | undefined): void {
  if (found !== undefined) {
    const size = isStream(found.value) ? found.value.dict.get("Length") : undefined;
    if (isStream(found.value) && typeof size === "number" && found.value.start + size > view.source.length)
      ahead.push(number);
    return;
  }
  const entry = entryOf(view, number);
  const place = entry.kind === "compressed" ? entryOf(view, entry.container) : entry;
  if (place.kind === "plain" && isReadable(whole, place.offset)) ahead.push(number);
}

function isReadable(source: Uint8Array, offset: number): boolean {
  try {
    parseIndirect(scannerOf(source, offset));
    return true;
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}

/** The items of an array, whether it is one or a reference leads to it, with the numbers of the objects on the way. */
export function itemsOf(
  world: World,
  entry: PdfObject | undefined,
): { readonly items: readonly PdfObject[]; readonly through: readonly number[] } {
  const through: number[] = [];
  let value: PdfValue | undefined = entry;
  while (isRef(value) && through.length < 32 && !through.includes(value.number)) {
    through.push(value.number);
    value = valueAt(world, value.number);
  }
  return { items: isArray(value) ? value : [], through };
}
