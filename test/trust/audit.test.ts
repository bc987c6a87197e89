import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import {
  type Audit,
  nextAuditLine,
  readAudit,
  sha256OfText,
  standing,
  type TrustChange,
} from "../../lib/trust/audit.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const at = (text: string) => sha256OfText(text);
const EMPTY = at("");

const change = (before: string, after: string): TrustChange => ({
  when: "2027-01-15T03:00:00.000Z",
  who: "an",
  action: "add",
  sha256: at("certificate"),
  before: at(before),
  after: at(after),
});

function audited(...profiles: string[]): string {
  let text = "";
  let last = "";
  for (const profile of profiles) {
    text += nextAuditLine(readAudit(text), change(last, profile));
    last = profile;
  }
  return text;
}

const codeOf = (text: string): string => {
  try {
    readAudit(text);
    return "whole";
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
};

describe("the audit of a trust profile", () => {
  test("names each change with its author and time, and the profile before and after", () => {
    const { lines, head } = readAudit(audited("a", "b"));
    expect(lines.map(({ number, before, after }) => [number, before, after])).toEqual([
      [1, EMPTY, at("a")],
      [2, at("a"), at("b")],
    ]);
    expect(head).toMatch(/^[0-9a-f]{64}$/);
  });

  test("a line that is changed, taken out, put in twice or moved is found", () => {
    const text = audited("a", "b", "c", "d");
    const lines = text.trimEnd().split("\n");
    const joined = (...picked: (string | undefined)[]) => `${picked.join("\n")}\n`;
    expect(codeOf(text)).toBe("whole");
    for (const broken of [
      text.replace('"who":"an"', '"who":"binh"'),
      text.replace("03:00", "04:00"),
      joined(lines[0], lines[2], lines[3]),
      joined(lines[1], lines[2], lines[3]),
      joined(lines[0], lines[0], lines[1]),
      joined(lines[0], lines[2], lines[1], lines[3]),
      `${text}\n`,
      ` ${text}`,
      // Another way to write the same line, where no later line vouches for it.
      text.replace(/\n$/, " \n"),
    ])
      expect(codeOf(broken), broken).toBe("trust_audit_broken");
  });

  test("any one character that is changed is found", () => {
    const text = audited("a", "b", "c");
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.string({ minLength: 1, maxLength: 1 }), (index, put) => {
        fc.pre(text[index] !== put);
        const broken = text.slice(0, index) + put + text.slice(index + 1);
        // A change within the last line is found by its head, which the operator keeps elsewhere.
        expect(codeOf(broken) !== "whole" || readAudit(broken).head !== readAudit(text).head).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test("lines taken off the end are found by the profile, or by a hash that was kept elsewhere", () => {
    const text = audited("a", "b", "c");
    const shorter: Audit = readAudit(`${text.split("\n").slice(0, 1).join("\n")}\n`);
    expect(standing(shorter, at("c"))).toBe("changed-besides");
    expect(shorter.head).not.toBe(readAudit(text).head);
  });

  test("a change that was written down and not carried out is told apart from one that nobody wrote down", () => {
    const audit = readAudit(audited("a", "b"));
    expect(standing(audit, at("b"))).toBe("agrees");
    expect(standing(audit, at("a"))).toBe("interrupted");
    expect(standing(audit, at("x"))).toBe("changed-besides");
    expect(standing(readAudit(""), EMPTY)).toBe("agrees");
    expect(standing(readAudit(""), at("a"))).toBe("changed-besides");
    // The interrupted change again, from where the profile still is.
    const again = audited("a", "b") + nextAuditLine(audit, change("a", "b"));
    expect(codeOf(again)).toBe("whole");
    expect(codeOf(audited("a", "b") + nextAuditLine(audit, change("x", "b")))).toBe("trust_audit_broken");
  });
});
