/** "My signatures". Vietnamese first, then English; NFC. */
export const HISTORY = {
  heading: { vi: "Lịch sử ký của tôi", en: "My signatures" },
  lead: {
    vi: "Mọi lần danh tính của bạn được dùng ở đây, kể cả lần không thành công và lần có người hỗ trợ.",
    en: "Every use of your identity here, including attempts that failed and those with an officer's help.",
  },
  passkeys: { vi: "Khoá đăng nhập của tôi", en: "My passkeys" },
  none: { vi: "Chưa có lần nào.", en: "There is none yet." },
  more: { vi: "Xem thêm", en: "Show more" },
  fresh: { vi: "Mới", en: "New" },
  freshCount: { vi: "Có {count} thông báo mới.", en: "There are {count} new notices." },
  markRead: { vi: "Đánh dấu đã xem", en: "Mark as seen" },
  frozen: {
    vi: "Danh tính này đang tạm dừng ký, vì có chữ ký bạn báo không phải mình ký ({cases}).",
    en: "Signing with this identity is suspended, because you reported a signature as not yours ({cases}).",
  },
  time: { vi: "Lúc", en: "Time" },
  documents: { vi: "Tài liệu", en: "Documents" },
  party: { vi: "Gửi", en: "For" },
  device: { vi: "Thiết bị", en: "Device" },
  unknownDevice: { vi: "Không rõ", en: "Not known" },
  helper: { vi: "Có cán bộ hỗ trợ", en: "Helped by an officer of" },
  code: { vi: "Mã tra cứu", en: "Look-up code" },
  why: { vi: "Lý do", en: "Reason" },
  passkey: { vi: "Khoá", en: "Passkey" },
  caseNumber: { vi: "Số vụ việc", en: "Case number" },
  view: { vi: "Xem", en: "View" },
  notMine: { vi: "Không phải tôi ký", en: "This was not me" },
  notMineTitle: { vi: "Báo: không phải tôi ký", en: "Report: this was not me" },
  notMineText: {
    vi: "Chữ ký này sẽ được đánh dấu ĐANG TRANH CHẤP cho mọi người kiểm tra, và danh tính của bạn tạm dừng ký cho đến khi vụ việc được giải quyết.",
    en: "The signature will be marked as DISPUTED for everybody who checks it, and signing with your identity stops until the case is resolved.",
  },
  notMineConfirm: { vi: "Báo không phải tôi ký", en: "Report that this was not me" },
  reported: {
    vi: "Đã ghi nhận. Chữ ký {code} được đánh dấu ĐANG TRANH CHẤP trên trang kiểm tra. Số vụ việc: {caseNumber}",
    en: "Recorded. Signature {code} is marked as DISPUTED on the check page. Case number: {caseNumber}",
  },
  disputeOpen: { vi: "ĐANG TRANH CHẤP — {caseNumber}", en: "DISPUTED — {caseNumber}" },
  disputeConfirmed: {
    vi: "Đã xác nhận không phải bạn ký — {caseNumber}",
    en: "Confirmed as not signed by you — {caseNumber}",
  },
  disputeWithdrawn: { vi: "Tranh chấp đã khép lại — {caseNumber}", en: "The dispute was closed — {caseNumber}" },
} as const;

/** What each kind of use is called. */
export const ACTIVITY_WORDS = {
  signed: { vi: "Đã ký", en: "Signed" },
  failed: { vi: "Ký không thành công", en: "Signing failed" },
  declined: { vi: "Không ký", en: "Declined" },
  passkey_enrolled: { vi: "Thêm khoá đăng nhập", en: "Passkey added" },
  passkey_removed: { vi: "Xoá khoá đăng nhập", en: "Passkey removed" },
  assisted: { vi: "Cán bộ mở phiên hỗ trợ", en: "An officer opened an assisted session" },
  disputed: { vi: "Báo không phải mình ký", en: "Reported as not signed by me" },
  dispute_resolved: { vi: "Vụ việc đã được giải quyết", en: "The case was resolved" },
} as const;
