import { CLASS_TEXTS } from "../../lib/text/signature-classes.ts";
import {
  BANNERS,
  CHANGE_TEXTS,
  EQUIVALENT,
  INTEGRITY_TEXTS,
  NO_TIME,
  NOT_A_DECISION,
  NOT_KNOWN,
  QUESTIONS,
  TEST_DOCUMENT,
  TIME_SOURCES,
  TRUST_TEXTS,
} from "../../lib/text/verdicts.ts";
import type { Finding, SignatureReport, Verification } from "../../lib/validate/report.ts";

type Pair = { readonly vi: string; readonly en: string };

/** An answer for a person: one banner, five questions for each signature, and what was found. Vietnamese first. */
export function verificationLines(file: string, verification: Verification): readonly string[] {
  const { signatures, findings, at } = verification;
  return [
    file,
    `${MARKS[verification.verdict]} ${both(banner(verification))}`,
    `  ${bothOn({ vi: "Kết quả tại thời điểm", en: "As of" }, moment(at))}`,
    ...signatures.flatMap((signature, index) => signatureLines(signature, index + 1, signatures.length)),
    ...findingLines(findings, "  "),
    ...(signatures.length === 0 ? [] : [`  ${both(NOT_A_DECISION)}`]),
  ];
}

const MARKS = { VALID: "✓", INVALID: "✕", CANNOT_TELL: "?", NO_SIGNATURE: "–" } as const;

/** The signature that decides is the first of those that are as bad as the document. */
function banner({ verdict, signatures }: Verification): Pair {
  const decisive = signatures.find((signature) => signature.verdict === verdict);
  if (verdict === "NO_SIGNATURE" || decisive === undefined)
    return BANNERS[verdict === "NO_SIGNATURE" ? "none" : "cannotTell"];
  if (verdict === "VALID")
    return signatures.some(({ changes }) => changes === "permitted") ? BANNERS.additions : BANNERS.valid;
  if (verdict === "INVALID") return decisive.changes === "forbidden" ? BANNERS.changed : BANNERS.invalid;
  if (/^NO_CERTIFICATE_CHAIN_FOUND/.test(decisive.subIndication ?? "")) return BANNERS.unknownIssuer;
  return decisive.subIndication === "TRY_LATER" ? BANNERS.noStatus : BANNERS.cannotTell;
}

function signatureLines(signature: SignatureReport, number: number, of: number): readonly string[] {
  const { sevenFields: fields, verdict } = signature;
  const title = of === 1 ? [] : [`${MARKS[verdict]} ${number}/${of} ${signature.fieldName}`];
  const { indication, subIndication, level } = signature;
  return [
    "",
    ...title,
    ...(signature.test ? [`  ${both(TEST_DOCUMENT)}`] : []),
    answer(QUESTIONS.who, same(fields.signer ?? undefined)),
    answer(QUESTIONS.when, when(signature)),
    answer(QUESTIONS.changed, joined([INTEGRITY_TEXTS[fields.integrity], CHANGE_TEXTS[signature.changes]])),
    ...signature.changeList.map(
      (change) => `      - ${both(change)}${change.page === null ? "" : ` (${change.page})`}`,
    ),
    answer(QUESTIONS.vouched, vouched(signature)),
    answer(QUESTIONS.use, use(signature)),
    `    ${[indication, subIndication, level].filter((part) => part !== null).join(" · ")}`,
    ...findingLines(signature.findings, "    "),
  ];
}

function when({ sevenFields: { signingTime } }: SignatureReport): Pair {
  if (signingTime.time === null || signingTime.source === null) return NO_TIME;
  const source = TIME_SOURCES[signingTime.source];
  const time = moment(signingTime.time);
  return { vi: `${time} (${source.vi})`, en: `${time} (${source.en})` };
}

function vouched({ sevenFields, trust, chain }: SignatureReport): Pair {
  const issuer = same(sevenFields.issuer ?? undefined);
  const anchor = chain.find((link) => link.anchor);
  const unit = sevenFields.managingUnit === null ? [] : [same(sevenFields.managingUnit)];
  return joined([issuer, ...unit, ...(anchor === undefined ? [] : [same(anchor.subject)]), TRUST_TEXTS[trust]]);
}

function use({ class: signatureClass, equivalentToHandwritten }: SignatureReport): Pair {
  if (signatureClass === null) return NOT_KNOWN;
  return joined([CLASS_TEXTS[signatureClass], ...(equivalentToHandwritten ? [EQUIVALENT] : [])]);
}

const SIGNS = { error: "✕", warning: "!", info: "·" } as const;

function findingLines(findings: readonly Finding[], indent: string): readonly string[] {
  return findings.map(({ severity, code, ...pair }) => `${indent}${SIGNS[severity]} ${both(pair)} (${code})`);
}

const answer = (question: Pair, said: Pair): string =>
  said.vi === said.en
    ? `  ${both(question)}\n      ${said.vi}`
    : `  ${both(question)}\n      ${said.vi}\n      ${said.en}`;
const both = ({ vi, en }: Pair): string => `${vi} / ${en}`;
const bothOn = (label: Pair, value: string): string => `${both(label)}: ${value}`;
const same = (text: string | undefined): Pair => (text === undefined ? NOT_KNOWN : { vi: text, en: text });
const joined = (parts: readonly Pair[]): Pair => ({
  vi: parts.map(({ vi }) => vi).join("; "),
  en: parts.map(({ en }) => en).join("; "),
});

/** Minutes that Viet Nam is ahead of UTC, all year. */
const OFFSET_MS = 7 * 3_600_000;

/** Decree 30/2020: day, month, year, then the time of day in Viet Nam, with its offset. */
function moment(iso: string): string {
  const local = new Date(Date.parse(iso) + OFFSET_MS).toISOString();
  const [year, month, day] = local.slice(0, 10).split("-");
  return `${day}/${month}/${year} ${local.slice(11, 19)} +07:00`;
}
