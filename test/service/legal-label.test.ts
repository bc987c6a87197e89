import { expect, test } from "vitest";
import { legalLabel } from "../../lib/service/legal-label.ts";

test("the operator's words are taken in both languages, or not at all", () => {
  expect(legalLabel("Chữ ký điện tử cơ bản | Basic electronic signature")).toEqual({
    vi: "Chữ ký điện tử cơ bản",
    en: "Basic electronic signature",
  });
  for (const none of [undefined, ""]) expect(legalLabel(none)).toBeUndefined();
});

test.each(["một", "một |", "| one", "a | b | c", `${"a".repeat(81)} | b`, "a\u202e | b", "a | \u200b"])(
  "%j is refused",
  (text) => {
    expect(() => legalLabel(text)).toThrow(TypeError);
  },
);
