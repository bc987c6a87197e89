import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { byteRangeDigest, embedSignature, type PrepareOptions, prepareSignature } from "../../lib/pades/prepare.ts";
import { type PdfDocument, resolve } from "../../lib/pdf/document.ts";
import { arrayAt, dictAt, integerAt, nameAt } from "../../lib/pdf/lookup.ts";
import { isArray, isDict, isRef, isString, type PdfDict, type PdfObject, ref } from "../../lib/pdf/object.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { catalogOf, firstPage } from "../../lib/pdf/pages.ts";
import { stringOctets } from "../../lib/pdf/string.ts";
import { buildCompressed, buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { OPTIONS } from "./signer.ts";

const prepared = (pdf: Uint8Array, options: Partial<PrepareOptions> = {}): Uint8Array =>
  concat(pdf, prepareSignature(pdf, { ...OPTIONS, ...options }).appended);
const opened = (pdf: Uint8Array, options: Partial<PrepareOptions> = {}): PdfDocument =>
  openDocument(prepared(pdf, options));
const withCatalog = (keys: string, others: Record<number, string> = {}): Uint8Array =>
  buildPdf({ objects: { ...ONE_PAGE, 1: `<</Type/Catalog/Pages 2 0 R${keys}>>`, ...others } });
const withPage = (keys: string, others: Record<number, string> = {}): Uint8Array =>
  buildPdf({ objects: { ...ONE_PAGE, 3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]${keys}>>`, ...others } });

function formIn(doc: PdfDocument): PdfDict {
  const form = dictAt(doc, catalogOf(doc).dict, "AcroForm");
  if (form === undefined) throw new Error("no form");
  return form;
}

function fieldIn(doc: PdfDocument): PdfDict {
  const field = resolve(doc, arrayAt(doc, formIn(doc), "Fields")?.at(-1));
  if (!isDict(field)) throw new Error("no field");
  return field;
}

const textOf = (value: PdfObject | undefined): string => (isString(value) ? toLatin1(stringOctets(value)) : "");

describe("the field", () => {
  test("is a widget without size on the first page, printed and locked, and holds the signature", () => {
    const doc = opened(buildPdf());
    const field = fieldIn(doc);
    expect(Object.fromEntries(field)).toMatchObject({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Sig",
      F: 132,
      Rect: [0, 0, 0, 0],
      P: ref(3),
    });
    expect(textOf(field.get("T"))).toBe(`Signature-${OPTIONS.fieldId}`);
    expect(arrayAt(doc, firstPage(doc).dict, "Annots")).toEqual(arrayAt(doc, formIn(doc), "Fields"));
    expect(integerAt(doc, formIn(doc), "SigFlags")).toBe(3);
    const signature = dictAt(doc, field, "V");
    expect(signature?.get("SubFilter")).toBe("ETSI.CAdES.detached");
    expect(textOf(signature?.get("M"))).toBe("D:20261125101509+07'00'");
    expect(signature?.has("Cert")).toBe(false);
    expect(signature?.has("Reference")).toBe(false);
  });

  test("gets another name where its own is taken", () => {
    const once = prepared(buildPdf());
    const again = prepareSignature(once, OPTIONS);
    expect(again.fieldName).toBe(`Signature-${OPTIONS.fieldId}-2`);
    expect(prepareSignature(concat(once, again.appended), OPTIONS).fieldName).toBe(`Signature-${OPTIONS.fieldId}-3`);
  });

  test("leaves out what is not said", () => {
    const { name: _, reason: __, location: ___, ...least } = OPTIONS;
    const doc = openDocument(concat(buildPdf(), prepareSignature(buildPdf(), least).appended));
    expect([...(dictAt(doc, fieldIn(doc), "V") ?? new Map()).keys()]).toEqual([
      "Type",
      "Filter",
      "SubFilter",
      "M",
      "ByteRange",
      "Contents",
    ]);
  });
});

describe("annotations and fields that were there stay", () => {
  test.each<[string, Uint8Array, PdfObject[]]>([
    ["no annotations", withPage(""), []],
    ["a null entry", withPage("/Annots null"), []],
    ["annotations in the page", withPage("/Annots[4 0 R 5 0 R]"), [ref(4), ref(5)]],
    ["annotations in an object of their own", withPage("/Annots 6 0 R", { 6: "[4 0 R]" }), [ref(4)]],
    ["annotations behind two references", withPage("/Annots 7 0 R", { 6: "[4 0 R]", 7: "6 0 R" }), [ref(4)]],
    ["annotations that are missing", withPage("/Annots 60 0 R"), []],
    ["annotations of a wrong type", withPage("/Annots<</A 1>>"), []],
    [
      "annotations in an object stream",
      buildCompressed({ ...ONE_PAGE, 3: "<</Type/Page/Annots 4 0 R>>", 4: "[9 0 R]" }),
      [ref(9)],
    ],
  ])("%s", (_, pdf, kept) => {
    const doc = opened(pdf);
    const annotations = arrayAt(doc, firstPage(doc).dict, "Annots") ?? [];
    expect(annotations.slice(0, -1)).toEqual(kept);
    expect(resolve(doc, annotations.at(-1))).toBe(fieldIn(doc));
    expect(firstPage(doc).dict.get("Type")).toBe("Page");
  });

  test.each<[string, Uint8Array, PdfObject[]]>([
    ["no form", withCatalog(""), []],
    ["a form that is missing", withCatalog("/AcroForm 60 0 R"), []],
    ["a form in the catalog", withCatalog("/AcroForm<</Fields[4 0 R]/DA(x)>>", { 4: "<</T(a)/FT/Tx>>" }), [ref(4)]],
    ["a form without fields", withCatalog("/AcroForm<</DA(x)>>"), []],
    [
      "a form in an object of its own",
      withCatalog("/AcroForm 5 0 R", { 4: "<</T(a)/FT/Tx>>", 5: "<</Fields[4 0 R]/DA(x)>>" }),
      [ref(4)],
    ],
    [
      "fields in an object of their own",
      withCatalog("/AcroForm 5 0 R", { 4: "<</T(a)/FT/Tx>>", 5: "<</Fields 6 0 R/DA(x)>>", 6: "[4 0 R]" }),
      [ref(4)],
    ],
    [
      "form in the catalog, fields in an object",
      withCatalog("/AcroForm<</Fields 6 0 R/DA(x)>>", { 4: "<</T(a)/FT/Tx>>", 6: "[4 0 R]" }),
      [ref(4)],
    ],
    [
      "a form in an object stream",
      buildCompressed({
        ...ONE_PAGE,
        1: "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>",
        4: "<</Fields[9 0 R]/DA(x)>>",
      }),
      [ref(9)],
    ],
    ["fields that are no dictionaries", withCatalog("/AcroForm<</Fields[null 7 60 0 R]>>"), [null, 7, ref(60)]],
  ])("%s", (_, pdf, kept) => {
    const before = openDocument(pdf);
    const doc = opened(pdf);
    expect((arrayAt(doc, formIn(doc), "Fields") ?? []).slice(0, -1)).toEqual(kept);
    expect(fieldIn(doc).get("FT")).toBe("Sig");
    expect(integerAt(doc, formIn(doc), "SigFlags")).toBe(3);
    const defaults = dictAt(before, catalogOf(before).dict, "AcroForm")?.get("DA");
    expect(textOf(formIn(doc).get("DA"))).toBe(textOf(defaults));
  });

  test("flags that the form has are kept", () => {
    const flags = (before: string): number | undefined => {
      const doc = opened(withCatalog(`/AcroForm<</Fields[]/SigFlags ${before}>>`));
      return integerAt(doc, formIn(doc), "SigFlags");
    };
    expect([flags("0"), flags("1"), flags("3"), flags("7")]).toEqual([3, 3, 3, 7]);
  });

  test("only what has to change is written", () => {
    const pdf = withCatalog("/AcroForm 5 0 R/Version/1.7", { 5: "<</Fields 6 0 R/SigFlags 3>>", 6: "[]" });
    const [newest] = openDocument(prepared(pdf)).sections;
    // The page, the array of fields; signature, field, appearance.
    expect(newest?.runs.flatMap((run) => Array.from({ length: run.count }, (_, i) => run.first + i))).toEqual([
      3, 6, 7, 8, 9,
    ]);
  });
});

describe("the version (docs/decisions)", () => {
  const xmp = (part: string): string =>
    `<</Type/Metadata/Subtype/XML/Length ${part.length}>>\nstream\n${part}\nendstream`;
  const versionAfter = (header: string, keys = "", metadata = ""): string | undefined => {
    const objects = { ...ONE_PAGE, 1: `<</Type/Catalog/Pages 2 0 R${keys}/Metadata 4 0 R>>`, 4: xmp(metadata) };
    const doc = opened(buildPdf({ header, objects }));
    return nameAt(doc, catalogOf(doc).dict, "Version");
  };

  test.each([
    ["%PDF-1.3\n", "", "", "1.7"],
    ["%PDF-1.4\n", "/Version/1.5", "", "1.7"],
    ["%PDF-1.4\n", "/Version/1.7", "", "1.7"],
    ["%PDF-1.7\n", "", "", undefined],
    ["%PDF-2.0\n", "", "", undefined],
    ["%PDF-1.4\n", "", "<pdfaid:part>1</pdfaid:part>", undefined],
    ["%PDF-1.4\n", "", "<x pdfaid:part='1' pdfaid:conformance='B'/>", undefined],
    ["%PDF-1.4\n", "", "<pdfaid:part>2</pdfaid:part>", "1.7"],
  ])("%j with %j and metadata %j becomes %j", (header, keys, metadata, expected) => {
    expect(versionAfter(header, keys, metadata)).toBe(expected);
  });

  test("a file that others signed keeps its version and its usage rights: nothing changes that need not", () => {
    const keys = "/AcroForm<</Fields[4 0 R]/SigFlags 3>>/Perms<</UR3 9 0 R>>";
    const objects = {
      ...ONE_PAGE,
      1: `<</Type/Catalog/Pages 2 0 R${keys}>>`,
      4: "<</T(s)/FT/Sig/V 5 0 R>>",
      5: "<<>>",
    };
    const { dict } = catalogOf(opened(buildPdf({ header: "%PDF-1.4\n", objects })));
    expect([...dict.keys()]).toEqual(["Type", "Pages", "AcroForm", "Perms"]);
    expect(dict.get("Perms")).toEqual(new Map([["UR3", ref(9)]]));
  });
});

describe("usage rights, which end with any change", () => {
  test.each([
    ["/Perms<</UR3 9 0 R>>", []],
    ["/Perms<</UR3 9 0 R/Other 8 0 R>>", ["Other"]],
    ["/Perms 7 0 R", ["Other"]],
    // A certified file is not touched where it need not be.
    ["/Perms<</UR3 9 0 R/DocMDP 8 0 R>>", ["UR3", "DocMDP"]],
  ])("%s are dropped, other permissions stay", (keys, left) => {
    const doc = opened(withCatalog(keys, { 7: "<</UR 9 0 R/UR3 9 0 R/Other 8 0 R>>" }));
    expect([...(dictAt(doc, catalogOf(doc).dict, "Perms") ?? new Map()).keys()]).toEqual(left);
  });
});

describe("the new revision", () => {
  test("has cross references of the kind of the newest ones", () => {
    const stream = buildCompressed();
    expect(opened(stream).sections.map((section) => section.kind)).toEqual(["stream", "stream"]);
    expect(opened(buildPdf()).sections.map((section) => section.kind)).toEqual(["table", "table"]);
  });

  test("keeps the keys of the trailer, and the first part of the identifier", () => {
    const pdf = buildPdf({ trailer: "/Info 9 0 R/Custom(x)/ID[<aa><bb>]" });
    const { trailer } = opened(pdf);
    expect(trailer.get("Root")).toEqual(ref(1));
    expect(trailer.get("Info")).toEqual(ref(9));
    expect(textOf(trailer.get("Custom"))).toBe("x");
    const id = trailer.get("ID");
    if (!isArray(id)) throw new Error("no identifier");
    expect(textOf(id[0])).toBe("\xaa");
    expect(textOf(id[1])).toHaveLength(16);
    expect(opened(pdf, { fieldId: "other" }).trailer.get("ID")).not.toEqual(id);
    expect(opened(pdf, { claimedTime: 0 }).trailer.get("ID")).not.toEqual(id);
  });

  test("does not take keys of a stream into its own", () => {
    const { trailer } = opened(buildCompressed(ONE_PAGE, "/Filter null/DecodeParms null/Custom 7"));
    expect([...trailer.keys()].sort()).toEqual([
      "Custom",
      "ID",
      "Index",
      "Length",
      "Prev",
      "Root",
      "Size",
      "Type",
      "W",
    ]);
  });

  test("starts on a line of its own, whatever the file ends with", () => {
    const pdf = buildPdf();
    for (const end of [
      pdf,
      pdf.subarray(0, pdf.length - 1),
      concat(pdf, fromLatin1(" ")),
      concat(pdf, fromLatin1("% comment")),
    ]) {
      const whole = prepared(end);
      expect(toLatin1(whole, end.length - 1, end.length + 2)).toMatch(/[\n]\d/);
      expect(fieldIn(openDocument(whole)).get("FT")).toBe("Sig");
    }
  });

  test("gives objects numbers that no revision has, whatever /Size says", () => {
    const small = fromLatin1(toLatin1(buildPdf({ objects: { ...ONE_PAGE, 30: "1" } })).replace("/Size 31", "/Size 4"));
    expect(opened(small).sections[0]?.top).toBe(35);
    const huge = fromLatin1(toLatin1(buildPdf()).replace("/Size 4", "/Size 99999999"));
    expect(opened(huge).sections[0]?.top).toBe(8);
  });

  test("keeps the generation of objects that it changes", () => {
    const pdf = fromLatin1(
      toLatin1(buildPdf())
        .replaceAll("3 0 obj", "3 5 obj")
        .replaceAll("3 0 R", "3 5 R")
        .replace(/(3 1\n\d{10}) 00000/, "$1 00005"),
    );
    const doc = opened(pdf);
    expect(firstPage(doc).ref).toEqual(ref(3, 5));
    expect(isRef(fieldIn(doc).get("P")) && fieldIn(doc).get("P")).toEqual(ref(3, 5));
  });

  test("counts offsets from the header where octets stand in front of it", () => {
    const pdf = concat(fromLatin1("From: x\n\n"), buildPdf());
    const { byteRange, contentsStart, appended } = prepareSignature(pdf, OPTIONS);
    expect(concat(pdf, appended)[contentsStart]).toBe(0x3c);
    expect(byteRange[1]).toBe(contentsStart);
    expect(openDocument(concat(pdf, appended)).sections).toHaveLength(2);
  });
});

describe("preparing", () => {
  test("gives the same octets for the same file and options, from any kind of memory", () => {
    const pdf = buildCompressed();
    const framed = new Uint8Array(pdf.length + 20);
    framed.set(pdf, 7);
    const expected = prepareSignature(pdf, OPTIONS);
    expect(prepareSignature(Buffer.from(pdf), OPTIONS)).toEqual(expected);
    expect(prepareSignature(framed.subarray(7, 7 + pdf.length), OPTIONS)).toEqual(expected);
  });

  test("never changes the file's octets", () => {
    const pdf = buildPdf();
    const before = Uint8Array.from(pdf);
    const ready = prepareSignature(pdf, OPTIONS);
    byteRangeDigest(pdf, ready);
    embedSignature(ready, Uint8Array.of(1));
    expect(pdf).toEqual(before);
  });

  test.each<Partial<PrepareOptions>>([
    { fieldId: "" },
    { fieldId: "a.b" },
    { fieldId: "a b" },
    { fieldId: "x".repeat(65) },
    { fieldId: "ê" },
    { claimedTime: Number.NaN },
    { offsetMinutes: 5000 },
    { reserve: 0 },
    { reserve: 1.5 },
    { reserve: 2 ** 30 },
    { name: "x".repeat(1001) },
  ])("refuses options out of range: %j", (wrong) => {
    expect(() => prepareSignature(buildPdf(), { ...OPTIONS, ...wrong })).toThrow(RangeError);
  });

  test("refuses a form whose pages the viewer makes", () => {
    expect(() => prepareSignature(withCatalog("/NeedsRendering true"), OPTIONS)).toThrow(
      expect.objectContaining({ code: "pdf_unsupported" }),
    );
  });

  test("refuses a file whose page and form are one object", () => {
    expect(() =>
      prepareSignature(withCatalog("/AcroForm<</Fields 3 0 R>>", { 3: "<</Type/Page/Annots 1 0 R>>" }), OPTIONS),
    ).not.toThrow(TypeError);
    expect(() =>
      prepareSignature(
        withPage("/Annots 4 0 R", { 1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields 4 0 R>>>>", 4: "[]" }),
        OPTIONS,
      ),
    ).not.toThrow();
  });
});

describe("the digest and the signature's place", () => {
  const pdf = buildPdf();

  test.each([undefined, 1, 100, 50_000])(
    "the digest is over everything but the value of /Contents (reserve %s)",
    (reserve) => {
      const ready = prepareSignature(pdf, { ...OPTIONS, ...(reserve === undefined ? {} : { reserve }) });
      const whole = concat(pdf, ready.appended);
      const [from, length, from2, length2] = ready.byteRange;
      expect(from2 + length2).toBe(whole.length);
      expect(from2 - length).toBe(2 * ready.reserved + 2);
      expect(toLatin1(whole, length, length + 2)).toBe("<0");
      expect(toLatin1(whole, from2 - 2, from2)).toBe("0>");
      const hash = createHash("sha256").update(whole.subarray(from, length)).update(whole.subarray(from2)).digest();
      expect(Buffer.from(byteRangeDigest(pdf, ready))).toEqual(hash);
    },
  );

  test("the digest does not change when the signature is embedded, and the length neither", () => {
    const ready = prepareSignature(pdf, OPTIONS);
    const cms = Uint8Array.from({ length: ready.reserved }, (_, i) => i * 7);
    const appended = embedSignature(ready, cms);
    expect(appended.length).toBe(ready.appended.length);
    expect(byteRangeDigest(pdf, { ...ready, appended })).toEqual(byteRangeDigest(pdf, ready));
    const at = ready.contentsStart - pdf.length;
    expect(toLatin1(appended, at, at + 2 * cms.length + 2)).toBe(`<${Buffer.from(cms).toString("hex")}>`);
  });

  test("a CMS that does not fit is refused", () => {
    const ready = prepareSignature(pdf, { ...OPTIONS, reserve: 100 });
    expect(() => embedSignature(ready, new Uint8Array(101))).toThrow(
      expect.objectContaining({ code: "signature_too_large" }),
    );
    expect(() => embedSignature(ready, new Uint8Array(100))).not.toThrow();
  });

  test("another file than the one that was prepared is a programmer's mistake", () => {
    expect(() => byteRangeDigest(pdf.subarray(1), prepareSignature(pdf, OPTIONS))).toThrow(RangeError);
  });
});
