import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type PdfDocument, resolve } from "./document.ts";
import { OBJECT_LIMIT, OFFSET_LIMIT } from "./limits.ts";
import { isArray, isString, type PdfDict, type PdfObject, type PdfRoom } from "./object.ts";
import type { Entry } from "./section.ts";
import { type Writing, writeDict, writeObject } from "./serialize.ts";
import { finish, lengthOf, newSink, putOctets, putText, type Sink } from "./sink.ts";
import { hexString } from "./string.ts";
import { type Placed, writeTable, writeXrefStream } from "./xref-write.ts";

/** A stream that a new revision brings; written without a filter, encrypted where the file is. */
export type NewStream = { readonly kind: "new stream"; readonly dict: PdfDict; readonly data: Uint8Array };

/** An object as the new revision has it: a new one, or an old one under its number and generation. */
export type Change = { readonly number: number; readonly generation: number; readonly value: PdfObject | NewStream };

export type Appended = {
  /** They follow the file's own octets. */
  readonly octets: Bytes;
  /** Offset of a room in the whole file. */
  readonly placeOf: (room: PdfRoom) => number;
};

/** Octets of a revision without its rooms: the page that the field is added to is most of it. */
const USUAL_LENGTH = 2048;

/** What no new trailer takes over: what belongs to one section only (ISO 32000-2 §7.5.5, §7.5.8.2). */
const OWN_KEYS = new Set([
  "Size",
  "Prev",
  "XRefStm",
  "ID",
  "Type",
  "W",
  "Index",
  "Length",
  "Filter",
  "DecodeParms",
  "F",
  "FFilter",
  "FDecodeParms",
  "DL",
]);

/** The first object number that no revision uses. @throws Fault `pdf_limit` where there is none left */
export function firstFreeNumber(doc: PdfDocument): number {
  const size = doc.trailer.get("Size");
  let free = typeof size === "number" && size <= OBJECT_LIMIT ? Math.max(size, 1) : 1;
  for (const section of doc.sections) free = Math.max(free, section.top);
  // A signature takes six numbers; nobody needs the last thousand.
  if (free > OBJECT_LIMIT - 1000) throw new Fault("pdf_limit", "the file has no object numbers left");
  return free;
}

/**
 * A new revision behind the file's octets (§7.5.6): the changed objects, cross references of the same kind as the newest
 * ones, a trailer with all keys of the newest one.
 *
 * Where the cross references had to be made anew, the revision lists *every* object and has no /Prev: there is nothing
 * sound that it could point to, and with a complete section a reader needs no repair of its own.
 *
 * @param changes each object at most once
 * @param id 16 octets, the second part of the trailer's new /ID
 * @throws Fault `pdf_too_large` beyond ten digits of length
 */
export function appendRevision(doc: PdfDocument, changes: Iterable<Change>, id: Uint8Array): Appended {
  const { source, base } = doc;
  const sink = newSink(USUAL_LENGTH);
  const last = source[source.length - 1];
  if (last !== 10 && last !== 13) putText(sink, "\n");
  const placed: Placed[] = [];
  let size = firstFreeNumber(doc);
  for (const change of changes) {
    const { number, generation } = change;
    size = Math.max(size, number + 1);
    placed.push({ number, entry: { kind: "plain", offset: source.length + lengthOf(sink) - base, generation } });
    writeIndirect({ sink, encryption: doc.encryption, number, generation }, change);
  }
  putReferences(doc, sink, placed, size, trailerKeys(doc, id));
  if (source.length + lengthOf(sink) > OFFSET_LIMIT)
    throw new Fault("pdf_too_large", "offsets have more than ten digits");
  const placeOf = (room: PdfRoom): number => {
    const place = sink.rooms.find((known) => known.room === room);
    if (place === undefined) throw new RangeError("not a room of this revision");
    return source.length + place.at;
  };
  return { octets: finish(sink), placeOf };
}

function putReferences(
  doc: PdfDocument,
  sink: Sink,
  changed: Placed[],
  size: number,
  keys: Map<string, PdfObject>,
): void {
  const { source, base } = doc;
  const newest = doc.sections[0];
  let placed = changed;
  if (doc.rebuilt) placed = withOthers(doc, changed);
  else if (newest !== undefined) keys.set("Prev", newest.offset - base);
  const start = source.length + lengthOf(sink) - base;
  const stream = newest?.kind === "stream" || placed.some(({ entry }) => entry.kind === "compressed");
  if (stream) writeXrefStream(sink, placed, size, start, keys);
  else writeTable(sink, placed, size, keys, doc.rebuilt);
  putText(sink, `startxref\n${start}\n%%EOF\n`);
}

/** The objects that a rebuilt file has beside the changed ones. */
function withOthers(doc: PdfDocument, changed: readonly Placed[]): Placed[] {
  const placed = new Map<number, Entry>();
  for (const section of doc.sections) {
    for (const run of section.runs) {
      for (let number = run.first; number < run.first + run.count; number++) {
        const entry = section.find(number);
        if (entry?.kind === "plain") placed.set(number, { ...entry, offset: entry.offset - doc.base });
        else if (entry?.kind === "compressed") placed.set(number, entry);
      }
    }
  }
  for (const { number, entry } of changed) placed.set(number, entry);
  return [...placed].map(([number, entry]) => ({ number, entry }));
}

export function writeIndirect(w: Writing, { number, generation, value }: Change): void {
  putText(w.sink, `${number} ${generation} obj\n`);
  if (isNewStream(value)) writeStream(w, value);
  else writeObject(w, value);
  putText(w.sink, "\nendobj\n");
}

function writeStream(w: Writing, { dict, data }: NewStream): void {
  const octets = w.encryption === undefined ? data : w.encryption.stream("encrypt", data, w.number, w.generation);
  writeDict(w, dict, new Map([["Length", octets.length]]));
  putText(w.sink, "\nstream\n");
  putOctets(w.sink, octets);
  putText(w.sink, "\nendstream");
}

function trailerKeys(doc: PdfDocument, id: Uint8Array): Map<string, PdfObject> {
  const keys = new Map<string, PdfObject>();
  for (const [key, value] of doc.trailer) if (!OWN_KEYS.has(key)) keys.set(key, value);
  const known = resolve(doc, doc.trailer.get("ID"));
  const first = isArray(known) ? resolve(doc, known[0]) : null;
  // The first part goes into the key of an encrypted file: where it was absent it has to stay absent.
  const second = hexString(id);
  if (isString(first)) keys.set("ID", [first, second]);
  else if (doc.encryption === undefined) keys.set("ID", [second, second]);
  return keys;
}

function isNewStream(value: PdfObject | NewStream): value is NewStream {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "new stream";
}
