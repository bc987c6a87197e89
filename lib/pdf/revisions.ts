import type { PdfDocument } from "./document.ts";
import { indexOf } from "./scanner.ts";
import type { Section } from "./section.ts";

/** One save of the file (ISO 32000-2 §7.5.6). A linearised file starts with two sections of one save. */
export type Revision = {
  /** Newest first. */
  readonly sections: readonly Section[];
  /** Behind its `%%EOF`. */
  readonly mark: number;
  /** Where it ends: at `mark` or behind one line end there. The file up to here is the file as it was saved then. */
  readonly end: number;
};

/** `startxref`, a number and `%%EOF` follow a trailer at once; a stream of cross references comes first. */
const AFTER_TRAILER = 1024;

/** The saves of a file, oldest first; one only where the cross references had to be made anew. */
export function revisionsOf(doc: PdfDocument): Revision[] {
  const saves: Section[][] = [];
  let before: Section | undefined;
  for (const section of doc.sections) {
    // The first-page section of a linearised file lies in front of the main one that it calls its previous.
    if (before !== undefined && section.offset > before.offset) saves.at(-1)?.push(section);
    else saves.push([section]);
    before = section;
  }
  const revisions: Revision[] = [];
  for (const sections of saves.reverse()) {
    const mark = Math.max(...sections.map((section) => markOf(doc, section)));
    const last = revisions.at(-1);
    // Two sections in front of one end mark were saved together: Word writes hybrid files so.
    if (last?.mark === mark) revisions.pop();
    const all = last?.mark === mark ? [...sections, ...last.sections] : sections;
    revisions.push({ sections: all, mark, end: behindLineEnd(doc.source, mark) });
  }
  return revisions;
}

function markOf(doc: PdfDocument, section: Section): number {
  const { source } = doc;
  if (section.kind === "rebuilt") return source.length;
  const length = section.trailer.get("Length");
  const data = section.kind === "stream" && typeof length === "number" && length >= 0 ? length : 0;
  const from = Math.min(section.end + data, source.length);
  const mark = indexOf(source, "%%EOF", from, Math.min(from + AFTER_TRAILER, source.length));
  return mark < 0 ? from : mark + 5;
}

function behindLineEnd(source: Uint8Array, at: number): number {
  const line = source[at] === 13 ? at + 1 : at;
  return source[line] === 10 ? line + 1 : line;
}
