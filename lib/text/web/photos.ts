/** Words for photos of paper. Vietnamese first, then English; NFC. `{name}` stands for a value. */
export const PHOTOS = {
  heading: { vi: "Ảnh giấy tờ", en: "Photos of paper" },
  onDevice: {
    vi: "Ảnh được ghép thành PDF ngay trên máy, chưa gửi đi đâu. Nơi chụp, giờ chụp và tên máy ghi trong ảnh được bỏ đi.",
    en: "The photos become one PDF on this device; nothing is sent anywhere. Place, time and camera noted in them are left out.",
  },
  take: { vi: "Chụp ảnh giấy tờ", en: "Take a photo of the paper" },
  choose: { vi: "Chọn ảnh", en: "Choose photos" },
  list: { vi: "Các trang, theo thứ tự", en: "The pages, in order" },
  page: { vi: "Trang {page}", en: "Page {page}" },
  description: { vi: "Ảnh chụp giấy tờ, trang {page}/{pages}", en: "Photo of paper, page {page} of {pages}" },
  up: { vi: "Lên trước", en: "Move up" },
  down: { vi: "Xuống sau", en: "Move down" },
  turn: { vi: "Xoay", en: "Turn" },
  remove: { vi: "Bỏ", en: "Remove" },
  // What a button does to which page, for those who hear it.
  upPage: { vi: "Lên trước: trang {page}", en: "Move up: page {page}" },
  downPage: { vi: "Xuống sau: trang {page}", en: "Move down: page {page}" },
  turnPage: { vi: "Xoay trang {page}", en: "Turn page {page}" },
  removePage: { vi: "Bỏ trang {page}", en: "Remove page {page}" },
  moved: { vi: "Ảnh nay là trang {page}.", en: "The photo is now page {page}." },
  turned: { vi: "Đã xoay trang {page}.", en: "Page {page} was turned." },
  removed: { vi: "Đã bỏ một trang. Còn {pages} trang.", en: "A page was removed. Pages left: {pages}." },
  added: { vi: "Có {pages} trang, {size} MB.", en: "Pages: {pages}, {size} MB." },
  reading: { vi: "Đang đọc ảnh…", en: "Reading the photos…" },
  finish: { vi: "Ghép thành PDF", en: "Make the PDF" },
  unreadable: {
    vi: "Không đọc được “{name}”. Hãy chọn ảnh JPEG hoặc PNG.",
    en: "“{name}” cannot be read. Choose a JPEG or a PNG.",
  },
  heic: {
    vi: "“{name}” là ảnh HEIC, trình duyệt này không đọc được. Chụp lại bằng nút “Chụp ảnh giấy tờ”, hoặc đặt máy ảnh sang JPEG (Cài đặt › Camera › Định dạng › Tương thích nhất).",
    en: "“{name}” is a HEIC photo, which this browser cannot read. Take it again with “Take a photo of the paper”, or set the camera to JPEG (Settings › Camera › Formats › Most Compatible).",
  },
  tooMany: { vi: "Nhiều nhất {most} ảnh.", en: "At most {most} photos." },
  tooLarge: {
    vi: "Các ảnh có {size} MB, tối đa {most} MB. Hãy bỏ bớt ảnh.",
    en: "The photos have {size} MB, at most {most} MB are possible. Remove some.",
  },
} as const;
