/** Words of the viewer. Vietnamese first, then English; NFC. `{name}` stands for a value. */
export const VIEWER = {
  document: { vi: "Nội dung tài liệu", en: "Document" },
  toolbar: { vi: "Công cụ xem tài liệu", en: "Viewing tools" },
  opening: { vi: "Đang mở tài liệu…", en: "Opening the document…" },
  page: { vi: "Trang {page}", en: "Page {page}" },
  pageOf: { vi: "Trang {page}/{pages}", en: "Page {page} of {pages}" },
  goToPage: { vi: "Tới trang", en: "Go to page" },
  previousPage: { vi: "Trang trước", en: "Previous page" },
  nextPage: { vi: "Trang sau", en: "Next page" },
  zoomIn: { vi: "Phóng to", en: "Zoom in" },
  zoomOut: { vi: "Thu nhỏ", en: "Zoom out" },
  fitWidth: { vi: "Vừa chiều ngang", en: "Fit width" },
  zoomedTo: { vi: "Cỡ hiển thị: {percent} %", en: "Size: {percent}%" },
  readAsText: { vi: "Đọc dạng chữ", en: "Read as text" },
  showPages: { vi: "Xem dạng trang", en: "Show the pages" },
  keys: {
    vi: "Bàn phím: mũi tên để cuộn, + và − để phóng to, thu nhỏ, 0 để vừa chiều ngang.",
    en: "Keyboard: arrow keys scroll, + and − zoom, 0 fits the width.",
  },
  painting: { vi: "Đang hiển thị trang {page}…", en: "Showing page {page}…" },
  noText: {
    vi: "Trang này không có chữ đọc được, có thể là ảnh chụp. Hãy xem dạng trang.",
    en: "This page has no text that can be read; it may be a picture. Look at the page itself.",
  },
  textMayDiffer: {
    vi: "Chữ được lấy ra từ tệp, có thể thiếu hình, bảng và vị trí. Bản có giá trị là các trang của tài liệu.",
    en: "The text is taken out of the file; pictures, tables and places may be missing. What counts are the pages.",
  },
  textTruncated: {
    vi: "Trang này có quá nhiều chữ; phần còn lại không hiện ở đây.",
    en: "This page has too much text; the rest is not shown here.",
  },
  fields: { vi: "Các ô đã điền", en: "Fields that are filled in" },
  links: { vi: "Các liên kết trong trang (không bấm được)", en: "Links on the page (they do not work here)" },
  pageTooSlow: {
    vi: "Trang {page} quá nặng, mất quá lâu để hiển thị.",
    en: "Page {page} is too heavy and takes too long to show.",
  },
  pageFailed: { vi: "Không hiển thị được trang {page}.", en: "Page {page} cannot be shown." },
  retry: { vi: "Thử lại", en: "Try again" },
  encrypted: {
    vi: "Tệp có mật khẩu. Hãy lưu lại bản không mật khẩu.",
    en: "The file is protected by a password. Save a copy without one.",
  },
  invalid: { vi: "Tệp hỏng hoặc không phải PDF.", en: "The file is damaged or not a PDF." },
  tooManyPages: {
    vi: "Tài liệu có quá nhiều trang để hiển thị ở đây.",
    en: "The document has too many pages to be shown here.",
  },
  tooSlow: {
    vi: "Mở tài liệu mất quá lâu. Tệp có thể quá nặng hoặc bị lỗi.",
    en: "Opening the document takes too long. The file may be too heavy or damaged.",
  },
  unsupported: { vi: "Máy này không hiển thị được tài liệu.", en: "This device cannot show the document." },
  openElsewhere: { vi: "Mở bằng ứng dụng đọc PDF", en: "Open in your PDF app" },
} as const;
