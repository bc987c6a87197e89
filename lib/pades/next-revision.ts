import { digest } from "#crypto";
import { type Bytes, concat, fromLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type PdfDocument, resolve } from "../pdf/document.ts";
import { isArray, isString } from "../pdf/object.ts";
import { openDocument } from "../pdf/open.ts";

/**
 * Opens a file that is about to be added to after it was signed.
 *
 * @throws Fault as `openDocument`, but `pdf_unsupported` for a damaged file: a repair would put its signatures in doubt
 */
export function openSound(pdf: Uint8Array): PdfDocument {
  try {
    return openDocument(pdf);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "pdf_invalid") throw error;
    const detail = "the file is damaged, and a repair would put its signatures in doubt";
    throw new Fault("pdf_unsupported", detail, { cause: error });
  }
}

/**
 * The second part of the /ID of a new revision: sixteen octets that depend on the one before and on everything that tells this
 * revision from another one.
 *
 * @param purpose ASCII
 */
export function revisionId(doc: PdfDocument, purpose: string, ...parts: readonly Uint8Array[]): Bytes {
  const known = resolve(doc, doc.trailer.get("ID"));
  const second = isArray(known) ? resolve(doc, known[1]) : null;
  const text = fromLatin1(`motlan ${purpose} ${doc.source.length} `);
  return digest("SHA-256", isString(second) ? concat(text, second.raw) : text, ...parts).slice(0, 16);
}
