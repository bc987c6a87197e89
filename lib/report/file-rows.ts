import { toHex } from "../bytes/hex.ts";
import { type Both, LABELS, NOTES } from "../text/report.ts";
import type { TimestampReport, Verification } from "../validate/report.ts";
import { filled } from "./banner.ts";
import { findingRows } from "./finding-rows.ts";
import type { ReportInput } from "./page.ts";
import { both, type Fonts, type Frame, INK, line, pair, type Row, type Run } from "./row.ts";
import { grouped, shownCount, shownTime } from "./shown.ts";

/** Findings about the file as a whole. */
const FINDINGS = 3;

/** What was checked, when, by whom and against what. */
export function fileRows(fonts: Fonts, verification: Verification, input: ReportInput, frame: Frame): Row[] {
  const { policy, at, documentTimestamps, findings } = verification;
  const { size: octets, revisions: n } = verification.document;
  const row = (label: Both, value: Run | readonly Run[], most = 1): Row => pair(fonts, label, value, frame, most);
  const fill = { size: shownCount(octets), n };
  const size = { vi: filled(NOTES.revisions.vi, fill, "vi"), en: filled(NOTES.revisions.en, fill, "en") };
  const last = documentTimestamps.at(-1);
  return [
    line(fonts, both(LABELS.file, INK, true), { ...frame, size: 9, leading: 14 }),
    row(LABELS.fileName, input.fileName === null ? both(NOTES.notGiven) : { text: input.fileName }, 2),
    row(LABELS.digest, { text: grouped(toHex(input.sha256)), bold: true }),
    row(LABELS.size, both(size)),
    row(LABELS.at, { text: shownTime(at) }),
    row(LABELS.by, { text: `${input.service} · ${shownTime(new Date(input.generatedAt).toISOString())}` }),
    row(LABELS.policy, { text: policy }),
    row(LABELS.trust, { text: input.trustSource }, 2),
    ...(last === undefined ? [] : [row(LABELS.documentTimestamps, timestampRuns(documentTimestamps.length, last))]),
    ...findingRows(fonts, findings, frame, { most: FINDINGS, brief: true }),
  ];
}

/** How many there are, and the newest. */
function timestampRuns(count: number, { genTime, authority, indication }: TimestampReport): Run[] {
  const time = genTime === null ? NOTES.unknown.vi : shownTime(genTime);
  return [{ text: `${count} · ${time} · ${indication} · ${authority ?? NOTES.unknown.vi}` }];
}
