/** Words of all pages. Vietnamese first, then English; NFC. `{name}` stands for a value. */
export const COMMON = {
  brand: { vi: "Ký Một Lần", en: "Ký Một Lần" },
  skip: { vi: "Tới nội dung chính", en: "Skip to main content" },
  // The name of the other language, in that language.
  otherLanguage: { vi: "English", en: "Tiếng Việt" },
  navigation: { vi: "Các trang", en: "Pages" },
  loading: { vi: "Đang tải…", en: "Loading…" },
  noScript: {
    vi: "Trang này cần JavaScript. Tra cứu bằng mã thì không cần.",
    en: "This page needs JavaScript. A look-up by code does not.",
  },
  close: { vi: "Đóng", en: "Close" },
  cancel: { vi: "Huỷ", en: "Cancel" },
  back: { vi: "Quay lại", en: "Back" },
  continue: { vi: "Tiếp tục", en: "Continue" },
  retry: { vi: "Thử lại", en: "Try again" },
  errorCode: { vi: "Mã lỗi: {code}", en: "Error code: {code}" },
  offline: { vi: "Không có kết nối mạng.", en: "There is no network connection." },
  demo: { vi: "Bản thử nghiệm — chữ ký không có giá trị.", en: "Test installation — signatures have no value." },
  whole: { vi: "Xem cả {n} ký tự", en: "Show all {n} characters" },
  less: { vi: "Thu gọn", en: "Show less" },
  copied: { vi: "Đã chép.", en: "Copied." },
  notCopied: {
    vi: "Trình duyệt không cho chép. Hãy bôi đen rồi chép bằng tay.",
    en: "The browser does not allow copying. Mark the text and copy it by hand.",
  },
  timeLeft: { vi: "Phiên còn {minutes} phút.", en: "The session ends in {minutes} min." },
  timeWarning: {
    vi: "Phiên sắp hết hạn, còn {seconds} giây.",
    en: "The session is about to end, in {seconds} seconds.",
  },
  moreTime: { vi: "Gia hạn phiên", en: "Extend the session" },
  footerPages: { vi: "Trang khác", en: "Other pages" },
  free: { vi: "Miễn phí. Không quảng cáo, không theo dõi.", en: "Free. No advertising, no tracking." },
  footer: {
    vi: "Tệp của bạn không rời khỏi thiết bị. Dịch vụ chỉ nhận mã băm.",
    en: "Your file does not leave the device. The service receives digests only.",
  },
} as const;

/** Titles of the pages, as in the browser's tab and in the navigation. */
export const PAGE_TITLES = {
  home: { vi: "Trang chủ", en: "Home" },
  sign: { vi: "Ký tài liệu", en: "Sign a document" },
  check: { vi: "Kiểm tra tài liệu", en: "Check a document" },
  history: { vi: "Lịch sử ký", en: "My signatures" },
  passkeys: { vi: "Khoá đăng nhập", en: "Passkeys" },
  assist: { vi: "Quầy hỗ trợ", en: "Assistance desk" },
  pair: { vi: "Ghép máy", en: "Pairing" },
} as const;

/** Where nothing is. */
export const NOT_FOUND = {
  heading: { vi: "Không có trang này", en: "There is no such page" },
  lead: {
    vi: "Địa chỉ có thể bị gõ sai hoặc bị cắt mất một đoạn. Chưa có gì được ký.",
    en: "The address may be mistyped or cut short. Nothing was signed.",
  },
  home: { vi: "Về trang chủ", en: "To the home page" },
} as const;

/** The home page. */
export const HOME = {
  heading: { vi: "Ký một lần, miễn phí, trên điện thoại", en: "Sign once, free, on a phone" },
  lead: {
    vi: "Không cần mua chữ ký số. Mỗi lần ký có một chứng thư riêng, gắn với đúng tài liệu đó.",
    en: "No certificate to buy. Each signature has a certificate of its own, bound to exactly that document.",
  },
  sign: { vi: "Ký tài liệu", en: "Sign a document" },
  check: { vi: "Kiểm tra tài liệu đã ký", en: "Check a signed document" },
  history: { vi: "Xem lịch sử ký của tôi", en: "See my signatures" },
  how: { vi: "Ký như thế nào?", en: "How does signing work?" },
  step1: {
    vi: "Chọn tệp PDF hoặc chụp ảnh giấy tờ. Đọc kỹ; tệp ở lại trên máy của bạn.",
    en: "Choose a PDF or take photos of the paper. Read it; the file stays on your device.",
  },
  step2: {
    vi: "Xác nhận danh tính ở nơi bạn đã có tài khoản, hoặc bằng khoá đăng nhập của máy.",
    en: "Prove who you are where you have an account, or with a passkey of your device.",
  },
  step3: {
    vi: "Tải tài liệu đã ký, và giữ mã tra cứu để người khác kiểm tra.",
    en: "Download the signed document, and keep the look-up code by which others check it.",
  },
  lookup: { vi: "Có mã tra cứu?", en: "Do you have a look-up code?" },
  lookupLink: { vi: "Nhập mã hoặc quét mã QR trên giấy", en: "Enter it, or scan the QR code on the paper" },
  help: { vi: "Cần người giúp?", en: "Do you need help?" },
  pair: { vi: "Ghép điện thoại với quầy hỗ trợ", en: "Pair your phone with an assistance desk" },
  assist: { vi: "Dành cho cán bộ hỗ trợ", en: "For officers who help" },
  passkeys: { vi: "Khoá đăng nhập của tôi", en: "My passkeys" },
} as const;
