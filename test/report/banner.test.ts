import { describe, expect, test } from "vitest";
import { bannerOf } from "../../lib/report/banner.ts";
import { grouped, shownCount, shownTime } from "../../lib/report/shown.ts";
import { broken, FINDINGS, signatureOf, untrusted, verificationOf } from "./samples.ts";

const change = (code: string, permitted: boolean, vi: string, en: string) => ({
  ...{ code, permitted, vi, en },
  ...{ revision: 2, page: null, field: null, object: null },
});
const added = signatureOf({
  coverage: "earlier-revision",
  changes: "permitted",
  changeList: [change("signature_added", true, "Thêm một chữ ký.", "A signature was added.")],
});
const changed = signatureOf({ verdict: "INVALID", changes: "forbidden" });
const anomalous = signatureOf({ verdict: "INVALID", coverage: "anomalous", changes: "forbidden" });
const undecided = (subIndication: "TRY_LATER" | "OUT_OF_BOUNDS_NO_POE") =>
  signatureOf({ verdict: "CANNOT_TELL", indication: "INDETERMINATE", subIndication });

const denied = signatureOf({
  verdict: "CANNOT_TELL",
  findings: [{ code: "signature_disputed", severity: "error", vi: "Bị từ chối.", en: "Denied." }],
});

describe("the banner says what the verdict is, in the words of the specification", () => {
  for (const [name, signatures, key, tone, vi] of [
    ["valid, nothing after", [signatureOf()], "unchanged", "good", "Chữ ký hợp lệ. Tài liệu còn nguyên vẹn."],
    ["valid, permitted additions", [added], "added", "good", "bổ sung được phép (thêm một chữ ký)."],
    ["changed after signing", [changed], "changed", "bad", "Đã bị sửa sau khi ký. Chỉ phần đã ký là đáng tin."],
    ["the octets themselves are not covered", [anomalous], "invalid", "bad", "Chữ ký không hợp lệ."],
    ["broken", [broken()], "invalid", "bad", FINDINGS.broken.vi],
    ["one changed, one broken", [changed, broken()], "invalid", "bad", "Chữ ký không hợp lệ."],
    ["unknown issuer", [untrusted()], "issuer", "unsure", "không nhận ra tổ chức cấp chứng thư"],
    ["status not known", [undecided("TRY_LATER")], "status", "unsure", "chưa kiểm tra được tình trạng thu hồi"],
    ["denied by its signer", [denied], "disputed", "bad", "người ký báo KHÔNG phải mình ký"],
    ["denied, and another is not settled", [denied, untrusted()], "disputed", "bad", "KHÔNG phải mình ký"],
    ["denied, and another is broken", [denied, broken()], "invalid", "bad", "Chữ ký không hợp lệ."],
    ["anything else", [undecided("OUT_OF_BOUNDS_NO_POE")], "open", "unsure", "Chưa thể kết luận."],
    ["two reasons", [untrusted(), undecided("TRY_LATER")], "open", "unsure", "Chưa thể kết luận."],
    ["no signature", [], "unsigned", "none", "không có chữ ký số"],
  ] as const)
    test(name, () => {
      const banner = bannerOf(verificationOf(signatures));
      expect([banner.key, banner.tone]).toEqual([key, tone]);
      expect(banner.vi).toContain(vi);
      expect(banner.vi + banner.en).not.toMatch(/[{}]/);
    });
});

test("a broken signature beside good ones decides, and its reason is the one that is told", () => {
  expect(bannerOf(verificationOf([signatureOf(), broken()])).vi).toContain(FINDINGS.broken.vi);
});

test("one test certificate makes it a test document, whatever else is true", () => {
  expect(bannerOf(verificationOf([signatureOf(), signatureOf({ test: true })])).test).toBe(true);
  expect(bannerOf(verificationOf([signatureOf()])).test).toBe(false);
});

test("a finding with braces in it is not filled in again", () => {
  const finding = { ...FINDINGS.broken, vi: "{list} {reason}" };
  expect(bannerOf(verificationOf([{ ...broken(), findings: [finding] }])).vi).toContain("{list} {reason}");
});

test("times are shown by the clock of Viet Nam, and what is no time is shown as it is", () => {
  expect(shownTime("2026-11-25T17:30:05.999Z")).toBe("26/11/2026 00:30:05 +07:00");
  expect(shownTime("2026-12-31T23:00:00+00:00")).toBe("01/01/2027 06:00:00 +07:00");
  for (const odd of ["", "hôm qua", "+275760-09-13T00:00:01.000Z"]) expect(shownTime(odd)).toBe(odd);
});

test("numbers and digests are written so that people can compare them", () => {
  expect(shownCount(12_345_678)).toEqual({ vi: "12.345.678", en: "12,345,678" });
  expect(shownCount(999)).toEqual({ vi: "999", en: "999" });
  expect(grouped("00112233445566778899", 8)).toBe("00112233 44556677 8899");
  expect(grouped("")).toBe("");
});
