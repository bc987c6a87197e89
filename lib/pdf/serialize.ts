import type { Encryption } from "./encryption.ts";
import {
  isArray,
  isDict,
  kindOf,
  type PdfArray,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfString,
} from "./object.ts";
import { putOctets, putRoom, putText, putUnsigned, type Sink } from "./sink.ts";
import { hexString, stringOctets } from "./string.ts";

/** Where objects go, and how their strings are encrypted. */
export type Writing = {
  readonly sink: Sink;
  readonly encryption: Encryption | undefined;
  /** Of the object that holds what is written. */
  readonly number: number;
  readonly generation: number;
};

/**
 * Writes one object (ISO 32000-2 §7.3) so that {@link parseObject} reads the same again. Strings that were read encrypted
 * stay as they are: the object keeps its number, and with it its key. Others are encrypted where the file is.
 */
export function writeObject(w: Writing, value: PdfObject): void {
  const { sink } = w;
  if (typeof value === "string") putName(sink, value);
  else if (typeof value !== "object" || value === null) putText(sink, String(value));
  else if (isArray(value)) writeArray(w, value);
  else if (isDict(value)) writeDict(w, value);
  else if (value.kind === "ref") putRef(sink, value);
  else if (value.kind === "token") putText(sink, value.text);
  else if (value.kind === "string") putOctets(sink, sealed(w, value).raw);
  else putRoom(sink, value);
}

/** @param more entries that follow in the same dictionary */
export function writeDict(w: Writing, dict: PdfDict, more?: PdfDict): void {
  putText(w.sink, "<<");
  for (const [key, value] of dict) writeEntry(w, key, value);
  if (more !== undefined) for (const [key, value] of more) writeEntry(w, key, value);
  putText(w.sink, ">>");
}

function writeEntry(w: Writing, key: string, value: PdfObject): void {
  putName(w.sink, key);
  // Names, strings, arrays and dictionaries begin with a delimiter; numbers and words need a blank in front.
  if (needsBlank(value)) putText(w.sink, " ");
  writeObject(w, value);
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
  if (typeof value !== "object" || value === null) return typeof value !== "string";
  const kind = kindOf(value);
  return kind === "ref" || kind === "token";
}

function sealed(w: Writing, string: PdfString): PdfString {
  if (string.sealed || w.encryption === undefined) return string;
  return hexString(w.encryption.string("encrypt", stringOctets(string), w.number, w.generation));
}

function putRef(sink: Sink, { number, generation }: PdfRef): void {
  putUnsigned(sink, number);
  putText(sink, " ");
  putUnsigned(sink, generation);
  putText(sink, " R");
}

/** What a name may hold as it is; everything else is written `#xx` (§7.3.5). */
const HARMLESS = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+*:-")
  HARMLESS[character.charCodeAt(0)] = 1;

function putName(sink: Sink, name: string): void {
  putText(sink, "/");
  putText(sink, isHarmless(name) ? name : name.replace(/[^A-Za-z0-9_.+*:-]/g, escaped));
}

function isHarmless(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (HARMLESS[name.charCodeAt(i)] !== 1) return false;
  return true;
}

function escaped(character: string): string {
  return `#${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
