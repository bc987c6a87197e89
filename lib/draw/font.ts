import { toLatin1 } from "../bytes/bytes.ts";
import { readCmap } from "./cmap.ts";
import { i16, malformed, readTables, type Tables, tableOf, u16, u32 } from "./sfnt.ts";

/** A font as it is read: measures in its own units, of which {@link Font.unitsPerEm} make the height of a line. */
export type Font = {
  /** Letters, digits and hyphens. */
  readonly name: string;
  readonly unitsPerEm: number;
  /** Above and (negative) below the line. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly xHeight: number;
  /** Degrees, negative leans to the right. */
  readonly italicAngle: number;
  /** 400 is regular, 700 bold. */
  readonly weight: number;
  /** Around all glyphs: left, bottom, right, top. */
  readonly box: readonly [number, number, number, number];
  /** Number of glyphs. */
  readonly count: number;
  /** Glyph by code point. */
  readonly glyphs: ReadonlyMap<number, number>;
  readonly advance: (glyph: number) => number;
  readonly leftBearing: (glyph: number) => number;
  /** The glyph's entry in glyf; empty for a blank. @throws Fault `font_malformed` */
  readonly outline: (glyph: number) => DataView;
  readonly tables: Tables;
};

/**
 * Reads a TrueType font (OpenType with glyf outlines). What is not needed to draw single letters (GSUB, GPOS, hinting) is
 * not looked into.
 *
 * @throws Fault `font_malformed`
 */
export function openFont(octets: Uint8Array): Font {
  const tables = readTables(octets);
  const head = tableOf(tables, "head");
  const hhea = tableOf(tables, "hhea");
  const os2 = tableOf(tables, "OS/2");
  const unitsPerEm = u16(head, 18);
  const count = u16(tableOf(tables, "maxp"), 4);
  if (unitsPerEm < 16 || unitsPerEm > 16_384 || count === 0) throw malformed("measures that no font has");
  // Version 2 and later say it; older fonts have capitals of about 0.7 and small letters of about half their size.
  const told = u16(os2, 0) >= 2;
  return {
    name: postScriptName(tables),
    unitsPerEm,
    ascent: i16(hhea, 4),
    descent: i16(hhea, 6),
    capHeight: told ? i16(os2, 88) : Math.round(0.7 * unitsPerEm),
    xHeight: told ? i16(os2, 86) : Math.round(0.5 * unitsPerEm),
    italicAngle: i16(tableOf(tables, "post"), 4),
    weight: u16(os2, 4),
    box: [i16(head, 36), i16(head, 38), i16(head, 40), i16(head, 42)],
    count,
    glyphs: readCmap(tableOf(tables, "cmap")),
    ...metrics(tables, count),
    outline: outlines(tables, count),
    tables,
  };
}

function metrics(tables: Tables, count: number): Pick<Font, "advance" | "leftBearing"> {
  const hmtx = tableOf(tables, "hmtx");
  const long = u16(tableOf(tables, "hhea"), 34);
  if (long === 0 || long > count || 4 * long + 2 * (count - long) > hmtx.byteLength)
    throw malformed("there are not as many widths as glyphs");
  return {
    advance: (glyph) => u16(hmtx, 4 * Math.min(glyph, long - 1)),
    leftBearing: (glyph) => i16(hmtx, glyph < long ? 4 * glyph + 2 : 4 * long + 2 * (glyph - long)),
  };
}

function outlines(tables: Tables, count: number): Font["outline"] {
  const [loca, glyf] = [tableOf(tables, "loca"), tableOf(tables, "glyf")];
  const wide = i16(tableOf(tables, "head"), 50) === 1;
  const place = (i: number): number => (wide ? u32(loca, 4 * i) : 2 * u16(loca, 2 * i));
  return (glyph) => {
    if (glyph >= count) throw malformed("a glyph that is not there");
    const [from, to] = [place(glyph), place(glyph + 1)];
    if (from > to || to > glyf.byteLength) throw malformed("a glyph lies outside its table");
    return new DataView(glyf.buffer, glyf.byteOffset + from, to - from);
  };
}

/** Name 6, which has to be ASCII; in UTF-16 on Windows. */
function postScriptName(tables: Tables): string {
  const table = tables.get("name");
  const count = table === undefined ? 0 : u16(table, 2);
  for (let i = 0; table !== undefined && i < count; i++) {
    const record = 6 + 12 * i;
    if (u16(table, record + 6) !== 6) continue;
    const [length, offset] = [u16(table, record + 8), u16(table, 4) + u16(table, record + 10)];
    if (offset + length > table.byteLength) throw malformed("a name lies outside its table");
    const text = toLatin1(new Uint8Array(table.buffer, table.byteOffset + offset, length));
    const name = text.replace(/[^A-Za-z0-9-]/g, "").slice(0, 63);
    if (name !== "") return name;
  }
  return "Unnamed";
}
