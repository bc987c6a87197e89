import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FINDINGS } from "../../lib/text/findings.ts";

const room = new URL("../../lib/validate/", import.meta.url);
const source = readdirSync(room)
  .map((file) => readFileSync(new URL(file, room), "utf8"))
  .join("\n");

/** Codes that are put together of a part and a value. */
const COMPOSED = [
  "changes_permitted",
  "changes_forbidden",
  "changes_unknown",
  "revocation_stale",
  "revocation_unknown",
];

test("every finding can be found", () => {
  const unused = Object.keys(FINDINGS).filter((code) => !COMPOSED.includes(code) && !source.includes(`"${code}"`));
  expect(unused).toEqual([]);
  for (const stem of ["changes_$" + "{", "revocation_$" + "{"]) expect(source).toContain(stem);
});

test("every finding is worded in both languages, as sentences, in NFC, and stays short", () => {
  for (const [code, { severity, vi, en }] of Object.entries(FINDINGS)) {
    expect(code).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
    expect(["error", "warning", "info"]).toContain(severity);
    for (const text of [vi, en]) {
      expect(text.normalize("NFC"), code).toBe(text);
      expect(text, code).toMatch(/^\p{Lu}.*\.$/u);
      expect(text.length, code).toBeLessThanOrEqual(150);
    }
    expect(vi, code).toMatch(/[À-ỹ]/u);
    expect(en, code).not.toMatch(/[À-ỹ]/u);
  }
});

test("an error says what it means for whoever holds the document", () => {
  const consequence =
    /cannot be relied on|can be relied on|nothing can be concluded|not trusted|proves nothing|nothing proves/;
  for (const [code, { severity, en }] of Object.entries(FINDINGS))
    if (severity === "error") expect(en, code).toMatch(consequence);
});

test("no finding grants a legal effect but the one for the classes that have it", () => {
  const granting = Object.entries(FINDINGS).filter(
    ([, { vi, en }]) =>
      /tương đương|viết tay|giá trị pháp lý/i.test(vi) || /equivalent|equate|handwritten|legal/i.test(en),
  );
  expect(granting.map(([code]) => code)).toEqual(["test_anchor", "equivalent"]);
});
