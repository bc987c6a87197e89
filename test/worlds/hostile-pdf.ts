import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { type Changes, changesSince } from "../../lib/pades/changes/changes.ts";
import { type FoundSignature, signaturesIn } from "../../lib/pades/find.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { type FieldOptions, signField } from "./pades-field.ts";

/** Objects by number, as text; null frees the object. */
export type Objects = Readonly<Record<number, string | null>>;

/** A stream without a filter. */
export function stream(data: string, keys = ""): string {
  return `<<${keys}/Length ${data.length}>>stream\n${data}\nendstream`;
}

const text = (words: string): string => stream(`BT /F1 24 Tf 72 700 Td (${words}) Tj ET`);

/** The numbers of {@link CONTRACT}, for tests that say what they do. */
export const AT = {
  catalog: 1,
  pages: 2,
  page1: 3,
  page2: 4,
  page3: 5,
  content1: 6,
  content2: 7,
  font: 8,
  picture: 9,
  form: 10,
  outline: 11,
  resources2: 12,
  note: 13,
  annotations3: 14,
  amount: 15,
  tick: 16,
  emptySignature: 17,
  amountLook: 18,
  tickLook: 19,
  metadata: 20,
  layers: 21,
  layer: 22,
  info: 23,
  link: 24,
  button: 25,
  buttonLook: 26,
  hidden: 30,
  /** Referred to by page 1, and not there. */
  missing: 40,
  /** Nobody has these numbers. */
  free: 100,
} as const;

/** A contract of three pages with everything on it that has been attacked somewhere. */
export const CONTRACT: Readonly<Record<number, string>> = {
  1: "<</Type/Catalog/Pages 2 0 R/AcroForm 10 0 R/Outlines 11 0 R/Metadata 20 0 R/OCProperties 21 0 R/Names<</Dests<</Names[(a)[3 0 R/Fit]]>>>>>>",
  2: "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 612 792]>>",
  3: "<</Type/Page/Parent 2 0 R/Contents[6 0 R 40 0 R]/Resources<</Font<</F1 8 0 R>>/XObject<</X 9 0 R>>>>>>",
  4: "<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R]>>",
  5: "<</Type/Page/Parent 2 0 R/Resources<<>>/Annots 14 0 R>>",
  6: text("Pay 100"),
  7: text("Signed below"),
  8: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  9: stream("0 0 10 10 re f", "/Type/XObject/Subtype/Form/BBox[0 0 10 10]"),
  10: "<</Fields[15 0 R 16 0 R 17 0 R 25 0 R]/DR<</Font<</Helv 8 0 R>>>>/DA(/Helv 0 Tf 0 g)>>",
  11: "<</Type/Outlines/Count 0>>",
  12: "<</Font<</F1 8 0 R>>>>",
  13: "<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(see page 3)>>",
  14: "[15 0 R 16 0 R 17 0 R 25 0 R]",
  15: "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(100)/Rect[72 600 200 620]/P 5 0 R/DA(/Helv 12 Tf 0 g)/AP<</N 18 0 R>>/F 4>>",
  16: "<</Type/Annot/Subtype/Widget/FT/Btn/T(agree)/V/Off/AS/Off/Rect[72 560 90 578]/P 5 0 R/AP<</N<</Yes 19 0 R>>>>/F 4>>",
  17: "<</Type/Annot/Subtype/Widget/FT/Sig/T(witness)/Rect[72 500 200 540]/P 5 0 R/F 4>>",
  18: lookOf("100"),
  19: stream("0 0 18 18 re f", "/Type/XObject/Subtype/Form/BBox[0 0 18 18]"),
  20: stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "/Type/Metadata/Subtype/XML"),
  21: "<</OCGs[22 0 R]/D<</ON[22 0 R]>>>>",
  22: "<</Type/OCG/Name(terms)>>",
  23: "<</Title(Contract)/ModDate(D:20260101000000Z)>>",
  24: "<</Type/Annot/Subtype/Link/Rect[10 40 30 60]/A<</S/URI/URI(https://example.org/terms)>>>>",
  25: "<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(print)/Rect[300 500 340 540]/P 5 0 R/AP<</N 26 0 R>>/F 4>>",
  26: stream("0 0 40 40 re f", "/Type/XObject/Subtype/Form/BBox[0 0 40 40]"),
  30: text("Pay 100,000"),
};

/** How a text field shows a value. */
export function lookOf(value: string): string {
  const drawn = `/Tx BMC q BT /Helv 12 Tf 2 5 Td (${value}) Tj ET Q EMC`;
  return stream(drawn, "/Type/XObject/Subtype/Form/BBox[0 0 128 20]/Resources<</Font<</Helv 8 0 R>>>>");
}

export type SaveOptions = {
  /** Further keys of the trailer. */
  readonly trailer?: string;
  /** Instead of where the cross references before these are. */
  readonly previous?: number;
  /** Instead of where these are. */
  readonly startxref?: number;
  /** Octets behind the objects that no cross reference names. */
  readonly slipped?: string;
  /** Cross references beside those of `objects`: object number to offset. */
  readonly entries?: Readonly<Record<number, number>>;
  /** Generation of the objects, where it is not 0. */
  readonly generation?: number;
  /** The catalog's number, 1. */
  readonly root?: number;
};

/** The contract with its cross references, not signed. */
export function contract(objects: Objects = {}): Uint8Array {
  return save(fromLatin1("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), { ...CONTRACT, ...objects }, { trailer: "/Info 23 0 R" });
}

/** One more save of a file: these objects, a classic table, a trailer. */
export function save(pdf: Uint8Array, objects: Objects, options: SaveOptions = {}): Uint8Array {
  const { generation = 0, root = 1, slipped = "" } = options;
  let written = toLatin1(pdf);
  const known = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(written)?.[1];
  const previous = options.previous ?? (known === undefined ? undefined : Number(known));
  const lines = new Map<number, string>(previous === undefined ? [[0, "0000000000 65535 f \n"]] : []);
  const line = (number: number, offset: number, kind: string) =>
    lines.set(number, `${String(offset).padStart(10, "0")} ${String(generation).padStart(5, "0")} ${kind} \n`);
  const parts = [written];
  let length = written.length;
  for (const [number, body] of Object.entries(objects)) {
    line(Number(number), body === null ? 0 : length, body === null ? "f" : "n");
    const part = body === null ? "" : `${number} ${generation} obj\n${body}\nendobj\n`;
    length += part.length;
    parts.push(part);
  }
  for (const [number, offset] of Object.entries(options.entries ?? {})) line(Number(number), offset, "n");
  written = parts.join("");
  written += slipped;
  const start = written.length;
  const back = previous === undefined ? "" : `/Prev ${previous}`;
  const info = /\/Info \d+ 0 R/.exec(options.trailer ?? "") || previous === undefined ? "" : "/Info 23 0 R";
  written += `xref\n${tableOf(lines)}trailer\n<</Size ${Math.max(200, ...[...lines.keys()].map((n) => n + 1).slice(-1))}/Root ${root} 0 R${back}${info}${options.trailer ?? ""}>>\n`;
  return fromLatin1(`${written}startxref\n${options.startxref ?? start}\n%%EOF\n`);
}

/** Lines of a table by object number, in runs. */
function tableOf(lines: ReadonlyMap<number, string>): string {
  const numbers = [...lines.keys()].sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => `${run[0]} ${run.length}\n${run.map((number) => lines.get(number)).join("")}`).join("");
}

const CMS = Uint8Array.from({ length: 60 }, (_, i) => i + 1);

/** Signs a file; nobody looks at the value here. */
export async function signed(pdf: Uint8Array, options: Partial<FieldOptions> = {}): Promise<Uint8Array> {
  const usual = { subFilter: "ETSI.CAdES.detached", claimedTime: 0, reserve: 100 };
  return (await signField(pdf, { ...usual, ...options }, async () => CMS)).pdf;
}

/** Octets behind a file, as they are. */
export function behind(pdf: Uint8Array, octets: string): Uint8Array {
  return concat(pdf, fromLatin1(octets));
}

/** The signatures of a file by the names of their fields. */
export function signaturesOf(pdf: Uint8Array): ReadonlyMap<string, FoundSignature> {
  return new Map(signaturesIn(openDocument(pdf)).map((found) => [found.fieldName, found]));
}

/** What was changed behind a signature. */
export function changesOf(pdf: Uint8Array, fieldName = "Signature1"): Changes {
  const doc = openDocument(pdf);
  const found = signaturesIn(doc).find((signature) => signature.fieldName === fieldName);
  if (found === undefined) throw new TypeError(`no signature ${fieldName}`);
  return changesSince(doc, found);
}

/** Its codes, each once, sorted. */
export function codesOf(pdf: Uint8Array, fieldName = "Signature1"): string[] {
  return [...new Set(changesOf(pdf, fieldName).items.map(({ code }) => code))].sort();
}

/** What the newest save of each object says, to be written with a change in it. */
export function latest(pdf: Uint8Array): {
  readonly now: (number: number) => string;
  readonly edit: (number: number, from: string | RegExp, to: string) => Objects;
  readonly put: (number: number, keys: string) => Objects;
} {
  const written = toLatin1(pdf);
  const now = (number: number): string => {
    const all = [...written.matchAll(new RegExp(`(?:^|\\n)${number} 0 obj\\n([^]*?)\\nendobj`, "g"))];
    const last = all.at(-1)?.[1];
    if (last === undefined) throw new TypeError(`no object ${number}`);
    return last;
  };
  const edit = (number: number, from: string | RegExp, to: string): Objects => {
    const before = now(number);
    const after = before.replace(from, to);
    if (after === before) throw new TypeError(`object ${number} has no ${from}: ${before}`);
    return { [number]: after };
  };
  return { now, edit, put: (number, keys) => edit(number, /^<</, `<<${keys}`) };
}
