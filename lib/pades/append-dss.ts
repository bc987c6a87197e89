import { type Bytes, equal } from "../bytes/bytes.ts";
import { appendRevision, firstFreeNumber } from "../pdf/append.ts";
import { type PdfDocument, resolve } from "../pdf/document.ts";
import { dictAt } from "../pdf/lookup.ts";
import { isArray, type PdfDict, type PdfObject, type PdfRef, ref } from "../pdf/object.ts";
import { catalogOf } from "../pdf/pages.ts";
import { type Dss, type DssObject, readDss, vriKey } from "./dss.ts";
import { type Edits, editDict, putObject } from "./edits.ts";
import { openSound, revisionId } from "./next-revision.ts";

/** What later validation needs; each item DER. */
export type Material = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** OCSPResponses, not the basic ones inside them. */
  readonly ocsps: readonly Uint8Array[];
};

export type DssInput = Material & {
  /** What of it belongs to which signature (ISO 32000-2 table 262); EN 319 142-1 §5.4.2.3 leaves it to the writer. */
  readonly vri?: readonly (Material & {
    /** Value of /Contents of the signature, padding included. */
    readonly contents: Uint8Array;
  })[];
};

const KINDS = ["certificates", "crls", "ocsps"] as const;
type Kind = (typeof KINDS)[number];
const IN_DSS = { certificates: "Certs", crls: "CRLs", ocsps: "OCSPs" } as const satisfies Record<Kind, string>;
const IN_VRI = { certificates: "Cert", crls: "CRL", ocsps: "OCSP" } as const satisfies Record<Kind, string>;

/** A revision that is being made: each octet string becomes one object, however often it is named. */
type Adding = {
  readonly edits: Edits;
  readonly known: Record<Kind, { readonly octets: Uint8Array; readonly ref: PdfRef }[]>;
  next: number;
};

/**
 * Adds to the document security store (ISO 32000-2 §12.8.4.3), or makes one. What is in it stays, under the same numbers, so that
 * what an earlier document timestamp covers stays covered; what it has already is not written again.
 *
 * @param pdf the whole file
 * @returns the octets that follow it: a new revision, the same for the same input
 * @throws Fault `pdf_invalid`, `pdf_encrypted`, `pdf_limit`, `pdf_too_large`; `pdf_unsupported`: a damaged file, of which a repair would
 *   put the signatures in doubt
 */
export function appendDss(pdf: Uint8Array, input: DssInput): Bytes {
  const doc = openSound(pdf);
  const catalog = catalogOf(doc);
  const old = dictAt(doc, catalog.dict, "DSS") ?? new Map<string, PdfObject>();
  const adding: Adding = { edits: new Map(), known: knownOf(readDss(doc)), next: firstFreeNumber(doc) };
  const number = adding.next++;
  const dss = new Map<string, PdfObject>([...old, ["Type", "DSS"]]);
  for (const kind of KINDS) extend(doc, adding, dss, IN_DSS[kind], kind, [input, ...(input.vri ?? [])]);
  const vri = new Map<string, PdfObject>(dictAt(doc, old, "VRI") ?? []);
  for (const entry of input.vri ?? []) {
    const made = new Map<string, PdfObject>([["Type", "VRI"]]);
    for (const kind of KINDS) extend(doc, adding, made, IN_VRI[kind], kind, [entry]);
    vri.set(vriKey(entry.contents), made);
  }
  if (vri.size > 0) dss.set("VRI", vri);
  putObject(adding.edits, ref(number), dss);
  editDict(adding.edits, catalog).set("DSS", ref(number));
  const parts = [input, ...(input.vri ?? [])].flatMap((material) => KINDS.flatMap((kind) => material[kind]));
  return appendRevision(doc, adding.edits.values(), revisionId(doc, "dss", ...parts)).octets;
}

function knownOf(dss: Dss | undefined): Adding["known"] {
  const known = (objects: readonly DssObject[] | undefined) =>
    (objects ?? []).map(({ octets, object, generation }) => ({ octets, ref: ref(object, generation) }));
  return { certificates: known(dss?.certificates), crls: known(dss?.crls), ocsps: known(dss?.ocsps) };
}

/** Lets `dict` name, under `key`, what it names and everything in `from`. */
function extend(
  doc: PdfDocument,
  adding: Adding,
  dict: Map<string, PdfObject>,
  key: string,
  kind: Kind,
  from: readonly Material[],
): void {
  const old = resolve(doc, dict.get(key));
  const array = isArray(old) ? [...old] : [];
  const named = new Set(array.map((item) => numberOf(item)));
  for (const octets of from.flatMap((material) => material[kind])) {
    const target = objectOf(adding, kind, octets);
    if (named.has(target.number)) continue;
    named.add(target.number);
    array.push(target);
  }
  if (array.length > 0) dict.set(key, array);
}

function objectOf(adding: Adding, kind: Kind, octets: Uint8Array): PdfRef {
  const list = adding.known[kind];
  const known = list.find((candidate) => equal(candidate.octets, octets));
  if (known !== undefined) return known.ref;
  const made = ref(adding.next++);
  list.push({ octets, ref: made });
  putObject(adding.edits, made, { kind: "new stream", dict: NO_KEYS, data: octets });
  return made;
}

const NO_KEYS: PdfDict = new Map();

function numberOf(item: PdfObject): number | undefined {
  return typeof item === "object" && item !== null && "number" in item ? item.number : undefined;
}
