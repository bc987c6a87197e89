import { CHANGES } from "../text/changes.ts";
import type { FindingText } from "../text/finding-text.ts";
import { FINDINGS, type FindingCode } from "../text/findings.ts";

export type Sentence = { readonly vi: string; readonly en: string };

export function findingText(code: FindingCode): FindingText {
  return FINDINGS[code];
}

/** @returns undefined for a code that is not known here: facts of a newer version may have some */
export function changeText(code: string): Sentence | undefined {
  return Object.hasOwn(CHANGES, code) ? CHANGES[code as keyof typeof CHANGES] : undefined;
}
