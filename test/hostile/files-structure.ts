import { type Body, bomb, FULL, file, filled, joined, MB, type Numbered, stream, times } from "./writing.ts";

export type Files = Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>>;

const CATALOG = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>";
const plain = (more: Numbered): Numbered => {
  const known = new Map<number, Body>([
    [1, CATALOG],
    [2, PAGES],
    [3, PAGE],
  ]);
  for (const [number, body] of more) known.set(number, body);
  return [...known];
};
const octets = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** Objects that lead to themselves; each is put into a file of its own, and behind a signature. */
export const LOOPS: Readonly<Record<string, Numbered>> = {
  "pages that are their own kids": [[2, "<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>"]],
  "pages that are each other's kids": [
    [2, "<</Type/Pages/Kids[90 0 R 90 0 R]/Count 2>>"],
    [90, "<</Type/Pages/Kids[2 0 R 90 0 R 3 0 R]/Parent 90 0 R/Count 3>>"],
  ],
  "a page that is its own parent": [[3, "<</Type/Page/Parent 3 0 R>>"]],
  "fields that are their own kids": [
    [1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[91 0 R 91 0 R]>>>>"],
    [91, "<</FT/Sig/T(a)/Kids[91 0 R 92 0 R]/Parent 92 0 R>>"],
    [92, "<</FT/Sig/T(b)/Kids[91 0 R]/Parent 91 0 R/V 92 0 R>>"],
  ],
  "fields whose list is themselves": [
    [1, "<</Type/Catalog/Pages 2 0 R/AcroForm 90 0 R>>"],
    [90, "<</Fields 90 0 R>>"],
  ],
  "a list of fields in itself": [
    [1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields 90 0 R>>>>"],
    [90, "[90 0 R[90 0 R]]"],
  ],
  "annotations in themselves": [
    [3, "<</Type/Page/Parent 2 0 R/Annots 90 0 R>>"],
    [90, "[90 0 R 90 0 R 91 0 R]"],
    [91, "<</Subtype/Widget/FT/Sig/Parent 91 0 R/Kids[91 0 R]/V 91 0 R/AP<</N 91 0 R>>>>"],
  ],
  "a reference to itself": [
    [1, "<</Type/Catalog/Pages 2 0 R/AcroForm 90 0 R/DSS 90 0 R/Perms 90 0 R/Names 90 0 R>>"],
    [90, "90 0 R"],
  ],
  "references in a ring": [
    [1, "<</Type/Catalog/Pages 2 0 R/AcroForm 90 0 R>>"],
    [90, "91 0 R"],
    [91, "92 0 R"],
    [92, "90 0 R"],
  ],
  "a DSS in itself": [
    [1, "<</Type/Catalog/Pages 2 0 R/DSS 90 0 R>>"],
    [90, "<</Type/DSS/VRI 90 0 R/Certs 91 0 R/CRLs[91 0 R]/OCSPs 90 0 R/DSS 90 0 R>>"],
    [91, "[91 0 R 90 0 R]"],
  ],
  "VRI in VRI": [
    [1, "<</Type/Catalog/Pages 2 0 R/DSS<</VRI<</A 90 0 R/B 90 0 R>>>>>>"],
    [90, "<</A 90 0 R/Cert[90 0 R]/CRL 90 0 R/OCSP[90 0 R]/TS 90 0 R>>"],
  ],
  "names in names": [
    [1, "<</Type/Catalog/Pages 2 0 R/Names<</Dests 90 0 R/EmbeddedFiles 90 0 R>>>>"],
    [90, "<</Kids[90 0 R 90 0 R]/Names[(a)90 0 R]>>"],
  ],
  "an outline of itself": [
    [1, "<</Type/Catalog/Pages 2 0 R/Outlines 90 0 R>>"],
    [90, "<</First 90 0 R/Last 90 0 R/Next 90 0 R/Prev 90 0 R/Parent 90 0 R>>"],
  ],
  "a structure of itself": [
    [1, "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 90 0 R>>"],
    [90, "<</K[90 0 R 90 0 R]/P 90 0 R/ParentTree 90 0 R>>"],
  ],
  "a length that is its own stream": [
    [1, "<</Type/Catalog/Pages 2 0 R/Metadata 90 0 R/DSS<</Certs[90 0 R]>>>>"],
    [90, "<</Length 90 0 R>>stream\nx\nendstream"],
  ],
  "filters that are their own stream": [
    [1, "<</Type/Catalog/Pages 2 0 R/DSS<</CRLs[90 0 R]>>>>"],
    [90, "<</Length 1/Filter 90 0 R/DecodeParms[90 0 R]>>stream\nx\nendstream"],
  ],
  "a catalog that is everything": [
    [
      1,
      "<</Type/Catalog/Pages 1 0 R/AcroForm 1 0 R/Fields[1 0 R]/Kids[1 0 R]/DSS 1 0 R/VRI 1 0 R/Perms 1 0 R/Annots[1 0 R]/V 1 0 R/FT/Sig/T(a)>>",
    ],
  ],
};

const head =
  "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n";
const at = head.length;
const table = (trailer: string, from = at) =>
  `xref\n0 1\n0000000000 65535 f \n1 2\n0000000009 00000 n \n0000000053 00000 n \ntrailer\n<</Size 3/Root 1 0 R${trailer}>>\nstartxref\n${from}\n%%EOF\n`;
/** A cross-reference stream where `startxref` leads. */
const crossStream = (keys: string, data: Uint8Array) =>
  joined([
    octets(`${head}9 0 obj\n<</Type/XRef/Root 1 0 R/Length ${data.length}${keys}>>\nstream\n`),
    data,
    octets(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`),
  ]);

export const CROSS_REFERENCES: Files = {
  "/Prev of itself": () => octets(head + table(`/Prev ${at}`)),
  "/XRefStm of itself": () => octets(head + table(`/XRefStm ${at}`)),
  "/Prev of each other": () => {
    const first = head + table(`/Prev ${at + 1000}`).padEnd(1000);
    return octets(first + table(`/Prev ${at}/XRefStm ${at}`, at + 1000));
  },
  "/Prev far away": () => octets(head + table("/Prev 9999999999")),
  "/Prev below zero": () => octets(head + table("/Prev -5")),
  "a table of 99,999,999 objects": () => octets(head + table("").replace("1 2\n", "1 99999999\n")),
  "a table that begins at 8,388,607": () => octets(head + table("").replace("1 2\n", "8388607 9999999999\n")),
  "500,000 runs of one": () =>
    octets(head + table("").replace("1 2\n", `${times(500_000, (i) => `${i + 10} 1\n0000000009 00000 n \n`)}1 2\n`)),
  "a huge /Size": () => crossStream("/Size 9999999999/W[1 2 1]/Index[0 9999999999]", filled("\x01", 4000)),
  "a huge /Index": () => crossStream(`/Size 3/W[1 1 1]/Index[${times(200_000, "0 8388607 ")}]`, filled("\x01", 4000)),
  "an /Index below zero": () => crossStream("/Size 3/W[1 1 1]/Index[-5 10 0 -1]", filled("\x01", 4000)),
  "a huge /W": () => crossStream("/Size 3/W[1 999999999 2147483647]", filled("\x01", 4000)),
  "/W of nothing": () => crossStream("/Size 8388607/W[0 0 0]/Index[0 8388607]", filled("\x01", 4000)),
  "/W of many": () => crossStream(`/Size 3/W[${times(100_000, "1 ")}]`, filled("\x01", 4000)),
  "cross references from a bomb": () => crossStream("/Size 8388607/W[1 4 1]/Filter/FlateDecode", bomb(200 * MB)),
  "cross references from a bomb in a bomb": () =>
    crossStream("/Size 8388607/W[1 4 1]/Filter[/FlateDecode/FlateDecode/FlateDecode]", bomb(800 * MB, 3)),
  "cross references with columns of 2,147,483,647": () =>
    crossStream(
      "/Size 3/W[1 4 1]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32/BitsPerComponent 16>>",
      bomb(MB),
    ),
  "three million objects": () => crossStream("/Size 3000000/W[1 4 0]/Filter/FlateDecode", bomb(15_000_000)),
};

const inContainer = (dict: string, data: Body, more: Numbered = []): Uint8Array => {
  // A table has no objects in streams, so that the file has both kinds of cross references.
  const before = file(plain([[5, stream(data, `/Type/ObjStm${dict}`)], ...more]));
  const rows = Uint8Array.of(2, 0, 5, 0, 2, 0, 5, 1, 2, 0, 5, 2);
  const start = before.length;
  const previous = /startxref\n(\d+)/.exec(Buffer.from(before.subarray(-40)).toString("latin1"))?.[1];
  return joined([
    before,
    octets(`8 0 obj\n<</Type/XRef/Size 9/Root 1 0 R/Prev ${previous}/W[1 2 1]/Index[1 3]/Length 12>>\nstream\n`),
    rows,
    octets(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
  ]);
};

export const CONTAINERS: Files = {
  "an object stream in itself": () =>
    inContainer("/N 3/First 20/Extends 5 0 R", "5 0 1 0 2 0 3 0     <</Type/ObjStm>>"),
  "a million objects": () => inContainer("/N 1000000/First 7000000", `${times(1_000_000, "1 0 ")}<<>>`),
  "more objects than there are": () => inContainer("/N 999999999/First 4", "1 0 <<>>"),
  "/First behind the end": () => inContainer("/N 3/First 999999999", "1 0 2 0 3 0 <<>>"),
  "an object stream from a bomb": () => inContainer("/N 3/First 20/Filter/FlateDecode", bomb(500 * MB)),
  "an object stream of nested arrays": () => inContainer("/N 3/First 12", `1 0 2 0 3 0 ${"[".repeat(1_000_000)}`),
  "a length that lies in its own stream": () => inContainer("/N 3/First 12/Length 2 0 R", "1 0 2 0 3 0 <<>>"),
};

const nest = (open: string, close: string, levels: number, inner = "") =>
  open.repeat(levels) + inner + close.repeat(levels);
const put = (key: string, body: Body) => () =>
  file(
    plain([
      [1, `<</Type/Catalog/Pages 2 0 R${key}>>`],
      [90, body],
    ]),
  );

export const NESTED: Files = {
  "arrays in arrays": put("/AcroForm<</Fields 90 0 R>>", nest("[", "]", 100_000)),
  "dictionaries in dictionaries": put("/AcroForm 90 0 R", nest("<</Fields", ">>", 100_000, "[]")),
  "arrays in arrays, 50 MB of them": put("/AcroForm 90 0 R", filled("[", 49 * MB)),
  "dictionaries in dictionaries, 50 MB of them": put("/AcroForm 90 0 R", filled("<</A", 49 * MB)),
  "parentheses in parentheses, 50 MB of them": put("/AcroForm 90 0 R", filled("(", 49 * MB)),
  "100,000 levels of pages": () =>
    file([
      [1, CATALOG],
      [2, "<</Type/Pages/Kids[10 0 R]/Count 1>>"],
      ...Array.from(
        { length: 100_000 },
        (_, i) => [i + 10, `<</Type/Pages/Kids[${i + 11} 0 R]/Parent ${i + 9} 0 R/Count 1>>`] as const,
      ),
    ]),
  "100,000 levels of fields": () =>
    file(
      plain([
        [1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[10 0 R]>>>>"],
        ...Array.from(
          { length: 100_000 },
          (_, i) => [i + 10, `<</FT/Sig/T(abcdefgh)/Kids[${i + 11} 0 R]/Parent ${i + 9} 0 R>>`] as const,
        ),
      ]),
    ),
  "100,000 levels of annotation lists": () =>
    file(
      plain([
        [3, "<</Type/Page/Parent 2 0 R/Annots 10 0 R>>"],
        ...Array.from({ length: 100_000 }, (_, i) => [i + 10, `[${i + 11} 0 R]`] as const),
      ]),
    ),
  "100,000 references to references": () =>
    file(
      plain([
        [1, "<</Type/Catalog/Pages 2 0 R/AcroForm 10 0 R>>"],
        ...Array.from({ length: 100_000 }, (_, i) => [i + 10, `${i + 11} 0 R`] as const),
      ]),
    ),
  "a name of 49 MB": put("/AcroForm<</Fields[90 0 R]>>", `<</FT/${"A".repeat(49 * MB)}>>`),
  "an escaped name of 49 MB": put("/AcroForm<</Fields[90 0 R]>>", `<</FT/${"#41".repeat(16 * MB)}>>`),
  "a string of 49 MB": put("/AcroForm<</Fields[90 0 R]>>", `<</FT/Sig/T(${"\\101".repeat(12 * MB)})>>`),
  "a hexadecimal string of 49 MB": put("/AcroForm<</Fields[90 0 R]>>", `<</FT/Sig/T<${"4 ".repeat(24 * MB)}>>>`),
  "a number of 49 MB": put("/AcroForm<</Fields[90 0 R]>>", `<</FT/Sig/Ff ${"9".repeat(49 * MB)}>>`),
  "a comment of 49 MB": put("/AcroForm<</Fields[90 0 R]>>", `<</FT/Sig%${"x".repeat(49 * MB)}\n/T(a)>>`),
  "two million keys": put("/AcroForm 90 0 R", `<<${times(2_000_000, (i) => `/A${i} 1`)}>>`),
  "five million numbers": put("/AcroForm<</Fields 90 0 R>>", `[${"1 ".repeat(5_000_000)}]`),
};

const words = [
  "obj",
  "1 0 obj",
  "endobj",
  "%%EOF",
  "%%EOF\n",
  "startxref\n0\n%%EOF\n",
  "startxref",
  "xref\n",
  "trailer",
  "stream\n",
  "endstream",
  " ",
  "\0",
  "(",
  "<<",
  ">>",
  "<",
  "[",
  "%",
  "%PDF-1.7\n",
  "1 0 R ",
  "/ByteRange[0 0 0 0]",
  "/",
  "\\",
  "9",
  "\n",
  "\r",
];

/** A file of nothing but one word. */
export const FLOODS: Files = Object.fromEntries(
  words.flatMap((word) => [
    [`50 MB of ${JSON.stringify(word)}`, () => filled(word, FULL)],
    [
      `a head, 50 MB of ${JSON.stringify(word)}, an end`,
      () => {
        const all = filled(word, FULL);
        Buffer.from(all.buffer, all.byteOffset).write(
          "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
          0,
          "latin1",
        );
        const end = "\ntrailer\n<</Root 1 0 R>>\nstartxref\n1234567\n%%EOF\n";
        Buffer.from(all.buffer, all.byteOffset).write(end, all.length - end.length, "latin1");
        return all;
      },
    ],
  ]),
);
