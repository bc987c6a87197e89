import type { Font } from "./font.ts";
import { type Glyph, glyphsOf, widthOf } from "./glyphs.ts";

export type Lines = {
  readonly lines: readonly (readonly Glyph[])[];
  /** Not everything fitted: the last line ends in an ellipsis. */
  readonly cut: boolean;
};

/** Characters that are looked at: several pages full. What is behind them could not be shown anyway. */
const TEXT_LIMIT = 20_000;
const ELLIPSIS = "…";

/**
 * Breaks a text into lines at its blanks and behind its hyphens and slashes; a word that is wider than a line is broken
 * where the line ends. What does not fit is cut where everybody sees it.
 *
 * @param text one paragraph; line breaks and tabs count as blanks
 * @param width in units of `size`
 * @param most lines, one at least
 */
export function breakLines(font: Font, text: string, size: number, width: number, most: number): Lines {
  const room = (width * font.unitsPerEm) / size;
  const given = text.slice(0, TEXT_LIMIT);
  // Not trim(): it takes away controls and other blanks as well, which have to be seen.
  const glyphs = glyphsOf(font, given.replace(/[\t\n\r ]+/g, " ").replace(/^ | $/g, ""));
  const lines: (readonly Glyph[])[] = [];
  let from = 0;
  while (from < glyphs.length && lines.length < most) {
    const to = lineEnd(glyphs, from, room);
    // The last line is filled to its end where it is cut: breaking it at a word first would hide more than need be.
    const last = to < glyphs.length && lines.length === most - 1;
    lines.push(last ? shorten(font, glyphs, from, room) : trimEnd(glyphs.slice(from, to)));
    from = to;
    while (isBlank(glyphs[from])) from++;
  }
  const cut = from < glyphs.length || given.length < text.length;
  if (cut && from >= glyphs.length) lines[Math.max(0, lines.length - 1)] = shorten(font, lines.at(-1) ?? [], 0, room);
  return { lines, cut };
}

/** Where a line that begins at `from` has to end; one glyph at least is on it. */
function lineEnd(glyphs: readonly Glyph[], from: number, room: number): number {
  let width = 0;
  let soft = 0;
  for (let at = from; at < glyphs.length; at++) {
    const glyph = glyphs[at] as Glyph;
    width += glyph.advance;
    if (isBlank(glyph)) {
      soft = at + 1;
      // A blank at the end of a line may hang over.
      continue;
    }
    if (width > room && at > from) return soft > from ? soft : at;
    if (glyph.text === "-" || glyph.text === "/") soft = at + 1;
  }
  return glyphs.length;
}

/** As much of the glyphs as fits in front of an ellipsis. */
function shorten(font: Font, glyphs: readonly Glyph[], from: number, room: number): readonly Glyph[] {
  const dots = glyphsOf(font, ELLIPSIS);
  let width = widthOf(dots);
  let to = from;
  for (; to < glyphs.length; to++) {
    width += (glyphs[to] as Glyph).advance;
    if (width > room) break;
  }
  return [...trimEnd(glyphs.slice(from, to)), ...dots];
}

function trimEnd(line: readonly Glyph[]): readonly Glyph[] {
  let end = line.length;
  while (end > 0 && isBlank(line[end - 1])) end--;
  return line.slice(0, end);
}

function isBlank(glyph: Glyph | undefined): boolean {
  return glyph?.text === " ";
}
