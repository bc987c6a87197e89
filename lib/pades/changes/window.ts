import { Fault } from "../../fault/fault.ts";
import { dataLength, type PdfDocument } from "../../pdf/document.ts";
import { isStream } from "../../pdf/object.ts";
import { parseIndirect } from "../../pdf/parse.ts";
import type { Revision } from "../../pdf/revisions.ts";
import { readUnsigned, scannerOf, skipSpace, takeKeyword } from "../../pdf/scanner.ts";

type Span = readonly [from: number, to: number];

/**
 * Whether a save has octets that its own cross references do not account for: other readers may find objects there. White space
 * and comments do not count. What its cross references name but cannot be read is told elsewhere.
 *
 * @param from where the save begins: behind the one before
 */
export function unlisted(doc: PdfDocument, revision: Revision, from: number): boolean {
  const spans: Span[] = [];
  for (const offset of offsetsIn(doc, revision, from)) spans.push([offset, objectEnd(doc, offset)]);
  for (const { kind, offset, end } of revision.sections)
    if (offset >= from) spans.push([offset, kind === "stream" ? objectEnd(doc, offset) : end]);
  spans.sort(([a], [b]) => a - b);
  let at = from;
  for (const [start, end] of spans) {
    // The same object twice, or one inside another.
    if (start < at) return true;
    if (!isBlank(doc, at, start)) return true;
    at = Math.max(at, end);
  }
  const s = scannerOf(doc.source, at, { end: revision.mark });
  if (takeKeyword(s, "startxref")) readUnsigned(s);
  return !isBlank(doc, s.at, revision.mark);
}

function offsetsIn(doc: PdfDocument, { sections, mark }: Revision, from: number): ReadonlySet<number> {
  const found = new Set<number>();
  const starts = new Set(sections.map(({ offset }) => offset));
  const add = (offset: number): void => {
    if (offset >= from && offset < mark && !starts.has(offset)) found.add(offset);
  };
  for (const section of sections) {
    for (const { first, count } of section.runs) {
      for (let number = first; number < first + count; number++) {
        const entry = section.find(number);
        if (entry?.kind === "plain") add(entry.offset);
      }
    }
    // The second half of a hybrid section (ISO 32000-2 §7.5.8.4).
    const hidden = section.trailer.get("XRefStm");
    if (typeof hidden === "number") add(doc.base + hidden);
  }
  return found;
}

function objectEnd(doc: PdfDocument, offset: number): number {
  const s = scannerOf(doc.source, offset);
  try {
    const { value } = parseIndirect(s);
    if (isStream(value)) s.at = value.start + dataLength(doc, value);
    if (isStream(value)) takeKeyword(s, "endstream");
    takeKeyword(s, "endobj");
    return s.at;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === "pdf_invalid") return offset;
    throw fault;
  }
}

function isBlank(doc: PdfDocument, from: number, to: number): boolean {
  const s = scannerOf(doc.source, from, { end: to });
  skipSpace(s);
  return s.at >= to;
}
