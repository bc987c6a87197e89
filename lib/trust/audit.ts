import { digest } from "#crypto";
import { fromUtf8 } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import { canonicalJson } from "../json/canonical.ts";
import { parseJson } from "../json/strict-parse.ts";
import { isJsonObject, type JsonValue } from "../json/value.ts";

/** `adopt`: the operator stands by changes that were made besides the audit. */
export const ACTIONS = ["add", "remove", "adopt"] as const;

/** One change of a trust profile. */
export type TrustChange = {
  /** ISO 8601, UTC. */
  readonly when: string;
  readonly who: string;
  readonly action: (typeof ACTIONS)[number];
  /** The anchor that it is about; null for `adopt`. */
  readonly sha256: string | null;
  /** SHA-256 of the profile's text before and after; of an empty text where there is no profile. */
  readonly before: string;
  readonly after: string;
};

export type AuditLine = TrustChange & {
  /** 1 for the first. */
  readonly number: number;
  /** SHA-256 of the line before, without its line end; sixty-four zeros before the first. */
  readonly previous: string;
};

export type Audit = {
  readonly lines: readonly AuditLine[];
  /** SHA-256 of the last line: whoever keeps it elsewhere finds out whether lines were taken off the end. */
  readonly head: string;
};

/** How the profile stands to its audit. A change is written down first: after a crash it can be recorded and not carried out. */
export type Standing = "agrees" | "interrupted" | "changed-besides";

const NO_LINE = "0".repeat(64);
/** A change a day for a hundred years. */
const MAX_LINES = 40_000;
const MAX_LINE = 4096;
const HASH = /^[0-9a-f]{64}$/;

export function sha256OfText(text: string): string {
  return toHex(digest("SHA-256", fromUtf8(text)));
}

/** The text of the next line, line end included. */
export function nextAuditLine({ lines, head }: Audit, change: TrustChange): string {
  return `${canonicalJson({ number: lines.length + 1, previous: head, ...change })}\n`;
}

/**
 * Reads the audit and checks that it is one unbroken chain: a line that was changed, taken out, put in or moved shows.
 *
 * @throws Fault `trust_audit_broken`, with the number of the first line that does not fit
 */
export function readAudit(text: string): Audit {
  const texts = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  if (texts.length > MAX_LINES) throw new Fault("trust_audit_broken", `more than ${MAX_LINES} lines`);
  const lines: AuditLine[] = [];
  let head = NO_LINE;
  for (const [index, written] of texts.entries()) {
    const line = readLine(written, index + 1);
    const last = lines.at(-1);
    if (line.number !== index + 1 || line.previous !== head)
      throw new Fault("trust_audit_broken", `line ${index + 1} does not follow the one before`);
    if (last !== undefined && line.before !== last.after && line.before !== last.before)
      throw new Fault("trust_audit_broken", `line ${index + 1} begins with another profile than line ${index} left`);
    lines.push(line);
    head = sha256OfText(written);
  }
  return { lines, head };
}

/** @param profile SHA-256 of the profile's text as it is now */
export function standing({ lines }: Audit, profile: string): Standing {
  const last = lines.at(-1);
  const [before, after] = last === undefined ? [sha256OfText(""), sha256OfText("")] : [last.before, last.after];
  if (profile === after) return "agrees";
  return profile === before ? "interrupted" : "changed-besides";
}

function readLine(text: string, number: number): AuditLine {
  let value: JsonValue;
  try {
    value = parseJson(text, { length: MAX_LINE, depth: 1 });
  } catch (cause) {
    throw new Fault("trust_audit_broken", `line ${number} cannot be read`, { cause });
  }
  if (!isJsonObject(value) || !isAuditLine(value) || canonicalJson(value) !== text)
    throw new Fault("trust_audit_broken", `line ${number} is not as it was written`);
  return value;
}

function isAuditLine(value: object): value is AuditLine & { readonly [name: string]: JsonValue } {
  const { number, previous, when, who, action, sha256, before, after, ...rest } = value as Record<string, unknown>;
  return (
    Object.keys(rest).length === 0 &&
    Number.isSafeInteger(number) &&
    [previous, before, after].every(isHash) &&
    (sha256 === null || isHash(sha256)) &&
    typeof when === "string" &&
    typeof who === "string" &&
    ACTIONS.some((known) => known === action)
  );
}

const isHash = (value: unknown): value is string => typeof value === "string" && HASH.test(value);
