import { type PdfDocument, resolve, textOctets } from "../../pdf/document.ts";
import { arrayAt, dictAt, integerAt, nameAt } from "../../pdf/lookup.ts";
import { isString, type PdfDict } from "../../pdf/object.ts";
import { decodeText } from "../../pdf/text.ts";
import { certifiedPermission, type Permission, transforms } from "../locks.ts";

/** What one signature demands of everything that comes after it. */
export type Constraint = {
  /** The save that it is in, 1 for the first. */
  readonly since: number;
  /** DocMDP of a certification, or /P of the lock of its field; undefined where it says nothing. */
  readonly permission: Permission | undefined;
  /** It certifies the document. */
  readonly certifies: boolean;
  readonly locks: readonly FieldLock[];
};

/** FieldMDP, or a field's lock (ISO 32000-2 tables 236, 259). */
export type FieldLock = { readonly action: string; readonly fields: readonly string[] };

/** The object that something is written in. */
export type Holder = { readonly number: number; readonly generation: number };

/**
 * @param field the signature field's dictionary
 * @param signature the signature dictionary
 */
export function constraintOf(
  doc: PdfDocument,
  since: number,
  field: { readonly holder: Holder; readonly dict: PdfDict },
  signature: { readonly holder: Holder; readonly dict: PdfDict },
): Constraint {
  const lock = dictAt(doc, field.dict, "Lock");
  const certified = certifiedPermission(doc, signature.dict);
  const own = lock === undefined ? undefined : integerAt(doc, lock, "P");
  const locked = own === 1 || own === 2 || own === 3 ? own : undefined;
  const named = transforms(doc, signature.dict, "FieldMDP").map((dict) => lockOf(doc, dict, signature.holder));
  return {
    since,
    permission: certified === undefined ? locked : min(certified, locked),
    certifies: certified !== undefined,
    locks: lock === undefined ? named : [...named, lockOf(doc, lock, field.holder)],
  };
}

function min(a: Permission, b: Permission | undefined): Permission {
  return b !== undefined && b < a ? b : a;
}

function lockOf(doc: PdfDocument, dict: PdfDict, holder: Holder): FieldLock {
  const fields = (arrayAt(doc, dict, "Fields") ?? []).map((item) => resolve(doc, item));
  return {
    // What is not understood locks everything.
    action: nameAt(doc, dict, "Action") ?? "All",
    fields: fields.filter(isString).map((name) => decodeText(textOctets(doc, holder, name))),
  };
}

/** Whether a lock holds for a field; the name of a field stands for everything below it. */
export function isLocked({ action, fields }: FieldLock, name: string): boolean {
  const named = fields.some((field) => name === field || name.startsWith(`${field}.`));
  if (action === "Include") return named;
  return action === "Exclude" ? !named : true;
}
