import type { Encryption } from "./encryption.ts";
import { isArray, isDict, type PdfArray, type PdfDict, type PdfObject, type PdfRaw, type PdfString } from "./object.ts";
import { putOctets, putText, type Sink } from "./sink.ts";
import { hexString, stringOctets } from "./string.ts";

/** Where objects go, and how their strings are encrypted. */
export type Writing = {
  readonly sink: Sink;
  readonly encryption: Encryption | undefined;
  /** Of the object that holds what is written. */
  readonly number: number;
  readonly generation: number;
  /** Filled with the place in the sink of every raw value. */
  readonly places: Map<PdfRaw, number>;
};

/**
 * Writes one object (ISO 32000-2 §7.3) so that {@link parseObject} reads the same again. Strings that were read encrypted
 * stay as they are: the object keeps its number, and with it its key. Others are encrypted where the file is.
 */
export function writeObject(w: Writing, value: PdfObject): void {
  const { sink } = w;
  if (typeof value === "string") putText(sink, writtenName(value));
  else if (typeof value !== "object" || value === null) putText(sink, String(value));
  else if (isArray(value)) writeArray(w, value);
  else if (isDict(value)) writeDict(w, value);
  else if (value.kind === "ref") putText(sink, `${value.number} ${value.generation} R`);
  else if (value.kind === "token") putText(sink, value.text);
  else if (value.kind === "string") putOctets(sink, sealed(w, value).raw);
  else {
    w.places.set(value, sink.length);
    putOctets(sink, value.octets);
  }
}

export function writeDict(w: Writing, dict: PdfDict): void {
  putText(w.sink, "<<");
  for (const [key, value] of dict) {
    putText(w.sink, writtenName(key));
    // Names, strings, arrays and dictionaries begin with a delimiter; numbers and words need a blank in front.
    if (needsBlank(value)) putText(w.sink, " ");
    writeObject(w, value);
  }
  putText(w.sink, ">>");
}

function writeArray(w: Writing, array: PdfArray): void {
  putText(w.sink, "[");
  for (let i = 0; i < array.length; i++) {
    if (i > 0) putText(w.sink, " ");
    writeObject(w, array[i] as PdfObject);
  }
  putText(w.sink, "]");
}

function needsBlank(value: PdfObject): boolean {
  if (typeof value === "string") return false;
  if (typeof value !== "object" || value === null) return true;
  return "kind" in value && value.kind !== "string" && value.kind !== "raw";
}

function sealed(w: Writing, string: PdfString): PdfString {
  if (string.sealed || w.encryption === undefined) return string;
  return hexString(w.encryption.string("encrypt", stringOctets(string), w.number, w.generation));
}

/** Everything but letters, digits and harmless signs is written `#xx` (§7.3.5). */
function writtenName(name: string): string {
  if (/^[A-Za-z0-9_.+*:-]*$/.test(name)) return `/${name}`;
  return `/${name.replace(/[^A-Za-z0-9_.+*:-]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, "0")}`)}`;
}
