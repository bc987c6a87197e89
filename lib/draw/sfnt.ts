import { type Bytes, fromLatin1, toLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";

/** The tables of a font by tag (OpenType §"Organization of an OpenType Font"), each a view of the font's own octets. */
export type Tables = ReadonlyMap<string, DataView>;

const TRUETYPE = 0x00010000;
/** A font has some twenty; the directory is read before anything else is known about the file. */
const TABLE_LIMIT = 64;
/** Makes the sum of all words of a font 0xB1B0AFBA (OpenType, head table). */
const CHECKSUM_BASE = 0xb1b0afba;
/** Of checkSumAdjustment in head. */
const ADJUSTMENT_AT = 8;
const HEADER = 12;
const RECORD = 16;

/**
 * Reads the directory of a TrueType font.
 *
 * @throws Fault `font_malformed`: no TrueType outlines, or tables outside the file
 */
export function readTables(font: Uint8Array): Tables {
  const view = new DataView(font.buffer, font.byteOffset, font.length);
  if (u32(view, 0) !== TRUETYPE) throw malformed("the file is no font with TrueType outlines");
  const count = u16(view, 4);
  if (count > TABLE_LIMIT) throw malformed(`a directory of ${count} tables`);
  const tables = new Map<string, DataView>();
  for (let i = 0; i < count; i++) {
    const at = HEADER + RECORD * i;
    const [offset, length] = [u32(view, at + 8), u32(view, at + 12)];
    if (offset + length > font.length) throw malformed("a table lies outside the file");
    tables.set(toLatin1(font, at, at + 4), new DataView(font.buffer, font.byteOffset + offset, length));
  }
  return tables;
}

/** @throws Fault `font_malformed` */
export function tableOf(tables: Tables, tag: string): DataView {
  const table = tables.get(tag);
  if (table === undefined) throw malformed(`there is no table ${tag}`);
  return table;
}

/**
 * Writes a font of these tables, sorted by tag, with all sums.
 *
 * @param tables `head` among them
 */
export function writeTables(tables: ReadonlyMap<string, Uint8Array>): Bytes {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const directory = HEADER + RECORD * sorted.length;
  const length = sorted.reduce((sum, [, octets]) => sum + padded(octets.length), directory);
  const font = new Uint8Array(length);
  const view = new DataView(font.buffer);
  const power = Math.floor(Math.log2(sorted.length));
  view.setUint32(0, TRUETYPE);
  view.setUint16(4, sorted.length);
  view.setUint16(6, RECORD * 2 ** power);
  view.setUint16(8, power);
  view.setUint16(10, RECORD * (sorted.length - 2 ** power));
  let at = directory;
  let head = 0;
  for (const [i, [tag, octets]] of sorted.entries()) {
    font.set(octets, at);
    if (tag === "head") {
      head = at;
      view.setUint32(at + ADJUSTMENT_AT, 0);
    }
    const record = HEADER + RECORD * i;
    font.set(fromLatin1(tag), record);
    view.setUint32(record + 4, sumOf(view, at, padded(octets.length)));
    view.setUint32(record + 8, at);
    view.setUint32(record + 12, octets.length);
    at += padded(octets.length);
  }
  view.setUint32(head + ADJUSTMENT_AT, (CHECKSUM_BASE - sumOf(view, 0, length)) >>> 0);
  return font;
}

const padded = (length: number): number => (length + 3) & ~3;

function sumOf(view: DataView, from: number, length: number): number {
  let sum = 0;
  for (let at = from; at < from + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

// Reading past the end of a table is what a damaged font makes a reader do; DataView's own RangeError would call it our mistake.

/** @throws Fault `font_malformed` */
export function u16(view: DataView, at: number): number {
  need(view, at, 2);
  return view.getUint16(at);
}

/** @throws Fault `font_malformed` */
export function i16(view: DataView, at: number): number {
  need(view, at, 2);
  return view.getInt16(at);
}

/** @throws Fault `font_malformed` */
export function u32(view: DataView, at: number): number {
  need(view, at, 4);
  return view.getUint32(at);
}

function need(view: DataView, at: number, octets: number): void {
  if (at < 0 || at + octets > view.byteLength) throw malformed("a table ends too early");
}

export function malformed(detail: string): Fault {
  return new Fault("font_malformed", detail);
}
