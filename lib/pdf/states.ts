import type { PdfDocument } from "./document.ts";
import { type Budget, newBudget } from "./limits.ts";
import type { Revision } from "./revisions.ts";
import { isSpace, lastIndexOf, readUnsigned, scannerOf, skipSpace, startsWith } from "./scanner.ts";

/** `startxref`, its number and `%%EOF` together take no more octets than that in front of the end mark. */
const END_LINES = 64;

/**
 * The document as it was after a save: only that save's cross references and those before it count, and no octet behind its end
 * can be read. Nothing is copied.
 *
 * @param revisions of the document, oldest first
 * @param count how many of them: 1 for the first state
 */
export function stateAt(
  doc: PdfDocument,
  revisions: readonly Revision[],
  count: number,
  budget: Budget = newBudget(),
): PdfDocument {
  const last = revisions[count - 1];
  if (last === undefined) throw new RangeError(`a file of ${revisions.length} saves has none with the number ${count}`);
  const sections = revisions
    .slice(0, count)
    .reverse()
    .flatMap((revision) => revision.sections);
  return {
    ...doc,
    source: doc.source.subarray(0, last.end),
    sections,
    trailer: sections[0]?.trailer ?? doc.trailer,
    budget,
    objects: new Map(),
    containers: new Map(),
    opening: new Set(),
  };
}

/**
 * Whether a save ends as the standard has it (ISO 32000-2 §7.5.5): `startxref`, the place of its own newest cross references, an end
 * mark. Where another place is told, a reader that was given the file up to there would see another document.
 */
export function endsProperly({ source, base }: PdfDocument, { sections, mark }: Revision): boolean {
  const newest = sections[0];
  if (newest === undefined || newest.kind === "rebuilt" || !startsWith(source, mark - 5, "%%EOF")) return false;
  const at = lastIndexOf(source, "startxref", Math.max(0, mark - END_LINES), mark);
  if (at < 0) return false;
  const s = scannerOf(source, at + 9, { end: mark });
  const offset = readUnsigned(s);
  if (offset === undefined) return false;
  // A place that is off by a line end or two is read as meant.
  const place = scannerOf(source, base + offset, { end: newest.offset });
  skipSpace(place);
  return base + offset <= newest.offset && place.at === newest.offset;
}

/** How many octets lie behind `end`, white space and zeros around them left out. */
export function strayOctets(source: Uint8Array, end: number): number {
  let from = end;
  let to = source.length;
  while (from < to && isSpace(source[from])) from++;
  while (to > from && isSpace(source[to - 1])) to--;
  return to - from;
}
