import type { Both } from "./report.ts";

/** The five questions that people ask about a signature. Vietnamese first, then English; NFC. */
export const QUESTIONS = {
  who: { vi: "Ai ký?", en: "Who signed?" },
  when: { vi: "Ký lúc nào?", en: "When?" },
  changed: { vi: "Có bị sửa không?", en: "Was it changed?" },
  vouched: { vi: "Ai bảo đảm?", en: "Who vouches for it?" },
  use: { vi: "Dùng được vào việc gì?", en: "What is it good for?" },
} as const satisfies Record<string, Both>;

export const AS_OF: Both = { vi: "Kết quả tại thời điểm", en: "As of" };
export const ON_PAGE: Both = { vi: "trang", en: "page" };

/** Whoever gives no trust gets no verdict, and is told why. */
export const NOBODY_TRUSTED: Both = {
  vi: "Chưa tin cậy tổ chức nào nên không thể kết luận. Thêm bằng --trust ĐƯỜNG-DẪN (tệp hoặc thư mục chứng thư gốc, hoặc hồ sơ tin cậy; xem motlan trust).",
  en: "Nobody is trusted yet, so nothing can be concluded. Give --trust PATH (a file or folder of root certificates, or a trust profile; see motlan trust).",
};
