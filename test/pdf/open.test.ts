import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { load, type PdfDocument, resolve } from "../../lib/pdf/document.ts";
import { isDict, type PdfDict, ref } from "../../lib/pdf/object.ts";
import { openDocument, withDocument } from "../../lib/pdf/open.ts";
import { catalogOf, firstPage, versionOf } from "../../lib/pdf/pages.ts";
import { revisionsOf } from "../../lib/pdf/revisions.ts";
import { buildCompressed, buildPdf, ONE_PAGE } from "./build.ts";

const edit = (pdf: Uint8Array, from: string | RegExp, to: string): Uint8Array =>
  fromLatin1(toLatin1(pdf).replace(from, to));
const opened = (pdf: Uint8Array): PdfDocument =>
  withDocument(pdf, (doc) => {
    firstPage(doc);
    return doc;
  });
const rebuilt = (pdf: Uint8Array): boolean => opened(pdf).rebuilt;
const valueIn = (pdf: Uint8Array, number: number): unknown => resolve(openDocument(pdf), ref(number));

describe("cross references", () => {
  test("a classic table leads to the first page", () => {
    expect(firstPage(openDocument(buildPdf())).ref).toEqual(ref(3));
  });

  test("a stream of cross references and an object stream lead to the first page", () => {
    expect(firstPage(openDocument(buildCompressed())).ref).toEqual(ref(3));
  });

  test("the newest revision of an object counts", () => {
    const first = buildPdf({ objects: { ...ONE_PAGE, 4: "(old)", 5: "(kept)" } });
    const second = buildPdf({ after: first, objects: { 4: "42" } });
    expect(valueIn(second, 4)).toBe(42);
    expect(valueIn(second, 5)).toMatchObject({ kind: "string" });
  });

  test("an object that a later revision frees is null, and so is one that no revision names", () => {
    const first = buildPdf({ objects: { ...ONE_PAGE, 4: "42" } });
    const freed = edit(
      buildPdf({ after: first, objects: { 4: "43" } }),
      /\d{10} 00000 n \ntrailer(?=[\s\S]*$)(?![\s\S]*trailer)/,
      "0000000000 00001 f \ntrailer",
    );
    expect(valueIn(freed, 4)).toBeNull();
    expect(valueIn(first, 40)).toBeNull();
  });

  test("a reference of another generation is null", () => {
    const pdf = buildPdf({ objects: { ...ONE_PAGE, 4: "42" } });
    expect(load(openDocument(pdf), ref(4, 1))).toBeUndefined();
  });

  test("a hybrid file shows the objects that old readers are not to see, and what is in use in the table comes first", () => {
    const plain = buildPdf({ objects: { ...ONE_PAGE, 4: "(table)" } });
    const at = plain.length;
    const inner = "4 0 5 3 42 43";
    const container = `8 0 obj<</Type/ObjStm/N 2/First 8/Length ${inner.length}>>stream\n${inner}\nendstream endobj\n`;
    const start = at + container.length;
    const rows = Uint8Array.of(2, 0, 8, 0, 2, 0, 8, 1, 1, at >> 8, at & 255, 0);
    const stream = `9 0 obj<</Type/XRef/Size 10/W[1 2 1]/Index[4 2 8 1]/Length ${rows.length}>>stream\n`;
    const table = start + stream.length + rows.length + "\nendstream endobj\n".length;
    const old = /startxref\n(\d+)/.exec(toLatin1(plain))?.[1];
    const tail = `\nendstream endobj\nxref\n5 1\n0000000000 00000 f \ntrailer<</Size 10/Root 1 0 R/Prev ${old}/XRefStm ${start}>>\nstartxref\n${table}\n%%EOF\n`;
    const pdf = concat(plain, fromLatin1(container + stream), rows, fromLatin1(tail));
    const doc = openDocument(pdf);
    expect(resolve(doc, ref(4))).toBe(42);
    expect(resolve(doc, ref(5))).toBe(43);
    expect(doc.sections).toHaveLength(2);
  });

  test.each([
    ["lines of 19 octets", (line: string) => `${line.slice(0, 18)}\n`],
    ["lines of 21 octets", (line: string) => `${line.slice(0, 18)} \r\n`],
    ["lines with CR LF", (line: string) => `${line.slice(0, 18)}\r\n`],
    ["blanks in front of lines", (line: string) => ` ${line}`],
  ])("%s are read", (_, change) => {
    const table = toLatin1(buildPdf()).replace(/\d{10} \d{5} [nf] \n/g, change);
    expect(rebuilt(fromLatin1(table))).toBe(false);
  });

  test("objects that are said to be in use at offset 0 are missing", () => {
    const pdf = edit(
      buildPdf({ objects: { ...ONE_PAGE, 4: "42" } }),
      /\d{10} 00000 n \ntrailer/,
      "0000000000 00000 n \ntrailer",
    );
    expect(valueIn(pdf, 4)).toBeNull();
  });

  test("a stream that announces more entries than it has gives those it has", () => {
    const packed = edit(buildCompressed(), /\/Size \d+/, "/Size 4000");
    expect(firstPage(openDocument(packed)).ref).toEqual(ref(3));
  });

  test("an object stream with a wrong index is searched for the number", () => {
    const swapped = edit(buildCompressed(), /stream\n1 0 2 (\d+) /, "stream\n2 $1 1 0 ");
    expect(firstPage(openDocument(swapped)).ref).toEqual(ref(3));
  });
});

describe("what real files have wrong", () => {
  test("octets in front of the header: offsets count from the header", () => {
    const pdf = concat(fromLatin1("Content-Type: application/pdf\r\n\r\n"), buildPdf());
    expect(openDocument(pdf).base).toBe(33);
    expect(rebuilt(pdf)).toBe(false);
  });

  test("octets in front of the header that the offsets know of: the references are made anew", () => {
    expect(rebuilt(edit(buildPdf({ header: "junk\n%PDF-1.4\n" }), "junk", "junk"))).toBe(true);
  });

  test("a wrong startxref: the table in front of it is found", () => {
    for (const startxref of [0, 7, 999_999, 123_456_789]) expect(rebuilt(buildPdf({ startxref }))).toBe(false);
  });

  test("startxref that points to the line end in front of the table", () => {
    const start = Number(/startxref\n(\d+)/.exec(toLatin1(buildPdf()))?.[1]);
    expect(rebuilt(buildPdf({ startxref: start - 1 }))).toBe(false);
  });

  test.each(["\0".repeat(5000), "\r\n\r\n  ", `\n<!-- ${"x".repeat(900)} -->`])(
    "octets behind the end mark (case %#)",
    (tail) => {
      expect(rebuilt(concat(buildPdf(), fromLatin1(tail)))).toBe(false);
    },
  );

  test("offsets that are off by a few: the references are made anew", () => {
    const pdf = edit(buildPdf(), "%PDF-1.7\n", "%PDF-1.7\n%\n");
    expect(rebuilt(pdf)).toBe(true);
  });

  test("offsets of two objects exchanged: the references are made anew", () => {
    const pdf = edit(buildPdf(), /2 1\n(\d{10})( 00000 n \n3 1\n)(\d{10})/, "2 1\n$3$2$1");
    expect(rebuilt(pdf)).toBe(true);
    expect(opened(pdf).sections[0]?.find(3)).toMatchObject({ kind: "plain" });
  });

  test("an xref table that starts at 1 instead of 0: the references are made anew", () => {
    const text = toLatin1(buildPdf()).replace(/xref\n0 1\n(.{20})1 1\n(.{20})2 1\n(.{20})3 1\n/s, "xref\n1 4\n$1$2$3");
    expect(rebuilt(fromLatin1(text))).toBe(true);
  });

  test("a wrong /Length of an object stream is corrected by its end", () => {
    for (const length of ["1", "99999", "-5", "null"]) {
      const pdf = edit(buildCompressed(), /(\/First \d+\/Length) (\d+)/, `$1 ${length}`);
      expect(withDocument(pdf, (doc) => firstPage(doc).ref)).toEqual(ref(3));
    }
  });

  test("a file that was cut off is refused even where its objects could be found", () => {
    const pdf = buildPdf({ objects: { ...ONE_PAGE, 4: `<</Length 5000>>stream\n${"x".repeat(5000)}\nendstream` } });
    const linearised = concat(pdf, pdf.subarray(15, pdf.length - 1000));
    expect(() => withDocument(linearised, firstPage)).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
  });
});

describe("a search through the whole file", () => {
  const broken = (pdf: Uint8Array): Uint8Array =>
    edit(pdf, /startxref\n\d+/g, "startxref\n5").map((octet, i, all) =>
      toLatin1(all, i, i + 5) === "xref\n" && all[i - 1] === 10 ? 0x79 : octet,
    );
  const pageOf = (pdf: Uint8Array): PdfDict => {
    const doc = opened(pdf);
    expect(doc.rebuilt).toBe(true);
    return firstPage(doc).dict;
  };

  test("finds the last definition of every object", () => {
    const pdf = buildPdf({ after: buildPdf(), objects: { 3: "<</Type/Page/Parent 2 0 R/New true>>" } });
    expect(pageOf(broken(pdf)).get("New")).toBe(true);
  });

  test("steps over files inside streams, by /Length and without it", () => {
    const inner = toLatin1(buildPdf({ objects: { ...ONE_PAGE, 3: "<</Type/Page/Inner true>>" } }));
    for (const length of [`/Length ${inner.length}`, "/Length 5 0 R"]) {
      const pdf = buildPdf({
        objects: { ...ONE_PAGE, 4: `<<${length}>>\nstream\n${inner}\nendstream`, 5: String(inner.length) },
      });
      expect(pageOf(broken(pdf)).has("Inner")).toBe(false);
    }
  });

  test("steps over streams inside files inside streams by /Length", () => {
    const inner = "9 0 obj<</Length 1>>stream\nx\nendstream endobj 3 0 obj<</Type/Page/Inner true>>endobj";
    const pdf = buildPdf({ objects: { ...ONE_PAGE, 4: `<</Length ${inner.length}>>\nstream\n${inner}\nendstream` } });
    expect(pageOf(broken(pdf)).has("Inner")).toBe(false);
  });

  test("finds what is inside object streams, and lets a later plain object win over it", () => {
    const compressed = buildCompressed();
    expect(pageOf(broken(compressed)).get("Type")).toBe("Page");
    const later = fromLatin1("3 0 obj<</Type/Page/Later true>>endobj\nstartxref\n0\n%%EOF");
    expect(pageOf(broken(concat(compressed, later))).get("Later")).toBe(true);
  });

  test("takes the last trailer that names a catalog", () => {
    const pdf = broken(buildPdf({ trailer: "/Info 9 0 R" }));
    const doc = opened(concat(pdf, fromLatin1("trailer<</Size 9>>\nstartxref\n0\n%%EOF")));
    expect(doc.trailer.get("Info")).toEqual(ref(9));
  });

  test("without a trailer the file is refused", () => {
    expect(() => pageOf(edit(broken(buildPdf()), /trailer[\s\S]*/, "\nstartxref\n0\n%%EOF"))).toThrow(
      expect.objectContaining({ code: "pdf_invalid" }),
    );
  });
});

describe("loops and dead ends are faults", () => {
  const code = (pdf: Uint8Array): unknown => {
    try {
      return withDocument(pdf, (doc) => firstPage(doc).ref.number);
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  const start = Number(/startxref\n(\d+)/.exec(toLatin1(buildPdf()))?.[1]);

  test.each<[string, Uint8Array, unknown]>([
    ["/Prev to itself: the references are made anew", edit(buildPdf(), "/Root", `/Prev ${start}/Root`), 3],
    ["/Prev to nowhere", edit(buildPdf(), "/Root", "/Prev 999999999/Root"), 3],
    ["/Prev that is no number", edit(buildPdf(), "/Root", "/Prev /X/Root"), 3],
    ["no catalog", edit(buildPdf(), "/Root 1 0 R", ""), "pdf_invalid"],
    ["a catalog that is missing", edit(buildPdf(), "/Root 1 0 R", "/Root 40 0 R"), "pdf_invalid"],
    [
      "a page tree that refers to itself",
      buildPdf({ objects: { ...ONE_PAGE, 2: "<</Type/Pages/Kids[2 0 R]>>" } }),
      "pdf_invalid",
    ],
    [
      "a page tree that goes round",
      buildPdf({ objects: { ...ONE_PAGE, 3: "<</Type/Pages/Kids[2 0 R]>>" } }),
      "pdf_invalid",
    ],
    ["a page tree without a page", buildPdf({ objects: { ...ONE_PAGE, 2: "<</Type/Pages/Kids[]>>" } }), "pdf_invalid"],
    [
      "an empty branch in front of the first page",
      buildPdf({ objects: { ...ONE_PAGE, 2: "<</Kids[9 0 R 4 0 R 3 0 R]>>", 4: "<</Type/Pages/Kids[]>>" } }),
      3,
    ],
    [
      "a page tree of a thousand levels",
      buildPdf({
        objects: {
          ...ONE_PAGE,
          2: "<</Kids[4 0 R]>>",
          ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [i + 4, `<</Kids[${i + 5} 0 R]>>`])),
        },
      }),
      "pdf_invalid",
    ],
    ["references that go round", buildPdf({ objects: { ...ONE_PAGE, 2: "4 0 R", 4: "2 0 R" } }), "pdf_invalid"],
    [
      "an object stream inside itself",
      edit(buildCompressed(), /\/First (\d+)\/Length \d+/, "/First $1/Length 1 0 R"),
      "pdf_invalid",
    ],
  ])("%s", (_, pdf, expected) => expect(code(pdf)).toBe(expected));

  test("a chain of more revisions than anybody saves is refused", () => {
    let text = `${toLatin1(buildPdf())}`;
    let previous = start;
    for (let i = 0; i < 4200; i++) {
      const at = text.length;
      text += `xref\ntrailer<</Root 1 0 R/Prev ${previous}>>\n`;
      previous = at;
    }
    expect(code(fromLatin1(`${text}startxref\n${previous}\n%%EOF`))).toBe("pdf_limit");
  });

  test("a cross-reference stream that unpacks without end is stopped", () => {
    const bomb = deflateSync(new Uint8Array(60 * 1024 * 1024));
    const dict = `<</Type/XRef/Size 3000000/W[1 3 1]/Root 1 0 R/Filter/FlateDecode/Length ${bomb.length}>>`;
    const pdf = concat(
      fromLatin1(`%PDF-1.7\n1 0 obj${dict}stream\n`),
      bomb,
      fromLatin1("\nendstream endobj\nstartxref\n9\n%%EOF"),
    );
    expect(code(pdf)).toBe("pdf_invalid");
    expect(code(edit(pdf, "/Size 3000000", "/Size 8000000"))).toBe("pdf_limit");
  });
});

describe("what the document says of itself", () => {
  test("the version is the later one of header and catalog", () => {
    const version = (header: string, catalog: string): number =>
      versionOf(
        openDocument(buildPdf({ header, objects: { ...ONE_PAGE, 1: `<</Type/Catalog/Pages 2 0 R${catalog}>>` } })),
      );
    expect(version("%PDF-1.4\n", "")).toBe(1.4);
    expect(version("%PDF-1.4\n", "/Version/1.7")).toBe(1.7);
    expect(version("%PDF-2.0\n", "/Version/1.7")).toBe(2);
    expect(version("%PDF-x\n", "/Version 3")).toBe(1);
  });

  test("every save of the file is told apart, with the octets that it ended with", () => {
    const first = buildPdf();
    const second = buildPdf({ after: first, objects: { 4: "1" } });
    const third = buildPdf({
      after: concat(second.subarray(0, second.length - 1), fromLatin1("\n")),
      objects: { 4: "2" },
    });
    expect(revisionsOf(openDocument(third)).map((revision) => revision.end)).toEqual([
      first.length,
      second.length,
      third.length,
    ]);
  });

  test("the two sections of a linearised file are one save", () => {
    const linearised = new Uint8Array(readFileSync(new URL("../vectors/pdf/qpdf-linearized.pdf", import.meta.url)));
    const doc = openDocument(linearised);
    expect(doc.sections).toHaveLength(2);
    expect(revisionsOf(doc).map((revision) => revision.end)).toEqual([linearised.length]);
  });

  test("only what is asked for is read", () => {
    const doc = openDocument(buildPdf({ objects: { ...ONE_PAGE, 4: "<</Broken" } }));
    expect(isDict(catalogOf(doc).dict)).toBe(true);
    expect([...doc.objects.keys()]).toEqual([1]);
    expect(doc.budget.left).toBeGreaterThan(64 * 1024 * 1024 - 1000);
  });
});
