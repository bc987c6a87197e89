import { findingText } from "#words";
import type { FindingCode } from "../text/findings.ts";
import type { Finding } from "./report.ts";

/** One object for each code: answers share them. */
const MADE = new Map<FindingCode, Finding>();

export function finding(code: FindingCode): Finding {
  const made = MADE.get(code);
  if (made !== undefined) return made;
  const fresh = { code, ...findingText(code) };
  MADE.set(code, fresh);
  return fresh;
}

const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Each once, the heaviest first. */
export function findingsOf(codes: readonly FindingCode[]): Finding[] {
  return [...new Set(codes)].map(finding).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
