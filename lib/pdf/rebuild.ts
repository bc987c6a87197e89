import { Fault } from "../fault/fault.ts";
import { openContainer, type PdfDocument } from "./document.ts";
import { GENERATION_LIMIT, OBJECT_LIMIT, SECTION_LIMIT } from "./limits.ts";
import { isDict, isRef, isStream, type PdfDict, type PdfObject } from "./object.ts";
import { parseIndirect, parseObject } from "./parse.ts";
import { damaged, indexOf, isDigit, isSpace, readUnsigned, scannerOf, skipSpace, startsWith } from "./scanner.ts";
import type { Entry, Run, Section } from "./section.ts";

/** Files that are searched through. 128 MB take about half a second. */
const FILE_LIMIT = 128 * 1024 * 1024;
/** Definitions met, and different object numbers among them: the latter take memory, about 100 octets each. */
const DEFINITION_LIMIT = 500_000;
const NUMBER_LIMIT = 250_000;
/** The word `obj` on its own: as often as `endobj`, and then some. */
const WORD_LIMIT = 8 * DEFINITION_LIMIT;
/** A dictionary longer than that in front of a stream is not looked through for its /Length. */
const DICTIONARY = 4096;
/** A trailer ends within that many octets; the longest ones seen have a few hundred. */
const TRAILER = 16_384;

/** What a search through the whole file finds. `index` is filled up by {@link withContainers}. */
type Rebuilt = Section & { readonly index: Map<number, Entry>; readonly containers: readonly Place[] };
/** A stream's object: where it starts and where its `stream` keyword ends. */
type Place = { readonly number: number; readonly offset: number; readonly end: number };
type Head = { readonly number: number; readonly generation: number; readonly offset: number };
type Found = { index: Map<number, Entry>; containers: Place[]; trailers: PdfDict[] };

/**
 * Cross references made anew: the last definition of every object counts, and the last trailer that names a catalog.
 *
 * @throws Fault `pdf_invalid` where no trailer is found, `pdf_limit` for a file that is too large to be searched
 */
export function rebuild(source: Uint8Array, base: number): Rebuilt {
  if (source.length > FILE_LIMIT) throw new Fault("pdf_limit", `a damaged file of more than ${FILE_LIMIT} octets`);
  const { index, containers, trailers } = search(source, base);
  const end = source.length;
  const find = (number: number): Entry | undefined => index.get(number);
  return {
    kind: "rebuilt",
    offset: end,
    end,
    trailer: mergedTrailer(trailers),
    top: 0,
    runs: [],
    find,
    index,
    containers,
  };
}

/** Adds what is inside the object streams, which may have to be decrypted for it: hence after the document is unlocked. */
export function withContainers(doc: PdfDocument): PdfDocument {
  const rebuilt = doc.sections[0] as Rebuilt;
  for (const place of rebuilt.containers) {
    const entry = rebuilt.index.get(place.number);
    if (entry?.kind !== "plain" || entry.offset !== place.offset) continue;
    for (const [index, inner] of innerNumbers(doc, place).entries()) {
      if (offsetOf(rebuilt, inner) < place.offset)
        rebuilt.index.set(inner, { kind: "compressed", container: place.number, index });
    }
    if (rebuilt.index.size > NUMBER_LIMIT) throw tooMany();
  }
  const runs = runsOf(rebuilt.index);
  const last = runs.at(-1);
  const top = last === undefined ? 0 : last.first + last.count;
  return { ...doc, sections: [{ ...rebuilt, runs, top }], objects: new Map() };
}

function innerNumbers(doc: PdfDocument, { offset, end }: Place): readonly number[] {
  try {
    return openContainer(doc, parseIndirect(scannerOf(doc.source, offset, { end }))).numbers;
  } catch (fault) {
    // What one damaged stream held is lost; whether it is needed shows later.
    if (fault instanceof Fault && fault.code === "pdf_invalid") return [];
    throw fault;
  }
}

/** Where in the file the definition of an object is that counts so far. */
function offsetOf(rebuilt: Rebuilt, number: number): number {
  const entry = rebuilt.index.get(number);
  if (entry?.kind === "plain") return entry.offset;
  return entry?.kind === "compressed" ? offsetOf(rebuilt, entry.container) : -1;
}

/** One pass over the octets. Stream data is stepped over: files inside files are not objects of this one. */
function search(source: Uint8Array, base: number): Found {
  const found: Found = { index: new Map(), containers: [], trailers: [] };
  const nextStream = searcher(source, "stream");
  const nextEnd = searcher(source, "endobj");
  const nextEndstream = searcher(source, "endstream");
  let gap = base;
  let from = base;
  let definitions = 0;
  for (let words = 0; ; words++) {
    const word = nextObj(source, from);
    if (word < 0) break;
    from = word + 3;
    const head = headBefore(source, word);
    if (words > WORD_LIMIT || definitions > DEFINITION_LIMIT) throw tooMany();
    if (head === undefined) continue;
    definitions++;
    addTrailer(source, gap, head.offset, found);
    found.index.set(head.number, { kind: "plain", offset: head.offset, generation: head.generation });
    if (found.index.size > NUMBER_LIMIT) throw tooMany();
    const stream = nextStream(from);
    const isStream = stream >= 0 && behindDictionary(source, stream, from) && !isBefore(nextEnd(from), stream);
    if (isStream) {
      noteStream(source, head, from, stream, found);
      from = dataEnd(source, from, stream, nextEndstream);
    }
    gap = from;
  }
  addTrailer(source, gap, source.length, found);
  return found;
}

/** The next `obj`, by a loop of its own: this is where the time goes. */
function nextObj(source: Uint8Array, from: number): number {
  for (let at = from + 2; at < source.length; at++) {
    if (source[at] === 0x6a && source[at - 1] === 0x62 && source[at - 2] === 0x6f) return at - 2;
  }
  return -1;
}

function tooMany(): Fault {
  return new Fault("pdf_limit", "a damaged file has too many objects");
}

function isBefore(at: number, other: number): boolean {
  return at >= 0 && at < other;
}

/** Searches forward only, so that all searches for one word together read the file once. */
function searcher(source: Uint8Array, word: string): (from: number) => number {
  let at = -2;
  return (from) => {
    if (at !== -1 && at < from) at = indexOf(source, word, from, source.length);
    return at;
  };
}

/** `12 0 ` in front of `obj`. */
function headBefore(source: Uint8Array, word: number): Head | undefined {
  const behind = source[word + 3];
  // Letters or digits behind it make another word; `obj<<` and `obj[` are fine.
  if (behind === undefined || isDigit(behind) || (behind | 0x20) >= 0x61) return undefined;
  const generationEnd = back(source, word, isSpace);
  const generationStart = back(source, generationEnd, isDigit);
  const numberEnd = back(source, generationStart, isSpace);
  const offset = back(source, numberEnd, isDigit);
  if (generationStart === generationEnd || numberEnd === generationStart || offset === numberEnd) return undefined;
  const number = digits(source, offset, numberEnd);
  const generation = digits(source, generationStart, generationEnd);
  return number === 0 || number > OBJECT_LIMIT || generation > GENERATION_LIMIT
    ? undefined
    : { offset, number, generation };
}

function digits(source: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + (source[at] as number) - 0x30;
  return value;
}

function back(source: Uint8Array, from: number, is: (octet: number | undefined) => boolean): number {
  let at = from;
  // More blanks or digits than that are no head of an object.
  while (at > 0 && from - at < 10 && is(source[at - 1])) at--;
  return at;
}

function behindDictionary(source: Uint8Array, stream: number, from: number): boolean {
  let at = stream;
  while (at > from && isSpace(source[at - 1])) at--;
  return source[at - 1] === 0x3e && source[at - 2] === 0x3e;
}

function noteStream(source: Uint8Array, { number, offset }: Head, from: number, stream: number, found: Found): void {
  const end = stream + 6;
  if (indexOf(source, "/ObjStm", from, stream) >= 0) found.containers.push({ number, offset, end });
  if (indexOf(source, "/XRef", from, stream) < 0) return;
  tryTrailer(found, () => {
    const { value } = parseIndirect(scannerOf(source, offset, { end }));
    return isStream(value) ? value.dict : null;
  });
}

function dataEnd(source: Uint8Array, from: number, stream: number, nextEndstream: (from: number) => number): number {
  const length = directLength(source, from, stream);
  if (length !== undefined) {
    const line = source[stream + 6] === 13 ? stream + 7 : stream + 6;
    const behind = (source[line] === 10 ? line + 1 : line) + length;
    const s = scannerOf(source, behind, { end: behind + 32 });
    skipSpace(s);
    if (startsWith(source, s.at, "endstream")) return s.at;
  }
  const end = nextEndstream(stream + 6);
  return end < 0 ? stream + 6 : end;
}

/** /Length of a stream's dictionary, where it is a number and no reference. */
function directLength(source: Uint8Array, from: number, to: number): number | undefined {
  const key = indexOf(source, "/Length", from, Math.min(to, from + DICTIONARY));
  if (key < 0) return undefined;
  const s = scannerOf(source, key + 7, { end: to });
  const length = readUnsigned(s);
  const next = readUnsigned(s);
  return next === undefined ? length : undefined;
}

function addTrailer(source: Uint8Array, from: number, to: number, found: Found): void {
  for (let at = indexOf(source, "trailer", from, to); at >= 0; at = indexOf(source, "trailer", at + 7, to)) {
    const s = scannerOf(source, at + 7, { end: Math.min(to, at + TRAILER) });
    tryTrailer(found, () => parseObject(s));
  }
}

function tryTrailer(found: Found, read: () => PdfObject): void {
  if (found.trailers.length >= SECTION_LIMIT) throw new Fault("pdf_limit", "a damaged file has too many trailers");
  let dict: PdfObject = null;
  try {
    dict = read();
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== "pdf_invalid") throw fault;
  }
  found.trailers.push(isDict(dict) ? dict : new Map());
}

/** The newest trailer that names a catalog, with what an older one says about encryption and identity. */
function mergedTrailer(trailers: readonly PdfDict[]): PdfDict {
  const newest = trailers.findLast((dict) => isRef(dict.get("Root")));
  if (newest === undefined) throw damaged("no trailer names a catalog");
  const merged = new Map(newest);
  for (const key of ["Encrypt", "ID", "Info"]) {
    const value = trailers.findLast((dict) => dict.has(key))?.get(key);
    if (!merged.has(key) && value !== undefined) merged.set(key, value);
  }
  return merged;
}

function runsOf(index: ReadonlyMap<number, Entry>): Run[] {
  const runs: { first: number; count: number }[] = [];
  for (const number of [...index.keys()].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === number) last.count++;
    else runs.push({ first: number, count: 1 });
  }
  return runs;
}
