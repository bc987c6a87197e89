/** Sentences of the few pages that functions answer with themselves. Vietnamese first, then English; NFC. */
export const PAGES = {
  loggedIn: {
    vi: "Đã đăng nhập. Có thể đóng trang này và quay lại cửa sổ lệnh.",
    en: "Logged in. You can close this page and go back to the terminal.",
  },
  loginFailed: {
    vi: "Đăng nhập không thành công. Chưa có gì được ký. Có thể đóng trang này.",
    en: "The login did not succeed. Nothing was signed. You can close this page.",
  },
} as const;
