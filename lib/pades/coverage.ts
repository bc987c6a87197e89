import { loadNumber, type PdfDocument, resolve } from "../pdf/document.ts";
import { arrayAt } from "../pdf/lookup.ts";
import { isArray, isRef, type PdfDict, type PdfString } from "../pdf/object.ts";
import { isPureHex } from "../pdf/string.ts";

export type ByteRange = readonly [number, number, number, number];

/** What keeps a signature from covering one whole state of the file (ISO 32000-2 §12.8.1). */
export type ByteRangeProblem =
  /** Not four integers of 0 or more. */
  | "byte_range_malformed"
  | "byte_range_outside_file"
  /** The first range does not begin with the file, so that something in front is not signed. */
  | "byte_range_starts_late"
  /** The second range begins in front of the end of the first. */
  | "byte_range_overlaps"
  /** /Contents is missing, empty, no hexadecimal string, or inside an object stream. */
  | "contents_malformed"
  /** What the ranges leave out is not exactly the value of /Contents, delimiters included. */
  | "gap_is_not_contents"
  /** /ByteRange, one of its numbers or /Contents stands in another object, which somebody else may write (ISO 32000-2 table 255). */
  | "dictionary_scattered"
  /** A key of the signature dictionary is written twice: readers differ about which one counts. */
  | "dictionary_ambiguous"
  /** Another field has the same value. */
  | "value_shared";

export function readByteRange(doc: PdfDocument, signature: PdfDict): ByteRange | undefined {
  const array = arrayAt(doc, signature, "ByteRange");
  if (array?.length !== 4) return undefined;
  const [a, b, c, d] = array.map((item) => resolve(doc, item));
  return isOffset(a) && isOffset(b) && isOffset(c) && isOffset(d) ? [a, b, c, d] : undefined;
}

/** What is wrong with how the signature dictionary is written, whatever it says. @param holder the number of the object it is in */
export function checkDictionary(doc: PdfDocument, signature: PdfDict, holder: number): ByteRangeProblem[] {
  const [range, contents] = [signature.get("ByteRange"), signature.get("Contents")];
  const scattered = isRef(contents) || isRef(range) || (isArray(range) && range.some(isRef));
  const repeats = loadNumber(doc, holder)?.repeats === true;
  return [
    ...(scattered ? ["dictionary_scattered" as const] : []),
    ...(repeats ? ["dictionary_ambiguous" as const] : []),
  ];
}

/**
 * @param contents the value of /Contents
 * @param octets what it stands for
 * @param contentsRange absolute offsets of its `<` and of the octet behind its `>`
 * @returns every problem there is; none for ranges that cover the file from its first octet but for /Contents
 */
export function checkByteRange(
  source: Uint8Array,
  byteRange: ByteRange | undefined,
  contents: PdfString | undefined,
  octets: Uint8Array | undefined,
  contentsRange: readonly [number, number] | undefined,
): ByteRangeProblem[] {
  const problems: ByteRangeProblem[] = [];
  if (contents === undefined || octets === undefined || contentsRange === undefined || !isPureHex(contents, octets))
    problems.push("contents_malformed");
  if (byteRange === undefined) return ["byte_range_malformed", ...problems];
  const [start, length, second, rest] = byteRange;
  if (start !== 0) problems.push("byte_range_starts_late");
  if (second < start + length) problems.push("byte_range_overlaps");
  if (second + rest > source.length || start + length > source.length) problems.push("byte_range_outside_file");
  const gap = contentsRange !== undefined && start + length === contentsRange[0] && second === contentsRange[1];
  if (!gap) problems.push("gap_is_not_contents");
  return problems;
}

/** Whether one of the two ranges holds every octet from `from` up to `to`: an object that a timestamp covers, say. */
export function covers([start, length, second, rest]: ByteRange, from: number, to: number): boolean {
  return (from >= start && to <= start + length) || (from >= second && to <= second + rest);
}

function isOffset(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
