import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ASSISTED_INTENT_VERSION, INTENT_VERSION, type IntentInput, intentText } from "../../lib/text/consent.ts";
import { isPlainText } from "../../lib/text/plain.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;

const one = { version: INTENT_VERSION, documents: [{ title: "Tờ khai thường trú" }] };
const all = {
  signerName: "Nguyễn Văn An",
  relyingParty: "UBND phường Bến Thành",
  procedure: "1.004222 Đăng ký thường trú",
  reason: "Tôi chuyển nhà",
};
const three = { ...one, documents: [{ title: "Tờ khai" }, { title: "Hợp đồng thuê nhà" }, { title: "Giấy uỷ quyền" }] };

/** Every one of these was or will be signed under: a change here needs a new version, not a new expectation. */
const golden: readonly [string, Omit<IntentInput, "locale">, string, string][] = [
  [
    "one document, nobody named",
    one,
    "Tôi, người đăng nhập, ký tài liệu “Tờ khai thường trú”. Chữ ký này chỉ dùng cho tài liệu này và chỉ một lần.",
    "I, the person who logs in, sign the document “Tờ khai thường trú”. This signature is for this document only, and only once.",
  ],
  [
    "signer and agency",
    { ...one, signerName: all.signerName, relyingParty: all.relyingParty },
    "Tôi, Nguyễn Văn An, ký tài liệu “Tờ khai thường trú” gửi UBND phường Bến Thành. Chữ ký này chỉ dùng cho tài liệu này và chỉ một lần.",
    "I, Nguyễn Văn An, sign the document “Tờ khai thường trú” for UBND phường Bến Thành. This signature is for this document only, and only once.",
  ],
  [
    "a procedure without an agency",
    { ...one, procedure: all.procedure },
    "Tôi, người đăng nhập, ký tài liệu “Tờ khai thường trú” để làm thủ tục “1.004222 Đăng ký thường trú”. Chữ ký này chỉ dùng cho tài liệu này và chỉ một lần.",
    "I, the person who logs in, sign the document “Tờ khai thường trú” in the procedure “1.004222 Đăng ký thường trú”. This signature is for this document only, and only once.",
  ],
  [
    "everything",
    { ...one, ...all },
    "Tôi, Nguyễn Văn An, ký tài liệu “Tờ khai thường trú” gửi UBND phường Bến Thành để làm thủ tục “1.004222 Đăng ký thường trú”. Lý do ký: “Tôi chuyển nhà”. Chữ ký này chỉ dùng cho tài liệu này và chỉ một lần.",
    "I, Nguyễn Văn An, sign the document “Tờ khai thường trú” for UBND phường Bến Thành in the procedure “1.004222 Đăng ký thường trú”. Reason: “Tôi chuyển nhà”. This signature is for this document only, and only once.",
  ],
  [
    "several documents",
    three,
    "Tôi, người đăng nhập, ký 3 tài liệu: (1) “Tờ khai”; (2) “Hợp đồng thuê nhà”; (3) “Giấy uỷ quyền”. Chữ ký này chỉ dùng cho 3 tài liệu này và chỉ một lần.",
    "I, the person who logs in, sign 3 documents: (1) “Tờ khai”; (2) “Hợp đồng thuê nhà”; (3) “Giấy uỷ quyền”. This signature is for these 3 documents only, and only once.",
  ],
  [
    "several documents and everything",
    { ...three, ...all },
    "Tôi, Nguyễn Văn An, ký 3 tài liệu gửi UBND phường Bến Thành để làm thủ tục “1.004222 Đăng ký thường trú”: (1) “Tờ khai”; (2) “Hợp đồng thuê nhà”; (3) “Giấy uỷ quyền”. Lý do ký: “Tôi chuyển nhà”. Chữ ký này chỉ dùng cho 3 tài liệu này và chỉ một lần.",
    "I, Nguyễn Văn An, sign 3 documents for UBND phường Bến Thành in the procedure “1.004222 Đăng ký thường trú”: (1) “Tờ khai”; (2) “Hợp đồng thuê nhà”; (3) “Giấy uỷ quyền”. Reason: “Tôi chuyển nhà”. This signature is for these 3 documents only, and only once.",
  ],
];
for (const [name, input, vi, en] of golden) {
  test(`version 1: ${name}`, () => {
    expect(intentText({ ...input, locale: "vi" })).toBe(vi);
    expect(intentText({ ...input, locale: "en" })).toBe(en);
  });
}

const HELPED: readonly [string, Omit<IntentInput, "locale">, string, string][] = [
  [
    "one document, nobody named",
    { ...one, version: ASSISTED_INTENT_VERSION, helper: "UBND phường Bến Thành" },
    "Tôi, người đăng nhập, ký tài liệu “Tờ khai thường trú”. Khi ký, tôi có cán bộ UBND phường Bến Thành hỗ trợ. Chữ ký này chỉ dùng cho tài liệu này và chỉ một lần.",
    "I, the person who logs in, sign the document “Tờ khai thường trú”. An officer of UBND phường Bến Thành helps me to sign. This signature is for this document only, and only once.",
  ],
  [
    "several documents and everything",
    { ...three, ...all, version: ASSISTED_INTENT_VERSION, helper: "UBND phường Bến Nghé" },
    "Tôi, Nguyễn Văn An, ký 3 tài liệu gửi UBND phường Bến Thành để làm thủ tục “1.004222 Đăng ký thường trú”: (1) “Tờ khai”; (2) “Hợp đồng thuê nhà”; (3) “Giấy uỷ quyền”. Lý do ký: “Tôi chuyển nhà”. Khi ký, tôi có cán bộ UBND phường Bến Nghé hỗ trợ. Chữ ký này chỉ dùng cho 3 tài liệu này và chỉ một lần.",
    "I, Nguyễn Văn An, sign 3 documents for UBND phường Bến Thành in the procedure “1.004222 Đăng ký thường trú”: (1) “Tờ khai”; (2) “Hợp đồng thuê nhà”; (3) “Giấy uỷ quyền”. Reason: “Tôi chuyển nhà”. An officer of UBND phường Bến Nghé helps me to sign. This signature is for these 3 documents only, and only once.",
  ],
];
for (const [name, input, vi, en] of HELPED) {
  test(`version 2, with an officer's help: ${name}`, () => {
    expect(intentText({ ...input, locale: "vi" })).toBe(vi);
    expect(intentText({ ...input, locale: "en" })).toBe(en);
  });
}

test("a title cannot end its quotation and go on in the signer's voice", () => {
  const title = 'Đơn” gửi Ngân hàng A. Tôi đồng ý “mọi điều" « khác » ‟x„';
  const text = intentText({ ...one, locale: "vi", documents: [{ title }], procedure: title, reason: title });
  expect(text.match(/“/g)).toHaveLength(3);
  expect(text.match(/”/g)).toHaveLength(3);
  expect(text).toContain("“Đơn’ gửi Ngân hàng A. Tôi đồng ý ‘mọi điều' ‘ khác ’ ‘x‘”");
  expect(text).not.toMatch(/["«»„‟]/);
});

describe("a mistake of the caller is", () => {
  const mistakes: readonly [string, object][] = [
    ["an unknown version", { version: "0" }],
    ["help in the version that does not tell it", { helper: "UBND phường Bến Thành" }],
    ["no help in the version that tells it", { version: ASSISTED_INTENT_VERSION }],
    ["a helper with a line end", { version: ASSISTED_INTENT_VERSION, helper: "a\nb" }],
    ["an unknown language", { locale: "fr" }],
    ["a language that every object has", { locale: "toString" }],
    ["no document", { documents: [] }],
    ["eleven documents", { documents: Array.from({ length: 11 }, () => ({ title: "a" })) }],
    ["an empty title", { documents: [{ title: "" }] }],
    ["a title with a line end", { documents: [{ title: "a\nb" }] }],
    ["a title that turns the direction", { documents: [{ title: "a\u202eb" }] }],
    ["a title of 201 letters", { documents: [{ title: "a".repeat(201) }] }],
    ["a name that is not composed", { signerName: "Ti\u0302" }],
    ["an agency with a control", { relyingParty: "a\u0007" }],
    ["a blank procedure", { procedure: " " }],
    ["a reason with a lone surrogate", { reason: "\ud800" }],
  ];
  for (const [name, change] of mistakes) {
    test(name, () => {
      expect(() => intentText({ ...one, locale: "vi", ...change } as IntentInput)).toThrow(TypeError);
    });
  }
});

const plain = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .map((text) => text.normalize("NFC"))
  .filter((text) => isPlainText(text, 60));
const optional = fc.option(plain, { nil: undefined });
const inputs = fc
  .record({
    locale: fc.constantFrom("vi" as const, "en" as const),
    documents: fc.array(fc.record({ title: plain }), { minLength: 1, maxLength: 10 }),
    signerName: optional,
    relyingParty: optional,
    procedure: optional,
    reason: optional,
  })
  .map(
    (input) =>
      ({
        ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
        version: INTENT_VERSION,
      }) as IntentInput,
  );

test("every title, name, agency, procedure and reason stands in the text, in order, and the text is itself plain", () => {
  const demoted = (text: string) =>
    text
      .replace(/[“„‟«❝〝]/g, "‘")
      .replace(/[”»❞〞]/g, "’")
      .replace(/["″＂]/g, "'");
  fc.assert(
    fc.property(inputs, (input) => {
      const text = intentText(input);
      expect(text).toBe(intentText(structuredClone(input)));
      expect(isPlainText(text, 4000)).toBe(true);
      let at = 0;
      for (const { title } of input.documents) {
        const found = text.indexOf(`“${demoted(title)}”`, at);
        expect(found).toBeGreaterThanOrEqual(at);
        at = found + 1;
      }
      for (const part of [input.procedure, input.reason])
        if (part !== undefined) expect(text).toContain(`“${demoted(part)}”`);
      for (const part of [input.signerName, input.relyingParty]) if (part !== undefined) expect(text).toContain(part);
    }),
    { numRuns: RUNS },
  );
});
