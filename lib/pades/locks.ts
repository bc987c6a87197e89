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
 * Refuses a document that an earlier signer closed: certified with "no changes", or locked by the signature field's own
 * lock (§12.8.2.2, §12.7.5.5 table 236).
 *
 * Locks on the values of fields (FieldMDP) do not stand in the way: no field that exists is changed. Nor do the
 * permission bits of encryption (table 22): they stay in force for whoever opens the file.
 *
 * @throws Fault `pdf_locked_by_signature`
 */
export function refuseLocked(doc: PdfDocument, signatures: readonly SignatureField[]): void {
  const permissions = dictAt(doc, catalogOf(doc).dict, "Perms");
  const certification = permissions === undefined ? undefined : dictAt(doc, permissions, "DocMDP");
  if (certification !== undefined && (certifiedPermission(doc, certification) ?? 2) === 1)
    throw locked("a certification");
  for (const { dict, value } of signatures) {
    if (value === undefined) continue;
    if (certifiedPermission(doc, value.dict) === 1) throw locked("a certification");
    const lock = dictAt(doc, dict, "Lock");
    if (lock !== undefined && integerAt(doc, lock, "P") === 1) throw locked("a signature field's lock");
  }
}

/**
 * What a signature certifies the document for (§12.8.2.2): undefined for one that approves only.
 *
 * @param signature the signature dictionary
 */
export function certifiedPermission(doc: PdfDocument, signature: PdfDict): Permission | undefined {
  for (const item of arrayAt(doc, signature, "Reference") ?? []) {
    const reference = resolve(doc, item);
    if (!isDict(reference) || nameAt(doc, reference, "TransformMethod") !== "DocMDP") continue;
    const parameters = dictAt(doc, reference, "TransformParams");
    const permission = parameters === undefined ? undefined : integerAt(doc, parameters, "P");
    return permission === 1 || permission === 3 ? permission : 2;
  }
  return undefined;
}

function locked(by: string): Fault {
  return new Fault("pdf_locked_by_signature", `${by} allows no further changes`);
}
