import type { Colour } from "../draw/canvas.ts";
import { type Both, CLASSES, LABELS, NOTES, TEST, TIMES, VALUES, VERDICTS } from "../text/report.ts";
import type { SignatureReport } from "../validate/report.ts";
import { filled } from "./banner.ts";
import { findingRows } from "./finding-rows.ts";
import {
  BAD,
  beside,
  both,
  type Fonts,
  type Frame,
  GOOD,
  INK,
  line,
  pair,
  QUIET,
  type Row,
  type Run,
  space,
  stacked,
  UNSURE,
} from "./row.ts";
import { grouped, shownTime } from "./shown.ts";

/** How much is said of each signature, and how large. */
export type Detail = {
  readonly frame: Frame;
  /** The seven fields, axes and conclusion only, two side by side. */
  readonly brief: boolean;
  /** At most. */
  readonly findings: number;
};

const VERDICT_COLOURS = { VALID: GOOD, INVALID: BAD, CANNOT_TELL: UNSURE } as const;

/** All rows of one signature. @param number 1 for the first of the file */
export function signatureRows(
  fonts: Fonts,
  signature: SignatureReport,
  number: number,
  detail: Detail,
): readonly Row[] {
  const { frame, brief } = detail;
  const body = brief ? briefRows(fonts, signature, frame) : fullRows(fonts, signature, frame);
  const findings = findingRows(fonts, signature.findings, frame, { most: detail.findings, brief });
  return [headingRow(fonts, signature, number, frame), ...body, ...findings];
}

function headingRow(fonts: Fonts, signature: SignatureReport, number: number, frame: Frame): Row {
  const label = {
    vi: filled(LABELS.signature.vi, { n: number }, "vi"),
    en: filled(LABELS.signature.en, { n: number }, "en"),
  };
  const colour = VERDICT_COLOURS[signature.verdict];
  const place = { ...frame, size: Math.min(frame.size + 0.8, 9), leading: frame.leading + 3 };
  const name: Run = { text: `  ${signature.fieldName}`, colour: QUIET };
  const left = line(fonts, [...both(label, INK, true), name], { ...place, width: frame.width * 0.47 });
  const test: Run[] = signature.test ? [{ text: "   " }, ...both(TEST, BAD, true)] : [];
  const from = frame.x + frame.width * 0.49;
  const right = line(fonts, [...both(VERDICTS[signature.verdict], colour, true), ...test], {
    ...place,
    x: from + 12,
    width: frame.x + frame.width - from - 12,
  });
  return { ...beside(left, right), marks: [[from, place.leading * 0.22, place.size * 0.8, colour]] };
}

function fullRows(fonts: Fonts, signature: SignatureReport, frame: Frame): Row[] {
  const fields = signature.sevenFields;
  const row = (label: Both | undefined, value: Run | readonly Run[], most?: number): Row =>
    pair(fonts, label, value, frame, most);
  return [
    row(LABELS.issuer, text(fields.issuer), 2),
    row(LABELS.signer, text(fields.signer, true), 2),
    row(LABELS.managingUnit, text(fields.managingUnit)),
    ...timeRuns(signature).map((runs, i) => row(i === 0 ? LABELS.signingTime : undefined, runs)),
    row(LABELS.integrity, integrity(signature)),
    row(LABELS.validAtSigningTime, validity(signature)),
    row(LABELS.certificateValidity, period(signature)),
    space(3),
    axesRow(fonts, signature, frame, true),
    space(3),
    row(LABELS.conclusion, conclusion(signature)),
    row(LABELS.coverage, coverageRuns(signature)),
    row(LABELS.changes, changesRuns(signature)),
    row(LABELS.class, classOf(signature)),
    row(LABELS.algorithms, text(algorithms(signature))),
    ...anchorRows(fonts, signature, frame),
    ...(signature.reason === null ? [] : [row(LABELS.reason, text(signature.reason), 2)]),
    ...(signature.location === null ? [] : [row(LABELS.location, text(signature.location))]),
    space(2),
  ];
}

/** Times and periods are wide, words are not: the left column has more room. */
const LEFT = 0.6;

function briefRows(fonts: Fonts, signature: SignatureReport, frame: Frame): Row[] {
  const fields = signature.sevenFields;
  const left = { ...frame, width: frame.width * LEFT - 6 };
  const right = { ...frame, x: frame.x + frame.width * LEFT, width: frame.width * (1 - LEFT) };
  const times = timeRuns(signature).map((runs, i) => pair(fonts, i === 0 ? LABELS.signingTime : undefined, runs, left));
  return [
    beside(
      pair(fonts, LABELS.issuer, [text(fields.issuer)], left),
      pair(fonts, LABELS.signer, [text(fields.signer, true)], right),
    ),
    beside(
      stacked(...times),
      stacked(
        pair(fonts, LABELS.integrity, integrity(signature), right),
        pair(fonts, LABELS.validAtSigningTime, validity(signature), right),
      ),
    ),
    beside(
      pair(fonts, LABELS.certificateValidity, period(signature), left),
      pair(fonts, LABELS.managingUnit, [text(fields.managingUnit)], right),
    ),
    axesRow(fonts, signature, frame, false),
    pair(fonts, LABELS.conclusion, conclusion(signature), frame),
    pair(
      fonts,
      LABELS.coverage,
      [...coverageRuns(signature), { text: " · " }, ...both(LABELS.changes), { text: ": " }, ...changesRuns(signature)],
      frame,
    ),
  ];
}

function text(value: string | null, bold = false): Run {
  if (value !== null) return { text: value, bold };
  return { text: `${NOTES.unknown.vi} / ${NOTES.unknown.en}`, colour: QUIET };
}

/** Proven and claimed time each on a line of its own, the logged one where there is one; the one that counts is bold. */
function timeRuns({ sevenFields: { signingTime } }: SignatureReport): Run[][] {
  const { proven, logged, claimed, source: best } = signingTime;
  const runs = (time: string | null, label: Both, counts: boolean): Run[] => {
    if (time === null) return [...both(TIMES.none, QUIET), { text: " · " }, ...both(label, QUIET)];
    return [{ text: shownTime(time), bold: counts }, { text: " · " }, ...both(label)];
  };
  return [
    runs(proven, TIMES.proven, best === "timestamp"),
    ...(logged === null ? [] : [runs(logged, TIMES.logged, best === "log")]),
    runs(claimed, TIMES.claimed, best === "claimed"),
  ];
}

function integrity({ sevenFields }: SignatureReport): Run[] {
  const colours = { intact: INK, broken: BAD, unsupported: UNSURE };
  return both(VALUES.integrity[sevenFields.integrity], colours[sevenFields.integrity]);
}

function validity({ sevenFields }: SignatureReport): Run[] {
  const colours = { valid: INK, invalid: BAD, unknown: UNSURE };
  return both(VALUES.validAtSigningTime[sevenFields.validAtSigningTime], colours[sevenFields.validAtSigningTime]);
}

function period({ sevenFields: { certificateValidity } }: SignatureReport): Run[] {
  if (certificateValidity === null) return both(NOTES.unknown, QUIET);
  return [{ text: `${shownTime(certificateValidity.notBefore)} – ${shownTime(certificateValidity.notAfter)}` }];
}

function conclusion({ indication, subIndication, level, subFilter }: SignatureReport): Run[] {
  const colours = { TOTAL_PASSED: GOOD, TOTAL_FAILED: BAD, INDETERMINATE: UNSURE };
  const name = subIndication === null ? indication : `${indication} / ${subIndication}`;
  return [
    { text: name, colour: colours[indication], bold: true },
    ...(level === null ? [] : [{ text: ` · ${LABELS.level.vi} / ${LABELS.level.en} ${level}` }]),
    ...(subFilter === null ? [] : [{ text: ` · ${subFilter}`, colour: QUIET }]),
  ];
}

function coverageRuns({ coverage }: SignatureReport): Run[] {
  return both(VALUES.coverage[coverage], coverage === "anomalous" ? BAD : INK);
}

function changesRuns({ changes }: SignatureReport): Run[] {
  return both(VALUES.changes[changes], { none: INK, permitted: INK, forbidden: BAD, unknown: UNSURE }[changes]);
}

function classOf({ class: known, equivalentToHandwritten }: SignatureReport): Run[] {
  if (known === null) return both(NOTES.unknown, QUIET);
  return [...both(CLASSES[known]), ...(equivalentToHandwritten ? [{ text: " · " }, ...both(NOTES.handwritten)] : [])];
}

function algorithms({ algorithms: { signature, digest, key } }: SignatureReport): string | null {
  const known = [signature, digest, key].filter((name) => name !== null);
  return known.length === 0 ? null : known.join(" · ");
}

/** Whom the path ends at, and its fingerprint, to be compared with what the anchor's owner publishes. */
function anchorRows(fonts: Fonts, { chain }: SignatureReport, frame: Frame): Row[] {
  const anchor = chain.find((link) => link.anchor);
  if (anchor === undefined) return [pair(fonts, LABELS.anchor, both(TIMES.none, QUIET), frame)];
  return [
    pair(fonts, LABELS.anchor, { text: anchor.subject }, frame),
    pair(fonts, undefined, { text: `SHA-256 ${grouped(anchor.sha256)}`, colour: QUIET }, frame, 2),
  ];
}

/** Cryptography, trust, policy: each on its own, so that nobody takes one for another. */
function axesRow(fonts: Fonts, signature: SignatureReport, frame: Frame, high: boolean): Row {
  const { integrity: kept, trust, policy } = signature;
  const axes: readonly (readonly [Both, Both, Colour])[] = [
    [LABELS.cryptography, VALUES.integrity[kept], { intact: GOOD, broken: BAD, unsupported: UNSURE }[kept]],
    [LABELS.trusted, VALUES.trust[trust], { trusted: GOOD, untrusted: BAD, indeterminate: UNSURE }[trust]],
    [LABELS.rules, VALUES.policy[policy], policy === "met" ? GOOD : BAD],
  ];
  const width = frame.width / axes.length;
  const cells = axes.map(([label, value, colour], i) => {
    const x = frame.x + i * width;
    const place = { ...frame, x: x + frame.size * 1.5, width: width - frame.size * 2 };
    const name = both(label, INK, true);
    const shown = both(value, colour, true);
    const row = high
      ? stacked(line(fonts, name, place), line(fonts, shown, place))
      : line(fonts, [...name, { text: ": " }, ...shown], place);
    return { ...row, marks: [[x, frame.leading * 0.2, frame.size * 0.85, colour] as const] };
  });
  return beside(...cells);
}
