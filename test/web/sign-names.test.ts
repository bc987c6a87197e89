import { describe, expect, test } from "vitest";
import { isInAppBrowser } from "../../web/sign/in-app.ts";
import { readLink } from "../../web/sign/link.ts";
import { downloadName, shownName, signerNameOf, titleOf } from "../../web/sign/names.ts";
import { groups, sizeText } from "../../web/sign/size.ts";

// What the sign page makes of names that come from outside; no browser is needed for it.

const LONG = "x".repeat(10_000);
const BIDI = "hoa-don\u202efdp.exe";

describe("the signer's name", () => {
  test.each([
    ["  Nguyễn  Thị\tThuý An ", "Nguyễn Thị Thuý An"],
    ["Nguyễn Thị Ánh".normalize("NFD"), "Nguyễn Thị Ánh".normalize("NFC")],
    ["Y Ƀhiăt Êban", "Y Ƀhiăt Êban"],
    ["<b>An</b>", "<b>An</b>"],
    ["A".repeat(100), "A".repeat(100)],
  ])("%j is %j", (typed, name) => {
    expect(signerNameOf(typed)).toBe(name);
  });

  test.each(["", "   ", "\u200b", "A".repeat(101), LONG, "An\u202e", "An\u0000", "\ud800"])("%j is none", (typed) => {
    expect(signerNameOf(typed)).toBeUndefined();
  });
});

describe("a file's name", () => {
  test.each([
    ["Đơn xin.pdf", "Đơn xin"],
    ["Đơn xin.PDF", "Đơn xin"],
    [`${BIDI}.pdf`, "hoa-donfdp.exe"],
    [`${LONG}.pdf`, "x".repeat(200)],
    ["\u200b.pdf", "Tài liệu"],
    [".pdf", "Tài liệu"],
  ])("as a title: %#", (fileName, title) => {
    expect(titleOf(fileName, "Tài liệu")).toBe(title);
  });

  test.each([
    ["Đơn xin.pdf", "Đơn xin.da-ky.pdf"],
    ["../../etc/passwd.pdf", "_.._etc_passwd.da-ky.pdf"],
    ['a<b>:"|?*.pdf', "a_b______.da-ky.pdf"],
    [`${BIDI}.pdf`, "hoa-donfdp.exe.da-ky.pdf"],
    [`${LONG}.pdf`, `${"x".repeat(60)}.da-ky.pdf`],
    ["\u200b.pdf", "tai-lieu.da-ky.pdf"],
  ])("under which a signed file is saved: %#", (fileName, saved) => {
    expect(downloadName(fileName, ".da-ky.pdf")).toBe(saved);
  });

  test("on the screen ends somewhere", () => {
    expect(shownName(LONG)).toBe(`${"x".repeat(200)}…`);
    expect(shownName(BIDI)).toBe("hoa-donfdp.exe");
  });
});

describe("an agency's link", () => {
  const [id, secret] = ["A".repeat(22), "B".repeat(43)];

  test("names a transaction and its owner secret", () => {
    expect(readLink(`#${id}.${secret}`)).toEqual({ id, secret });
  });

  test.each([
    "",
    "#",
    `#${id}`,
    `#${id}!declined`,
    `#${id}.${secret}x`,
    `#${id}.${secret}.`,
    `#${id}.<img>`,
    `#x${id}.${secret}`,
  ])("%j is none", (hash) => {
    expect(readLink(hash)).toBeUndefined();
  });
});

test("browsers inside other apps are known, the device's own are not", () => {
  const own = [
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  ];
  expect(own.filter(isInAppBrowser)).toEqual([]);
  const inside = [
    "Zalo/1.0 (iPhone)",
    "… [FBAN/FBIOS;FBAV/500.0]",
    "Mozilla/5.0 (Linux; Android 14; SM-A145F; wv) AppleWebKit",
  ];
  expect(inside.filter((agent) => !isInAppBrowser(agent))).toEqual([]);
});

test("sizes and codes are written as people read them", () => {
  expect([sizeText(900, "vi"), sizeText(1_500_000, "vi"), sizeText(1_500_000, "en")]).toEqual([
    "0,9 KB",
    "1,4 MB",
    "1.4 MB",
  ]);
  expect(groups("0123456789abcdef", 3)).toBe("0123 4567 89ab");
});
