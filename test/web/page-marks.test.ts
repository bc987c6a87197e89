import { describe, expect, test } from "vitest";
import { pageMarks, shownPages } from "../../web/check/page-marks.ts";

const change = (page: number | null, permitted: boolean, code: "saved_again" | "page_removed" = "saved_again") => ({
  ...{ page, permitted, code, field: null, object: null, revision: 2 },
  ...{ vi: "", en: "" },
});

describe("pages of a checked file", () => {
  test("bear the worse of two marks, and what is gone marks none", () => {
    const marks = pageMarks([change(2, true), change(2, false), change(3, true), change(4, false, "page_removed")]);
    expect([...marks]).toEqual([
      [2, "changed"],
      [3, "added"],
    ]);
  });

  test("come in the order of what a reader must see: changed, added, the rest", () => {
    const marks = pageMarks([change(3, true), change(90, false), change(7, false), change(null, false)]);
    expect(shownPages(100, marks, 5)).toEqual([7, 90, 3, 1, 2]);
    expect(shownPages(2, marks, 5)).toEqual([1, 2]);
    expect(shownPages(100, marks, 1)).toEqual([7]);
  });
});
