import type { FindingText } from "./finding-text.ts";
import { AGAINST } from "./findings-against.ts";
import { BESIDES } from "./findings-besides.ts";

export type FindingCode = keyof typeof AGAINST | keyof typeof BESIDES;

/**
 * What can be said about a checked file: what was found, and whether it matters. Vietnamese first, then English; NFC. A code, once
 * published, keeps its meaning. No sentence grants a legal effect; that follows from the class in the trust profile alone.
 *
 * In two files, so that a page that has nothing to object loads no objections.
 */
export const FINDINGS: Readonly<Record<FindingCode, FindingText>> = { ...BESIDES, ...AGAINST };
