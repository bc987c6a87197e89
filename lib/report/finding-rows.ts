import { type Both, NOTES } from "../text/report.ts";
import type { Finding } from "../validate/report.ts";
import { ANSWER_FILE } from "./attachments.ts";
import { byWeight, filled } from "./banner.ts";
import {
  BAD,
  both,
  type Fonts,
  type Frame,
  INK,
  line,
  type Place,
  paragraph,
  QUIET,
  type Row,
  stacked,
  UNSURE,
} from "./row.ts";

const COLOURS = { error: BAD, warning: UNSURE, info: QUIET } as const;

/** The heaviest findings, each in both languages, and how many more there are. */
export function findingRows(
  fonts: Fonts,
  findings: readonly Finding[],
  frame: Frame,
  { most, brief }: { readonly most: number; readonly brief: boolean },
): Row[] {
  const sorted = byWeight(findings);
  const lines = brief ? 1 : 2;
  const indent = frame.size * 1.5;
  const place = { ...frame, x: frame.x + indent, width: frame.width - indent };
  const rows = sorted.slice(0, most).map(({ vi, en, code, severity }) => {
    const words = stacked(
      paragraph(fonts, { text: vi }, place, lines),
      paragraph(fonts, { text: `${en} (${code})`, colour: QUIET, language: "en" }, place, lines),
    );
    return { ...words, marks: [[frame.x, frame.leading * 0.28, frame.size * 0.7, COLOURS[severity]] as const] };
  });
  const left = sorted.length - rows.length;
  if (left === 0) return rows;
  const fill = { n: left, file: ANSWER_FILE };
  const { vi, en } = NOTES.moreFindings;
  const words = both({ vi: filled(vi, fill, "vi"), en: filled(en, fill, "en") }, INK, true);
  return [...rows, line(fonts, words, place)];
}

/** A note in both languages, one below the other. */
export function noteRow(
  fonts: Fonts,
  note: Both,
  fill: Readonly<Record<string, string | number | Both>>,
  place: Place,
  bold = true,
): Row {
  return stacked(
    paragraph(fonts, { text: filled(note.vi, fill, "vi"), colour: INK, bold }, place, 2),
    paragraph(fonts, { text: filled(note.en, fill, "en"), colour: QUIET, language: "en" }, place, 2),
  );
}
