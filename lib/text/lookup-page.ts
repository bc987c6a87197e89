import type { Both } from "./report.ts";

/** Words of the page that looks up a code without JavaScript. Vietnamese first, then English; NFC. */
export const LOOKUP = {
  title: { vi: "Tra cứu chữ ký", en: "Look up a signature" },
  code: { vi: "Mã tra cứu (12 ký tự, in trên tài liệu)", en: "Look-up code (12 characters, printed on the document)" },
  opening: {
    vi: "Mã mở (6 ký tự, in trên tài liệu) để xem ai ký và ký gì",
    en: "Opening code (6 characters, printed on the document) to see who signed what",
  },
  submit: { vi: "Tra cứu", en: "Look up" },
  open: { vi: "Mở", en: "Open" },
  found: { vi: "Có một chữ ký dưới mã này.", en: "There is a signature under this code." },
  disputed: {
    vi: "Đang tranh chấp: người ký báo KHÔNG phải mình ký.",
    en: "Disputed: the signer says that somebody else signed.",
  },
  demo: { vi: "Tài liệu thử nghiệm — không có giá trị.", en: "Test document — it has no effect." },
  notTheDocument: {
    vi: "Trang này chỉ cho biết có chữ ký dưới mã này. Tờ giấy trước mặt có thể đã bị sửa: hãy so từng mục với kết quả, và kiểm tra tệp gốc khi có thể.",
    en: "This page only says that there is a signature under this code. The paper in front of you may have been altered: compare it with the result, and check the file itself where you can.",
  },
  signedAt: { vi: "Ký lúc", en: "Signed at" },
  disputedAt: { vi: "Báo tranh chấp lúc", en: "Disputed since" },
  issuer: { vi: "Mã do nơi này cấp", en: "Code given by" },
  class: { vi: "Hạng chữ ký", en: "Class" },
  assisted: { vi: "Có cán bộ hỗ trợ", en: "With the help of" },
  documents: { vi: "Số tài liệu", en: "Documents" },
  signer: { vi: "Người ký", en: "Signer" },
  titles: { vi: "Tài liệu", en: "Title" },
  digests: { vi: "Mã kiểm tra (SHA-256)", en: "Check code (SHA-256)" },
  relyingParty: { vi: "Gửi", en: "For" },
} as const satisfies Record<string, Both>;
