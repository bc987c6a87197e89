import { Fault } from "../fault/fault.ts";
import { OBJECT_LIMIT, OFFSET_LIMIT } from "./limits.ts";
import type { PdfDict, PdfObject } from "./object.ts";
import type { Entry } from "./section.ts";
import { writeDict } from "./serialize.ts";
import { putDigits, putOctets, putText, type Sink } from "./sink.ts";

/** An object and where the new section says it is; offsets count from the header. */
export type Placed = { readonly number: number; readonly entry: Entry };

/**
 * A classic table and its trailer (ISO 32000-2 §7.5.4, §7.5.5).
 *
 * @param complete the file has no other section: object 0, the head of the free list, belongs to it
 */
export function writeTable(
  sink: Sink,
  placed: readonly Placed[],
  size: number,
  keys: ReadonlyMap<string, PdfObject>,
  complete: boolean,
): void {
  putText(sink, "xref\n");
  const sorted = inOrder(placed);
  // One run with what follows it: a file without updates has one subsection, from 0 on (§7.5.4).
  const joined = complete && sorted[0]?.number === 1;
  if (complete) putText(sink, `0 ${joined ? 1 + runLength(sorted, 0) : 1}\n0000000000 65535 f \n`);
  for (const [at, item] of sorted.entries()) {
    if (beginsRun(sorted, at) && !(joined && at === 0)) putText(sink, `${item.number} ${runLength(sorted, at)}\n`);
    putLine(sink, item.entry);
  }
  putText(sink, "trailer\n");
  putDict(sink, new Map([["Size", size]]), keys);
  putText(sink, "\n");
}

/**
 * A cross-reference stream (§7.5.8), itself an object, under the first number behind the others. Not compressed: the
 * octets are then the same on every machine, and there are few.
 *
 * @param start its own offset
 */
export function writeXrefStream(
  sink: Sink,
  placed: readonly Placed[],
  size: number,
  start: number,
  keys: ReadonlyMap<string, PdfObject>,
): void {
  if (size > OBJECT_LIMIT) throw new Fault("pdf_limit", "the file has no object numbers left");
  const own: Placed = { number: size, entry: { kind: "plain", offset: start, generation: 0 } };
  const sorted = inOrder([...placed, own]);
  const widths: [number, number, number] = [1, 4, 2];
  for (const { entry } of sorted) {
    const [, second, third] = fields(entry);
    if (second > 0xffffffff) widths[1] = 5;
    if (third > 0xffff) widths[2] = 4;
  }
  const width = widths[0] + widths[1] + widths[2];
  const data = new Uint8Array(width * sorted.length);
  let at = 0;
  for (const { entry } of sorted)
    for (const [i, value] of fields(entry).entries()) at = putNumber(data, at, value, widths[i] as number);
  const index = sorted.flatMap(({ number }, i) => (beginsRun(sorted, i) ? [number, runLength(sorted, i)] : []));
  putText(sink, `${size} 0 obj\n`);
  const own_keys: [string, PdfObject][] = [
    ["Type", "XRef"],
    ["Size", size + 1],
    ["W", widths],
    ["Index", index],
  ];
  putDict(sink, new Map<string, PdfObject>([...own_keys, ...keys, ["Length", data.length]]));
  putText(sink, "\nstream\n");
  putOctets(sink, data);
  putText(sink, "\nendstream\nendobj\n");
}

/** Strings of trailers are never encrypted (§7.6.2). */
function putDict(sink: Sink, dict: PdfDict, more?: PdfDict): void {
  writeDict({ sink, encryption: undefined, number: 0, generation: 0 }, dict, more);
}

function fields(entry: Entry): [number, number, number] {
  if (entry.kind === "plain") return [1, entry.offset, entry.generation];
  return entry.kind === "compressed" ? [2, entry.container, entry.index] : [0, 0, 0];
}

function putLine(sink: Sink, entry: Entry): void {
  const [type, offset, generation] = fields(entry);
  if (offset > OFFSET_LIMIT) throw new Fault("pdf_too_large", "offsets have more than ten digits");
  putDigits(sink, offset, 10);
  putText(sink, " ");
  putDigits(sink, generation, 5);
  putText(sink, type === 1 ? " n \n" : " f \n");
}

function putNumber(into: Uint8Array, at: number, value: number, width: number): number {
  // Not by shifts: offsets may have more than 32 bits.
  for (let i = 0, scale = 256 ** (width - 1); i < width; i++, scale /= 256)
    into[at + i] = Math.floor(value / scale) & 0xff;
  return at + width;
}

function inOrder(placed: readonly Placed[]): Placed[] {
  return [...placed].sort((a, b) => a.number - b.number);
}

/** Whether the object before does not have the number before. */
function beginsRun(sorted: readonly Placed[], at: number): boolean {
  return at === 0 || sorted[at - 1]?.number !== (sorted[at]?.number ?? 0) - 1;
}

function runLength(sorted: readonly Placed[], from: number): number {
  let to = from + 1;
  while (to < sorted.length && !beginsRun(sorted, to)) to++;
  return to - from;
}
