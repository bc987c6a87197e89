import { beforeAll, describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { embedSignature } from "../../lib/pades/prepare.ts";
import { documents } from "../e2e/documents.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { sketch, stamp } from "./stamping.ts";

// What ISO 19005-1 to -4 ask of what we add to a file. qpdf reads the objects: it knows nothing of our code. No validator is asked:
// veraPDF is not on the machines that run this.
const canRead = judge("qpdf", "that what is added to a PDF/A file keeps to its rules");

/** They say that they are PDF/A, parts 1 to 4, in metadata that are packed or not; some of them break one rule on purpose. */
const CLAIMS = /pdfaid:part/;
const PACKED = new Set(["ours/weasyprint-pdfa3b.pdf"]);
const FILES = documents().filter(
  ({ name, bytes }) => PACKED.has(name) || CLAIMS.test(Buffer.from(bytes).toString("latin1")),
);
/** Without a claim: the rules hold for every file, and for a page that was added. */
const FULL = sketch([{ page: "", content: "0.2 g 10 10 570 300 re f 10 300 570 300 re f 10 600 570 235 re f" }]);

type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
type Dict = { readonly [key: string]: Value };
type Entry = { readonly value?: Value; readonly stream?: { readonly dict: Dict; readonly data: string } };
type Objects = ReadonlyMap<string, Entry>;

/** All objects of a file by `4 0 R`, streams unpacked. */
async function objectsOf(pdf: Uint8Array): Promise<Objects> {
  const args = ["--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized"];
  const { out } = await withFiles({ "a.pdf": pdf }, (paths) => ask("qpdf", [...args, paths["a.pdf"]]));
  const [, all] = (JSON.parse(out) as { qpdf: [unknown, Record<string, Entry>] }).qpdf;
  return new Map(Object.entries(all).map(([key, entry]) => [key.replace("obj:", ""), entry]));
}

type Added = { readonly before: Objects; readonly after: Objects };
const dictOf = (entry: Entry | undefined): Dict => (entry?.stream?.dict ?? entry?.value ?? {}) as Dict;
const at = ({ after }: Added, value: Value | undefined): Entry | undefined =>
  typeof value === "string" && / R$/.test(value) ? after.get(value) : value === undefined ? undefined : { value };
const dataOf = (entry: Entry | undefined): Buffer => Buffer.from(entry?.stream?.data ?? "", "base64");
const added = ({ before, after }: Added) => [...after].filter(([key]) => key !== "trailer" && !before.has(key));
const changed = ({ before, after }: Added) =>
  [...before].filter(([key, entry]) => key !== "trailer" && JSON.stringify(entry) !== JSON.stringify(after.get(key)));
const widget = (all: Added) => dictOf(added(all).find(([, entry]) => dictOf(entry)["/Subtype"] === "/Widget")?.[1]);
const look = (all: Added) => at(all, dictOf(at(all, widget(all)["/AP"]))["/N"]);
const content = (all: Added) => dataOf(look(all)).toString("latin1");
const fontOf = (all: Added) => dictOf(at(all, (dictOf(look(all))["/Resources"] as { "/Font": Dict })["/Font"]["/F1"]));
const cidFont = (all: Added) => dictOf(at(all, (fontOf(all)["/DescendantFonts"] as readonly Value[])[0]));
const descriptor = (all: Added) => dictOf(at(all, cidFont(all)["/FontDescriptor"]));
const program = (all: Added) => new Uint8Array(dataOf(at(all, descriptor(all)["/FontFile2"])));
/** Codes that the stamp shows. */
const codes = (all: Added) => [...content(all).matchAll(/<([0-9a-f]+)> Tj/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []).map((code) => Number.parseInt(code, 16)); // biome-ignore format: a row

/** `true` where a rule holds, else what speaks against it. */
type Rule = (all: Added) => unknown;
const flags = (all: Added): number => widget(all)["/F"] as number;
const every = <T>(items: readonly T[], holds: (item: T) => boolean): unknown => {
  const bad = items.filter((item) => !holds(item));
  return bad.length === 0 ? true : bad;
};

/** By the clauses of parts 1 and 2; part 3 has those of part 2, part 4 asks no more of what is looked at here. */
const RULES: readonly [string, Rule][] = [
  ["1: 6.5.3, 2: 6.3.2 — the annotation prints, and is neither hidden, invisible, not viewed nor toggled", (all) => (flags(all) & (1 | 2 | 4 | 32 | 256)) === 4],
  ["1: 6.5.3 — it is not translucent and has no colours of its own", (all) => !["/CA", "/ca", "/C", "/IC", "/BM"].some((key) => key in widget(all))],
  ["1: 6.5.3, 2: 6.3.3 — its appearances are /N alone, a stream", (all) => Object.keys(dictOf(at(all, widget(all)["/AP"]))).join() === "/N" && look(all)?.stream !== undefined],
  ["1: 6.6.1 f., 2: 6.4.1 — no actions", (all) => every(added(all), ([, entry]) => !("/A" in dictOf(entry)) && !("/AA" in dictOf(entry)))],
  ["1: 6.9, 2: 6.4.1 — readers are not asked to make appearances, and there is no XFA", (all) => every([...changed(all), ...added(all)], ([, entry]) => dictOf(entry)["/NeedAppearances"] !== true && !("/XFA" in dictOf(entry)))],
  ["our own — there are words for who cannot see it", (all) => /^u:Ký điện tử bởi: /.test(String(widget(all)["/Contents"])) && /^u:Chữ ký/.test(String(widget(all)["/TU"]))],
  ["1: 6.2.5 ff., 2: 6.2.9 — the appearance is a plain form: no PostScript, no reference, no alternates", (all) => !["/OPI", "/PS", "/Ref", "/Subtype2", "/Alternates"].some((key) => key in dictOf(look(all)))],
  ["1: 6.4 — no transparency: no group, no soft mask, no graphics state", (all) => !("/Group" in dictOf(look(all))) && Object.keys(dictOf(look(all))["/Resources"] as Dict).sort().join() === "/ColorSpace,/Font"],
  ["1: 6.2.3, 2: 6.2.4 — colours depend on no device: one calibrated space, no operators of others", (all) => JSON.stringify((dictOf(look(all))["/Resources"] as { "/ColorSpace": Dict })["/ColorSpace"]).startsWith('{"/C0":["/CalRGB",') && every(operators(all), (word) => !/^(g|G|rg|RG|k|K|sh|BI|ri|gs|Do)$/.test(word))],
  ["1: 6.2.10, 2: 6.2.2 — only operators that ISO 32000 has, and of those few", (all) => every(operators(all), (word) => /^(cs|CS|sc|SC|w|J|j|m|l|h|re|f|S|BT|ET|Td|Tf|Tj)$/.test(word))],
  ["1: 6.3.4, 2: 6.2.11.4 — the font is embedded", (all) => glyphsIn(program(all)).count > 1],
  ["1: 6.3.3, 2: 6.2.11.3 — a composite font whose parts agree: Identity-H, Adobe-Identity-0, CIDs are glyphs", (all) => fontOf(all)["/Encoding"] === "/Identity-H" && cidFont(all)["/CIDToGIDMap"] === "/Identity" && cidFont(all)["/Subtype"] === "/CIDFontType2" && JSON.stringify(cidFont(all)["/CIDSystemInfo"]) === '{"/Ordering":"u:Identity","/Registry":"u:Adobe","/Supplement":0}'],
  ["1: 6.3.5 — a subset says so in its name, which is one name", (all) => /^\/[A-Z]{6}\+\w/.test(String(fontOf(all)["/BaseFont"])) && fontOf(all)["/BaseFont"] === cidFont(all)["/BaseFont"] && cidFont(all)["/BaseFont"] === descriptor(all)["/FontName"]],
  ["1: 6.3.5, 2: 6.2.11.4.2 — /CIDSet lists every glyph of the program and no other", (all) => bits(dataOf(at(all, descriptor(all)["/CIDSet"]))) === "1".repeat(glyphsIn(program(all)).count)],
  ["1: 6.3.6, 2: 6.2.11.5 — widths are those of the program, to a thousandth", (all) => {
    const font = glyphsIn(program(all));
    const [first, widths] = cidFont(all)["/W"] as unknown as [number, number[]];
    return every(codes(all), (code) => Math.abs((widths[code - first] ?? -9) - font.width(code)) <= 1);
  }],
  ["2: 6.2.11.8 — the glyph for nothing is never shown, and no glyph that is not there", (all) => every(codes(all), (code) => code > 0 && code < glyphsIn(program(all)).count)],
  ["1: 6.3.8, 2: 6.2.11.7 — every code that is shown stands for text, and none for U+0000, U+FEFF or U+FFFE", (all) => {
    const cmap = dataOf(at(all, fontOf(all)["/ToUnicode"])).toString("latin1");
    const known = new Map([...cmap.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/g)].map(([, code = "", text = ""]) => [Number.parseInt(code, 16), text]));
    return every(codes(all), (code) => known.get(code) !== undefined && !/^(0000|FEFF|FFFE)/.test(known.get(code) ?? ""));
  }],
  ["1: 6.1.7 and 6.1.10, 2: 6.1.7 — streams have no other file and no filter but Flate", (all) => every(added(all).filter(([, { stream }]) => stream), ([, entry]) => !["/F", "/FFilter", "/FDecodeParms"].some((key) => key in dictOf(entry)) && [undefined, "/FlateDecode"].includes(dictOf(entry)["/Filter"] as string | undefined))],
  ["1: 6.1.12 — limits of PDF 1.4: names, arrays, depth of states", (all) => every(added(all), ([, entry]) => !/"\/[^"]{128,}"/.test(JSON.stringify(dictOf(entry))) && longest(dictOf(entry)) <= 8191) && operators(all).filter((word) => word === "q").length <= 28],
  ["1: 6.7, 2: 6.6 — metadata, output intents, attachments and structure stay as they are", (all) => every(changed(all), ([, entry]) => ["/Catalog", "/Pages", "/Page", undefined].includes(dictOf(entry)["/Type"] as string | undefined)) === true && every(changed(all).filter(([, entry]) => dictOf(entry)["/Type"] === "/Catalog"), ([key, entry]) => every(differing(dictOf(entry), dictOf(all.after.get(key))), (name) => ["/AcroForm", "/Version"].includes(name)) === true)],
  ["our own — of a page nothing changes but its annotations", (all) => every(changed(all).filter(([, entry]) => dictOf(entry)["/Type"] === "/Page"), ([key, entry]) => differing(dictOf(entry), dictOf(all.after.get(key))).join() === "/Annots")],
]; // biome-ignore format: a table

function operators(all: Added): readonly string[] {
  return content(all)
    .replace(/<[0-9a-f]*>/g, " ")
    .split(/\s+/)
    .filter((word) => /^[A-Za-z'"]/.test(word));
}

/** A TrueType program, read anew: its glyphs, and how wide each is in thousandths. */
function glyphsIn(octets: Uint8Array): { readonly count: number; readonly width: (glyph: number) => number } {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const table = (tag: string): number => {
    for (let i = 0; i < view.getUint16(4); i++) {
      const record = 12 + 16 * i;
      if (Buffer.from(octets.subarray(record, record + 4)).toString("latin1") === tag)
        return view.getUint32(record + 8);
    }
    throw new Error(`no table ${tag}`);
  };
  const [long, hmtx, unitsPerEm] = [
    view.getUint16(table("hhea") + 34),
    table("hmtx"),
    view.getUint16(table("head") + 18),
  ];
  if (table("glyf") === 0 || table("loca") === 0) throw new Error("no outlines");
  const width = (glyph: number) => (view.getUint16(hmtx + 4 * Math.min(glyph, long - 1)) * 1000) / unitsPerEm;
  return { count: view.getUint16(table("maxp") + 4), width };
}

function bits(octets: Uint8Array): string {
  return [...octets]
    .map((octet) => octet.toString(2).padStart(8, "0"))
    .join("")
    .replace(/0*$/, "");
}

function longest(value: Value): number {
  if (Array.isArray(value)) return Math.max(value.length, ...value.map(longest));
  return typeof value === "object" && value !== null ? Math.max(0, ...Object.values(value).map(longest)) : 0;
}

function differing(a: Dict, b: Dict): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]),
  );
}

describe("what a stamp adds to a file that says it is PDF/A", { skip: !canRead }, () => {
  const cases = [...FILES, { name: "a page of its own", bytes: FULL }];
  for (const { name, bytes } of cases) {
    describe(name, () => {
      let all: Added;
      beforeAll(async () => {
        const made = stamp(bytes, { place: name === "a page of its own" ? "own-page" : "auto" });
        const after = concat(bytes, embedSignature(made, Uint8Array.of(1)));
        all = { before: await objectsOf(bytes), after: await objectsOf(after) };
      });
      test.each(RULES)("%s", (_, rule) => {
        expect(rule(all)).toBe(true);
      });
    });
  }

  test("files that claim to be PDF/A were found", () => {
    expect(FILES.length).toBeGreaterThanOrEqual(2);
  });
});
