import type { Bytes } from "../bytes/bytes.ts";
import { appendRevision } from "../pdf/append.ts";
import type { PdfDocument } from "../pdf/document.ts";
import { integerAt } from "../pdf/lookup.ts";
import { type PdfArray, type PdfDict, type PdfObject, type PdfRef, type PdfRoom, ref } from "../pdf/object.ts";
import { catalogOf, type DictObject, firstPage } from "../pdf/pages.ts";
import { writeText } from "../pdf/sink.ts";
import { encodeText } from "../pdf/text.ts";
import { addTo, type Edits, editDict, freeNumber, putObject } from "./edits.ts";
import type { Form } from "./form.ts";
import type { Prepared } from "./prepared.ts";

/** What goes into a new signature field. */
export type FieldInput = {
  /** Of the field, free among those at the top of the form. */
  readonly name: string;
  /** The signature dictionary but for /ByteRange and /Contents. */
  readonly dict: PdfDict;
  /** Octets of CMS to make room for. */
  readonly reserve: number;
  /** Whether it has an appearance, an empty one: PDF/A-1 wants it of every field (ISO 19005-1 §6.9), even of one that nobody sees. */
  readonly look: boolean;
  /** Further entries of the field, /Lock for one. */
  readonly field?: PdfDict;
  /** Where it is to be seen; without it the field is invisible, on the first page. */
  readonly shown?: Shown;
};

/** What a person sees of a signature field. */
export type Shown = {
  /** Of the file, or one that the edits bring. */
  readonly page: DictObject;
  /** Left, bottom, right, top in the page's own coordinates. */
  readonly rect: PdfArray;
  /** The appearance, a form XObject that the edits bring. */
  readonly look: PdfRef;
  /** Further entries of the field: what it says to who cannot see it. */
  readonly field: PdfDict;
};

/** A signature field that the edits bring, with the room that was left in its dictionary. */
export type NewField = {
  /** Of the signature dictionary. */
  readonly signature: PdfRef;
  readonly contents: PdfRoom;
  readonly reserved: number;
  readonly name: string;
};

/** Ten digits hold any offset that cross references hold; the first of the four numbers is 0. */
const BYTE_RANGE: PdfRoom = { kind: "room", length: "[0   ]".length + 3 * 10 };
/** Print and Locked (ISO 32000-2 table 167). */
const ANNOTATION_FLAGS = 132;
/** SignaturesExist and AppendOnly (table 225). */
const SIGNATURE_FLAGS = 3;

/** Adds a signature field to what a new revision changes, and a form where there is none. */
export function addSignatureField(doc: PdfDocument, form: Form | undefined, input: FieldInput, edits: Edits): NewField {
  const first = freeNumber(doc, edits);
  const { shown } = input;
  const [signature, field, look] = [ref(first), ref(first + 1), shown?.look ?? ref(first + 2)];
  const newForm = ref(shown === undefined ? first + 3 : first + 2);
  const page = shown?.page ?? firstPage(doc);
  const contents: PdfRoom = { kind: "room", length: 2 * input.reserve + 2 };
  putObject(edits, signature, new Map(input.dict).set("ByteRange", BYTE_RANGE).set("Contents", contents));
  const hasLook = shown !== undefined || input.look;
  putObject(edits, field, fieldDict(input, signature, page.ref, hasLook ? look : undefined));
  if (shown === undefined && input.look)
    putObject(edits, look, { kind: "new stream", dict: EMPTY_LOOK, data: NOTHING });
  addTo(doc, "Annots", page.dict.get("Annots"), field, edits, () => editDict(edits, page));
  addToForm(doc, form, field, newForm, edits);
  return { signature, contents, reserved: input.reserve, name: input.name };
}

/**
 * Writes the revision that a signature goes into: /ByteRange filled in, /Contents zeros.
 *
 * @param id 16 octets, the second part of the trailer's new /ID
 * @throws Fault `pdf_too_large`
 */
export function preparedRevision(doc: PdfDocument, edits: Edits, field: NewField, id: Uint8Array): Prepared {
  const { octets, placeOf } = appendRevision(doc, edits.values(), id);
  const start = doc.source.length;
  const contentsStart = placeOf(field.contents);
  const contentsEnd = contentsStart + field.contents.length;
  const ranges = [0, contentsStart, contentsEnd, start + octets.length - contentsEnd] as const;
  fillRange(octets, placeOf(BYTE_RANGE) - start, ranges);
  fillContents(octets, contentsStart - start, contentsEnd - start);
  return { appended: octets, byteRange: ranges, contentsStart, reserved: field.reserved, fieldName: field.name };
}

/** @returns `wanted`, or the first of `wanted-2`, `wanted-3` … that nobody has */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted}-${i}`;
  return name;
}

/** Field and widget in one (§12.5.6.19). A rectangle without size is how a signature says that it is not to be seen. */
function fieldDict(
  input: FieldInput,
  signature: PdfRef,
  page: PdfRef,
  look: PdfRef | undefined,
): Map<string, PdfObject> {
  return new Map<string, PdfObject>([
    ["Type", "Annot"],
    ["Subtype", "Widget"],
    ["FT", "Sig"],
    ["T", encodeText(input.name)],
    ["V", signature],
    ["F", ANNOTATION_FLAGS],
    ["Rect", input.shown?.rect ?? [0, 0, 0, 0]],
    ["P", page],
    ...(look === undefined ? [] : [["AP", new Map([["N", look]])] as const]),
    ...(input.shown?.field ?? []),
    ...(input.field ?? []),
  ]);
}

const EMPTY_LOOK: ReadonlyMap<string, PdfObject> = new Map<string, PdfObject>([
  ["Type", "XObject"],
  ["Subtype", "Form"],
  ["BBox", [0, 0, 0, 0]],
]);
const NOTHING = new Uint8Array(0);

function addToForm(doc: PdfDocument, form: Form | undefined, field: PdfRef, newForm: PdfRef, edits: Edits): void {
  const catalog = catalogOf(doc);
  if (form === undefined) {
    const made = new Map<string, PdfObject>().set("Fields", [field]).set("SigFlags", SIGNATURE_FLAGS);
    putObject(edits, newForm, made);
    editDict(edits, catalog).set("AcroForm", newForm);
    return;
  }
  const flags = integerAt(doc, form.dict, "SigFlags") ?? 0;
  let edited: Map<string, PdfObject> | undefined;
  const edit = (): Map<string, PdfObject> => {
    if (edited === undefined)
      edited = form.inCatalog ? new Map(form.dict) : editDict(edits, { ref: form.holder, dict: form.dict });
    if (form.inCatalog) editDict(edits, catalog).set("AcroForm", edited);
    return edited;
  };
  addTo(doc, "Fields", form.dict.get("Fields"), field, edits, edit);
  if ((flags & SIGNATURE_FLAGS) !== SIGNATURE_FLAGS) edit().set("SigFlags", flags | SIGNATURE_FLAGS);
}

/** Padded with blanks in front of the bracket. */
function fillRange(octets: Bytes, at: number, [, before, behind, after]: Prepared["byteRange"]): void {
  const end = at + BYTE_RANGE.length;
  octets.fill(0x20, writeText(`[0 ${before} ${behind} ${after}`, octets, at), end);
  octets[end - 1] = 0x5d;
}

/** A hexadecimal string of zeros. */
function fillContents(octets: Bytes, start: number, end: number): void {
  octets[start] = 0x3c;
  octets.fill(0x30, start + 1, end - 1);
  octets[end - 1] = 0x3e;
}
