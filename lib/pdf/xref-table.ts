import { Fault } from "../fault/fault.ts";
import { type Budget, ITEM_LIMIT, spend } from "./limits.ts";
import { isDict, type PdfDict } from "./object.ts";
import { parseObject } from "./parse.ts";
import { damaged, isDigit, isSpace, readUnsigned, type Scanner, scannerOf, skipSpace, takeKeyword } from "./scanner.ts";
import { type Entry, FREE, type Run, type Section } from "./section.ts";

/** `nnnnnnnnnn ggggg n` and two octets of line end (ISO 32000-2 §7.5.4). */
const LINE = 20;

/** A run of entries: in place where every line has its 20 octets, else read into memory. */
type Subsection = Run & { readonly start: number; readonly read?: readonly Entry[] };

/**
 * A classic table at `offset` and its trailer. Entries are looked up in place, by arithmetic: a table of a million
 * entries costs no more to open than one of ten.
 *
 * @param base what offsets in the table count from: the place of `%PDF-`
 * @throws Fault `pdf_invalid`
 */
export function readTable(source: Uint8Array, offset: number, base: number, budget: Budget): Section {
  const s = scannerOf(source, offset);
  if (!takeKeyword(s, "xref")) throw damaged("no cross-reference table", offset);
  const subsections: Subsection[] = [];
  let inPlace = 0;
  for (let count = 0; !takeKeyword(s, "trailer"); count++) {
    // A million subsections of one entry is the most that a file of 30 MB can hold, and nobody's file.
    if (count > ITEM_LIMIT) throw new Fault("pdf_limit", "a cross-reference table has too many subsections");
    const subsection = readSubsection(s, base);
    if (subsection.read === undefined) inPlace += subsection.count * LINE;
    if (subsection.count > 0) subsections.push(subsection);
  }
  const trailer = parseObject(s);
  if (!isDict(trailer)) throw damaged("a trailer is no dictionary", s.at);
  spend(budget, s.at - offset - inPlace);
  return section(source, offset, s.at, trailer, subsections, base);
}

function section(
  source: Uint8Array,
  offset: number,
  end: number,
  trailer: PdfDict,
  subsections: readonly Subsection[],
  base: number,
): Section {
  const find = (number: number): Entry | undefined => {
    for (const sub of subsections) {
      if (number < sub.first || number >= sub.first + sub.count) continue;
      return sub.read?.[number - sub.first] ?? entryAt(source, sub.start + (number - sub.first) * LINE, base);
    }
    return undefined;
  };
  const top = subsections.reduce((most, sub) => Math.max(most, sub.first + sub.count), 0);
  return { kind: "table", offset, end, trailer, top, find, runs: subsections };
}

function readSubsection(s: Scanner, base: number): Subsection {
  const at = s.at;
  const first = readUnsigned(s);
  const count = readUnsigned(s);
  if (first === undefined || count === undefined) throw damaged("a cross-reference subsection has no bounds", at);
  skipSpace(s);
  const start = s.at;
  const end = start + count * LINE;
  // The first line and the last one tell whether all have their 20 octets; a look-up checks the one it reads.
  if (end <= s.end && (count === 0 || (isLine(s.source, start) && isLine(s.source, end - LINE)))) {
    s.at = end;
    return { first, count, start };
  }
  s.at = start;
  return { first, count, start, read: readLines(s, count, base) };
}

function isLine(source: Uint8Array, at: number): boolean {
  const ends = isKind(source[at + 17]) && isSpace(source[at + 18]) && isSpace(source[at + 19]);
  return ends && isDigit(source[at]) && source[at + 10] === 0x20 && source[at + 16] === 0x20;
}

function isKind(octet: number | undefined): boolean {
  return octet === 0x6e || octet === 0x66;
}

/** Lines of 19 or 21 octets and stray blanks: met in files that went through a text conversion or a careless program. */
function readLines(s: Scanner, count: number, base: number): Entry[] {
  if (count > ITEM_LIMIT) throw new Fault("pdf_limit", "an irregular cross-reference table has too many entries");
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    const offset = readUnsigned(s);
    const generation = readUnsigned(s);
    if (offset === undefined || generation === undefined) throw damaged("a cross-reference entry", s.at);
    if (takeKeyword(s, "n")) entries.push(plain(offset, generation, base));
    else if (takeKeyword(s, "f")) entries.push(FREE);
    else throw damaged("a cross-reference entry is neither n nor f", s.at);
  }
  return entries;
}

function entryAt(source: Uint8Array, at: number, base: number): Entry {
  const line = scannerOf(source, at, { end: at + LINE });
  const offset = readUnsigned(line);
  const generation = readUnsigned(line);
  const kind = source[at + 17];
  if (offset === undefined || generation === undefined || line.at !== at + 16 || !isKind(kind)) {
    throw damaged("a cross-reference entry", at);
  }
  return kind === 0x66 ? FREE : plain(offset, generation, base);
}

/** Some programs write the missing objects as "in use at 0". */
function plain(offset: number, generation: number, base: number): Entry {
  return offset === 0 ? FREE : { kind: "plain", offset: base + offset, generation };
}
