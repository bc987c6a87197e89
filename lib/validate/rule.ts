import type { FindingCode } from "../text/findings.ts";
import type { SubIndication } from "./report.ts";
import type { Subject } from "./subject.ts";

export type Seen = string | number | boolean | null;

/**
 * One question to a signature.
 *
 * The first failed rule with a sub-indication that EN 319 102-1 counts as failed decides; else the first failed rule; warnings
 * decide nothing.
 */
export type Rule = {
  readonly id: string;
  readonly source: string;
  /** What it fails with; null for a warning. */
  readonly sub: SubIndication | null;
  readonly finding: FindingCode;
  /** What is looked at; undefined where the question does not arise. */
  readonly see: (subject: Subject) => Seen | undefined;
  readonly good: (seen: Seen, subject: Subject) => boolean;
  /** The verdict is INVALID although the standard leaves it open. */
  readonly refuse?: (subject: Subject) => boolean;
};

export const yes = (seen: Seen): boolean => seen === true;
export const no = (seen: Seen): boolean => seen === false;
export const isNot =
  (...bad: readonly Seen[]) =>
  (seen: Seen): boolean =>
    !bad.includes(seen);
