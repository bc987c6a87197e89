type Pair = { readonly vi: string; readonly en: string };

/** The one sentence above everything else. Vietnamese first, then English; NFC. */
export const BANNERS = {
  valid: { vi: "Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.", en: "Valid, unchanged." },
  additions: {
    vi: "Chữ ký hợp lệ. Sau khi ký có bổ sung được phép.",
    en: "Valid, with permitted additions after signing.",
  },
  changed: {
    vi: "Đã bị sửa sau khi ký. Chỉ phần đã ký là đáng tin.",
    en: "Changed after signing. Only what was signed can be relied on.",
  },
  invalid: { vi: "Chữ ký không hợp lệ.", en: "Not valid." },
  unknownIssuer: {
    vi: "Chưa thể kết luận: không nhận ra tổ chức cấp chứng thư.",
    en: "Cannot conclude: the issuer of the certificate is not known here.",
  },
  noStatus: {
    vi: "Chưa thể kết luận lúc này: chưa kiểm tra được tình trạng thu hồi.",
    en: "Cannot conclude now: the revocation status could not be checked.",
  },
  cannotTell: { vi: "Chưa thể kết luận.", en: "Cannot conclude." },
  none: {
    vi: "Tệp này không có chữ ký số. Hình chữ ký trong tệp (nếu có) chỉ là hình ảnh.",
    en: "The file has no digital signature. A picture of one, if there is any, is only a picture.",
  },
  unreadable: { vi: "Không kiểm tra được tệp này.", en: "This file cannot be checked." },
} as const satisfies Record<string, Pair>;

export const TEST_DOCUMENT: Pair = {
  vi: "Tài liệu thử nghiệm — không có giá trị.",
  en: "Test document, without effect.",
};

/** The five questions that people ask. */
export const QUESTIONS = {
  who: { vi: "Ai ký?", en: "Who signed?" },
  when: { vi: "Ký lúc nào?", en: "When?" },
  changed: { vi: "Có bị sửa không?", en: "Was it changed?" },
  vouched: { vi: "Ai bảo đảm?", en: "Who vouches for it?" },
  use: { vi: "Dùng được vào việc gì?", en: "What is it good for?" },
} as const satisfies Record<string, Pair>;

export const TIME_SOURCES = {
  timestamp: { vi: "dấu thời gian tin cậy", en: "trusted timestamp" },
  log: { vi: "nhật ký công khai", en: "public log" },
  claimed: { vi: "giờ do người ký khai", en: "as the signer claims" },
} as const satisfies Record<string, Pair>;
export const NO_TIME: Pair = { vi: "không rõ", en: "not known" };

export const CHANGE_TEXTS = {
  none: { vi: "Không có gì thay đổi sau khi ký", en: "Nothing changed after signing" },
  permitted: { vi: "Có bổ sung được phép sau khi ký", en: "Permitted additions after signing" },
  forbidden: { vi: "Đã bị sửa sau khi ký", en: "Changed after signing" },
  unknown: {
    vi: "Không xác định được những gì đã thay đổi sau khi ký",
    en: "What changed after signing cannot be told",
  },
} as const satisfies Record<string, Pair>;

export const INTEGRITY_TEXTS = {
  intact: { vi: "phần đã ký còn nguyên vẹn", en: "what was signed is intact" },
  broken: { vi: "chữ ký không khớp với tài liệu", en: "the signature does not fit the document" },
  unsupported: { vi: "thuật toán chữ ký chưa được hỗ trợ", en: "the algorithm of the signature is not supported" },
} as const satisfies Record<string, Pair>;

export const TRUST_TEXTS = {
  trusted: { vi: "được tin cậy", en: "trusted" },
  untrusted: { vi: "không được tin cậy", en: "not trusted" },
  indeterminate: { vi: "chưa xác định", en: "not determined" },
} as const satisfies Record<string, Pair>;

export const NOT_KNOWN: Pair = { vi: "không rõ", en: "not known" };
export const EQUIVALENT: Pair = {
  vi: "có giá trị tương đương chữ ký viết tay",
  en: "equivalent to a handwritten signature",
};
/** Whoever receives the document decides; ux.md, "Anyone verifies". */
export const NOT_A_DECISION: Pair = {
  vi: "Kết quả này không thay cho quyết định của nơi nhận.",
  en: "This result does not replace the decision of whoever receives the document.",
};
export const NOBODY_TRUSTED: Pair = {
  vi: "Chưa có tổ chức nào được tin cậy, nên không thể kết luận. Thêm bằng --trust ĐƯỜNG-DẪN (tệp hoặc thư mục chứng thư gốc, hoặc hồ sơ tin cậy; xem motlan trust).",
  en: "Nobody is trusted yet, so nothing can be concluded. Give --trust PATH (a file or folder of root certificates, or a trust profile; see motlan trust).",
};

/** The catalogue of faults speaks to a person who signs; whoever verifies did not want to sign anything. */
export function withoutSigning({ vi, en }: Pair): Pair {
  return { vi: vi.replace(/ Chưa có gì được ký\.$/, ""), en: en.replace(/ Nothing was signed\.$/, "") };
}
