import { type PdfDocument, resolve } from "./document.ts";
import { isArray, isDict, kindOf, type PdfArray, type PdfDict, type PdfToken, type PdfValue } from "./object.ts";

/** The dictionary at `key`, references followed; undefined where something else or nothing is there. */
export function dictAt(doc: PdfDocument, dict: PdfDict, key: string): PdfDict | undefined {
  const value = resolve(doc, dict.get(key));
  return isDict(value) ? value : undefined;
}

export function arrayAt(doc: PdfDocument, dict: PdfDict, key: string): PdfArray | undefined {
  const value = resolve(doc, dict.get(key));
  return isArray(value) ? value : undefined;
}

export function nameAt(doc: PdfDocument, dict: PdfDict, key: string): string | undefined {
  const value = resolve(doc, dict.get(key));
  return typeof value === "string" ? value : undefined;
}

export function integerAt(doc: PdfDocument, dict: PdfDict, key: string): number | undefined {
  const value = resolve(doc, dict.get(key));
  return typeof value === "number" ? value : undefined;
}

/** Any number, whole or not; undefined for everything else. */
export function realOf(value: PdfValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (kindOf(value) !== "token") return undefined;
  const number = Number((value as PdfToken).text);
  return Number.isFinite(number) ? number : undefined;
}
