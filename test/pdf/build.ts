import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";

/** A page tree of one page, under the numbers that most tests use. */
export const ONE_PAGE: Readonly<Record<number, string>> = {
  1: "<</Type/Catalog/Pages 2 0 R>>",
  2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
  3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
};

export type Build = {
  readonly header?: string;
  readonly objects?: Readonly<Record<number, string>>;
  /** Further keys of the trailer. */
  readonly trailer?: string;
  /** Octets that the new revision follows; its /Prev is looked up in them. */
  readonly after?: Uint8Array;
  /** What stands instead of the right offset behind startxref. */
  readonly startxref?: number;
};

/** A file, or a further revision of one, with a classic table. */
export function buildPdf(build: Build = {}): Uint8Array {
  const { objects = ONE_PAGE, trailer = "", after } = build;
  let text = after === undefined ? (build.header ?? "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") : toLatin1(after);
  const previous = after === undefined ? "" : `/Prev ${/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]}`;
  const table: string[] = after === undefined ? ["0 1\n0000000000 65535 f \n"] : [];
  const numbers = Object.keys(objects).map(Number);
  for (const number of numbers) {
    table.push(`${number} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`);
    text += `${number} 0 obj\n${objects[number]}\nendobj\n`;
  }
  const start = text.length;
  const sizes = [...text.matchAll(/\/Size (\d+)/g)].map((match) => Number(match[1]));
  const size = Math.max(1, ...sizes, ...numbers.map((number) => number + 1));
  text += `xref\n${table.join("")}trailer\n<</Size ${size}/Root 1 0 R${previous}${trailer}>>\n`;
  return fromLatin1(`${text}startxref\n${build.startxref ?? start}\n%%EOF\n`);
}

/** A file with a cross-reference stream in which all objects but the stream itself lie in one object stream. */
export function buildCompressed(objects: Readonly<Record<number, string>> = ONE_PAGE, keys = ""): Uint8Array {
  const numbers = Object.keys(objects).map(Number);
  const container = Math.max(...numbers) + 1;
  let header = "";
  let body = "";
  for (const number of numbers) {
    header += `${number} ${body.length} `;
    body += `${objects[number]} `;
  }
  const start = "%PDF-1.5\n".length;
  const content = header + body;
  const inner = `${container} 0 obj\n<</Type/ObjStm/N ${numbers.length}/First ${header.length}/Length ${content.length}>>\nstream\n${content}\nendstream\nendobj\n`;
  const own = start + inner.length;
  const rows = [
    [0, 0, 0],
    ...Array.from({ length: container - 1 }, (_, i) =>
      numbers.includes(i + 1) ? [2, container, numbers.indexOf(i + 1)] : [0, 0, 0],
    ),
  ];
  rows.push([1, start, 0], [1, own, 0]);
  const data = Uint8Array.from(
    rows.flatMap(([type, second, third]) => [type, (second as number) >> 8, second, third].map((v) => v as number)),
  );
  const dict = `<</Type/XRef/Size ${rows.length}/W[1 2 1]/Root 1 0 R/Length ${data.length}${keys}>>`;
  const text = `${container + 1} 0 obj\n${dict}\nstream\n`;
  return concat(
    fromLatin1(`%PDF-1.5\n${inner}${text}`),
    data,
    fromLatin1(`\nendstream\nendobj\nstartxref\n${own}\n%%EOF\n`),
  );
}
