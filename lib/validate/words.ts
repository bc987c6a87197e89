import { CHANGES } from "../text/changes.ts";
import { FINDINGS } from "../text/findings.ts";

/** The sentences of an answer, by code. */
export type Words = { readonly findings: typeof FINDINGS; readonly changes: typeof CHANGES };

export const WORDS: Words = { findings: FINDINGS, changes: CHANGES };

export function words(): Words {
  return WORDS;
}
