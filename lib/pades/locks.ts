import { Fault } from "../fault/fault.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { resolve } from "../pdf/document.ts";
import { arrayAt, dictAt, integerAt, nameAt } from "../pdf/lookup.ts";
import { isDict, type PdfDict } from "../pdf/object.ts";
import { catalogOf } from "../pdf/pages.ts";
import type { SignatureField } from "./form.ts";

/** What may still be done to a document (ISO 32000-2 table 257): nothing; fill in and sign; annotate too. */
export type Permission = 1 | 2 | 3;

/**
 * Refuses a document to which an earlier signer allowed no further signature: certified with "no changes", closed by the
 * signature field's own lock (§12.7.5.5 table 236), or with all fields locked, or all but some (FieldMDP, §12.8.2.4).
 * The last two count the field that we would add among the locked ones: the list was written before its name existed.
 *
 * The permission bits of encryption (table 22) do not stand in the way: they stay in force for whoever opens the file.
 *
 * @throws Fault `pdf_locked_by_signature`
 */
export function refuseLocked(doc: PdfDocument, signatures: readonly SignatureField[]): void {
  const permissions = dictAt(doc, catalogOf(doc).dict, "Perms");
  const certification = permissions === undefined ? undefined : dictAt(doc, permissions, "DocMDP");
  if (certification !== undefined && certifiedPermission(doc, certification) === 1) throw locked("a certification");
  for (const { dict, value } of signatures) {
    if (value === undefined) continue;
    if (certifiedPermission(doc, value.dict) === 1) throw locked("a certification");
    const lock = dictAt(doc, dict, "Lock");
    if (lock !== undefined && integerAt(doc, lock, "P") === 1) throw locked("a signature field's lock");
    if (
      locksNewFields(doc, lock) ||
      transforms(doc, value.dict, "FieldMDP").some((parameters) => locksNewFields(doc, parameters))
    ) {
      throw locked("a lock on form fields");
    }
  }
}

function locksNewFields(doc: PdfDocument, lock: PdfDict | undefined): boolean {
  const action = lock === undefined ? undefined : nameAt(doc, lock, "Action");
  return action === "All" || action === "Exclude";
}

/**
 * What a signature certifies the document for (§12.8.2.2): undefined for one that approves only.
 *
 * @param signature the signature dictionary
 */
export function certifiedPermission(doc: PdfDocument, signature: PdfDict): Permission | undefined {
  const [parameters] = transforms(doc, signature, "DocMDP");
  if (parameters === undefined) return undefined;
  const permission = integerAt(doc, parameters, "P");
  return permission === 1 || permission === 3 ? permission : 2;
}

/** The parameters of the signature references of one method (§12.8.1 table 256). */
export function transforms(doc: PdfDocument, signature: PdfDict, method: "DocMDP" | "FieldMDP"): PdfDict[] {
  return (arrayAt(doc, signature, "Reference") ?? []).flatMap((item) => {
    const reference = resolve(doc, item);
    if (!isDict(reference) || nameAt(doc, reference, "TransformMethod") !== method) return [];
    return [dictAt(doc, reference, "TransformParams") ?? new Map()];
  });
}

function locked(by: string): Fault {
  return new Fault("pdf_locked_by_signature", `${by} allows no further changes`);
}
