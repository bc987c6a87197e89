import { expect, test } from "vitest";
import { maskNumbers, publicView } from "../../lib/api/public-view.ts";

test.each([
  ["UID=CCCD:001099012345,CN=An", "UID=CCCD:*********345,CN=An"],
  ["CMND: 012345678", "CMND: ******678"],
  ["HC:B1234567", "HC:*****567"],
  ["serialNumber=IDCVN-001099012345", "serialNumber=IDCVN-*********345"],
  ["PNOVN-001099012345", "PNOVN-*********345"],
  ["số 001099012345.", "số *********345."],
  ["012345678", "******678"],
])("%s is shown as %s", (text, shown) => {
  expect(maskNumbers(text)).toBe(shown);
});

test.each([
  "MST:0101243150",
  "0101243150-001",
  "2027-01-15T03:00:00.000Z",
  "1.2.840.113549.1.1.11",
  "998986fd5cafbca8e22ddc68a5aed1065dc765d934054144a694568fbe63ab0d",
  "KM:VN-0123456789abcdef",
  "Điều 6 Thông tư 15/2025/TT-BKHCN",
])("%s is no number of a person", (text) => {
  expect(maskNumbers(text)).toBe(text);
});

test("covers every text of an answer, however deep, and leaves digests, numbers and truth as they are", () => {
  const sha256 = "123456789012";
  expect(publicView({ a: [{ signer: "001099012345", sha256 }], size: 123456789, test: true, none: null })).toEqual({
    a: [{ signer: "*********345", sha256 }],
    size: 123456789,
    test: true,
    none: null,
  });
});
