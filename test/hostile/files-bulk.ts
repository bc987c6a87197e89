import { contract } from "../worlds/hostile-pdf.ts";
import { signPdf } from "../worlds/pades.ts";
import { newWorld } from "../worlds/world.ts";
import { type Files, LOOPS } from "./files-structure.ts";
import { type Body, bomb, FULL, file, filled, joined, MB, type Numbered, stream, times } from "./writing.ts";

/** The world whose root is trusted where these files are judged. */
export const world = await newWorld({ seed: "hostile" });

/** One signature that permits as much as one can, over a form of three pages. */
const signed = (await signPdf(world, { pdf: contract(), certify: 3, level: "B-B", reserve: 6000 })).pdf;
export const honest = signed;

const many = (count: number, from: number, body: (i: number) => string): Numbered =>
  Array.from({ length: count }, (_, i) => [from + i, body(i)] as const);
const refs = (count: number, from: number) => times(count, (i) => `${from + i} 0 R `);
const catalog = (keys: string) => `<</Type/Catalog/Pages 2 0 R/AcroForm 10 0 R${keys}>>`;
const after = (objects: Numbered, more: Uint8Array = signed) => file(objects, { after: more });

/** The loops of other files in a later save of a signed one. */
export const LOOPS_BEHIND: Files = Object.fromEntries(
  Object.entries(LOOPS).map(([name, objects]) => [name, () => after(objects)]),
);

const MANY = 99_000;
const range = "/ByteRange[0 10 20 30]";

export const MANY_SIGNATURES: Files = {
  "99,000 empty fields": () =>
    file([
      ...many(MANY, 10, (i) => `<</FT/Sig/T(${i})>>`),
      [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs(MANY, 10)}]>>>>`],
      [2, "<</Type/Pages/Kids[]/Count 0>>"],
    ]),
  "99,000 fields of one value": () =>
    file([
      ...many(MANY, 10, (i) => `<</FT/Sig/T(${i})/V 5 0 R>>`),
      [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs(MANY, 10)}]>>>>`],
      [2, "<</Type/Pages/Kids[]/Count 0>>"],
      [5, `<</Type/Sig${range}/Contents<00>>>`],
    ]),
  "99,000 fields with values": () =>
    file([
      ...many(MANY, 10, (i) => `<</FT/Sig/T(${i})/V<</Type/Sig${range}/Contents<00>>>>>`),
      [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs(MANY, 10)}]>>>>`],
      [2, "<</Type/Pages/Kids[]/Count 0>>"],
    ]),
  "99,000 fields that only pages know": () =>
    file([
      ...many(MANY, 10, (i) => `<</Subtype/Widget/FT/Sig/T(${i})/V<</Type/Sig${range}/Contents<00>>>>>`),
      [1, "<</Type/Catalog/Pages 2 0 R>>"],
      [2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"],
      [3, `<</Type/Page/Parent 2 0 R/Annots[${refs(MANY, 10)}]>>`],
    ]),
  "99,000 empty fields behind a signature": () =>
    after([
      ...many(MANY, 500, (i) => `<</FT/Sig/T(x${i})>>`),
      [10, `<</Fields[15 0 R 16 0 R 17 0 R 25 0 R ${refs(MANY, 500)}]>>`],
    ]),
  "99,000 names of one field": () =>
    file([
      ...many(MANY, 10, () => "<</FT/Sig/T(a)>>"),
      [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs(MANY, 10)}]>>>>`],
      [2, "<</Type/Pages/Kids[]/Count 0>>"],
    ]),
  "1,000 times one signature": () => copies(1000, 1),
  "1,000 signatures over 50 MB each": () => copies(1000, 49),
  "80 signatures over 50 MB each": () => copies(80, 49),
  "1,000 signatures by 1,000 people": () => people(1000),
  "400 signatures by 400 people": () => people(400),
};

/** Signature dictionaries with a real message each, over ranges that differ by an octet, in a file of so many megabytes. */
async function copies(count: number, megabytes: number): Promise<Uint8Array> {
  const { cms } = await signPdf(world, { level: "B-B" });
  const hex = Buffer.from(cms).toString("hex");
  const size = megabytes * MB;
  return file([
    [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs(count, 10)}]>>>>`],
    [2, "<</Type/Pages/Kids[]/Count 0>>"],
    ...many(
      count,
      10,
      (i) =>
        `<</FT/Sig/T(${i})/V<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 ${size - 2 * MB - i} ${size - MB} 400]/Contents<${hex}>>>>>`,
    ),
    [3000, filled(" ", Math.max(1, size - count * (hex.length + 200)))],
  ]);
}

/** Each signed by a key and a certificate of its own; nobody signed this file. */
async function people(count: number): Promise<Uint8Array> {
  const messages: string[] = [];
  for (let i = 0; i < count; i++)
    messages.push(Buffer.from((await signPdf(world, { level: "B-T", pdf: SMALL })).cms).toString("hex"));
  return file([
    [1, `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${refs(count, 10)}]>>>>`],
    [2, "<</Type/Pages/Kids[]/Count 0>>"],
    ...many(
      count,
      10,
      (i) =>
        `<</FT/Sig/T(${i})/V<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 ${i + 10} ${i + 20} 400]/Contents<${messages[i]}>>>>>`,
    ),
  ]);
}
const SMALL = file([
  [1, "<</Type/Catalog/Pages 2 0 R>>"],
  [2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"],
  [3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"],
]);

/** So many saves, each of these octets; `$` is where a save begins. */
export function saves(
  base: Uint8Array,
  count: number,
  objects: (i: number) => readonly [number, string][],
): Uint8Array {
  const parts: Uint8Array[] = [base];
  let length = base.length;
  let previous = Number(/startxref\s+(\d+)/.exec(Buffer.from(base.subarray(-64)).toString("latin1"))?.[1]);
  for (let i = 0; i < count; i++) {
    let text = "";
    let table = "";
    for (const [number, body] of objects(i)) {
      table += `${number} 1\n${String(length + text.length).padStart(10, "0")} 00000 n \n`;
      text += `${number} 0 obj\n${body}\nendobj\n`;
    }
    const start = length + text.length;
    text += `xref\n${table === "" ? "0 0\n" : table}trailer\n<</Size 999/Root 1 0 R/Prev ${previous}>>\nstartxref\n${start}\n%%EOF\n`;
    previous = start;
    const part = Buffer.from(text, "latin1");
    parts.push(part);
    length += part.length;
  }
  return joined(parts);
}

export const MANY_SAVES: Files = {
  "99,000 empty saves": () => saves(signed, MANY, () => []),
  "4,000 empty saves": () => saves(signed, 4000, () => []),
  "4,000 saves of a page": () =>
    saves(signed, 4000, (i) => [[4, `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Rotate ${i}>>`]]),
  "4,000 saves of a field": () =>
    saves(signed, 4000, (i) => [
      [
        15,
        `<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(${i})/Rect[72 600 200 620]/P 5 0 R/DA(/Helv 12 Tf 0 g)/AP<</N 18 0 R>>/F 4>>`,
      ],
    ]),
  "4,000 saves of one catalog": () => saves(signed, 4000, () => [[1, catalog("/Lang(vi)")]]),
  "4,000 saves of a new comment": () =>
    saves(
      signed,
      4000,
      (i) =>
        [
          [600 + i, "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]>>"],
          [4, `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R ${refs(i + 1, 600)}]>>`],
        ].slice(0, 2) as [number, string][],
    ),
  "4,000 saves of 1,000 comments": () =>
    saves(
      after([
        ...many(1000, 600, () => "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]>>"),
        [4, `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R ${refs(1000, 600)}]>>`],
      ]),
      4000,
      () => [
        [4, `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R ${refs(1000, 600)}]>>`],
      ],
    ),
  "300 signatures in 300 saves": () => chain(300),
};

async function chain(count: number): Promise<Uint8Array> {
  let pdf = contract();
  const signer = world.oneTime();
  for (let i = 0; i < count; i++) ({ pdf } = await signPdf(world, { pdf, signer, level: "B-B", reserve: 3000 }));
  return pdf;
}

const comment = "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(x)>>";
const look = () => stream("1 g 0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]");

export const MANY_CHANGES: Files = {
  "99,000 comments": () =>
    after([
      ...many(MANY, 500, () => comment),
      [4, `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R ${refs(MANY, 500)}]>>`],
    ]),
  "99,000 comments of one look": () =>
    after([
      ...many(MANY, 500, () => "<</Type/Annot/Subtype/Stamp/Rect[1 1 9 9]/AP<</N 499 0 R>>>>"),
      [499, look()],
      [4, `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R ${refs(MANY, 500)}]>>`],
    ]),
  "99,000 times one comment": () =>
    after([
      [500, comment],
      [
        4,
        `<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources 12 0 R/Annots[13 0 R 24 0 R ${times(MANY, "500 0 R ")}]>>`,
      ],
    ]),
  "99,000 pages more": () =>
    after([
      ...many(MANY, 500, () => "<</Type/Page/Parent 2 0 R/Contents 6 0 R>>"),
      [2, `<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R ${refs(MANY, 500)}]/Count ${MANY + 3}/MediaBox[0 0 612 792]>>`],
    ]),
  "99,000 fields more": () =>
    after([
      ...many(MANY, 500, (i) => `<</Type/Annot/Subtype/Widget/FT/Tx/T(x${i})/V(1)/Rect[1 1 9 9]/P 5 0 R>>`),
      [10, `<</Fields[15 0 R 16 0 R 17 0 R 25 0 R ${refs(MANY, 500)}]>>`],
      [14, `[15 0 R 16 0 R 17 0 R 25 0 R ${refs(MANY, 500)}]`],
    ]),
  "99,000 objects that nobody uses": () => after(many(MANY, 500, () => "<</Contents(x)>>")),
  "99,000 looks of looks": () =>
    after([
      ...many(
        MANY,
        500,
        (i) =>
          `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A ${501 + i} 0 R/B ${501 + i} 0 R>>>>/Length 1>>stream\nx\nendstream`,
      ),
      [
        18,
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 500 0 R/B 500 0 R>>>>/Length 1>>stream\nx\nendstream",
      ],
    ]),
  "99,000 signed fields changed": async () => {
    const form = file([
      ...many(MANY, 500, (i) => `<</Type/Annot/Subtype/Widget/FT/Tx/T(x${i})/V(1)/Rect[1 1 9 9]/P 3 0 R>>`),
      [1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>"],
      [2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>>"],
      [3, `<</Type/Page/Parent 2 0 R/Annots[${refs(MANY, 500)}]>>`],
      [4, `<</Fields[${refs(MANY, 500)}]>>`],
    ]);
    const { pdf } = await signPdf(world, { pdf: form, certify: 2, level: "B-B", reserve: 6000 });
    return file(
      many(MANY, 500, (i) => `<</Type/Annot/Subtype/Widget/FT/Tx/T(x${i})/V(2)/Rect[1 1 9 9]/P 3 0 R>>`),
      { after: pdf },
    );
  },
  "99,000 signed pages changed": async () => {
    const book = file([
      ...many(MANY, 500, () => "<</Type/Page/Parent 2 0 R>>"),
      [1, "<</Type/Catalog/Pages 2 0 R>>"],
      [2, `<</Type/Pages/Kids[${refs(MANY - 1, 500)}]/Count ${MANY - 1}/MediaBox[0 0 9 9]>>`],
    ]);
    const { pdf } = await signPdf(world, { pdf: book, certify: 2, level: "B-B", reserve: 6000 });
    return file(
      many(MANY, 500, () => "<</Type/Page/Parent 2 0 R/Rotate 90>>"),
      { after: pdf },
    );
  },
};

export const JUNK: Files = {
  "49 MB of zeros behind": () => joined([signed, filled("\0", FULL - signed.length)]),
  "49 MB of blanks behind": () => joined([signed, filled(" \n", FULL - signed.length)]),
  "49 MB of anything behind": () => joined([signed, filled("1 0 obj<</A(b)>>endobj\n", FULL - signed.length)]),
  "49 MB of ends behind": () => joined([signed, filled("startxref\n0\n%%EOF\n", FULL - signed.length)]),
  "49 MB in front": () => joined([filled("x", FULL - signed.length), signed]),
  "1,000 octets in front": () => joined([filled("x", 1000), signed]),
  "49 MB in a new object behind": () => after([[500, filled("(x)", 48 * MB)]]),
  "49 MB in a stream behind": () => after([[500, stream(filled("x", 48 * MB))]]),
  "the same file 1,000 times": () => joined(Array.from({ length: 1000 }, () => signed)),
};

const material = (data: Body, keys = "", count = 1) =>
  after([
    [1, catalog(`/DSS<</Certs[${refs(count, 500)}]/CRLs[${refs(count, 500)}]/OCSPs[${refs(count, 500)}]>>`)],
    ...many(count, 500, () => "").map(([number]) => [number, stream(data, keys)] as const),
  ]);
const hexBomb = () => filled("30", 12 * MB);

export const BOMBS: Files = {
  "a CRL of 200 MB": () => material(bomb(200 * MB), "/Filter/FlateDecode"),
  "a CRL that was packed three times": () =>
    material(bomb(1000 * MB, 3), "/Filter[/FlateDecode/FlateDecode/FlateDecode]"),
  "1,000 CRLs of 16 MB each": () => material(bomb(16 * MB), "/Filter/FlateDecode", 1000),
  "1,000 CRLs of 60 KB each": () => material(bomb(60_000), "/Filter/FlateDecode", 1000),
  "a CRL of hexadecimal digits": () => material(hexBomb(), "/Filter/ASCIIHexDecode"),
  "a CRL of zeros in base 85": () => material(filled("z", 40 * MB), "/Filter/ASCII85Decode"),
  "a CRL of LZW": () => material(filled("\x80\x0b\x60\x50", 40 * MB), "/Filter/LZWDecode"),
  "a CRL of run lengths": () => material(filled("\x81\x00", 40 * MB), "/Filter/RunLengthDecode"),
  "200 filters": () => material("x", `/Filter[${"/FlateDecode".repeat(200)}]`),
  "columns without end": () =>
    material(
      bomb(MB),
      "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 4/BitsPerComponent 16>>",
    ),
  "metadata of 200 MB": () => after([[20, stream(bomb(200 * MB), "/Type/Metadata/Subtype/XML/Filter/FlateDecode")]]),
  "content of 200 MB": () => after([[6, stream(bomb(200 * MB), "/Filter/FlateDecode")]]),
  "a look of 200 MB": () =>
    after([[18, stream(bomb(200 * MB), "/Type/XObject/Subtype/Form/BBox[0 0 128 20]/Filter/FlateDecode")]]),
  "metadata of nested elements": () => after([[20, stream(filled("<a>", 15 * MB), "/Type/Metadata/Subtype/XML")]]),
  "metadata of entities": () =>
    after([
      [
        20,
        stream(
          `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${times(9, (i) => `<!ENTITY a${i + 1} "${`&a${i || ""};`.repeat(10)}">`)}]><x>&a9;</x>`,
          "/Type/Metadata/Subtype/XML",
        ),
      ],
    ]),
};
