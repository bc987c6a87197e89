import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlainText, shownPlainly } from "../../lib/text/plain.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

for (const text of [
  "Tờ khai đăng ký thường trú",
  "NGUYỄN THỊ ÁNH TUYẾT",
  "Y Ƀhiăt Êban",
  "Hợp đồng số 12/2026/HĐ-UBND (bản 2).pdf",
  '“Đơn” ‘xin’ "phép" <b>',
  " có khoảng trắng ",
  "کتاب\u200cخانه",
  "👩\u200d👩\u200d👧",
  "क्\u200dष",
]) {
  test(`plain text: ${JSON.stringify(text)}`, () => {
    expect(isPlainText(text, 200)).toBe(true);
  });
}

const hidden = [
  "\u0000",
  "\t",
  "\n",
  "\r",
  "\u001b",
  "\u007f",
  "\u0085",
  "\u009f",
  "\u00ad",
  "\u061c",
  "\u180e",
  "\u200b",
  "\u200e",
  "\u200f",
  "\u2028",
  "\u2029",
  "\u202a",
  "\u202b",
  "\u202c",
  "\u202d",
  "\u202e",
  "\u2060",
  "\u2066",
  "\u2067",
  "\u2068",
  "\u2069",
  "\ufeff",
  "\ufff9",
  "\ue000",
  "\ufdd0",
  "\ufffe",
  "\u{1ffff}",
  "\u{e0041}",
  "\u{f0000}",
  "\ud800",
  "\udc00",
  "o\u031b",
  "\u212b",
];
for (const bad of hidden) {
  const code = [...bad].map(
    (character) => `U+${character.codePointAt(0)?.toString(16).padStart(4, "0").toUpperCase()}`,
  );
  test(`not plain text, wherever it stands: ${code.join(" ")}`, () => {
    for (const text of [bad, `a${bad}`, `${bad}a`, `a${bad}b`]) expect(isPlainText(text, 200)).toBe(false);
  });
}

test("blank is not plain text", () => {
  for (const text of ["", " ", "\u00a0\u3000", "\u200d", " \u200c "]) expect(isPlainText(text, 200)).toBe(false);
});

test("length is counted in code points", () => {
  expect(isPlainText("😀".repeat(10), 10)).toBe(true);
  expect(isPlainText("😀".repeat(11), 10)).toBe(false);
  expect(isPlainText("ệ".repeat(10), 10)).toBe(true);
  expect(isPlainText("a".repeat(11), 10)).toBe(false);
});

test("a hundred megabytes are refused at once", () => {
  const start = performance.now();
  expect(isPlainText("a".repeat(100_000_000), 200)).toBe(false);
  expect(performance.now() - start).toBeLessThan(500);
});

test("what is plain is well-formed, composed, on one line and survives UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 20 }), (text) => {
      if (!isPlainText(text, 20)) return;
      expect(text.normalize("NFC")).toBe(text);
      expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text);
    }),
    { numRuns: RUNS * 10 },
  );
});

test.each([
  ["Nguyễn Thị Ánh".normalize("NFD"), "Nguyễn Thị Ánh"],
  ["hai\r\ndòng\tvà\u2028nữa", "hai dòng và nữa"],
  ["gnp\u202e.exe", "gnp⟨U+202E⟩.exe"],
  ["a\u0000b\ufeffc", "a⟨U+0000⟩b⟨U+FEFF⟩c"],
  ["x\u{e0041}", "x⟨U+E0041⟩"],
  [`q${"\u0316".repeat(9)}!`, `q${"\u0316".repeat(4)}⟨…⟩!`],
  ["\ud800", "\ufffd"],
  ["👩\u200d👧", "👩\u200d👧"],
])("any text is shown plainly: %j", (text, shown) => {
  expect(shownPlainly(text)).toBe(shown);
});

test("what is shown plainly is plain, whatever it was, and stays as it is when it is shown again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const shown = shownPlainly(text);
      expect(isPlainText(`x${shown}`.normalize("NFC"), 5000)).toBe(true);
      expect(shownPlainly(shown)).toBe(shownPlainly(shownPlainly(shown)));
    }),
    { numRuns: RUNS },
  );
});
