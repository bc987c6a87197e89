import { BANNERS, type Both, NO_REASON } from "../text/report.ts";
import type { Finding, SignatureReport, Verification } from "../validate/report.ts";

export type Tone = "good" | "bad" | "unsure" | "none";
export type Banner = Both & { readonly key: keyof typeof BANNERS; readonly tone: Tone; readonly test: boolean };

/** Kinds of additions that a banner names; the rest are in the findings. */
const NAMED = 3;
/** EN 319 102-1: the status of a certificate could not be found out or is too old. */
const STATUS = new Set(["TRY_LATER", "REVOCATION_OUT_OF_BOUNDS_NO_POE"]);
const ISSUER = new Set(["NO_CERTIFICATE_CHAIN_FOUND", "NO_CERTIFICATE_CHAIN_FOUND_NO_POE"]);

/** The one sentence about a file, in both languages. */
export function bannerOf(verification: Verification): Banner {
  const { verdict, signatures } = verification;
  const test = signatures.some((signature) => signature.test);
  const make = (
    key: keyof typeof BANNERS,
    tone: Tone,
    fill: Partial<Record<"list" | "reason", Both>> = {},
  ): Banner => ({
    key,
    tone,
    test,
    vi: filled(BANNERS[key].vi, fill, "vi"),
    en: filled(BANNERS[key].en, fill, "en"),
  });
  if (verdict === "NO_SIGNATURE") return make("unsigned", "none");
  if (verdict === "VALID") {
    if (signatures.every(({ changes }) => changes === "none")) return make("unchanged", "good");
    return make("added", "good", { list: additions(signatures) });
  }
  const blamed = signatures.filter((signature) => signature.verdict === verdict);
  const reason = reasonOf(blamed, verification.findings);
  if (verdict === "INVALID") {
    if (blamed.length > 0 && blamed.every(isChangedOnly)) return make("changed", "bad");
    return make("invalid", "bad", { reason });
  }
  if (blamed.some(isDisputed)) return make("disputed", "bad");
  const all = (codes: ReadonlySet<string>): boolean =>
    blamed.length > 0 && blamed.every(({ subIndication }) => codes.has(subIndication ?? ""));
  if (all(ISSUER)) return make("issuer", "unsure");
  if (all(STATUS)) return make("status", "unsure");
  return make("open", "unsure", { reason });
}

/** The signature itself is right; what came after it is not. */
function isChangedOnly(signature: SignatureReport): boolean {
  const { integrity, coverage, changes, indication } = signature;
  return integrity === "intact" && coverage !== "anomalous" && changes === "forbidden" && indication !== "TOTAL_FAILED";
}

const isDisputed = ({ findings }: SignatureReport): boolean =>
  findings.some(({ code }) => code === "signature_disputed");

function additions(signatures: readonly SignatureReport[]): Both {
  const items = signatures.flatMap(({ changeList }) => changeList.filter(({ permitted }) => permitted));
  const kinds = [...new Map(items.map((item) => [item.code, item])).values()];
  const some = kinds.slice(0, NAMED);
  const rest = kinds.length > NAMED ? ", …" : "";
  return {
    vi: `${some.map(({ vi }) => sentencePart(vi)).join(", ")}${rest}` || "…",
    en: `${some.map(({ en }) => sentencePart(en)).join(", ")}${rest}` || "…",
  };
}

/** A sentence as part of a list. */
function sentencePart(text: string): string {
  const bare = text.replace(/[.。]\s*$/, "");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
}

const WEIGHT = { error: 0, warning: 1, info: 2 } as const;

/** The heaviest findings first; those of one weight in their order. */
export function byWeight(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

function reasonOf(signatures: readonly SignatureReport[], findings: readonly Finding[]): Both {
  const [first] = byWeight([...signatures.flatMap((signature) => signature.findings), ...findings]);
  return first === undefined || first.severity === "info" ? NO_REASON : { vi: first.vi, en: first.en };
}

/** @param fill what stands for `{name}` */
export function filled(
  text: string,
  fill: Readonly<Record<string, Both | string | number | undefined>>,
  language: "vi" | "en",
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fill[name];
    if (value === undefined) return whole;
    return typeof value === "object" ? value[language] : String(value);
  });
}
