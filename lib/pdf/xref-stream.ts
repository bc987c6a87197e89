import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type Filter, filtersOf, unfilter } from "./filters.ts";
import { type Budget, ITEM_LIMIT, OBJECT_LIMIT, STREAM_LIMIT, spend } from "./limits.ts";
import { isArray, isRef, isStream, type PdfDict, type PdfObject, type PdfValue } from "./object.ts";
import { parseIndirect } from "./parse.ts";
import { damaged, indexOf, scannerOf } from "./scanner.ts";
import { type Entry, FREE, type Run, type Section } from "./section.ts";

type Widths = readonly [number, number, number];

/**
 * A cross-reference stream at `offset` (ISO 32000-2 §7.5.8). It is never encrypted and refers to no other object.
 *
 * @param base what offsets in it count from
 * @throws Fault `pdf_invalid`, `pdf_limit` for one that is larger than any file's or that unpacks to more than it says
 */
export function readXrefStream(source: Uint8Array, offset: number, base: number, budget: Budget): Section {
  const s = scannerOf(source, offset);
  const { value } = parseIndirect(s);
  spend(budget, s.at - offset);
  if (!isStream(value) || value.dict.get("Type") !== "XRef") throw damaged("no cross-reference stream", offset);
  const { dict, start } = value;
  const widths = widthsOf(dict);
  const runs = runsOf(dict);
  const width = widths[0] + widths[1] + widths[2];
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  if (count * width > STREAM_LIMIT) throw new Fault("pdf_limit", `a cross-reference stream announces ${count} entries`);
  const data = dataOf(source, dict, start, budget, count * width);
  spend(budget, data.length);
  const find = (number: number): Entry | undefined => {
    let row = 0;
    for (const run of runs) {
      if (number >= run.first && number < run.first + run.count)
        return entryAt(data, (row + number - run.first) * width, widths, base);
      row += run.count;
    }
    return undefined;
  };
  const top = runs.reduce((most, run) => Math.max(most, run.first + run.count), 0);
  return { kind: "stream", offset, end: start, trailer: dict, top, find, runs };
}

function dataOf(source: Uint8Array, dict: PdfDict, start: number, budget: Budget, size: number): Bytes {
  const filters: Filter[] = filtersOf(dict, direct);
  const length = dict.get("Length");
  let end = typeof length === "number" && length >= 0 ? start + length : source.length;
  if (typeof length !== "number" || end > source.length) {
    end = indexOf(source, "endstream", start, source.length);
    spend(budget, (end < 0 ? source.length : end) - start);
    if (end < 0) throw damaged("a stream does not end", start);
  }
  return unfilter(source.subarray(start, end), filters, size, size);
}

/** @throws Fault `pdf_invalid`: a reference, where none can be followed yet */
function direct(value: PdfObject | undefined): PdfValue {
  if (isRef(value)) throw damaged("a cross-reference stream refers to another object");
  return value ?? null;
}

function widthsOf(dict: PdfDict): Widths {
  const w = dict.get("W");
  const [a, b, c] = isArray(w) ? w : [];
  // Eight octets for an offset are met; more than a number holds exactly is beyond every file and found out there.
  if (!isWidth(a, 6) || !isWidth(b, 8) || !isWidth(c, 6) || a + b + c === 0)
    throw damaged("a cross-reference stream has no usable /W");
  return [a, b, c];
}

function isWidth(value: PdfObject | undefined, most: number): value is number {
  return typeof value === "number" && value >= 0 && value <= most;
}

function runsOf(dict: PdfDict): Run[] {
  const index = dict.get("Index");
  const flat = isArray(index) ? index : [0, dict.get("Size") ?? null];
  if (flat.length > ITEM_LIMIT) throw new Fault("pdf_limit", "a cross-reference stream has too many subsections");
  const runs: Run[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const first = flat[i];
    const count = flat[i + 1];
    if (typeof first !== "number" || typeof count !== "number" || first < 0 || count < 0)
      throw damaged("/Index of a cross-reference stream");
    if (first + count > OBJECT_LIMIT + 1) throw new Fault("pdf_limit", `object numbers beyond ${OBJECT_LIMIT}`);
    runs.push({ first, count });
  }
  return runs;
}

/** Entries behind the end of the data do not exist: some files announce more than they have. */
function entryAt(data: Bytes, at: number, [a, b, c]: Widths, base: number): Entry | undefined {
  if (at + a + b + c > data.length) return undefined;
  const type = a === 0 ? 1 : field(data, at, a);
  const second = field(data, at + a, b);
  const third = field(data, at + a + b, c);
  if (type === 1) return second === 0 ? FREE : { kind: "plain", offset: base + second, generation: third };
  if (type === 2) return { kind: "compressed", container: second, index: third };
  // Types that a later standard may bring refer to the null object (§7.5.8.3).
  return FREE;
}

function field(data: Bytes, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] as number);
  return value;
}
