import { digest } from "#crypto";
import { type Bytes, concat, fromUtf8 } from "../bytes/bytes.ts";
import { type Canvas, drawPath, newCanvas } from "../draw/canvas.ts";
import { type Attachment, writeDocument } from "../draw/document.ts";
import { openFont } from "../draw/font.ts";
import type { Facts } from "../facts/facts.ts";
import { AUTHOR, LABELS, NOTES } from "../text/report.ts";
import type { Verification } from "../validate/report.ts";
import { attachmentsOf } from "./attachments.ts";
import { bannerOf } from "./banner.ts";
import { drawBanner } from "./draw-banner.ts";
import { drawSignatures } from "./draw-signatures.ts";
import { fileRows } from "./file-rows.ts";
import { noteRow } from "./finding-rows.ts";
import { BAD, drawRow, type Fonts, type Frame, line, QUIET, type Row, stacked } from "./row.ts";

export type ReportInput = {
  /** As the asker named the file; null where nobody said. */
  readonly fileName: string | null;
  /** SHA-256 of the checked file, 32 octets. */
  readonly sha256: Uint8Array;
  /** ms since 1970 */
  readonly generatedAt: number;
  /** Who checked: name and address. */
  readonly service: string;
  /** What the anchors are taken from, in a few words. */
  readonly trustSource: string;
  /** Whether a seal is put on what is made here; the page says so. */
  readonly sealed: boolean;
  /** Attached as well where given. */
  readonly facts?: Facts | undefined;
  /** TrueType files. */
  readonly fonts: { readonly regular: Uint8Array; readonly bold: Uint8Array };
};

/** A4 in points. */
const [WIDTH, HEIGHT] = [595.28, 841.89];
const MARGIN = 36;
const FRAME: Frame = { x: MARGIN, width: WIDTH - 2 * MARGIN, size: 7.6, leading: 10.6, label: 158 };
const GAP = 8;

/**
 * The report on one file: a page A4 in Vietnamese and English, with the machine's answer attached (`verification.json`, and
 * `facts.json` where facts are given). The same arguments give the same octets.
 *
 * @returns a PDF without a seal; lib/service/seal-report.ts puts one on
 * @throws Fault `font_malformed`
 */
export function reportPage(verification: Verification, input: ReportInput): Bytes {
  const fonts: Fonts = { regular: openFont(input.fonts.regular), bold: openFont(input.fonts.bold) };
  const files = attachmentsOf(verification, input.facts);
  const canvas = newCanvas(WIDTH, HEIGHT);
  let top = drawHeader(canvas, fonts, input.sealed);
  top = drawBanner(canvas, fonts, bannerOf(verification), FRAME, top) + GAP;
  for (const [i, row] of fileRows(fonts, verification, input, FRAME).entries())
    top = drawRow(canvas, fonts, row, top, i === 0 ? "H2" : "P");
  const footer = footerRow(fonts, files);
  const bottom = HEIGHT - MARGIN - footer.height;
  const { x, width } = FRAME;
  drawSignatures(canvas, fonts, verification.signatures, { x, width, top: top + GAP, bottom: bottom - GAP });
  drawPath(canvas, [[x, bottom - 3], [x + width, bottom - 3]], { colour: QUIET, line: 0.5 }); // biome-ignore format: points
  drawRow(canvas, fonts, footer, bottom);
  const title = `${LABELS.title.vi} / ${LABELS.title.en}`;
  const about = { title, language: "vi", author: AUTHOR, producer: AUTHOR, created: input.generatedAt };
  return writeDocument(canvas, about, files, idOf(files, input));
}

/** Sixteen octets that depend on everything that tells this report from another. */
function idOf(files: readonly Attachment[], input: ReportInput): Uint8Array {
  const { fileName, generatedAt, service, trustSource, sealed } = input;
  const told = fromUtf8(JSON.stringify([fileName, generatedAt, service, trustSource, sealed]));
  return digest("SHA-256", concat(told, input.sha256, ...files.map(({ data }) => data))).subarray(0, 16);
}

function drawHeader(canvas: Canvas, fonts: Fonts, sealed: boolean): number {
  const left = { x: MARGIN, width: FRAME.width * 0.64, size: 14, leading: 18 };
  const title = stacked(
    line(fonts, [{ text: LABELS.title.vi, bold: true }], left),
    line(fonts, [{ text: LABELS.title.en, colour: QUIET, language: "en" }], { ...left, size: 9, leading: 12 }),
  );
  const state = sealed ? LABELS.sealed : LABELS.unsealed;
  const colour = sealed ? QUIET : BAD;
  const right = { x: MARGIN + FRAME.width * 0.66, width: FRAME.width * 0.34, size: 7.6, leading: 10 };
  const seal = stacked(
    line(fonts, [{ text: AUTHOR, bold: true }], { ...right, size: 9, leading: 12 }),
    line(fonts, [{ text: state.vi, bold: !sealed, colour }], right),
    line(fonts, [{ text: state.en, bold: !sealed, colour, language: "en" }], right),
  );
  drawRow(canvas, fonts, title, MARGIN, "H1");
  return drawRow(canvas, fonts, seal, MARGIN) + GAP;
}

function footerRow(fonts: Fonts, files: readonly Attachment[]): Row {
  const place = { ...FRAME, size: 7, leading: 9.4 };
  const fill = { files: files.map(({ name }) => name).join(", ") };
  return stacked(noteRow(fonts, NOTES.limits, {}, place), noteRow(fonts, NOTES.attached, fill, place, false));
}
