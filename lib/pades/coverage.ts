import { type PdfDocument, resolve } from "../pdf/document.ts";
import { arrayAt } from "../pdf/lookup.ts";
import type { PdfDict, PdfString } from "../pdf/object.ts";
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
  /** /Contents is missing, no hexadecimal string, or inside an object stream. */
  | "contents_malformed"
  /** What the ranges leave out is not exactly the value of /Contents, delimiters included. */
  | "gap_is_not_contents"
  /** Another field has the same value. */
  | "value_shared";

export function readByteRange(doc: PdfDocument, signature: PdfDict): ByteRange | undefined {
  const array = arrayAt(doc, signature, "ByteRange");
  if (array?.length !== 4) return undefined;
  const [a, b, c, d] = array.map((item) => resolve(doc, item));
  return isOffset(a) && isOffset(b) && isOffset(c) && isOffset(d) ? [a, b, c, d] : undefined;
}

/**
 * @param contents the value of /Contents
 * @param contentsRange absolute offsets of its `<` and of the octet behind its `>`
 * @returns every problem there is; none for ranges that cover the file from its first octet but for /Contents
 */
export function checkByteRange(
  source: Uint8Array,
  byteRange: ByteRange | undefined,
  contents: PdfString | undefined,
  contentsRange: readonly [number, number] | undefined,
): ByteRangeProblem[] {
  const problems: ByteRangeProblem[] = [];
  if (contents === undefined || contentsRange === undefined || !isPureHex(contents))
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
