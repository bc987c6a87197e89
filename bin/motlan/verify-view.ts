import { bannerOf } from "../../lib/report/banner.ts";
import { shownTime } from "../../lib/report/shown.ts";
import { type Both, CLASSES, NOTES, TEST_DOCUMENT, TIMES, VALUES } from "../../lib/text/report.ts";
import { AS_OF, ON_PAGE, QUESTIONS } from "../../lib/text/verdicts.ts";
import type { Finding, SignatureReport, Verification } from "../../lib/validate/report.ts";

const MARKS = { VALID: "✓", INVALID: "✕", CANNOT_TELL: "?", NO_SIGNATURE: "–" } as const;
const SIGNS = { error: "✕", warning: "!", info: "·" } as const;

/** An answer for a person: one banner, five questions for each signature, and what was found. Vietnamese first. */
export function verificationLines(file: string, verification: Verification): readonly string[] {
  const { signatures, findings, at, verdict } = verification;
  const banner = bannerOf(verification);
  return [
    file,
    `${MARKS[verdict]} ${both(banner)}`,
    ...(banner.test ? [`  ${both(TEST_DOCUMENT)}`] : []),
    `  ${both(AS_OF)}: ${shownTime(at)}`,
    ...signatures.flatMap((signature, index) => signatureLines(signature, index + 1, signatures.length)),
    ...findingLines(findings, "  "),
    ...(signatures.length === 0 ? [] : ["", `  ${both(NOTES.limits)}`]),
  ];
}

function signatureLines(signature: SignatureReport, number: number, of: number): readonly string[] {
  const { sevenFields: fields, indication, subIndication, level, changeList } = signature;
  return [
    "",
    ...(of === 1 ? [] : [`${MARKS[signature.verdict]} ${number}/${of} ${signature.fieldName}`]),
    ...answer(QUESTIONS.who, same(fields.signer)),
    ...answer(QUESTIONS.when, when(signature)),
    ...answer(QUESTIONS.changed, joined(VALUES.integrity[fields.integrity], VALUES.changes[signature.changes])),
    ...changeList.map((change) => `      - ${both(change)}${onPage(change.page)}`),
    ...answer(QUESTIONS.vouched, vouched(signature)),
    ...answer(QUESTIONS.use, use(signature)),
    `    ${[indication, subIndication, level].filter((part) => part !== null).join(" · ")}`,
    ...findingLines(signature.findings, "    "),
  ];
}

function when({ sevenFields: { signingTime } }: SignatureReport): Both {
  const { time, source } = signingTime;
  if (time === null || source === null) return NOTES.unknown;
  const { vi, en } = TIMES[source === "timestamp" ? "proven" : source === "log" ? "logged" : "claimed"];
  return { vi: `${shownTime(time)} (${vi})`, en: `${shownTime(time)} (${en})` };
}

function vouched({ sevenFields: { issuer, managingUnit }, trust, chain }: SignatureReport): Both {
  const above = chain.filter((link) => link.anchor).map(({ subject }) => same(subject));
  return joined(same(issuer), ...(managingUnit === null ? [] : [same(managingUnit)]), ...above, VALUES.trust[trust]);
}

function use({ class: signatureClass, equivalentToHandwritten }: SignatureReport): Both {
  if (signatureClass === null) return NOTES.unknown;
  return joined(CLASSES[signatureClass], ...(equivalentToHandwritten ? [NOTES.handwritten] : []));
}

function findingLines(findings: readonly Finding[], indent: string): readonly string[] {
  return findings.map(({ severity, code, ...text }) => `${indent}${SIGNS[severity]} ${both(text)} (${code})`);
}

const answer = (question: Both, { vi, en }: Both): readonly string[] => [
  `  ${both(question)}`,
  ...(vi === en ? [vi] : [vi, en]).map((line) => `      ${line}`),
];
const onPage = (page: number | null): string => (page === null ? "" : ` (${both(ON_PAGE)} ${page})`);
const both = ({ vi, en }: Both): string => `${vi} / ${en}`;
const same = (text: string | null): Both => (text === null ? NOTES.unknown : { vi: text, en: text });
const joined = (...parts: readonly Both[]): Both => ({
  vi: parts.map(({ vi }) => vi).join("; "),
  en: parts.map(({ en }) => en).join("; "),
});
