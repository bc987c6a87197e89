import { expect, test } from "vitest";
import type { Finding } from "../../lib/pades/changes/change.ts";
import { type Constraint, isLocked } from "../../lib/pades/changes/constraints.ts";
import { concluded, judge } from "../../lib/pades/changes/judge.ts";

const constraint = (more: Partial<Constraint>): Constraint => ({
  since: 1,
  permission: undefined,
  certifies: false,
  locks: [],
  ...more,
});
const comment: Finding = { code: "annotation_added", fine: "comment_added", need: "annotating", page: 2 };
const steps = (finding: Finding, revision = 5) => [{ revision, findings: [finding] }];
const permits = (finding: Finding, constraints: readonly Constraint[], revision = 2) =>
  judge(steps(finding), constraints, revision)[0]?.permitted;

test("comments are allowed by a certification that the signature covers, by no other one and by no approval", () => {
  const certified = (since: number) => constraint({ since, certifies: true, permission: 3 });
  expect(permits(comment, [certified(1)])).toBe(true);
  expect(permits(comment, [certified(2)])).toBe(true);
  expect(permits(comment, [certified(3)])).toBe(false);
  expect(permits(comment, [constraint({ permission: 3 })])).toBe(false);
  expect(permits(comment, [])).toBe(false);
});

test("the strictest of all that were there before a change counts; what came with it or behind it does not", () => {
  const filled: Finding = {
    code: "field_value_changed",
    fine: "form_filled",
    need: "filling",
    field: "a",
    locks: true,
  };
  expect(permits(filled, [])).toBe(true);
  expect(permits(filled, [constraint({ since: 4, permission: 1 })])).toBe(false);
  expect(permits(filled, [constraint({ since: 5, permission: 1 })])).toBe(true);
  expect(permits(filled, [constraint({ since: 4, locks: [{ action: "Include", fields: ["a"] }] })])).toBe(false);
  expect(permits(filled, [constraint({ since: 5, locks: [{ action: "Include", fields: ["a"] }] })])).toBe(true);
});

test("what never may be done no signature allows, and what nobody can tell is not permitted", () => {
  for (const need of ["never", "unknown"] as const)
    expect(permits({ code: "page_added", need }, [constraint({ certifies: true, permission: 3 })])).toBe(false);
  expect(
    permits({ code: "metadata_changed", fine: "metadata_updated", need: "nothing" }, [constraint({ permission: 1 })]),
  ).toBe(true);
});

test.each([
  ["Include", ["a"], true],
  ["Include", ["b"], false],
  ["Include", ["a.b"], false],
  ["Exclude", ["a"], false],
  ["Exclude", ["b"], true],
  ["All", [], true],
  ["Whatever", [], true],
])("a lock: %s %j", (action, fields, locked) => {
  expect(isLocked({ action, fields }, "a")).toBe(locked);
});

test("the name of a field stands for those below it, and not for those that begin like it", () => {
  const lock = { action: "Include", fields: ["a"] };
  expect(isLocked(lock, "a.b")).toBe(true);
  expect(isLocked(lock, "ab")).toBe(false);
});

test("one forbidden change makes all of it forbidden, one that nobody can tell unknown; each is listed once, and not without end", () => {
  const change = (code: "page_added" | "saved_again" | "object_unreadable", object: number, permitted = false) => ({
    ...{ code, permitted, object },
    ...{ revision: 3, page: null, field: null },
  });
  const many = Array.from({ length: 500 }, (_, i) => change("page_added", i));
  expect(concluded([], false)).toEqual({ result: "none", items: [] });
  expect(concluded([change("saved_again", 1, true)], false).result).toBe("permitted");
  expect(concluded([change("saved_again", 1, true), change("object_unreadable", 1)], false).result).toBe("unknown");
  expect(concluded([change("object_unreadable", 1), change("page_added", 1)], true).result).toBe("forbidden");
  expect(concluded([change("page_added", 1), change("page_added", 1)], false).items).toHaveLength(1);
  expect(concluded(many, false).items).toHaveLength(100);
  expect(
    concluded(
      [...Array.from({ length: 500 }, (_, i) => change("saved_again", i, true)), change("page_added", 1)],
      false,
    ).result,
  ).toBe("forbidden");
});
