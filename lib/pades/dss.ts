import { digest } from "#crypto";
import type { Bytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import { parseDate } from "../pdf/date.ts";
import { dataLength, entryOf, load, type PdfDocument, resolve, streamOctets, textOctets } from "../pdf/document.ts";
import { arrayAt } from "../pdf/lookup.ts";
import { isDict, isRef, isStream, isString, type PdfDict, type PdfObject, type PdfRef } from "../pdf/object.ts";
import { catalogOf } from "../pdf/pages.ts";
import { lastRef } from "./form.ts";

/** A certificate, CRL or OCSP response as a stream of the file. */
export type DssObject = {
  /** As they are; nobody has looked whether they are what they should be. */
  readonly octets: Bytes;
  readonly object: number;
  readonly generation: number;
  /** Offsets in the file where its object begins and where its data ends. A stream is never inside an object stream (§7.5.7). */
  readonly offset: number;
  readonly end: number;
};

/** What the validation-related information of one signature is (table 262); the numbers are indexes into the lists of {@link Dss}. */
export type Vri = {
  /** Upper-case hex: see {@link vriKey}. */
  readonly key: string;
  readonly certificates: readonly number[];
  readonly crls: readonly number[];
  readonly ocsps: readonly number[];
  /** /TU, ms: when it was put there, by nobody's proof. */
  readonly time: number | undefined;
};

export type DssProblem =
  /** The dictionary, one of its arrays or an entry of /VRI is something else. */
  | "malformed"
  /** An object is missing or no stream. */
  | "no_stream"
  /** A stream cannot be unpacked. */
  | "broken_stream"
  /** There is more than is read. */
  | "too_much";

/** The document security store (ISO 32000-2 §12.8.4.3). */
export type Dss = {
  /** Offset of the object that /DSS is, or of the object stream that holds it; undefined for one inside the catalog. */
  readonly offset: number | undefined;
  readonly certificates: readonly DssObject[];
  readonly crls: readonly DssObject[];
  readonly ocsps: readonly DssObject[];
  readonly vri: readonly Vri[];
  readonly problems: readonly { readonly problem: DssProblem; readonly object: number | undefined }[];
};

/** Objects of each kind. The largest archives seen have about a hundred. */
const MAX_OBJECTS = 512;
/** Entries of /VRI: one for each signature and timestamp. */
const MAX_VRI = 1024;
/** Octets of one object: CRLs of national CAs have some megabytes. */
const MAX_OCTETS = 16 * 1024 * 1024;
/** Octets that are read, searched or unpacked for the whole store, apart from the rest of the file: a bomb in here spoils nothing else. */
const WORK = 48 * 1024 * 1024;

type Kind = "certificates" | "crls" | "ocsps";
type Reading = {
  readonly doc: PdfDocument;
  readonly lists: Record<Kind, DssObject[]>;
  /** By kind and object number: where it is in its list; undefined for what could not be read. */
  readonly known: Map<string, number | undefined>;
  readonly problems: { problem: DssProblem; object: number | undefined }[];
};

/**
 * Reads the store that the newest revision has. What earlier ones had and it no longer names is not there; what it still names
 * stands where it was first written, which says what timestamp covers it. Damage is a problem in the list, never an exception.
 *
 * @returns undefined where the catalog has no /DSS
 * @throws Fault `pdf_invalid`: no catalog
 */
export function readDss(file: PdfDocument): Dss | undefined {
  const entry = catalogOf(file).dict.get("DSS");
  if (entry === undefined || entry === null) return undefined;
  const doc = { ...file, budget: { left: Math.min(WORK, file.budget.left) } };
  const reading: Reading = { doc, lists: { certificates: [], crls: [], ocsps: [] }, known: new Map(), problems: [] };
  const offset = isRef(entry) ? tolerant(reading, entry.number, () => offsetOf(doc, lastRef(doc, entry))) : undefined;
  const dict = dictOf(reading, entry);
  if (dict !== undefined) {
    collect(reading, "certificates", dict, "Certs");
    collect(reading, "crls", dict, "CRLs");
    collect(reading, "ocsps", dict, "OCSPs");
  }
  const vri = dict === undefined ? [] : readVri(reading, dict);
  return { offset, ...reading.lists, vri, problems: reading.problems };
}

/**
 * The key of a signature in /VRI: SHA-1 in upper-case hex over the whole value of /Contents, padding included (§12.8.4.3, table 261).
 *
 * @param contents the octets that the string stands for
 */
export function vriKey(contents: Uint8Array): string {
  return toHex(digest("SHA-1", contents)).toUpperCase();
}

function readVri(reading: Reading, dss: PdfDict): Vri[] {
  const entry = dss.get("VRI");
  const all = entry === undefined ? undefined : dictOf(reading, entry);
  if (all === undefined) return [];
  if (all.size > MAX_VRI) report(reading, "too_much", isRef(entry) ? entry.number : undefined);
  return [...all].slice(0, MAX_VRI).flatMap(([key, value]) => {
    const dict = dictOf(reading, value);
    if (dict === undefined) return [];
    return {
      key: key.toUpperCase(),
      certificates: collect(reading, "certificates", dict, "Cert"),
      crls: collect(reading, "crls", dict, "CRL"),
      ocsps: collect(reading, "ocsps", dict, "OCSP"),
      time: tolerant(reading, undefined, () => timeOf(reading.doc, dict, value)),
    };
  });
}

/** @returns indexes in the list of its kind, each once */
function collect(reading: Reading, kind: Kind, dict: PdfDict, key: string): number[] {
  if (!dict.has(key)) return [];
  const items = tolerant(reading, undefined, () => arrayAt(reading.doc, dict, key));
  if (items === undefined) {
    report(reading, "malformed", undefined);
    return [];
  }
  const indexes = new Set<number>();
  for (const item of items.slice(0, MAX_OBJECTS)) {
    const index = place(reading, kind, item);
    if (index !== undefined) indexes.add(index);
  }
  if (items.length > MAX_OBJECTS) report(reading, "too_much", undefined);
  return [...indexes];
}

function place(reading: Reading, kind: Kind, item: PdfObject): number | undefined {
  if (!isRef(item)) {
    report(reading, "no_stream", undefined);
    return undefined;
  }
  const name = `${kind} ${item.number} ${item.generation}`;
  if (reading.known.has(name)) return reading.known.get(name);
  const list = reading.lists[kind];
  const found = list.length < MAX_OBJECTS ? readObject(reading, item) : undefined;
  if (list.length >= MAX_OBJECTS) report(reading, "too_much", item.number);
  reading.known.set(name, found && list.length);
  if (found !== undefined) list.push(found);
  return reading.known.get(name);
}

function readObject(reading: Reading, item: PdfRef): DssObject | undefined {
  const { doc } = reading;
  return tolerant(reading, item.number, () => {
    const target = lastRef(doc, item);
    const holder = load(doc, target);
    const stream = holder?.value;
    const offset = offsetOf(doc, target);
    if (holder === undefined || !isStream(stream) || offset === undefined) {
      report(reading, "no_stream", item.number);
      return undefined;
    }
    const octets = streamOctets(doc, holder, MAX_OCTETS);
    return {
      octets,
      object: target.number,
      generation: target.generation,
      offset,
      end: stream.start + dataLength(doc, stream),
    };
  });
}

/** Where an object, or the object stream that holds it, begins. */
function offsetOf(doc: PdfDocument, { number }: PdfRef): number | undefined {
  const entry = entryOf(doc, number);
  const outer = entry.kind === "compressed" ? entryOf(doc, entry.container) : entry;
  return outer.kind === "plain" ? outer.offset : undefined;
}

function timeOf(doc: PdfDocument, dict: PdfDict, holder: PdfObject): number | undefined {
  const value = resolve(doc, dict.get("TU"));
  if (!isString(value)) return undefined;
  const octets = isRef(holder) ? textOctets(doc, lastRef(doc, holder), value) : undefined;
  return octets === undefined ? undefined : parseDate(String.fromCharCode(...octets.subarray(0, 64)));
}

function dictOf(reading: Reading, entry: PdfObject): PdfDict | undefined {
  const object = isRef(entry) ? entry.number : undefined;
  const value = tolerant(reading, object, () => resolve(reading.doc, entry));
  if (isDict(value)) return value;
  if (value !== undefined) report(reading, "malformed", object);
  return undefined;
}

/** @returns undefined where the file is damaged there, which is reported */
function tolerant<T>(reading: Reading, object: number | undefined, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    report(reading, error.code === "pdf_limit" ? "too_much" : "broken_stream", object);
    return undefined;
  }
}

function report(reading: Reading, problem: DssProblem, object: number | undefined): void {
  // A hostile file has a problem with each of a million references.
  if (reading.problems.length < MAX_OBJECTS) reading.problems.push({ problem, object });
}
