type Pair = { readonly vi: string; readonly en: string };

/** The one sentence above everything else. Vietnamese first, then English; NFC. */
export const BANNERS = {
  valid: { vi: "Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.", en: "Valid, unchanged." },
  changed: {
    vi: "Đã bị sửa sau khi ký. Chỉ phần đã ký là đáng tin.",
    en: "Changed after signing. Only what was signed can be relied on.",
  },
  unknownIssuer: {
    vi: "Chưa thể kết luận: không nhận ra tổ chức cấp chứng thư.",
    en: "Cannot conclude: the issuer of the certificate is not known here.",
  },
  noStatus: {
    vi: "Chưa thể kết luận lúc này: chưa kiểm tra được tình trạng thu hồi.",
    en: "Cannot conclude now: the revocation status could not be checked.",
  },
  none: {
    vi: "Tệp này không có chữ ký số. Hình chữ ký trong tệp (nếu có) chỉ là hình ảnh.",
    en: "The file has no digital signature. A picture of one, if there is any, is only a picture.",
  },
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

export const AS_OF: Pair = { vi: "Kết quả tại thời điểm", en: "As of" };
export const ON_PAGE: Pair = { vi: "trang", en: "page" };
