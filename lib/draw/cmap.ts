import { malformed, u16, u32 } from "./sfnt.ts";

/** Unicode as Windows and as everybody else says it (OpenType, cmap table, "Platform IDs"). */
const UNICODE = new Set(["3/10", "3/1", "0/6", "0/4", "0/3", "0/2", "0/1", "0/0"]);
/** A font has at most that many glyphs, and only a few have two characters. */
const ENTRY_LIMIT = 131_072;

/**
 * Glyphs by code point: subtables of format 12 (all of Unicode) and 4 (the first plane), the fuller one first.
 *
 * @throws Fault `font_malformed`
 */
export function readCmap(table: DataView): ReadonlyMap<number, number> {
  const count = Math.min(u16(table, 2), 64);
  const found: { readonly format: number; readonly at: number }[] = [];
  for (let i = 0; i < count; i++) {
    const record = 4 + 8 * i;
    const offset = u32(table, record + 4);
    if (!UNICODE.has(`${u16(table, record)}/${u16(table, record + 2)}`)) continue;
    found.push({ format: u16(table, offset), at: offset });
  }
  const best = found.find(({ format }) => format === 12) ?? found.find(({ format }) => format === 4);
  if (best === undefined) throw malformed("no table of characters that is known");
  return best.format === 12 ? groups(table, best.at) : segments(table, best.at);
}

/** Format 12: runs of characters whose glyphs are a run as well. */
function groups(table: DataView, at: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const count = u32(table, at + 12);
  for (let i = 0; i < count; i++) {
    const group = at + 16 + 12 * i;
    const [first, last, glyph] = [u32(table, group), u32(table, group + 4), u32(table, group + 8)];
    if (last > 0x10ffff || last - first > ENTRY_LIMIT) throw malformed("a run of characters that cannot be");
    for (let code = first; code <= last; code++) put(glyphs, code, glyph + code - first);
  }
  return glyphs;
}

/** Format 4: segments, each with a difference or with a list of glyphs. */
function segments(table: DataView, at: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const width = u16(table, at + 6);
  const ends = at + 14;
  const [starts, deltas, ranges] = [ends + width + 2, ends + 2 * width + 2, ends + 3 * width + 2];
  for (let i = 0; i < width; i += 2) {
    const [first, last] = [u16(table, starts + i), u16(table, ends + i)];
    const [delta, range] = [u16(table, deltas + i), u16(table, ranges + i)];
    for (let code = first; code <= last && code < 0xffff; code++) {
      const listed = range === 0 ? code : u16(table, ranges + i + range + 2 * (code - first));
      if (listed !== 0 || range === 0) put(glyphs, code, (listed + delta) & 0xffff);
    }
  }
  return glyphs;
}

function put(glyphs: Map<number, number>, code: number, glyph: number): void {
  if (glyph === 0 || glyphs.has(code)) return;
  if (glyphs.size >= ENTRY_LIMIT) throw malformed("more characters than a font can have");
  glyphs.set(code, glyph);
}
