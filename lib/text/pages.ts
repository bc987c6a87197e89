/** Sentences of the few pages that functions answer with themselves. Vietnamese first, then English; NFC. */
export const PAGES = {
  signed: {
    vi: "Đã ký xong. Quay lại trang hoặc ứng dụng đã mở trang này để tải tài liệu.",
    en: "Signed. Go back to the page or application that opened this one to download the document.",
  },
  loggedIn: {
    vi: "Đã đăng nhập. Có thể đóng trang này và quay lại cửa sổ lệnh.",
    en: "Logged in. You can close this page and go back to the terminal.",
  },
  loginFailed: {
    vi: "Đăng nhập không thành công. Chưa có gì được ký. Có thể đóng trang này.",
    en: "The login did not succeed. Nothing was signed. You can close this page.",
  },
} as const;
