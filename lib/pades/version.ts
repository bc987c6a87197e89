import { toLatin1 } from "../bytes/bytes.ts";
import { load, type PdfDocument } from "../pdf/document.ts";
import { isRef, isStream } from "../pdf/object.ts";
import { catalogOf, versionOf } from "../pdf/pages.ts";
import { indexOf } from "../pdf/scanner.ts";
import { type Edits, editDict } from "./edits.ts";

/** How far into the metadata its PDF/A part is looked for; it stands in the first few kilobytes. */
const METADATA = 65_536;

/**
 * Says in the catalog that the file is PDF 1.7 from here on, where it was older: /ETSI.CAdES.detached belongs to 1.7 and
 * later. A PDF/A-1 file stays what it is, as its standard builds on PDF 1.4. See docs/decisions.
 */
export function raiseVersion(doc: PdfDocument, edits: Edits): void {
  if (versionOf(doc) >= 1.7 || isPdfA1(doc)) return;
  editDict(edits, catalogOf(doc)).set("Version", "1.7");
}

/** By its XMP metadata (ISO 19005-1 §6.7.11), which PDF/A-1 wants without a filter. */
function isPdfA1(doc: PdfDocument): boolean {
  const entry = catalogOf(doc).dict.get("Metadata");
  const metadata = isRef(entry) ? load(doc, entry)?.value : undefined;
  if (!isStream(metadata) || metadata.dict.has("Filter")) return false;
  const end = Math.min(metadata.start + METADATA, doc.source.length);
  const at = indexOf(doc.source, "pdfaid:part", metadata.start, end);
  return at >= 0 && /^pdfaid:part(?:\s*=\s*["']|>)\s*1\b/.test(toLatin1(doc.source, at, Math.min(at + 32, end)));
}
