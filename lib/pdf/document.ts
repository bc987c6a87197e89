import type { Bytes } from "../bytes/bytes.ts";
import type { Encryption } from "./encryption.ts";
import { filtersOf, unfilter } from "./filters.ts";
import { type Budget, ITEM_LIMIT, REFERENCE_LIMIT, STREAM_LIMIT, spend } from "./limits.ts";
import {
  type Indirect,
  isRef,
  isStream,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfString,
  type PdfValue,
} from "./object.ts";
import { parseIndirect, parseObject } from "./parse.ts";
import { damaged, indexOf, readUnsigned, scannerOf, skipSpace, startsWith } from "./scanner.ts";
import { type Entry, FREE, type Section } from "./section.ts";
import { stringOctets } from "./string.ts";

/** An open PDF. Only what is asked for is read; the octets themselves are never copied. */
export type PdfDocument = {
  readonly source: Uint8Array;
  /** Octets in front of `%PDF-`; offsets inside the file count from there. */
  readonly base: number;
  /** What the header says: `1.4`. */
  readonly header: string;
  /** Newest first. */
  readonly sections: readonly Section[];
  /** The newest one. */
  readonly trailer: PdfDict;
  /** The cross references were unusable and have been made anew by a search through the file. */
  readonly rebuilt: boolean;
  readonly encryption: Encryption | undefined;
  readonly budget: Budget;
  readonly objects: Map<number, Indirect | undefined>;
  readonly containers: Map<number, Container>;
  /** Object streams that are being opened: one that needs itself would never end. */
  readonly opening: Set<number>;
};

/** An unpacked object stream (ISO 32000-2 §7.5.7). */
type Container = { readonly data: Bytes; readonly numbers: readonly number[]; readonly offsets: readonly number[] };

/**
 * The object behind a reference; undefined where there is none, which the format treats as null (§7.3.10).
 *
 * @throws Fault `pdf_invalid` where the cross references point to something else, `pdf_limit`
 */
export function load(doc: PdfDocument, reference: PdfRef): Indirect | undefined {
  const found = loadNumber(doc, reference.number);
  return found?.generation === reference.generation ? found : undefined;
}

/** The object of that number, whatever its generation. @throws Fault as {@link load} */
export function loadNumber(doc: PdfDocument, number: number): Indirect | undefined {
  let found = doc.objects.get(number);
  if (found === undefined && !doc.objects.has(number)) {
    found = read(doc, number, entryOf(doc, number));
    doc.objects.set(number, found);
  }
  return found;
}

/** The value itself, references followed. */
export function resolve(doc: PdfDocument, value: PdfValue | undefined): PdfValue {
  let found = value;
  for (let i = 0; isRef(found); i++) {
    if (i === REFERENCE_LIMIT) throw damaged("references lead to references without end");
    found = load(doc, found)?.value;
  }
  return found ?? null;
}

/** Where the newest section that knows the object says it is. */
export function entryOf(doc: PdfDocument, number: number): Entry {
  for (const section of doc.sections) {
    // Thousands of sections with thousands of runs would make every look-up slow.
    spend(doc.budget, 1 + (section.runs.length >> 3));
    const entry = section.find(number);
    if (entry !== undefined) return entry;
  }
  return FREE;
}

/** The octets of a string that `holder` holds, decrypted. */
export function textOctets(
  doc: PdfDocument,
  holder: { readonly number: number; readonly generation: number },
  string: PdfString,
): Bytes {
  const octets = stringOctets(string);
  if (!string.sealed || doc.encryption === undefined) return octets;
  return doc.encryption.string("decrypt", octets, holder.number, holder.generation);
}

/**
 * The data of a stream, decrypted and unpacked.
 *
 * @param limit octets of output that are refused
 * @throws Fault `pdf_invalid`, `pdf_limit`, `pdf_unsupported` for filters that only pictures have
 */
export function streamOctets(doc: PdfDocument, holder: Indirect, limit = STREAM_LIMIT): Bytes {
  const { number, generation, value } = holder;
  if (!isStream(value)) throw damaged(`object ${number} is no stream`);
  const { dict, start } = value;
  const filters = filtersOf(dict, (item) => resolve(doc, item));
  let data: Uint8Array = doc.source.subarray(start, start + dataLength(doc, value));
  spend(doc.budget, data.length);
  if (doc.encryption !== undefined && dict.get("Type") !== "XRef") {
    data = doc.encryption.stream(
      "decrypt",
      data,
      number,
      generation,
      filters.find((filter) => filter.name === "Crypt")?.crypt,
    );
  }
  const octets = unfilter(data, filters, limit + 1, limit);
  spend(doc.budget, octets.length);
  return octets;
}

function read(doc: PdfDocument, number: number, entry: Entry): Indirect | undefined {
  if (entry.kind === "free") return undefined;
  if (entry.kind === "compressed") return readCompressed(doc, number, entry.container, entry.index);
  if (entry.offset >= doc.source.length) throw damaged(`object ${number} is said to be behind the end of the file`);
  const s = scannerOf(doc.source, entry.offset, { sealed: doc.encryption !== undefined });
  const found = parseIndirect(s);
  spend(doc.budget, s.at - entry.offset);
  if (found.number !== number) throw damaged(`object ${found.number} where ${number} should be`, entry.offset);
  return found;
}

function readCompressed(doc: PdfDocument, number: number, container: number, index: number): Indirect | undefined {
  const { data, numbers, offsets } = containerOf(doc, container);
  const at = numbers[index] === number ? index : numbers.indexOf(number);
  const offset = offsets[at];
  if (offset === undefined) return undefined;
  const s = scannerOf(data, offset, { file: false });
  const value = parseObject(s);
  spend(doc.budget, s.at - offset);
  return s.repeats ? { number, generation: 0, value, repeats: true } : { number, generation: 0, value };
}

function containerOf(doc: PdfDocument, number: number): Container {
  const known = doc.containers.get(number);
  if (known !== undefined) return known;
  const entry = entryOf(doc, number);
  if (entry.kind !== "plain") throw damaged(`object stream ${number} is missing or inside another one`);
  if (doc.opening.has(number)) throw damaged(`object stream ${number} needs itself`);
  doc.opening.add(number);
  const holder = read(doc, number, entry);
  const container = openContainer(doc, holder);
  doc.opening.delete(number);
  doc.containers.set(number, container);
  return container;
}

/** @throws Fault `pdf_invalid` for a stream that is no object stream */
export function openContainer(doc: PdfDocument, holder: Indirect | undefined): Container {
  if (holder === undefined || !isStream(holder.value)) throw damaged("an object stream is no stream");
  const { dict } = holder.value;
  const count = resolve(doc, dict.get("N"));
  const first = resolve(doc, dict.get("First"));
  if (typeof count !== "number" || typeof first !== "number" || count < 0 || count > ITEM_LIMIT || first < 0) {
    throw damaged(`object stream ${holder.number} has no usable /N and /First`);
  }
  const data = streamOctets(doc, holder);
  const s = scannerOf(data, 0, { end: first, file: false });
  const numbers: number[] = [];
  const offsets: number[] = [];
  for (let i = 0; i < count; i++) {
    const number = readUnsigned(s);
    const offset = readUnsigned(s);
    if (number === undefined || offset === undefined) break;
    numbers.push(number);
    offsets.push(first + offset);
  }
  return { data, numbers, offsets };
}

/**
 * How many octets the data of a stream has in the file: /Length, where `endstream` follows what it covers; else up to the
 * next `endstream`, as a wrong length is a common fault of hand-made files.
 */
export function dataLength(doc: PdfDocument, stream: PdfStream): number {
  const { source, budget } = doc;
  const length = resolve(doc, stream.dict.get("Length"));
  if (typeof length === "number" && length >= 0 && stream.start + length <= source.length) {
    const s = scannerOf(source, stream.start + length, { end: stream.start + length + 32 });
    skipSpace(s);
    if (startsWith(source, s.at, "endstream")) return length;
  }
  const end = indexOf(source, "endstream", stream.start, source.length);
  spend(budget, (end < 0 ? source.length : end) - stream.start);
  if (end < 0) throw damaged("a stream does not end", stream.start);
  return end - stream.start;
}
