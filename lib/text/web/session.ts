/** Logging in to one's own pages, and the time that is left. Vietnamese first, then English; NFC. */
export const SESSION = {
  why: {
    vi: "Đăng nhập để xem trang của riêng bạn. Đăng nhập ở đây không ký gì cả.",
    en: "Log in to see your own pages. Logging in here signs nothing.",
  },
  receives: {
    vi: "Dịch vụ sẽ nhận: họ tên, mã định danh (dạng mã hoá), mức xác thực. Không nhận ảnh khuôn mặt, không nhận mật khẩu.",
    en: "The service receives: full name, an opaque identifier, the level of assurance. No picture of a face, no password.",
  },
  provider: { vi: "Tiếp tục với {name}", en: "Continue with {name}" },
  loggedInAs: { vi: "Đang đăng nhập: {name}", en: "Logged in: {name}" },
  logOut: { vi: "Đăng xuất", en: "Log out" },
  loggedOut: { vi: "Đã đăng xuất.", en: "Logged out." },
  ended: { vi: "Phiên đăng nhập đã hết hạn. Hãy đăng nhập lại.", en: "The session has ended. Log in again." },
} as const;
