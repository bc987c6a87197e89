import { digest } from "#crypto";
import { fromLatin1 } from "../bytes/bytes.ts";
import type { NewStream } from "../pdf/append.ts";
import { deflate } from "../pdf/deflate.ts";
import { type PdfObject, type PdfRef, ref } from "../pdf/object.ts";
import { literalString } from "../pdf/string.ts";
import type { Objects } from "../pdf/write.ts";
import type { FontUse } from "./font-use.ts";
import { readTables, tableOf, u16 } from "./sfnt.ts";
import { subsetFont } from "./subset.ts";

/** Bits of /Flags (ISO 32000-2 table 121). */
const SYMBOLIC = 4;
const ITALIC = 64;
/** Entries in one block of a ToUnicode CMap (§9.10.3). */
const CMAP_BLOCK = 100;

/**
 * Embeds what is used of a font: a composite font with two-octet codes (§9.7), extractable as text.
 *
 * @param listed with a list of its glyphs (/CIDSet), which PDF/A-1 wants of a subset (ISO 19005-1 §6.3.5) and PDF 2.0 gave up
 */
export function addFont(objects: Pick<Objects, "add">, use: FontUse, listed = false): PdfRef {
  const { font } = use;
  const file = subsetFont(use);
  const name = `${tagOf(file)}+${font.name}`;
  const scaled = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
  const program = objects.add({
    kind: "new stream",
    dict: new Map<string, PdfObject>([
      ["Filter", "FlateDecode"],
      ["Length1", file.length],
    ]),
    data: deflate(file),
  });
  const descriptor = objects.add(
    dict({
      Type: "FontDescriptor",
      FontName: name,
      Flags: SYMBOLIC | (font.italicAngle === 0 ? 0 : ITALIC),
      FontBBox: font.box.map(scaled),
      ItalicAngle: font.italicAngle,
      Ascent: scaled(font.ascent),
      Descent: scaled(font.descent),
      CapHeight: scaled(font.capHeight),
      XHeight: scaled(font.xHeight),
      // The font does not say how thick its stems are; this is what a font of that weight usually has.
      StemV: Math.round(50 + (font.weight / 65) ** 2),
      FontFile2: ref(program),
      ...(listed ? { CIDSet: ref(objects.add(listOf(u16(tableOf(readTables(file), "maxp"), 4)))) } : {}),
    }),
  );
  const descendant = objects.add(
    dict({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: dict({ Registry: literalString("Adobe"), Ordering: literalString("Identity"), Supplement: 0 }),
      FontDescriptor: ref(descriptor),
      DW: scaled(font.advance(0)),
      W: use.glyphs.length === 0 ? [] : [1, use.glyphs.map(({ advance }) => scaled(advance))],
      CIDToGIDMap: "Identity",
    }),
  );
  const unicode = objects.add({
    kind: "new stream",
    dict: new Map([["Filter", "FlateDecode"]]),
    data: deflate(fromLatin1(toUnicode(use))),
  });
  const whole = dict({
    Type: "Font",
    Subtype: "Type0",
    BaseFont: name,
    Encoding: "Identity-H",
    DescendantFonts: [ref(descendant)],
    ToUnicode: ref(unicode),
  });
  return ref(objects.add(whole));
}

/** A bit for each glyph of the font program, the highest first, those that only others are made of as well (table 122). */
function listOf(count: number): NewStream {
  const bits = new Uint8Array(Math.ceil(count / 8)).fill(0xff);
  const rest = count & 7;
  if (rest !== 0) bits[bits.length - 1] = (0xff00 >> rest) & 0xff;
  return { kind: "new stream", dict: new Map(), data: bits };
}

function dict(entries: Readonly<Record<string, PdfObject>>): ReadonlyMap<string, PdfObject> {
  return new Map(Object.entries(entries));
}

/** Six capitals in front of a subset's name (§9.9.2), the same for the same subset. */
function tagOf(file: Uint8Array): string {
  return [...digest("SHA-256", file).subarray(0, 6)].map((octet) => String.fromCharCode(0x41 + (octet % 26))).join("");
}

/** From codes to UTF-16BE; a glyph may stand for several characters. */
function toUnicode({ glyphs }: FontUse): string {
  const lines = glyphs.map(({ text }, i) => `<${hex4(i + 1)}> <${utf16(text)}>`);
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += CMAP_BLOCK) {
    const some = lines.slice(at, at + CMAP_BLOCK);
    blocks.push(`${some.length} beginbfchar\n${some.join("\n")}\nendbfchar\n`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join("")}endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}

function utf16(text: string): string {
  let hex = "";
  for (let i = 0; i < text.length; i++) hex += hex4(text.charCodeAt(i));
  return hex;
}

const hex4 = (value: number): string => value.toString(16).padStart(4, "0").toUpperCase();
