import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toLatin1 } from "../../lib/bytes/bytes.ts";
import { block, drawText, fillRectangle, newCanvas } from "../../lib/draw/canvas.ts";
import { writeDocument } from "../../lib/draw/document.ts";
import { openFont } from "../../lib/draw/font.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { fontFile } from "./fonts.ts";

const FONTS = { regular: openFont(fontFile("400Regular")), bold: openFont(fontFile("700Bold")) };
const BLACK = [0, 0, 0] as const;
const ABOUT = {
  title: "Thử <&>",
  language: "vi",
  author: "Ký Một Lần",
  producer: "Ký Một Lần",
  created: 1_795_586_400_000,
};
const ID = new Uint8Array(16).fill(7);

function drawn(lines: readonly string[], attachment = "{}") {
  const canvas = newCanvas(595.28, 841.89);
  fillRectangle(canvas, 36, 20, 100, 10, [200, 230, 200]);
  for (const [i, text] of lines.entries())
    block(canvas, "P", () => {
      drawText(canvas, 36, 60 + 20 * i, text, {
        font: i % 2 === 0 ? FONTS.regular : FONTS.bold,
        size: 12,
        colour: BLACK,
      });
    });
  const data = new TextEncoder().encode(attachment);
  const file = {
    name: "a.json",
    mediaType: "application/json",
    relationship: "Data",
    description: "Tệp",
    data,
  } as const;
  return writeDocument(canvas, ABOUT, [file], ID);
}

const LINES = [
  "Nguyễn Thị Ánh Tuyết – 25/11/2026",
  "Ƀuôn Ma Thuột, ƀuôn Đĭng, ê\u0306 Ơ\u0306",
  "Thu\u0301y",
  "中 😀 אב \u202e",
];

describe("writeDocument", () => {
  test("the same page gives the same octets; another attachment gives others", () => {
    expect(Buffer.from(drawn(LINES))).toEqual(Buffer.from(drawn(LINES)));
    expect(Buffer.from(drawn(LINES, "[]"))).not.toEqual(Buffer.from(drawn(LINES)));
  });

  test("it is a file that our own reader finds sound: one page, no repair, one run of cross references", () => {
    const octets = drawn(LINES);
    const doc = openDocument(octets);
    expect([doc.rebuilt, doc.sections.length]).toEqual([false, 1]);
    const text = toLatin1(octets);
    expect(text).toMatch(/^%PDF-1\.7\n/);
    expect(text).toMatch(/xref\n0 \d+\n0000000000 65535 f \n\d{10} 00000 n \n/);
    // PDF/A wants it written out even where it is the default (ISO 19005-3 §6.2.11.3.2).
    expect(text.match(/\/CIDToGIDMap\/Identity/g)).toHaveLength(2);
    expect(text).not.toMatch(/DeviceRGB|DeviceGray|\/URI|\/JavaScript|\/Launch/);
    expect(text).toContain('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Th\u00e1\u00bb\u00ad &#60;&#38;&#62;');
  });

  if (judge("qpdf", "that files we write are well formed"))
    test("qpdf finds nothing wrong with it", async () => {
      expect(await qpdfCheck(drawn(LINES))).toMatchObject({ errors: 0, warnings: 0 });
    });

  if (judge("pdftotext", "that text on our pages can be copied as it was written"))
    test("poppler extracts the text in NFC, letters that the font lacks included", async () => {
      const { out } = await withFiles({ "t.pdf": drawn(LINES.slice(0, 3)) }, (path) =>
        ask("pdftotext", ["-layout", path["t.pdf"], "-"]),
      );
      const lines = out
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && line !== "\f");
      expect(lines).toEqual(LINES.slice(0, 3).map((line) => line.normalize("NFC")));
    });

  if (judge("pdffonts", "that fonts are embedded as subsets"))
    test("poppler finds both fonts embedded, as subsets, with a way back to Unicode", async () => {
      const { out } = await withFiles({ "t.pdf": drawn(LINES) }, (path) => ask("pdffonts", [path["t.pdf"]]));
      const rows = out.trim().split("\n").slice(2);
      expect(rows).toHaveLength(2);
      for (const row of rows)
        expect(row).toMatch(/^[A-Z]{6}\+BeVietnamPro-(Regular|Bold) +CID TrueType +Identity-H +yes yes yes /);
    });

  if (judge("pdfdetach", "that attachments come out as they went in"))
    test("poppler takes the attachment out as it was put in", async () => {
      await withFiles({ "t.pdf": drawn(LINES, '{"chữ":"ký"}') }, async (path, folder) => {
        const { status } = await ask("pdfdetach", ["-savefile", "a.json", "-o", `${folder}/out`, path["t.pdf"]]);
        expect(status).toBe(0);
        const { readFileSync } = await import("node:fs");
        expect(readFileSync(`${folder}/out`, "utf8")).toBe('{"chữ":"ký"}');
      });
    });

  test("any text can be drawn, and the file stays readable", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 80 }), { maxLength: 5 }), (lines) => {
        expect(openDocument(drawn(lines)).rebuilt).toBe(false);
      }),
      { numRuns: process.env.SLOW ? 2000 : 40 },
    );
  });

  test("a block inside a block, a place that is no number and a name that is a path are a programmer's mistakes", () => {
    const canvas = newCanvas(100, 100);
    expect(() => block(canvas, "P", () => block(canvas, "P", () => undefined))).toThrow(TypeError);
    expect(() => fillRectangle(newCanvas(1, 1), Number.NaN, 0, 1, 1, BLACK)).toThrow(RangeError);
    const file = { name: "../x", mediaType: "a/b", relationship: "Data", description: "", data: ID } as const;
    expect(() => writeDocument(newCanvas(1, 1), ABOUT, [file], ID)).toThrow(RangeError);
  });
});
