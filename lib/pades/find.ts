import type { Bytes } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { parseDate } from "../pdf/date.ts";
import { type PdfDocument, resolve, textOctets } from "../pdf/document.ts";
import { nameAt } from "../pdf/lookup.ts";
import { isArray, isString, type PdfDict, type PdfRef, type PdfString } from "../pdf/object.ts";
import { type Revision, revisionsOf } from "../pdf/revisions.ts";
import { withSavedDocument } from "../pdf/saved.ts";
import { endsProperly, strayOctets } from "../pdf/states.ts";
import { stringOctets } from "../pdf/string.ts";
import { decodeText } from "../pdf/text.ts";
import { type ByteRange, type ByteRangeProblem, checkByteRange, checkDictionary, readByteRange } from "./coverage.ts";
import { formOf, readForm, type SignatureField, strayFields } from "./form.ts";
import { certifiedPermission, type Permission } from "./locks.ts";

/** A signature as the file tells of it. Nothing here is verified; `problems` says what already rules it out. */
export type FoundSignature = {
  /** Fully qualified name of its field. */
  readonly fieldName: string;
  /** Its field is in the form's tree; false for one that only a page's annotations lead to. */
  readonly inForm: boolean;
  /** /Type of the dictionary: `Sig`, `DocTimeStamp` or what stands there. `Sig` where nothing does. */
  readonly type: string;
  readonly filter: string | undefined;
  readonly subFilter: string | undefined;
  /** Four integers within the file in the order of the standard; undefined where /ByteRange is anything else. */
  readonly byteRange: ByteRange | undefined;
  /** The value of /Contents, zero padding included; undefined where it is missing or no string. */
  readonly contents: Bytes | undefined;
  /** Absolute offsets of its `<` and of the octet behind its `>`. */
  readonly contentsRange: readonly [number, number] | undefined;
  /** What makes /ByteRange unusable: empty for a signature that covers one whole state of the file but its own value. */
  readonly problems: readonly ByteRangeProblem[];
  /** The two ranges leave out nothing but /Contents and end where the file ends, white space and zeros apart. */
  readonly coversWholeFile: boolean;
  /** Which save of the file it ends with, 1 for the first; undefined where it ends elsewhere. */
  readonly revision: number | undefined;
  /** How many saves the file has. */
  readonly revisions: number;
  /** /M: what the signer's clock said. */
  readonly claimedTime: { readonly text: string; readonly ms: number | undefined } | undefined;
  readonly name: string | undefined;
  readonly reason: string | undefined;
  readonly location: string | undefined;
  readonly contactInfo: string | undefined;
  /** The permission that it certifies the document with (DocMDP); undefined for an approval. */
  readonly certifies: Permission | undefined;
  /** /Cert is there, which PAdES forbids and `adbe.x509.rsa_sha1` needs. */
  readonly hasCert: boolean;
  /** What /Cert holds: the signer's certificate, then its chain (ISO 32000-2 table 255). */
  readonly certificates: readonly Bytes[];
};

/** Fields with a value. The fullest files seen have some dozens. */
const MAX_SIGNATURES = 1000;
/** Certificates in /Cert: a chain. */
const MAX_CERTIFICATES = 32;

/**
 * All signatures that the form's fields hold, in the order of the fields, then those that only a page leads to. Tolerant:
 * what a third party's signature lacks is undefined or a problem, never an exception.
 *
 * @param pdf the whole file
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_unsupported`, `pdf_limit`: the file cannot be read
 */
export function findSignatures(pdf: Uint8Array): FoundSignature[] {
  return withSavedDocument(pdf, signaturesIn, (found) => found.length > 0);
}

/** The same for a document that is open. @throws Fault as {@link findSignatures} */
export function signaturesIn(doc: PdfDocument): FoundSignature[] {
  const { signatures, seen } = readForm(doc, formOf(doc));
  const signed = signatures.filter(({ value }) => value !== undefined);
  const strays = straysOf(doc, seen);
  const count = signed.length + strays.length;
  if (count === 0) return [];
  if (count > MAX_SIGNATURES) throw new Fault("pdf_limit", `${count} signatures, at most ${MAX_SIGNATURES}`);
  const revisions = revisionsOf(doc);
  return withShared([
    ...signed.flatMap((field) => found(doc, field, true, revisions)),
    ...strays.flatMap((field) => found(doc, field, false, revisions)),
  ]);
}

/** A value belongs to one field: two fields that share one would pass a signature off as two. Both are told so. */
function withShared(all: readonly FoundSignature[]): FoundSignature[] {
  const places = new Map<number, number>();
  for (const { contentsRange } of all) {
    if (contentsRange !== undefined) places.set(contentsRange[0], (places.get(contentsRange[0]) ?? 0) + 1);
  }
  return all.map((one) => {
    const fields = one.contentsRange === undefined ? undefined : places.get(one.contentsRange[0]);
    if (fields === undefined || fields < 2) return one;
    return { ...one, problems: [...one.problems, "value_shared"], coversWholeFile: false, revision: undefined };
  });
}

/** A damaged page is no reason to look at signatures through repaired eyes. */
function straysOf(doc: PdfDocument, seen: ReadonlySet<number>): SignatureField[] {
  try {
    return strayFields(doc, seen);
  } catch (fault) {
    if (fault instanceof Fault && fault.code === "pdf_invalid") return [];
    throw fault;
  }
}

function found(
  doc: PdfDocument,
  field: SignatureField,
  inForm: boolean,
  revisions: readonly Revision[],
): FoundSignature[] {
  if (field.value === undefined) return [];
  const { dict, holder } = field.value;
  const text = (key: string): string | undefined => textAt(doc, dict, holder, key);
  const contents = resolve(doc, dict.get("Contents"));
  const string = isString(contents) ? contents : undefined;
  // Never encrypted (ISO 32000-2 §7.6.2), whatever else is.
  const octets = string === undefined ? undefined : stringOctets(string);
  const contentsRange = string === undefined ? undefined : rangeOf(string);
  const byteRange = readByteRange(doc, dict);
  const problems = [
    ...checkByteRange(doc.source, byteRange, string, octets, contentsRange),
    ...checkDictionary(doc, dict, holder.number),
  ];
  const end = byteRange === undefined ? -1 : byteRange[2] + byteRange[3];
  const revision = problems.length > 0 ? undefined : endsWith(doc, revisions, end);
  const time = text("M");
  return [
    {
      fieldName: field.name,
      inForm,
      type: nameAt(doc, dict, "Type") ?? "Sig",
      filter: nameAt(doc, dict, "Filter"),
      subFilter: nameAt(doc, dict, "SubFilter"),
      byteRange,
      contents: octets,
      contentsRange,
      problems,
      coversWholeFile: problems.length === 0 && strayOctets(doc.source, end) === 0,
      revision,
      revisions: revisions.length,
      claimedTime: time === undefined ? undefined : { text: time, ms: parseDate(time) },
      name: text("Name"),
      reason: text("Reason"),
      location: text("Location"),
      contactInfo: text("ContactInfo"),
      certifies: certifiedPermission(doc, dict),
      hasCert: dict.has("Cert"),
      certificates: certificatesAt(doc, dict, holder),
    },
  ];
}

/** The save that ends there, 1 for the first: one that says itself that it does. */
function endsWith(doc: PdfDocument, revisions: readonly Revision[], end: number): number | undefined {
  const at = revisions.findIndex(({ mark, end: last }) => end >= mark && end <= last);
  const revision = revisions[at];
  return revision !== undefined && endsProperly(doc, revision) ? at + 1 : undefined;
}

function certificatesAt(doc: PdfDocument, dict: PdfDict, holder: PdfRef): Bytes[] {
  const value = resolve(doc, dict.get("Cert"));
  const items = isArray(value) ? value.slice(0, MAX_CERTIFICATES).map((item) => resolve(doc, item)) : [value];
  return items.filter(isString).map((item) => textOctets(doc, holder, item));
}

function rangeOf(string: PdfString): readonly [number, number] | undefined {
  return string.at < 0 ? undefined : [string.at, string.at + string.raw.length];
}

function textAt(doc: PdfDocument, dict: PdfDict, holder: PdfRef, key: string): string | undefined {
  const value = resolve(doc, dict.get(key));
  return isString(value) ? decodeText(textOctets(doc, holder, value)) : undefined;
}
