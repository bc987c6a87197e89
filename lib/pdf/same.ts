import { equal } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { dataLength, type PdfDocument, streamOctets, textOctets } from "./document.ts";
import {
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  kindOf,
  type PdfArray,
  type PdfDict,
  type PdfRef,
  type PdfStream,
  type PdfToken,
  type PdfValue,
} from "./object.ts";

/** A value, the state of the document that it belongs to, and the object that it is written in. */
export type Side = {
  readonly doc: PdfDocument;
  readonly holder: Pick<PdfRef, "number" | "generation">;
  readonly value: PdfValue | undefined;
};

/** How a stream's data is written down says nothing about what it is. */
const PACKAGING = new Set(["Length", "Filter", "DecodeParms", "DL"]);

/**
 * Whether two values mean the same: numbers by value, strings by their octets, streams by their unpacked data. References are the same
 * where they name the same object; what stands there is not looked at. A key with null is no key (ISO 32000-2 §7.3.7).
 */
export function same(a: Side, b: Side): boolean {
  const [x, y] = [a.value ?? null, b.value ?? null];
  if (x === y) return true;
  if (x === null || y === null) return false;
  if (isArray(x)) return isArray(y) && sameArrays(a, x, b, y);
  if (isDict(x)) return isDict(y) && sameDicts(a, x, b, y, NOTHING);
  if (isStream(x)) return isStream(y) && sameStreams(a, x, b, y);
  if (isRef(x)) return isRef(y) && x.number === y.number && x.generation === y.generation;
  if (isString(x)) return isString(y) && equal(textOctets(a.doc, a.holder, x), textOctets(b.doc, b.holder, y));
  return numberOf(x) !== undefined ? numberOf(x) === numberOf(y) : isToken(x) && isToken(y) && x.text === y.text;
}

const NOTHING: ReadonlySet<string> = new Set();

function sameArrays(a: Side, x: PdfArray, b: Side, y: PdfArray): boolean {
  return x.length === y.length && x.every((item, i) => same({ ...a, value: item }, { ...b, value: y[i] }));
}

function sameDicts(a: Side, x: PdfDict, b: Side, y: PdfDict, but: ReadonlySet<string>): boolean {
  return differences(a, x, b, y).every((key) => but.has(key));
}

/** The keys whose values differ. */
export function differences(a: Omit<Side, "value">, x: PdfDict, b: Omit<Side, "value">, y: PdfDict): readonly string[] {
  return [...new Set([...x.keys(), ...y.keys()])].filter(
    (key) => !same({ ...a, value: x.get(key) }, { ...b, value: y.get(key) }),
  );
}

function sameStreams(a: Side, x: PdfStream, b: Side, y: PdfStream): boolean {
  if (!sameDicts(a, x.dict, b, y.dict, PACKAGING)) return false;
  const asWritten = sameDicts(a, x.dict, b, y.dict, LENGTH);
  const sealed = a.doc.encryption !== undefined;
  if (asWritten && (!sealed || sameHolder(a, b)) && equal(dataOf(a.doc, x), dataOf(b.doc, y))) return true;
  if (asWritten && !sealed && !x.dict.has("Filter")) return false;
  return equalUnpacked(a, b);
}

const LENGTH: ReadonlySet<string> = new Set(["Length"]);

function sameHolder(a: Side, b: Side): boolean {
  return a.holder.number === b.holder.number && a.holder.generation === b.holder.generation;
}

function dataOf(doc: PdfDocument, stream: PdfStream): Uint8Array {
  return doc.source.subarray(stream.start, stream.start + dataLength(doc, stream));
}

function equalUnpacked(a: Side, b: Side): boolean {
  try {
    return equal(unpacked(a), unpacked(b));
  } catch (fault) {
    // Damaged or of a kind that is not undone here, and other octets than before: nobody can say that it is the same.
    if (fault instanceof Fault && fault.code !== "pdf_limit") return false;
    throw fault;
  }
}

function unpacked({ doc, holder, value }: Side): Uint8Array {
  const { number, generation } = holder;
  return streamOctets(doc, { number, generation, value: value ?? null });
}

function isToken(value: PdfValue): value is PdfToken {
  return kindOf(value) === "token";
}

/** `1` and `1.0` are the same number (§7.3.3). */
function numberOf(value: PdfValue): number | undefined {
  if (typeof value === "number") return value;
  return isToken(value) && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value.text) ? Number(value.text) : undefined;
}
