import { openEncryption } from "#encryption";
import { rebuild, withContainers } from "#rebuild";
import { toLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type PdfDocument, resolve } from "./document.ts";
import type { Encryption } from "./encryption.ts";
import { type Budget, newBudget, SECTION_LIMIT } from "./limits.ts";
import { isArray, isDict, isRef, isString, type PdfDict } from "./object.ts";
import {
  damaged,
  indexOf,
  isDigit,
  isSpace,
  lastIndexOf,
  readUnsigned,
  scannerOf,
  skipSpace,
  startsWith,
} from "./scanner.ts";
import type { Section } from "./section.ts";
import { stringOctets } from "./string.ts";
import { readXrefStream } from "./xref-stream.ts";
import { readTable } from "./xref-table.ts";

/** Readers look for `%PDF-` in the first 1,024 octets (ISO 32000-1 Annex H, note 13). */
const HEAD = 1024;
/** Readers look for `startxref` in the last 1,024 octets; a little more finds it in front of a longer comment. */
const TAIL = 2048;
/** Zeros and blanks at the end that are looked through; disks pad to 64 KB at most. */
const PADDING = 1024 * 1024;
/** White space that may stand where cross references should begin: an offset that is off by a line end or two. */
const BLANKS = 64;
/** How far a table whose place is told wrongly is looked for in front of `startxref`: some 3,000 entries. */
const NEARBY = 65_536;

/**
 * Runs `use` on the document; where that meets damage, once more on the document with its cross references made anew
 * by a search through the whole file.
 *
 * Offsets that point elsewhere are found out when an object is asked for, not when the file is opened, because opening
 * touches only the tail of a file: hence the second run.
 *
 * @throws Fault `pdf_invalid`, `pdf_encrypted` where a password is needed, `pdf_unsupported`, `pdf_limit`
 */
export function withDocument<T>(source: Uint8Array, use: (doc: PdfDocument) => T): T {
  try {
    return use(openDocument(source));
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== "pdf_invalid") throw fault;
    return use(reopenDamaged(source, fault));
  }
}

/**
 * Opens a PDF by its own cross references: every revision, table or stream or both (ISO 32000-2 §7.5).
 *
 * @throws Fault as {@link withDocument}
 */
export function openDocument(source: Uint8Array): PdfDocument {
  const { base, header } = readHeader(source);
  const budget = newBudget();
  const sections = readSections(source, base, budget);
  return unlocked({ source, base, header, sections, rebuilt: false, budget });
}

function reopenDamaged(source: Uint8Array, cause: Fault): PdfDocument {
  const { base, header } = readHeader(source);
  if (!endsLikePdf(source)) throw new Fault("pdf_invalid", `the file ends early: ${cause.message}`, { cause });
  const budget = newBudget();
  return unlocked({ source, base, header, sections: [rebuild(source, base)], rebuilt: true, budget });
}

type Opened = Pick<PdfDocument, "source" | "base" | "header" | "sections" | "rebuilt" | "budget">;

function unlocked(opened: Opened): PdfDocument {
  const trailer = opened.sections[0]?.trailer;
  if (trailer === undefined || !isRef(trailer.get("Root"))) throw damaged("the trailer names no catalog");
  const locked = unread(opened, trailer, undefined);
  const encrypt = resolve(locked, trailer.get("Encrypt"));
  if (encrypt === null) return opened.rebuilt ? withContainers(locked) : locked;
  if (!isDict(encrypt)) throw damaged("/Encrypt is no dictionary");
  const encryption = openEncryption(encrypt, firstId(locked, trailer), (value) => resolve(locked, value));
  // What has been read so far was read as if it were plain.
  const doc = unread(opened, trailer, encryption);
  return opened.rebuilt ? withContainers(doc) : doc;
}

function unread(opened: Opened, trailer: PdfDict, encryption: Encryption | undefined): PdfDocument {
  return { ...opened, trailer, encryption, objects: new Map(), containers: new Map(), opening: new Set() };
}

function firstId(doc: PdfDocument, trailer: PdfDict): Uint8Array {
  const id = resolve(doc, trailer.get("ID"));
  const first = isArray(id) ? resolve(doc, id[0]) : null;
  return isString(first) ? stringOctets(first) : new Uint8Array(0);
}

function readHeader(source: Uint8Array): { base: number; header: string } {
  const base = startsWith(source, 0, "%PDF-") ? 0 : indexOf(source, "%PDF-", 0, Math.min(HEAD, source.length));
  if (base < 0) throw damaged("no %PDF- header in the first 1,024 octets");
  const isVersion = isDigit(source[base + 5]) && source[base + 6] === 0x2e && isDigit(source[base + 7]);
  return { base, header: isVersion ? toLatin1(source, base + 5, base + 8) : "1.0" };
}

/** Where the content ends: files are padded with zeros or blanks by mail gateways and disks. */
function contentEnd(source: Uint8Array): number {
  let end = source.length;
  const least = Math.max(0, end - PADDING);
  while (end > least && isSpace(source[end - 1])) end--;
  return end;
}

/** A file without its end was cut off: what would be signed is not what its maker wrote. */
function endsLikePdf(source: Uint8Array): boolean {
  const end = contentEnd(source);
  return lastIndexOf(source, "%%EOF", Math.max(0, end - TAIL), end) >= 0;
}

function readSections(source: Uint8Array, base: number, budget: Budget): Section[] {
  const sections: Section[] = [];
  const seen = new Set<number>();
  let section: Section | undefined = newestSection(source, base, budget, seen);
  while (section !== undefined) {
    if (sections.length >= SECTION_LIMIT)
      throw new Fault("pdf_limit", `the file has more than ${SECTION_LIMIT} revisions`);
    const hidden: unknown = section.trailer.get("XRefStm");
    sections.push(
      typeof hidden === "number" && section.kind === "table"
        ? hybrid(section, readXrefStream(source, base + hidden, base, budget))
        : section,
    );
    const previous: unknown = section.trailer.get("Prev");
    if (previous === undefined) break;
    if (typeof previous !== "number") throw damaged("/Prev is no offset");
    section = readSection(source, base + previous, base, budget, seen);
  }
  return sections;
}

function newestSection(source: Uint8Array, base: number, budget: Budget, seen: Set<number>): Section {
  const end = contentEnd(source);
  const at = lastIndexOf(source, "startxref", Math.max(0, end - TAIL), end);
  if (at < 0) throw damaged("no startxref near the end of the file");
  const offset = readUnsigned(scannerOf(source, at + 9)) ?? source.length;
  try {
    return readSection(source, base + offset, base, budget, seen);
  } catch (fault) {
    // The table is often where it should be and only this number is wrong. The section we append tells the right one.
    const table = lastIndexOf(source, "xref", Math.max(0, at - NEARBY), at);
    if (table < 0 || !isSpace(source[table - 1]) || !(fault instanceof Fault) || fault.code !== "pdf_invalid")
      throw fault;
    return readSection(source, table, base, budget, seen);
  }
}

function readSection(source: Uint8Array, offset: number, base: number, budget: Budget, seen: Set<number>): Section {
  if (seen.has(offset)) throw damaged("the revisions refer to each other in a loop");
  seen.add(offset);
  const s = scannerOf(source, offset, { end: offset + BLANKS });
  skipSpace(s);
  if (startsWith(source, s.at, "xref")) return readTable(source, s.at, base, budget);
  if (isDigit(source[s.at])) return readXrefStream(source, s.at, base, budget);
  throw damaged("no cross references", offset);
}

/** Objects that old readers are not to see are free in the table and in use in the stream (§7.5.8.4). */
function hybrid(table: Section, stream: Section): Section {
  const find: Section["find"] = (number) => {
    const visible = table.find(number);
    return visible === undefined || visible.kind === "free" ? (stream.find(number) ?? visible) : visible;
  };
  return { ...table, find, runs: [...table.runs, ...stream.runs], top: Math.max(table.top, stream.top) };
}
