/** Words of the report on a checked file. Vietnamese first, then English; NFC. */
export type Both = { readonly vi: string; readonly en: string };

/** What stands in the banner (the document as a whole). `{list}` and `{reason}` are filled in. */
export const BANNERS = {
  unchanged: { vi: "Chữ ký hợp lệ. Tài liệu còn nguyên vẹn.", en: "Valid, unchanged." },
  added: {
    vi: "Chữ ký hợp lệ. Sau khi ký có bổ sung được phép ({list}).",
    en: "Valid, permitted additions ({list}).",
  },
  changed: {
    vi: "Đã bị sửa sau khi ký. Chỉ phần đã ký là đáng tin.",
    en: "Changed after signing. Only what was signed can be relied on.",
  },
  issuer: {
    vi: "Chưa thể kết luận: không nhận ra tổ chức cấp chứng thư.",
    en: "Cannot conclude: unknown issuer.",
  },
  status: {
    vi: "Chưa thể kết luận lúc này: chưa kiểm tra được tình trạng thu hồi.",
    en: "Cannot conclude now: the revocation status could not be checked.",
  },
  disputed: {
    vi: "Chữ ký đúng kỹ thuật nhưng người ký báo KHÔNG phải mình ký.",
    en: "Disputed by the signer: technically right, but said to be made by somebody else.",
  },
  open: { vi: "Chưa thể kết luận. Lý do: {reason}", en: "Cannot conclude. Reason: {reason}" },
  invalid: { vi: "Chữ ký không hợp lệ. Lý do: {reason}", en: "Not valid. Reason: {reason}" },
  unsigned: {
    vi: "Tệp này không có chữ ký số. Hình chữ ký trong tệp (nếu có) chỉ là hình ảnh.",
    en: "The file has no digital signature. A picture of one, if there is any, is only a picture.",
  },
} as const satisfies Record<string, Both>;

/** In a banner of its own, whatever else is true. */
export const TEST_DOCUMENT: Both = {
  vi: "Tài liệu thử nghiệm — không có giá trị.",
  en: "Test document — of no legal effect.",
};

/** Beside a verdict. */
export const TEST: Both = { vi: "THỬ NGHIỆM", en: "TEST" };

export const NO_REASON: Both = { vi: "xem các phát hiện bên dưới", en: "see the findings below" };

export const VERDICTS = {
  VALID: { vi: "HỢP LỆ", en: "VALID" },
  INVALID: { vi: "KHÔNG HỢP LỆ", en: "NOT VALID" },
  CANNOT_TELL: { vi: "CHƯA THỂ KẾT LUẬN", en: "CANNOT CONCLUDE" },
} as const satisfies Record<string, Both>;

/** How many signatures have which verdict. */
export const COUNTED = {
  VALID: { vi: "hợp lệ", en: "valid" },
  INVALID: { vi: "không hợp lệ", en: "not valid" },
  CANNOT_TELL: { vi: "chưa thể kết luận", en: "cannot be concluded" },
} as const satisfies Record<string, Both>;

export const LABELS = {
  title: { vi: "Báo cáo kiểm tra chữ ký số", en: "Digital signature validation report" },
  sealed: { vi: "Được niêm phong bằng chữ ký số của dịch vụ", en: "Sealed with the service's digital signature" },
  unsealed: { vi: "BẢN CHƯA NIÊM PHONG", en: "NOT SEALED" },
  file: { vi: "Tệp được kiểm tra", en: "File checked" },
  fileName: { vi: "Tên tệp", en: "File name" },
  size: { vi: "Dung lượng", en: "Size" },
  digest: { vi: "SHA-256 của tệp", en: "SHA-256 of the file" },
  at: { vi: "Kết quả tính tại", en: "Judged as of" },
  by: { vi: "Kiểm tra bởi", en: "Checked by" },
  policy: { vi: "Chính sách kiểm tra", en: "Validation policy" },
  trust: { vi: "Nguồn tin cậy", en: "Trust source" },
  documentTimestamps: { vi: "Dấu thời gian của tài liệu", en: "Document timestamps" },
  signature: { vi: "Chữ ký {n}", en: "Signature {n}" },
  signatures: { vi: "Chữ ký trong tệp: {n}", en: "Signatures in the file: {n}" },
  // The seven fields of Circular 15/2025/TT-BKHCN, article 6.
  issuer: { vi: "1. Tổ chức cấp chứng thư", en: "Issuer" },
  signer: { vi: "2. Người ký", en: "Signer" },
  managingUnit: { vi: "3. Đơn vị quản lý chứng thư", en: "Managing unit" },
  signingTime: { vi: "4. Thời điểm ký", en: "Signing time" },
  integrity: { vi: "5. Tính toàn vẹn", en: "Integrity" },
  validAtSigningTime: { vi: "6. Hiệu lực khi ký", en: "Valid when signed" },
  certificateValidity: { vi: "7. Thời hạn chứng thư", en: "Certificate period" },
  cryptography: { vi: "Mật mã", en: "Cryptography" },
  trusted: { vi: "Tin cậy", en: "Trust" },
  rules: { vi: "Chính sách", en: "Policy" },
  conclusion: { vi: "Kết luận EN 319 102-1", en: "Conclusion" },
  level: { vi: "Mức", en: "Level" },
  coverage: { vi: "Phạm vi ký", en: "Coverage" },
  changes: { vi: "Sau khi ký", en: "After signing" },
  class: { vi: "Loại chữ ký", en: "Class" },
  algorithms: { vi: "Thuật toán", en: "Algorithms" },
  anchor: { vi: "Neo tin cậy", en: "Trust anchor" },
  reason: { vi: "Lý do ký", en: "Reason" },
  location: { vi: "Nơi ký", en: "Place" },
} as const satisfies Record<string, Both>;

/** Which clock a signing time comes from; they are never mixed. */
export const TIMES = {
  proven: { vi: "có dấu thời gian", en: "proven" },
  logged: { vi: "theo nhật ký", en: "logged" },
  claimed: { vi: "do người ký khai", en: "claimed" },
  none: { vi: "không có", en: "none" },
} as const satisfies Record<string, Both>;

/** Values of a signature's report. */
export const VALUES = {
  integrity: {
    intact: { vi: "Nguyên vẹn", en: "intact" },
    broken: { vi: "KHÔNG nguyên vẹn", en: "BROKEN" },
    unsupported: { vi: "Không kiểm tra được", en: "cannot be checked" },
  },
  validAtSigningTime: {
    valid: { vi: "Có hiệu lực", en: "valid" },
    invalid: { vi: "KHÔNG có hiệu lực", en: "NOT valid" },
    unknown: { vi: "Chưa rõ", en: "not known" },
  },
  coverage: {
    "whole-file": { vi: "Toàn bộ tệp", en: "whole file" },
    "earlier-revision": { vi: "Bản trước của tệp", en: "an earlier state of the file" },
    anomalous: { vi: "BẤT THƯỜNG", en: "ANOMALOUS" },
  },
  changes: {
    none: { vi: "Không thay đổi", en: "no change" },
    permitted: { vi: "Chỉ bổ sung được phép", en: "permitted additions only" },
    forbidden: { vi: "CÓ SỬA KHÔNG ĐƯỢC PHÉP", en: "FORBIDDEN CHANGES" },
    unknown: { vi: "Chưa rõ", en: "not known" },
  },
  trust: {
    trusted: { vi: "Được tin cậy", en: "trusted" },
    untrusted: { vi: "KHÔNG tin cậy", en: "NOT trusted" },
    indeterminate: { vi: "Chưa kết luận", en: "undecided" },
  },
  policy: { met: { vi: "Đạt", en: "met" }, "not-met": { vi: "KHÔNG đạt", en: "NOT met" } },
} as const satisfies Record<string, Record<string, Both>>;

/** Classes of signatures by the trust profile; what they are good for is not said here. */
export const CLASSES = {
  PUBLIC_CA: { vi: "Chữ ký số công cộng", en: "public CA" },
  CIVIL_SERVICE: { vi: "Chữ ký số chuyên dùng công vụ", en: "civil service" },
  DEDICATED_SECURED: { vi: "Chữ ký điện tử chuyên dùng bảo đảm an toàn", en: "dedicated, secured" },
  DEDICATED: { vi: "Chữ ký điện tử chuyên dùng", en: "dedicated" },
  FOREIGN_RECOGNISED: { vi: "Chữ ký nước ngoài được công nhận", en: "foreign, recognised" },
  FOREIGN_OTHER: { vi: "Chữ ký nước ngoài khác", en: "foreign, other" },
  OTHER_CONFIRMATION: { vi: "Hình thức xác nhận khác", en: "other confirmation" },
} as const satisfies Record<string, Both>;

export const NOTES = {
  handwritten: {
    vi: "tương đương chữ ký tay theo hồ sơ tin cậy",
    en: "equivalent to a handwritten one by the trust profile",
  },
  more: {
    vi: "Còn {n} chữ ký nữa không in ở đây ({counts}): xem tệp {file} đính kèm.",
    en: "{n} more signatures are not printed here ({counts}): see the attached file {file}.",
  },
  moreFindings: {
    vi: "Còn {n} phát hiện nữa trong tệp {file} đính kèm.",
    en: "{n} more findings in the attached file {file}.",
  },
  notGiven: { vi: "không được cho biết", en: "not given" },
  unknown: { vi: "không rõ", en: "not known" },
  attached: {
    vi: "Câu trả lời đầy đủ cho máy đọc được đính kèm trong tệp PDF này ({files}) để kiểm tra lại độc lập.",
    en: "The complete machine-readable answer is attached to this PDF ({files}), so that it can be checked again.",
  },
  limits: {
    vi: "Kết quả này không thay cho quyết định của nơi nhận. Giá trị pháp lý do pháp luật xác định, không do báo cáo này.",
    en: "This result does not replace the decision of whoever receives it. Legal effect follows from the law, not from here.",
  },
  revisions: { vi: "{size} byte, {n} lần lưu", en: "{size} octets, {n} saves" },
} as const satisfies Record<string, Both>;

/** Metadata and the words in the seal's signature field. */
export const SEAL_REASON = "Niêm phong báo cáo kiểm tra chữ ký / Seal of a validation report";
export const AUTHOR = "Ký Một Lần";

/** What `npm start` says where the seal cannot be added to old data. */
export const NO_REPORT_SEAL = `Chưa thêm được chứng thư niêm phong báo cáo ({why}); các phần khác vẫn chạy.
The certificate that seals reports could not be added ({why}); everything else works.`;
