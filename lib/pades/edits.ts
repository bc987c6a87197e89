import { type Change, firstFreeNumber } from "../pdf/append.ts";
import { load, type PdfDocument } from "../pdf/document.ts";
import { isArray, isRef, type PdfArray, type PdfObject, type PdfRef } from "../pdf/object.ts";
import type { DictObject } from "../pdf/pages.ts";
import { damaged } from "../pdf/scanner.ts";
import { lastRef } from "./form.ts";

/** What a new revision will change: one value for each object, however many reasons there are to change it. */
export type Edits = Map<number, Change>;

export function putObject(edits: Edits, { number, generation }: PdfRef, value: Change["value"]): void {
  edits.set(number, { number, generation, value });
}

/** The first number behind those of the file and of what the edits bring. @throws Fault `pdf_limit` */
export function freeNumber(doc: PdfDocument, edits: Edits): number {
  let free = firstFreeNumber(doc);
  for (const number of edits.keys()) free = Math.max(free, number + 1);
  return free;
}

/** The object's dictionary as it will be, to be changed in place. */
export function editDict(edits: Edits, { ref, dict }: DictObject): Map<string, PdfObject> {
  const known = edits.get(ref.number)?.value;
  if (known instanceof Map) return known;
  if (known !== undefined) throw damaged(`object ${ref.number} plays two parts`);
  const copy = new Map(dict);
  putObject(edits, ref, copy);
  return copy;
}

/**
 * Adds `item` to the array at `key`: where the array is an object of its own, that object changes, else the dictionary.
 * Anything else that stands there is replaced.
 */
export function addTo(
  doc: PdfDocument,
  key: string,
  entry: PdfObject | undefined,
  item: PdfRef,
  edits: Edits,
  dict: () => Map<string, PdfObject>,
): void {
  const target = isRef(entry) ? lastRef(doc, entry) : undefined;
  const array = target === undefined ? entry : load(doc, target)?.value;
  if (target === undefined || !isArray(array)) {
    dict().set(key, isArray(array) ? [...array, item] : [item]);
    return;
  }
  const known = edits.get(target.number)?.value;
  const edited = Array.isArray(known) ? (known as PdfArray) : undefined;
  if (known !== undefined && edited === undefined) throw damaged(`object ${target.number} plays two parts`);
  putObject(edits, target, [...(edited ?? array), item]);
}
