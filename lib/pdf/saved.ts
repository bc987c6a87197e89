import { Fault } from "../fault/fault.ts";
import type { PdfDocument } from "./document.ts";
import { openDocument, withDocument } from "./open.ts";
import { revisionsOf } from "./revisions.ts";
import { lastIndexOf } from "./scanner.ts";
import { endsProperly, strayOctets } from "./states.ts";

/** End marks that are tried, from the last one backwards. Behind a signed save there are a few, unless somebody plays. */
const MARKS = 32;
/** Octets that are searched for them. */
const SEARCHED = 128 * 1024 * 1024;

/**
 * Runs `use` on a document that is to be judged. Where what was added last is damaged, or no save at all, it is run on the newest save
 * that is sound, with everything behind it as octets that belong to no save: what was signed is judged as it was signed, and not as a
 * search through all octets would put it together. Only where that finds nothing the cross references are made anew.
 *
 * @param found whether a result is one that the file was looked at for
 * @throws Fault as `withDocument`
 */
export function withSavedDocument<T>(
  source: Uint8Array,
  use: (doc: PdfDocument) => T,
  found: (result: T) => boolean,
): T {
  try {
    return use(openDocument(source));
  } catch (fault) {
    if (!isDamage(fault)) throw fault;
  }
  for (const doc of earlierSaves(source)) {
    try {
      const result = use(doc);
      if (found(result)) return result;
    } catch (fault) {
      if (!isDamage(fault)) throw fault;
    }
  }
  return withDocument(source, use);
}

function* earlierSaves(source: Uint8Array): Generator<PdfDocument> {
  const least = Math.max(0, source.length - SEARCHED);
  let at = source.length;
  for (let i = 0; i < MARKS; i++) {
    at = lastIndexOf(source, "%%EOF", least, at);
    if (at < 0) return;
    const end = at + "%%EOF".length;
    const doc = strayOctets(source, end) > 0 ? openUpTo(source, end) : undefined;
    if (doc !== undefined) yield doc;
  }
}

function openUpTo(source: Uint8Array, end: number): PdfDocument | undefined {
  try {
    const doc = openDocument(source.subarray(0, end));
    const newest = revisionsOf(doc).at(-1);
    return newest !== undefined && endsProperly(doc, newest) ? { ...doc, source } : undefined;
  } catch (fault) {
    if (isDamage(fault)) return undefined;
    throw fault;
  }
}

function isDamage(fault: unknown): boolean {
  return fault instanceof Fault && fault.code === "pdf_invalid";
}
