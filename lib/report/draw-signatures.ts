import { type Canvas, drawPath } from "../draw/canvas.ts";
import { type Both, COUNTED, LABELS, NOTES } from "../text/report.ts";
import type { SignatureReport, Verification } from "../validate/report.ts";
import { ANSWER_FILE } from "./attachments.ts";
import { filled } from "./banner.ts";
import { noteRow } from "./finding-rows.ts";
import { drawRow, type Fonts, type Place, paragraph, QUIET, type Row, stacked } from "./row.ts";
import { type Detail, signatureRows } from "./signature-rows.ts";

type Numbered = { readonly signature: SignatureReport; readonly number: number };

const LARGE = { size: 9.2, leading: 13.4, label: 190 };
const USUAL = { size: 7.6, leading: 10.6, label: 158 };
const SMALL = { size: 6.7, leading: 8.9, label: 112 };

/** From the most to the least that is said of each signature; the first that fits is taken. */
const DETAILS = [
  { ...LARGE, brief: false, findings: 12 },
  { ...USUAL, brief: false, findings: 12 },
  { ...USUAL, brief: false, findings: 4 },
  { ...USUAL, brief: false, findings: 1 },
  { ...SMALL, brief: true, findings: 2 },
  { ...SMALL, brief: true, findings: 1 },
] as const;
/** More than that never fit on the page; a file may have a thousand. */
const MOST = 12;
/** Around the line above each signature. */
const GAP = 8;
const ORDER = { INVALID: 0, CANNOT_TELL: 1, VALID: 2 } as const;

/**
 * Says of each signature as much as there is room for when all are to be said as much. Where not even the least of all fits:
 * those that are not valid before the valid ones, then a line with how many there are beside them.
 */
export function drawSignatures(
  canvas: Canvas,
  fonts: Fonts,
  signatures: Verification["signatures"],
  place: { readonly x: number; readonly width: number; readonly top: number; readonly bottom: number },
): void {
  if (signatures.length === 0) return;
  const { x, width, bottom } = place;
  let top = place.top;
  if (signatures.length > 1) top = drawRow(canvas, fonts, countRow(fonts, signatures, { x, width }), top, "H2") + 2;
  const numbered = signatures.map((signature, i) => ({ signature, number: i + 1 }));
  const { drawn, left } = choose(fonts, numbered, { x, width }, bottom - top);
  for (const rows of drawn) {
    drawPath(canvas, [[x, top], [x + width, top]], { colour: [200, 205, 212], line: 0.5 }); // biome-ignore format: points
    top += GAP / 2;
    for (const [i, row] of rows.entries()) top = drawRow(canvas, fonts, row, top, i === 0 ? "H2" : "P");
    top += GAP / 2;
  }
  if (left.length > 0) drawRow(canvas, fonts, moreRow(fonts, left, { x, width }), top);
}

type Column = { readonly x: number; readonly width: number };
type Chosen = { readonly drawn: readonly (readonly Row[])[]; readonly left: readonly SignatureReport[] };

function choose(fonts: Fonts, all: readonly Numbered[], column: Column, room: number): Chosen {
  const rowsOf = (some: readonly Numbered[], { size, leading, label, brief, findings }: (typeof DETAILS)[number]) => {
    const detail: Detail = { frame: { ...column, size, leading, label }, brief, findings };
    return some.map(({ signature, number }) => signatureRows(fonts, signature, number, detail));
  };
  if (all.length <= MOST)
    for (const detail of DETAILS) {
      const drawn = rowsOf(all, detail);
      if (howManyFit(drawn, room) === all.length) return { drawn, left: [] };
    }
  const sorted = [...all].sort((a, b) => ORDER[a.signature.verdict] - ORDER[b.signature.verdict]);
  const drawn = rowsOf(sorted.slice(0, MOST), DETAILS[DETAILS.length - 1] as (typeof DETAILS)[number]);
  const note = moreRow(
    fonts,
    sorted.map(({ signature }) => signature),
    column,
  );
  const count = howManyFit(drawn, room - note.height);
  return { drawn: drawn.slice(0, count), left: sorted.slice(count).map(({ signature }) => signature) };
}

function howManyFit(drawn: readonly (readonly Row[])[], room: number): number {
  let used = 0;
  for (const [i, rows] of drawn.entries()) {
    used += rows.reduce((sum, { height }) => sum + height, GAP);
    if (used > room) return i;
  }
  return drawn.length;
}

function countRow(fonts: Fonts, signatures: Verification["signatures"], column: Column): Row {
  const counts = countsOf(signatures);
  const words = (language: "vi" | "en"): string =>
    `${filled(LABELS.signatures[language], { n: signatures.length }, language)} (${counts[language]})`;
  const place: Place = { ...column, size: 9, leading: 12.5 };
  return stacked(
    paragraph(fonts, { text: words("vi"), bold: true }, place, 1),
    paragraph(fonts, { text: words("en"), colour: QUIET, language: "en" }, { ...place, size: 7.6, leading: 10 }, 1),
  );
}

function moreRow(fonts: Fonts, left: readonly SignatureReport[], column: Column): Row {
  const fill = { n: left.length, counts: countsOf(left), file: ANSWER_FILE };
  return noteRow(fonts, NOTES.more, fill, { ...column, size: 7.6, leading: 10.6 });
}

/** "1 không hợp lệ, 7 hợp lệ" */
function countsOf(signatures: readonly SignatureReport[]): Both {
  const counted = (["INVALID", "CANNOT_TELL", "VALID"] as const).flatMap((verdict) => {
    const count = signatures.filter((signature) => signature.verdict === verdict).length;
    return count === 0 ? [] : [{ vi: `${count} ${COUNTED[verdict].vi}`, en: `${count} ${COUNTED[verdict].en}` }];
  });
  return { vi: counted.map(({ vi }) => vi).join(", "), en: counted.map(({ en }) => en).join(", ") };
}
