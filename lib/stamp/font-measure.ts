import { Fault } from "../fault/fault.ts";
import { type PdfDocument, resolve } from "../pdf/document.ts";
import { arrayAt, dictAt, integerAt, nameAt, realOf } from "../pdf/lookup.ts";
import { isArray, isDict, isStream, type PdfDict, type PdfObject } from "../pdf/object.ts";
import { boxAt } from "./page-view.ts";

/** How far a string moves on: not less than `least`, not more than `most`; in text space for a size of 1. */
export type Advance = { readonly least: number; readonly most: number };

/** What has to be known of a font to say where its letters are, in text space for a size of 1. */
export type FontMeasure = {
  readonly low: number;
  readonly high: number;
  readonly vertical: boolean;
  /** @param codes the octets of a string @returns its glyphs, blanks told apart, each with its advance */
  readonly measure: (codes: Uint8Array) => readonly Measured[];
};

/** A glyph, or a string of which nothing better is known. */
export type Measured = Advance & {
  /** Nothing is seen of it. */
  readonly blank: boolean;
  /** The octet 32, which word spacing widens (ISO 32000-2 §9.3.3). */
  readonly space: boolean;
  /** How many glyphs, for character spacing. */
  readonly count: Advance;
};

/** Letters of Latin fonts: from the narrowest to the widest, when a font does not say. */
const LATIN: Advance = { least: 0.2, most: 1.1 };
const ONE: Advance = { least: 1, most: 1 };
/** Above and below the line where a font says less or nothing: letters with two signs on them fit. */
const USUAL = { low: -0.3, high: 1.05 };
/** What a font may say: bar codes are three times as high as their size, and fonts for mathematics say ten times. */
const UTMOST = { low: -1.5, high: 4 };
/** A font whose glyphs are drawn by the page's own operators may draw them anywhere near. */
const DRAWN = { low: -1.5, high: 2 };
/** Entries of /W that are looked at. */
const WIDTHS = 65_536;
/** Of them, runs of glyphs of one width, which are looked through for each new glyph. Fonts of Chinese have some fifty. */
const RANGES = 400;
/** Encodings in which 32 is a blank whatever the font is. */
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(["WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"]);

export const UNKNOWN_FONT: FontMeasure = {
  ...DRAWN,
  vertical: false,
  measure: (codes) => [unknown(codes.length, LATIN)],
};

/** @throws Fault `pdf_invalid`, `pdf_limit` */
export function measureFont(doc: PdfDocument, font: PdfDict): FontMeasure {
  const kind = nameAt(doc, font, "Subtype");
  if (kind === "Type0") return composite(doc, font);
  if (kind === "Type3") return drawn(doc, font);
  const extent = extentOf(doc, dictAt(doc, font, "FontDescriptor"));
  const widths = widthsOf(doc, font);
  const fixed = /^Courier/.test(nameAt(doc, font, "BaseFont") ?? "") ? { least: 0.6, most: 0.6 } : LATIN;
  const blank = hasBlank(doc, font);
  return {
    ...extent,
    vertical: false,
    measure: (codes) => Array.from(codes, (code) => glyph(widths?.(code) ?? fixed, code, blank)),
  };
}

function glyph(advance: Advance, code: number, blank: boolean): Measured {
  const space = code === 32;
  return { ...advance, space, blank: space && blank, count: ONE };
}

function unknown(octets: number, { least, most }: Advance): Measured {
  return {
    least: 0,
    most: most * octets,
    blank: false,
    space: false,
    count: { least: least > 0 ? 0 : 0, most: octets },
  };
}

/** @returns undefined where the font does not say how wide its glyphs are: the fourteen that every reader has */
function widthsOf(doc: PdfDocument, font: PdfDict): ((code: number) => Advance) | undefined {
  const array = arrayAt(doc, font, "Widths");
  if (array === undefined) return undefined;
  const first = integerAt(doc, font, "FirstChar") ?? 0;
  const descriptor = dictAt(doc, font, "FontDescriptor");
  const missing = descriptor === undefined ? undefined : realOf(resolve(doc, descriptor.get("MissingWidth")));
  const widths = array.slice(0, 256).map((item) => realOf(resolve(doc, item)));
  return (code) => {
    const width = widths[code - first];
    // Readers take the width of the font's own program, or none.
    if (width === undefined) return { least: 0, most: Math.max(LATIN.most, (missing ?? 0) / 1000) };
    return { least: width / 1000, most: width / 1000 };
  };
}

/** Whether 32 is a blank: a font that was cut down to a few glyphs may have anything there. */
function hasBlank(doc: PdfDocument, font: PdfDict): boolean {
  const encoding = resolve(doc, font.get("Encoding"));
  if (typeof encoding === "string") return PLAIN_ENCODINGS.has(encoding);
  if (!isDict(encoding) || !PLAIN_ENCODINGS.has(nameAt(doc, encoding, "BaseEncoding") ?? "")) return false;
  const differences = arrayAt(doc, encoding, "Differences") ?? [];
  let code = 0;
  for (const item of differences) {
    const value = resolve(doc, item);
    if (typeof value === "number") code = value;
    else if (code++ === 32 && value !== "space") return false;
  }
  return true;
}

/** A composite font (§9.7): two octets a code where its encoding is the identity; of others only limits are known. */
function composite(doc: PdfDocument, font: PdfDict): FontMeasure {
  const descendant = resolve(doc, (arrayAt(doc, font, "DescendantFonts") ?? [])[0]);
  const encoding = resolve(doc, font.get("Encoding"));
  if (!isDict(descendant)) return UNKNOWN_FONT;
  const extent = extentOf(doc, dictAt(doc, descendant, "FontDescriptor"));
  const { widthOf, widest } = cidWidths(doc, descendant);
  const named = typeof encoding === "string" && encoding.endsWith("V");
  const vertical = named || (isStream(encoding) && integerAt(doc, encoding.dict, "WMode") === 1);
  if (encoding !== "Identity-H") {
    const limits = { least: 0, most: Math.max(widest, 1) };
    return { ...extent, vertical, measure: (codes) => [unknown(codes.length, limits)] };
  }
  return {
    ...extent,
    vertical,
    measure: (codes) => {
      const glyphs: Measured[] = [];
      for (let at = 0; at < codes.length; at += 2) {
        const width = widthOf(((codes[at] as number) << 8) | (codes[at + 1] ?? 0));
        glyphs.push({ least: width, most: width, blank: false, space: false, count: ONE });
      }
      return glyphs;
    },
  };
}

type CidWidths = { readonly widthOf: (cid: number) => number; readonly widest: number };

/** /W and /DW (§9.7.4.3), for a size of 1. */
function cidWidths(doc: PdfDocument, descendant: PdfDict): CidWidths {
  const usual = (realOf(resolve(doc, descendant.get("DW"))) ?? 1000) / 1000;
  const single = new Map<number, number>();
  const ranges: (readonly [from: number, to: number, width: number])[] = [];
  const array = arrayAt(doc, descendant, "W") ?? [];
  let widest = usual;
  let count = 0;
  for (let i = 0; i + 1 < array.length && count < WIDTHS; ) {
    const first = realOf(resolve(doc, array[i]));
    const second = resolve(doc, array[i + 1]);
    if (first === undefined) break;
    if (isArray(second)) {
      for (const [k, item] of second.entries()) {
        const width = (realOf(resolve(doc, item as PdfObject)) ?? 0) / 1000;
        if (++count < WIDTHS) single.set(first + k, width);
        widest = Math.max(widest, width);
      }
      i += 2;
      continue;
    }
    if (ranges.length >= RANGES) throw new Fault("pdf_limit", `a font with more than ${RANGES} runs of widths`);
    const width = (realOf(resolve(doc, array[i + 2])) ?? 0) / 1000;
    ranges.push([first, realOf(second) ?? first, width]);
    widest = Math.max(widest, width);
    count++;
    i += 3;
  }
  const known = new Map<number, number>();
  const widthOf = (cid: number): number => {
    let width = single.get(cid) ?? known.get(cid);
    if (width === undefined) {
      width = ranges.find(([from, to]) => cid >= from && cid <= to)?.[2] ?? usual;
      known.set(cid, width);
    }
    return width;
  };
  return { widthOf, widest };
}

/** A font whose glyphs are content streams (§9.6.4), in a space of its own. */
function drawn(doc: PdfDocument, font: PdfDict): FontMeasure {
  const matrix = (arrayAt(doc, font, "FontMatrix") ?? []).map((item) => realOf(resolve(doc, item)) ?? 0);
  const [scale = 0.001, , , height = 0.001] = matrix;
  const box = boxAt(doc, font.get("FontBBox"));
  const widths = widthsOf(doc, font);
  const sides = box === undefined ? [DRAWN.low, DRAWN.high] : [box[1] * height, box[3] * height];
  return {
    low: Math.min(...sides, USUAL.low),
    high: Math.max(...sides, USUAL.high),
    vertical: false,
    measure: (codes) =>
      Array.from(codes, (code) => {
        const { least, most } = widths?.(code) ?? LATIN;
        const ends = [least, most].map((width) => width * 1000 * scale);
        return { least: Math.min(...ends), most: Math.max(...ends), blank: false, space: code === 32, count: ONE };
      }),
  };
}

function extentOf(doc: PdfDocument, descriptor: PdfDict | undefined): { readonly low: number; readonly high: number } {
  if (descriptor === undefined) return USUAL;
  const told = (key: string): number => (realOf(resolve(doc, descriptor.get(key))) ?? 0) / 1000;
  const box = boxAt(doc, descriptor.get("FontBBox"));
  return {
    low: Math.max(UTMOST.low, Math.min(USUAL.low, told("Descent"), (box?.[1] ?? 0) / 1000)),
    high: Math.min(UTMOST.high, Math.max(USUAL.high, told("Ascent"), (box?.[3] ?? 0) / 1000)),
  };
}
