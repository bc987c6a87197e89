import { Fault } from "../fault/fault.ts";
import { formatDate } from "../pdf/date.ts";
import { type PdfDocument, resolve } from "../pdf/document.ts";
import { dictAt, integerAt } from "../pdf/lookup.ts";
import { isRef, type PdfObject } from "../pdf/object.ts";
import { withDocument } from "../pdf/open.ts";
import { catalogOf } from "../pdf/pages.ts";
import { encodeText } from "../pdf/text.ts";
import { type Edits, editDict } from "./edits.ts";
import { type Form, formOf, lastRef, readForm, type SignatureField, strayFields } from "./form.ts";
import { certifiedPermission, refuseLocked } from "./locks.ts";
import { revisionId } from "./next-revision.ts";
import type { Prepared } from "./prepared.ts";
import { addSignatureField, freeName, preparedRevision, type Shown } from "./signature-field.ts";
import { raiseVersion } from "./version.ts";

export { byteRangeDigest } from "./byte-range.ts";
export { embedSignature } from "./embed.ts";
export type { Prepared };

export type PrepareOptions = {
  /** From the transaction id: letters, digits, `-` and `_`, at most 64. It becomes part of the field's name. */
  readonly fieldId: string;
  /** What the signer's clock said, ms since 1970. */
  readonly claimedTime: number;
  /** Of the clock that /M shows: 420 for +07:00. */
  readonly offsetMinutes: number;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  /** Octets of CMS to make room for. */
  readonly reserve?: number;
};

/** A B-T signature with three certificates takes some 3.5 KB; one with a chain of RSA certificates twice that. */
const RESERVE = 8192;
/** No signature is as large as that. */
const RESERVE_LIMIT = 4 * 1024 * 1024;
/** Characters of a name, reason or place: what a reader's signature panel can show. */
const TEXT_LIMIT = 1000;

/**
 * Makes the revision that a signature goes into: a signature field without a picture, its dictionary with room for the
 * CMS, and nothing else that is not needed for them. The same file and options give the same octets; the file's own are
 * never copied or changed.
 *
 * @param pdf the whole file
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_unsupported`, `pdf_limit`, `pdf_too_large`, `pdf_locked_by_signature`
 * @throws RangeError options out of their range
 */
export function prepareSignature(pdf: Uint8Array, options: PrepareOptions): Prepared {
  return prepareShown(pdf, options, undefined);
}

/**
 * Says where a signature is to be seen and draws it, once it is clear that the file may be signed; what it needs for that it adds
 * to the edits. A damaged file may be asked for twice.
 *
 * @param earlier what signatures that are there already stand in the way of
 */
export type Show = (doc: PdfDocument, edits: Edits, earlier: Earlier) => Shown;

export type Earlier = {
  /** A signature covers the file as it is: its pages may not change. */
  readonly signed: boolean;
  /** Nothing may be shown that was not there (ISO 32000-2 §12.8.2.2). */
  readonly certified: boolean;
};

/** As {@link prepareSignature}, with a field that is seen. @throws Fault what `show` throws as well */
export function prepareShown(pdf: Uint8Array, options: PrepareOptions, show: Show | undefined): Prepared {
  checkOptions(options);
  return withDocument(pdf, (doc) => prepareIn(doc, options, show));
}

function prepareIn(doc: PdfDocument, options: PrepareOptions, show: Show | undefined): Prepared {
  const form = formOf(doc);
  const { topNames, signatures, seen } = readForm(doc, form);
  const signed = signatures.some((field) => field.value !== undefined) || saysItIsSigned(doc, form);
  refuse(doc, signed || (doc.rebuilt && strayFields(doc, seen).length > 0));
  refuseLocked(doc, signatures);
  const edits: Edits = new Map();
  const name = freeName(`Signature-${options.fieldId}`, topNames);
  const reserve = options.reserve ?? RESERVE;
  const shown = show?.(doc, edits, { signed, certified: isCertified(doc, signatures) });
  const input = { name, dict: signatureDict(options), reserve, look: true, ...(shown === undefined ? {} : { shown }) };
  const field = addSignatureField(doc, form, input, edits);
  if (!signed) raiseVersion(doc, edits);
  if (!signed) dropUsageRights(doc, edits);
  return preparedRevision(doc, edits, field, revisionId(doc, `id ${options.fieldId} ${options.claimedTime}`));
}

function checkOptions(options: PrepareOptions): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(options.fieldId)) throw new RangeError("fieldId");
  const reserve = options.reserve ?? RESERVE;
  if (!Number.isInteger(reserve) || reserve < 1 || reserve > RESERVE_LIMIT) throw new RangeError("reserve");
  for (const text of [options.name, options.reason, options.location]) {
    if (text !== undefined && text.length > TEXT_LIMIT)
      throw new RangeError(`a text of more than ${TEXT_LIMIT} characters`);
  }
}

/** Signatures may stand elsewhere than in the form's fields; looking at every page for them would cost too much here. */
function saysItIsSigned(doc: PdfDocument, form: Form | undefined): boolean {
  const flags = form === undefined ? 0 : (integerAt(doc, form.dict, "SigFlags") ?? 0);
  return (flags & 1) !== 0 || dictAt(doc, catalogOf(doc).dict, "Perms")?.has("DocMDP") === true;
}

function isCertified(doc: PdfDocument, signatures: readonly SignatureField[]): boolean {
  if (dictAt(doc, catalogOf(doc).dict, "Perms")?.has("DocMDP") === true) return true;
  return signatures.some(({ value }) => value !== undefined && certifiedPermission(doc, value.dict) !== undefined);
}

/** What can be read but not signed so that everybody sees the same afterwards. */
function refuse(doc: PdfDocument, signed: boolean): void {
  if (doc.rebuilt && signed) {
    throw new Fault("pdf_unsupported", "the file is damaged and has a signature, which a repair would put in doubt");
  }
  if (resolve(doc, catalogOf(doc).dict.get("NeedsRendering")) === true) {
    throw new Fault("pdf_unsupported", "the pages are made by the viewer out of an XFA form");
  }
}

function signatureDict(options: PrepareOptions): Map<string, PdfObject> {
  const dict = new Map<string, PdfObject>()
    .set("Type", "Sig")
    .set("Filter", "Adobe.PPKLite")
    .set("SubFilter", "ETSI.CAdES.detached")
    .set("M", encodeText(formatDate(options.claimedTime, options.offsetMinutes)));
  if (options.name !== undefined) dict.set("Name", encodeText(options.name));
  if (options.reason !== undefined) dict.set("Reason", encodeText(options.reason));
  if (options.location !== undefined) dict.set("Location", encodeText(options.location));
  return dict;
}

/**
 * Usage rights that Adobe granted to one state of the file (§12.8.2.3 of ISO 32000-1) end with the first change; left in
 * place they make Reader warn on opening. Nothing but that warning depends on them.
 */
function dropUsageRights(doc: PdfDocument, edits: Edits): void {
  const catalog = catalogOf(doc);
  const rights = dictAt(doc, catalog.dict, "Perms");
  if (rights === undefined || !(rights.has("UR3") || rights.has("UR"))) return;
  const entry = catalog.dict.get("Perms");
  const left = isRef(entry) ? editDict(edits, { ref: lastRef(doc, entry), dict: rights }) : new Map(rights);
  left.delete("UR3");
  left.delete("UR");
  if (!isRef(entry)) editDict(edits, catalog).set("Perms", left);
}
