import { fromLatin1 } from "../../lib/bytes/bytes.ts";
import { type Objects, save, stream } from "../worlds/hostile-pdf.ts";

export type PageBuild = {
  /** Content stream. */
  readonly content?: string;
  /** Keys of the page. @default A4 */
  readonly keys?: string;
};

/** Where the objects of {@link pagesPdf} are: catalog 1, tree 2, fonts 3 and 4, page n (from 1) 10 + 2n, its content 11 + 2n. */
export const pageAt = (page: number): number => 10 + 2 * page;

/** Text at a place, points from the lower left corner, 12 points high. */
export const words = (x: number, y: number, text: string): string => `BT /F1 12 Tf ${x} ${y} Td (${text}) Tj ET`;

/** A file of these pages. `/F1` is Helvetica, `/F2` the same with letters as {@link ACCENTED} says. */
export function pagesPdf(pages: readonly PageBuild[], more: Objects = {}, catalog = ""): Uint8Array {
  const objects: Record<number, string | null> = {
    1: `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    2: `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, i) => `${pageAt(i + 1)} 0 R`).join(" ")}]>>`,
    3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    4: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>",
    5: stream(toUnicode()),
  };
  for (const [i, { content = words(72, 720, `Page ${i + 1}`), keys = "/MediaBox[0 0 595 842]" }] of pages.entries()) {
    const number = pageAt(i + 1);
    const fonts = "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>";
    objects[number] =
      `<</Type/Page/Parent 2 0 R${keys}${keys.includes("/Resources") ? "" : fonts}/Contents ${number + 1} 0 R>>`;
    objects[number + 1] = stream(content);
  }
  return save(fromLatin1("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), { ...objects, ...more });
}

/** What the letters of `/F2` mean: composed of several characters, as some programs write them. Y Ƀhiăt Êban, Thúy, Nguyễn. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: "Y \u0243hia\u0306t E\u0302ban",
  b: "Thu\u0301y",
  c: "Nguye\u0302\u0303n",
};

function toUnicode(): string {
  const hex = (text: string): string => [...text].map((c) => c.charCodeAt(0).toString(16).padStart(4, "0")).join("");
  const rows = Object.entries(ACCENTED).map(([code, text]) => `<${code.charCodeAt(0).toString(16)}> <${hex(text)}>`);
  return `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange ${rows.length} beginbfchar
${rows.join("\n")}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end`;
}
