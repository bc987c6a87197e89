import { sha1 } from "@noble/hashes/legacy.js";
import { concat } from "../../lib/bytes/bytes.ts";
import type { Edits } from "../../lib/pades/edits.ts";
import { editDict } from "../../lib/pades/edits.ts";
import { embedSignature } from "../../lib/pades/embed.ts";
import { formOf, readForm } from "../../lib/pades/form.ts";
import type { Prepared } from "../../lib/pades/prepared.ts";
import { addSignatureField, freeName, preparedRevision } from "../../lib/pades/signature-field.ts";
import { formatDate } from "../../lib/pdf/date.ts";
import type { PdfDict, PdfObject } from "../../lib/pdf/object.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { catalogOf } from "../../lib/pdf/pages.ts";
import { hexString } from "../../lib/pdf/string.ts";
import { encodeText } from "../../lib/pdf/text.ts";

/** What a lock or FieldMDP says (ISO 32000-2 tables 236, 259). */
export type FieldLock = {
  readonly action: "All" | "Include" | "Exclude";
  readonly fields?: readonly string[];
  /** DocMDP permission of a lock (PDF 2.0). */
  readonly p?: 1 | 2 | 3;
};

/** What the file says of a signature beside its CMS. */
export type FieldOptions = {
  /** `Signature1`, or the next free one. */
  readonly fieldName?: string;
  readonly type?: "Sig" | "DocTimeStamp";
  readonly subFilter: string;
  /** /M, ms; left out for null. */
  readonly claimedTime: number | null;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly contactInfo?: string;
  /** /Cert, as adbe.x509.rsa_sha1 has it. */
  readonly cert?: Uint8Array;
  readonly certify?: 1 | 2 | 3;
  readonly fieldMdp?: FieldLock;
  /** /Lock of the signature field. */
  readonly lock?: FieldLock;
  /** Octets of room for the CMS. */
  readonly reserve?: number;
  /** Further entries of the signature dictionary; they win. */
  readonly dictionary?: PdfDict;
};

const RESERVE = 16_384;

/**
 * Adds a signature field with room for a CMS to a file, whatever earlier signatures forbid.
 *
 * @param fill gets the octets that the two ranges cover and returns what goes into /Contents
 */
export async function signField(
  pdf: Uint8Array,
  options: FieldOptions,
  fill: (covered: Uint8Array) => Promise<Uint8Array>,
): Promise<{ readonly pdf: Uint8Array; readonly prepared: Prepared }> {
  const prepared = prepareField(pdf, options);
  const whole = concat(pdf, prepared.appended);
  const [, length, from2, length2] = prepared.byteRange;
  const covered = concat(whole.subarray(0, length), whole.subarray(from2, from2 + length2));
  return { pdf: concat(pdf, embedSignature(prepared, await fill(covered))), prepared };
}

function prepareField(pdf: Uint8Array, options: FieldOptions): Prepared {
  const doc = openDocument(pdf);
  const form = formOf(doc);
  const taken = readForm(doc, form).topNames;
  const edits: Edits = new Map();
  const name = options.fieldName ?? freeName("Signature1", taken);
  const field: Map<string, PdfObject> = new Map();
  if (options.lock !== undefined) field.set("Lock", lockDict(options.lock, "SigFieldLock"));
  const input = {
    name,
    dict: dictOf(options),
    reserve: options.reserve ?? RESERVE,
    field,
    look: options.type !== "DocTimeStamp",
  };
  const made = addSignatureField(doc, form, input, edits);
  if (options.certify !== undefined) {
    editDict(edits, catalogOf(doc)).set("Perms", new Map([["DocMDP", made.signature]]));
  }
  return preparedRevision(doc, edits, made, sha1(pdf).subarray(0, 16));
}

function dictOf(options: FieldOptions): Map<string, PdfObject> {
  const { type = "Sig", certify, fieldMdp } = options;
  const dict = new Map<string, PdfObject>([
    ["Type", type],
    ["Filter", "Adobe.PPKLite"],
    ["SubFilter", options.subFilter],
  ]);
  if (options.claimedTime !== null) dict.set("M", encodeText(formatDate(options.claimedTime, 420)));
  for (const [key, text] of [
    ["Name", options.name],
    ["Reason", options.reason],
    ["Location", options.location],
    ["ContactInfo", options.contactInfo],
  ] as const)
    if (text !== undefined) dict.set(key, encodeText(text));
  if (options.cert !== undefined) dict.set("Cert", hexString(options.cert));
  const references: PdfDict[] = [];
  if (certify !== undefined) references.push(transform("DocMDP", new Map([["P", certify]])));
  if (fieldMdp !== undefined) references.push(transform("FieldMDP", lockDict(fieldMdp, "TransformParams")));
  if (references.length > 0) dict.set("Reference", references);
  return new Map([...dict, ...(options.dictionary ?? [])]);
}

function transform(method: string, parameters: ReadonlyMap<string, PdfObject>): PdfDict {
  const params = new Map<string, PdfObject>([["Type", "TransformParams"], ["V", "1.2"], ...parameters]);
  return new Map<string, PdfObject>([
    ["Type", "SigRef"],
    ["TransformMethod", method],
    ["TransformParams", params],
  ]);
}

function lockDict({ action, fields, p }: FieldLock, type: string): Map<string, PdfObject> {
  const dict = new Map<string, PdfObject>([
    ["Type", type],
    ["Action", action],
  ]);
  if (fields !== undefined) dict.set("Fields", fields.map(encodeText));
  if (p !== undefined) dict.set("P", p);
  return dict;
}
