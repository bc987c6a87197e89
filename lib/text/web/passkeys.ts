/** Passkeys: enrol, list, name, remove. Vietnamese first, then English; NFC. */
export const PASSKEYS = {
  heading: { vi: "Khoá đăng nhập của tôi", en: "My passkeys" },
  lead: {
    vi: "Với khoá này, lần sau có thể ký bằng khuôn mặt, vân tay hoặc mã mở máy, không cần đăng nhập lại.",
    en: "With a passkey you can sign next time with your face, fingerprint or screen lock, without logging in again.",
  },
  privacy: {
    vi: "Khuôn mặt và vân tay không rời khỏi máy. Dịch vụ chỉ nhận một khoá công khai.",
    en: "Face and fingerprint never leave the device. The service receives a public key only.",
  },
  none: { vi: "Chưa có khoá nào.", en: "There is no passkey yet." },
  name: { vi: "Tên gợi nhớ (ví dụ: Điện thoại của tôi)", en: "A name to remember it by (for example: My phone)" },
  defaultName: { vi: "Máy này", en: "This device" },
  add: { vi: "Thêm khoá trên máy này", en: "Add a passkey on this device" },
  added: { vi: "Đã thêm khoá “{name}”.", en: "The passkey “{name}” was added." },
  notAdded: {
    vi: "Chưa thêm được khoá: máy không xác nhận, hoặc khoá đã có trên máy này.",
    en: "No passkey was added: the device did not confirm, or it has one already.",
  },
  unsupported: {
    vi: "Trình duyệt này không dùng được khoá đăng nhập.",
    en: "This browser cannot use passkeys.",
  },
  created: { vi: "Thêm lúc: {time}", en: "Added: {time}" },
  used: { vi: "Dùng lần cuối: {time}", en: "Last used: {time}" },
  unused: { vi: "Chưa dùng lần nào", en: "Not used yet" },
  expires: { vi: "Dùng được đến: {time}", en: "Can be used until: {time}" },
  synced: { vi: "Được sao lưu trên tài khoản của máy", en: "Backed up in the device's account" },
  onlyHere: { vi: "Chỉ có trên máy này", en: "On this device only" },
  rename: { vi: "Đổi tên", en: "Rename" },
  renamed: { vi: "Đã đổi tên thành “{name}”.", en: "Renamed to “{name}”." },
  newName: { vi: "Tên mới", en: "New name" },
  save: { vi: "Lưu", en: "Save" },
  remove: { vi: "Xoá", en: "Remove" },
  removeTitle: { vi: "Xoá khoá “{name}”?", en: "Remove the passkey “{name}”?" },
  removeText: {
    vi: "Khoá này sẽ không ký được nữa, kể từ bây giờ. Những gì đã ký vẫn giữ nguyên.",
    en: "It can sign nothing from now on. What was signed stays as it is.",
  },
  removed: { vi: "Đã xoá khoá “{name}”.", en: "The passkey “{name}” was removed." },
} as const;
