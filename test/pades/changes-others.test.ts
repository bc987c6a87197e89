import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changesSince } from "../../lib/pades/changes/changes.ts";
import { signaturesIn } from "../../lib/pades/find.ts";
import { openDocument } from "../../lib/pdf/open.ts";

const judged = (file: string) => {
  const doc = openDocument(readFileSync(`test/vectors/${file}`));
  return signaturesIn(doc).map((found) => {
    const { result, items } = changesSince(doc, found);
    return [found.fieldName, result, [...new Set(items.map(({ code }) => code))].sort()];
  });
};

test.each<[string, readonly (readonly [string, string, readonly string[]])[]]>([
  [
    "changes/pyhanko-three-stamps.pdf",
    [
      ["A", "permitted", ["signature_added"]],
      ["B", "permitted", ["signature_added"]],
      ["C", "none", []],
    ],
  ],
  [
    "changes/pyhanko-certified-prepared.pdf",
    [
      ["A", "permitted", ["signature_added"]],
      ["B", "permitted", ["signature_added"]],
      ["C", "none", []],
    ],
  ],
  [
    "changes/pyhanko-certified-new-visible.pdf",
    [
      ["A", "forbidden", ["visible_signature_added"]],
      ["B", "none", []],
    ],
  ],
  [
    "changes/pyhanko-field-later.pdf",
    [
      ["A", "permitted", ["metadata_updated", "signature_added", "signature_field_added"]],
      ["Z", "none", []],
    ],
  ],
  [
    "changes/pyhanko-locked.pdf",
    [
      ["L", "forbidden", ["signature_not_permitted"]],
      ["B", "none", []],
    ],
  ],
])("%s is judged as pyHanko's own analysis judges it", (file, expected) => {
  expect(judged(file)).toEqual(expected);
});

test("a store that is renewed behind a document timestamp is permitted", () => {
  for (const [, result] of judged("pades/pyhanko-blta.pdf")) expect(result).toMatch(/none|permitted/);
});
