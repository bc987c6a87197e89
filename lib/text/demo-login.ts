type Both = { readonly vi: string; readonly en: string };

/** Words of the embedded identity provider. Vietnamese first, then English; NFC. */
export const DEMO_LOGIN = {
  title: { vi: "DEMO: đăng nhập thử", en: "DEMO login" },
  warning: {
    vi: "Trang đăng nhập giả, chỉ chạy trên máy này để dùng thử. Đây không phải VNeID, không phải Cổng Dịch vụ công quốc gia. Những người dưới đây không có thật.",
    en: "A make-believe login that runs on this machine only, for trying things out. It is not VNeID and not the National Public Service Portal. The people below do not exist.",
  },
  choose: { vi: "Bạn muốn đăng nhập là ai?", en: "Whom do you want to log in as?" },
  goesTo: { vi: "Sau đó bạn trở lại", en: "Afterwards you return to" },
  cancel: { vi: "Huỷ, không đăng nhập", en: "Cancel, do not log in" },
  refused: { vi: "Không đăng nhập được", en: "The login cannot go on" },
  expired: {
    vi: "Lần đăng nhập này đã hết hạn hoặc được mở ở trình duyệt khác. Hãy quay lại ứng dụng và bắt đầu lại.",
    en: "This login has expired, or belongs to another browser. Go back to the application and start again.",
  },
  unknownPerson: {
    vi: "Không có người dùng thử với tên này. Hãy quay lại và chọn một người trong danh sách.",
    en: "There is no demo person of this name. Go back and choose one from the list.",
  },
  badRequest: {
    vi: "Yêu cầu đăng nhập từ ứng dụng không đúng. Hãy quay lại ứng dụng và bắt đầu lại.",
    en: "The application's login request is not right. Go back to the application and start again.",
  },
} as const satisfies Record<string, Both>;

/** What happens when one signs as this person. */
export const PERSONA_NOTES = {
  an: { vi: "Công dân, định danh mức 2: ký được", en: "Citizen, full assurance: can sign" },
  tuyet: { vi: "Công dân thứ hai, định danh mức 2: ký được", en: "Second citizen, full assurance: can sign" },
  binh: { vi: "Định danh mức 1: chưa đủ mức để ký", en: "Assurance too low: cannot sign" },
  chi: { vi: "Từ chối ở bước đăng nhập", en: "Declines at the login" },
  dung: { vi: "Cán bộ phường, định danh mức 2: ký được", en: "Ward officer, full assurance: can sign" },
  hanh: {
    vi: "Người phụ trách của phường, định danh mức 2: xem và duyệt thêm lượt hỗ trợ, ký được",
    en: "Supervisor of the ward, full assurance: sees and allows assistances, can sign",
  },
  giang: { vi: "Định danh đang bị khoá: không ký được", en: "Identity inactive: cannot sign" },
} as const satisfies Record<string, Both>;
