import { Fault } from "../fault/fault.ts";

/** Arrays and dictionaries within each other. Files that people made stay under 20; each level costs two stack frames. */
export const DEPTH_LIMIT = 100;

/** Values in one object. A flat page tree of 100,000 pages fits; at 16 octets each this is 16 MB of memory. */
export const ITEM_LIMIT = 1_000_000;

/** Octets that one document may make us read, search or unpack beyond its file: about half a second of work. */
export const WORK_LIMIT = 64 * 1024 * 1024;

/** Octets that one stream may unpack to. A cross-reference stream of three million objects fits. */
export const STREAM_LIMIT = 16 * 1024 * 1024;

/** Octets of one string as written. /Contents of a signature is the longest, at some tens of kilobytes. */
export const STRING_LIMIT = 8 * 1024 * 1024;

/** Octets of a name or a number as written. PDF 1.7 says 127 (Annex C); some programs put paths and whole tables into names. */
export const TOKEN_LIMIT = 64 * 1024;

/** Sections of cross references, so revisions. Nobody saves a file that often. */
export const SECTION_LIMIT = 4096;

/** References to references to … */
export const REFERENCE_LIMIT = 32;

/** The highest object number (ISO 32000-1 Annex C.2: 8,388,607 indirect objects). */
export const OBJECT_LIMIT = 8_388_607;

/** Five digits of a classic cross reference (§7.5.4); an object that came so far may not be used again. */
export const GENERATION_LIMIT = 65_535;

/** Ten digits, as many as a classic cross reference and our /ByteRange hold. */
export const OFFSET_LIMIT = 9_999_999_999;

/** What is left of {@link WORK_LIMIT}; one for each open document. */
export type Budget = { left: number };

export function newBudget(): Budget {
  return { left: WORK_LIMIT };
}

/**
 * @param octets read, searched or unpacked
 * @throws Fault `pdf_limit` when the document has used up its share
 */
export function spend(budget: Budget, octets: number): void {
  budget.left -= octets;
  if (budget.left < 0) throw new Fault("pdf_limit", `reading takes more than ${WORK_LIMIT} octets of work`);
}
