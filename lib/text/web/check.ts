/** The page that checks documents. Vietnamese first, then English; NFC. `{name}` stands for a value. */
export const CHECK = {
  heading: { vi: "Kiểm tra tài liệu đã ký", en: "Check a signed document" },
  lead: {
    vi: "Không cần đăng nhập, không mất phí. Kiểm tra được tệp của dịch vụ này và của nơi khác.",
    en: "No login, no fee. Files of this service and of others can be checked.",
  },

  // A file
  byFile: { vi: "Kiểm tra tệp PDF", en: "Check a PDF file" },
  dropHere: { vi: "Kéo tệp vào đây hoặc", en: "Drop a file here, or" },
  chooseFile: { vi: "Chọn tệp PDF", en: "Choose a PDF file" },
  several: { vi: "Chọn được nhiều tệp, tối đa {n}.", en: "Several files can be chosen, up to {n}." },
  tooMany: {
    vi: "Đã chọn {n} tệp. Mỗi lần kiểm tra tối đa {most} tệp.",
    en: "{n} files were chosen. At most {most} are checked at a time.",
  },
  onDevice: {
    vi: "Kiểm tra ngay trên máy này — tệp không rời khỏi thiết bị",
    en: "Check on this device — the file does not leave it",
  },
  onDeviceHint: {
    vi: "Trang này không gửi tệp đi đâu. Chỉ khi chữ ký do dịch vụ này cấp, số sê-ri của chứng thư được gửi để hỏi chữ ký có bị tranh chấp không.",
    en: "This page sends the file nowhere. Only where a signature is one of this service, the serial number of its certificate is sent, to ask whether it is disputed.",
  },
  onServerHint: {
    vi: "Gửi tệp lên để kiểm tra đầy đủ. Tệp bị xoá ngay sau khi kiểm tra. Tối đa {size} MB.",
    en: "The file is sent to the service for a complete check and deleted right after it. At most {size} MB.",
  },
  reading: { vi: "Đang đọc tệp…", en: "Reading the file…" },
  judging: { vi: "Đang kiểm tra trên máy này…", en: "Checking on this device…" },
  sending: { vi: "Đang gửi tệp lên để kiểm tra…", en: "Sending the file to be checked…" },
  checkingNamed: { vi: "Đang kiểm tra: {name}", en: "Checking: {name}" },
  cancelled: { vi: "Đã huỷ. Chưa kiểm tra xong.", en: "Cancelled. The check was not finished." },

  // A code
  byCode: { vi: "Nhập mã tra cứu", en: "Type a look-up code" },
  codeLabel: { vi: "Mã tra cứu", en: "Look-up code" },
  codeHint: {
    vi: "In cạnh mã QR, ví dụ K7QF-29XM-8D4T. Chữ hoa hay thường, có gạch hay không đều được; không có 0, O, 1, I.",
    en: "Printed beside the QR code, such as K7QF-29XM-8D4T. In any case, with or without hyphens; there is no 0, O, 1 or I.",
  },
  codeWrong: {
    vi: "Mã chưa đúng. Mã có 12 ký tự; ký tự cuối cho biết có gõ nhầm hay không. Hãy so lại từng ký tự.",
    en: "The code is not right. It has 12 characters; the last one shows whether any is mistyped. Compare each of them.",
  },
  lookUp: { vi: "Tra cứu", en: "Look up" },
  lookingUp: { vi: "Đang tra cứu…", en: "Looking up…" },
  codeResult: { vi: "Kết quả tra cứu", en: "What stands under the code" },
  codeShown: { vi: "Mã tra cứu: {code}", en: "Look-up code: {code}" },
  codeFound: { vi: "Mã này do {issuer} cấp ngày {date}.", en: "This code was given by {issuer} on {date}." },
  codeDisputed: {
    vi: "ĐANG TRANH CHẤP: người ký báo KHÔNG phải mình ký.",
    en: "DISPUTED: the signer says that it is NOT theirs.",
  },
  signedAtLabel: { vi: "Ký lúc", en: "Signed" },
  classLabel: { vi: "Loại chữ ký", en: "Class" },
  documentsLabel: { vi: "Số tài liệu", en: "Documents" },
  assistedLabel: { vi: "Có cán bộ hỗ trợ", en: "Assisted by an officer" },
  signerLabel: { vi: "Người ký", en: "Signer" },
  titleLabel: { vi: "Tài liệu", en: "Document" },
  digestLabel: { vi: "Mã kiểm tra (SHA-256)", en: "Check code (SHA-256)" },
  recipientLabel: { vi: "Gửi", en: "For" },
  openTitle: { vi: "Xem ai ký và ký gì", en: "See who signed what" },
  openLabel: { vi: "Mã mở", en: "Opening code" },
  openHint: {
    vi: "6 ký tự, in trên chính tài liệu. Ảnh chụp riêng mã QR không đủ để xem.",
    en: "6 characters, printed on the document itself. A photo of the QR code alone is not enough.",
  },
  openWrong: {
    vi: "Mã mở có 6 ký tự, không có 0, O, 1, I.",
    en: "An opening code has 6 characters, none of them 0, O, 1 or I.",
  },
  open: { vi: "Mở", en: "Open" },
  compare: { vi: "So với tờ giấy", en: "Compare with the paper" },
  compareHint: {
    vi: "Đánh dấu từng mục giống hệt trên giấy.",
    en: "Tick each that is exactly the same on the paper.",
  },
  compareAll: { vi: "Bản giấy khớp với dữ liệu đã ký.", en: "The paper agrees with what was signed." },
  compareDiffers: { vi: "Có chỗ khác", en: "Something differs" },
  compareRefuse: {
    vi: "KHÔNG sử dụng tờ giấy này. Báo cho {issuer}.",
    en: "Do NOT use this paper. Tell {issuer}.",
  },
  codeLimits: {
    vi: "Ở đây chỉ cho biết có chữ ký dưới mã này. Tờ giấy hay tệp trước mặt có thể đã bị sửa: hãy so từng mục, và kiểm tra chính tệp PDF khi có.",
    en: "This only says that something was signed under this code. The paper or file in front of you may have been altered: compare it, and check the PDF itself where you have it.",
  },
  notFound: {
    vi: "Mã này KHÔNG có trong hệ thống. Có thể là giả.",
    en: "This code is NOT known here. It may be a forgery.",
  },
  foreign: {
    vi: "Mã này KHÔNG thuộc hệ thống. Có thể là giả.",
    en: "This code does NOT belong to this system. It may be a forgery.",
  },
  foreignText: { vi: "Trong mã có: {text}", en: "The code says: {text}" },
  noCodeInside: {
    vi: "Mã QR này của hệ thống nhưng không có mã tra cứu.",
    en: "This QR code is of this system, but there is no look-up code in it.",
  },
  backToChoice: { vi: "Kiểm tra cách khác", en: "Check something else" },

  // The camera
  byQr: { vi: "Quét mã QR trên giấy", en: "Scan the QR code on paper" },
  scan: { vi: "Quét bằng máy ảnh", en: "Scan with the camera" },
  photo: { vi: "Chọn ảnh chụp mã QR", en: "Choose a photo of the QR code" },
  photoHint: {
    vi: "Hình ảnh được đọc ngay trên máy này, không gửi đi đâu.",
    en: "Pictures are read on this device and sent nowhere.",
  },
  scanning: { vi: "Đưa mã QR vào giữa khung hình.", en: "Hold the QR code in the middle of the picture." },
  cameraPicture: { vi: "Hình từ máy ảnh", en: "Picture of the camera" },
  openingCamera: { vi: "Đang mở máy ảnh…", en: "Opening the camera…" },
  noCamera: {
    vi: "Không dùng được máy ảnh. Hãy chọn ảnh chụp, hoặc gõ mã tra cứu.",
    en: "The camera cannot be used. Choose a photo, or type the look-up code.",
  },
  readingPhoto: { vi: "Đang tìm mã QR trong ảnh…", en: "Looking for a QR code in the photo…" },
  noQr: {
    vi: "Không thấy mã QR trong ảnh. Hãy chụp gần hơn, đủ sáng, hoặc gõ mã tra cứu.",
    en: "No QR code was found in the photo. Take it closer and with more light, or type the look-up code.",
  },
  readerFailed: {
    vi: "Máy này không đọc được mã QR. Hãy gõ mã tra cứu.",
    en: "This device cannot read QR codes. Type the look-up code.",
  },

  // Several files
  batch: { vi: "Kiểm tra nhiều tệp", en: "Check several files" },
  batchOf: { vi: "Đã xong {done}/{of} tệp", en: "{done} of {of} files done" },
  batchDone: { vi: "Đã kiểm tra xong {of} tệp.", en: "All {of} files were checked." },
  batchStopped: { vi: "Đã dừng. Đã kiểm tra {done}/{of} tệp.", en: "Stopped. {done} of {of} files were checked." },
  fileColumn: { vi: "Tệp", en: "File" },
  resultColumn: { vi: "Kết quả", en: "Result" },
  waiting: { vi: "Đang chờ", en: "Waiting" },
  checking: { vi: "Đang kiểm tra…", en: "Checking…" },
  notChecked: { vi: "Chưa kiểm tra", en: "Not checked" },
  unreadable: { vi: "Không kiểm tra được", en: "Could not be checked" },
  signedBy: { vi: "Người ký: {names}", en: "Signed by: {names}" },
  showOne: { vi: "Xem chi tiết", en: "Show details" },
  showOneOf: { vi: "Xem chi tiết: {name}", en: "Show details: {name}" },
  downloadCsv: { vi: "Tải bảng (CSV)", en: "Download the table (CSV)" },
  downloadLines: { vi: "Tải kết quả (JSON, mỗi dòng một tệp)", en: "Download results (JSON, a line for each file)" },
  csvFile: { vi: "ket-qua-kiem-tra.csv", en: "verifications.csv" },
  linesFile: { vi: "ket-qua-kiem-tra.jsonl", en: "verifications.jsonl" },
  backToTable: { vi: "Quay lại bảng", en: "Back to the table" },

  // A failed check
  noTrust: {
    vi: "Chưa tải được danh sách tổ chức được tin cậy, nên chưa kiểm tra được tệp.",
    en: "The list of trusted authorities could not be loaded, so the file was not checked.",
  },
  unreachable: {
    vi: "Không kết nối được tới dịch vụ.",
    en: "The service cannot be reached.",
  },
  notLoaded: {
    vi: "Chưa tải được phần kiểm tra của trang này, nên chưa kiểm tra được tệp.",
    en: "The part of this page that checks could not be loaded, so the file was not checked.",
  },
  tooLarge: {
    vi: "Tệp {size} MB, tối đa {most} MB.",
    en: "The file has {size} MB, at most {most} MB are possible.",
  },
  deviceFailed: {
    vi: "Máy này không kiểm tra được tệp này. Có thể gửi tệp lên để kiểm tra đầy đủ.",
    en: "This device cannot check this file. It can be sent to the service for a complete check.",
  },
  nothingSaid: {
    vi: "Điều này không có nghĩa là chữ ký hợp lệ hay không hợp lệ.",
    en: "This does not mean that a signature is valid or not valid.",
  },
  sendInstead: { vi: "Gửi tệp lên để kiểm tra đầy đủ", en: "Send the file for a complete check" },
  sendNow: { vi: "Gửi tệp", en: "Send the file" },
  tooLargeToSend: {
    vi: "Tệp {size} MB, dịch vụ chỉ nhận tối đa {most} MB. Tệp chưa được gửi.",
    en: "The file has {size} MB; the service takes at most {most} MB. It was not sent.",
  },
  another: { vi: "Kiểm tra tệp khác", en: "Check another file" },

  // The result
  result: { vi: "Kết quả kiểm tra", en: "Result" },
  fileNamed: { vi: "Tệp: {name}", en: "File: {name}" },
  checkedHere: {
    vi: "Đã kiểm tra trên máy này lúc {time}. Tệp không rời khỏi thiết bị.",
    en: "Checked on this device, {time}. The file did not leave it.",
  },
  checkedThere: {
    vi: "Dịch vụ đã kiểm tra lúc {time} và đã xoá tệp.",
    en: "Checked by the service, {time}; the file was deleted.",
  },
  disputedSince: { vi: "Báo lúc {time}.", en: "Reported {time}." },
  technically: { vi: "Về kỹ thuật: {sentence}", en: "Technically: {sentence}" },
  deviceLimits: {
    vi: "Máy này chưa hỏi được nơi cấp chứng thư. Thử lại, hoặc gửi tệp lên để kiểm tra đầy đủ.",
    en: "This device could not ask the issuer. Try again, or send the file for a complete check.",
  },
  signatureNumber: { vi: "Chữ ký {n}/{of}", en: "Signature {n} of {of}" },
  signatureOne: { vi: "Chữ ký", en: "Signature" },
  documentTimestamp: { vi: "Dấu thời gian của tài liệu", en: "Timestamp of the document" },
  moreSignatures: {
    vi: "Còn {n} chữ ký nữa trong báo cáo JSON.",
    en: "{n} more signatures are in the JSON report.",
  },
  again: { vi: "Thử lại", en: "Try again" },

  // The five questions
  onBehalf: { vi: "Thuộc tổ chức: {name}", en: "Of the organisation: {name}" },
  assisted: { vi: "Có cán bộ hỗ trợ: {unit}", en: "Assisted by an officer: {unit}" },
  identifiedUnknown: {
    vi: "Danh tính được xác nhận bằng cách nào: chứng thư không cho biết.",
    en: "How the identity was confirmed: the certificate does not say.",
  },
  signReason: { vi: "Lý do ký: {text}", en: "Reason given: {text}" },
  signPlace: { vi: "Nơi ký: {text}", en: "Place given: {text}" },
  noName: { vi: "Không rõ tên người ký.", en: "The signer's name is not known." },
  notProven: {
    vi: "Danh tính này chưa được xác nhận.",
    en: "This identity is not confirmed.",
  },
  timeProven: { vi: "Có dấu thời gian tin cậy.", en: "Proven by a trusted timestamp." },
  timeLogged: { vi: "Theo nhật ký của dịch vụ.", en: "As logged by the service." },
  timeClaimed: {
    vi: "Giờ do người ký khai, chưa được chứng minh.",
    en: "As claimed by the signer; not proven.",
  },
  timeNone: { vi: "Không có thời điểm ký nào.", en: "No time of signing is given." },
  intact: { vi: "Phần đã ký còn nguyên vẹn.", en: "What was signed is intact." },
  broken: { vi: "Phần đã ký KHÔNG còn nguyên vẹn.", en: "What was signed is NOT intact." },
  unsupported: {
    vi: "Không kiểm tra được phần đã ký: thuật toán chưa được hỗ trợ.",
    en: "What was signed cannot be checked: its algorithm is not supported.",
  },
  nothingAfter: { vi: "Không có gì thay đổi sau khi ký.", en: "Nothing was changed after signing." },
  permittedAfter: { vi: "Sau khi ký chỉ có bổ sung được phép:", en: "After signing, permitted additions only:" },
  forbiddenAfter: { vi: "Sau khi ký có sửa KHÔNG được phép:", en: "After signing, changes that are NOT permitted:" },
  unknownAfter: {
    vi: "Không biết được tệp có bị sửa sau khi ký hay không.",
    en: "Whether the file was changed after signing cannot be told.",
  },
  onPage: { vi: "trang {page}", en: "page {page}" },
  inField: { vi: "ô {field}", en: "field {field}" },
  moreChanges: { vi: "Còn {n} thay đổi khác trong báo cáo JSON.", en: "{n} more changes are in the JSON report." },
  issuedBy: { vi: "Chứng thư do {name} cấp.", en: "The certificate was issued by {name}." },
  managed: { vi: "Đơn vị quản lý: {name}", en: "Managing unit: {name}" },
  listed: {
    vi: "{name} có trong danh sách tin cậy của dịch vụ (nguồn: {source}).",
    en: "{name} is on the service's list of those trusted (source: {source}).",
  },
  notListed: {
    vi: "Không có tổ chức nào trong danh sách tin cậy của dịch vụ bảo đảm cho chứng thư này.",
    en: "Nobody on the service's list of those trusted vouches for this certificate.",
  },
  notVouched: {
    vi: "Tổ chức cấp có trong danh sách, nhưng chứng thư chưa được chấp nhận: xem chi tiết.",
    en: "The issuer is listed, but the certificate is not accepted: see the details.",
  },
  useClass: { vi: "Loại chữ ký: {name}.", en: "Class of the signature: {name}." },
  useLegal: { vi: "Theo đơn vị vận hành dịch vụ này: {name}.", en: "In the words of this service's operator: {name}." },
  useHandwritten: {
    vi: "Theo hồ sơ tin cậy của dịch vụ, loại này tương đương chữ ký tay.",
    en: "By the service's trust profile this class is equivalent to a handwritten signature.",
  },
  useRecipient: {
    vi: "Loại này không được mặc nhiên coi là tương đương chữ ký tay; nơi nhận quyết định.",
    en: "This class is not taken as equivalent to a handwritten signature by itself; the recipient decides.",
  },
  useTest: { vi: "Chứng thư thử nghiệm: không có giá trị.", en: "A test certificate: of no value." },
  useInvalid: { vi: "Không nên dựa vào chữ ký này.", en: "This signature should not be relied on." },
  useOpen: {
    vi: "Chưa đủ căn cứ để dựa vào chữ ký này.",
    en: "There is not enough to rely on this signature yet.",
  },
  useDisputed: {
    vi: "Người ký đang phủ nhận chữ ký này. Đừng dựa vào nó trước khi tranh chấp được giải quyết.",
    en: "The signer denies this signature. Do not rely on it before the dispute is resolved.",
  },
  useLimits: {
    vi: "Kết quả này không thay cho quyết định của nơi nhận.",
    en: "This result does not replace the decision of whoever receives the document.",
  },

  // Standings
  denied: { vi: "ĐANG TRANH CHẤP", en: "DISPUTED" },
  deniedSince: {
    vi: "Người ký báo KHÔNG phải mình ký, lúc {time}.",
    en: "The signer says that it is NOT theirs, since {time}.",
  },
  askAgain: { vi: "Hỏi lại", en: "Ask again" },
  standingFailed: {
    vi: "Chưa hỏi được dịch vụ, nên chưa biết chữ ký có đang bị người ký phủ nhận hay không.",
    en: "The service could not be asked, so it is not known whether the signer denies the signature.",
  },
  standingNone: {
    vi: "Dịch vụ không có bản ghi về chứng thư này.",
    en: "The service has no record of this certificate.",
  },
  standingGood: { vi: "Người ký không phủ nhận chữ ký này.", en: "The signer does not deny this signature." },

  // Details
  details: { vi: "Chi tiết kỹ thuật", en: "Technical details" },
  conclusion: { vi: "Kết luận (EN 319 102-1)", en: "Conclusion (EN 319 102-1)" },
  cryptography: { vi: "Mật mã", en: "Cryptography" },
  trust: { vi: "Tin cậy", en: "Trust" },
  policyAxis: { vi: "Chính sách", en: "Policy" },
  level: { vi: "Mức PAdES", en: "PAdES level" },
  format: { vi: "Dạng chữ ký", en: "Form of the signature" },
  coverage: { vi: "Phạm vi ký", en: "Coverage" },
  algorithms: { vi: "Thuật toán", en: "Algorithms" },
  fieldName: { vi: "Ô chữ ký", en: "Signature field" },
  signerName: { vi: "Người ký (đầy đủ)", en: "Signer (in full)" },
  timeProvenLabel: { vi: "Giờ có dấu thời gian", en: "Time by timestamp" },
  timeLoggedLabel: { vi: "Giờ theo nhật ký", en: "Time by the log" },
  timeClaimedLabel: { vi: "Giờ do người ký khai", en: "Time claimed by the signer" },
  validWhenSigned: { vi: "Chứng thư khi ký", en: "Certificate when signed" },
  period: { vi: "Thời hạn chứng thư", en: "Certificate period" },
  periodOf: { vi: "{from} – {to}", en: "{from} – {to}" },
  certificates: { vi: "Chứng thư", en: "Certificates" },
  certificate: { vi: "Chứng thư {n}", en: "Certificate {n}" },
  anchor: { vi: "neo tin cậy", en: "trust anchor" },
  serial: { vi: "Số sê-ri: {text}", en: "Serial number: {text}" },
  fingerprint: { vi: "SHA-256: {text}", en: "SHA-256: {text}" },
  key: { vi: "Khoá: {text}", en: "Key: {text}" },
  findings: { vi: "Nhận xét", en: "Findings" },
  rules: { vi: "Các quy tắc đã xét ({n})", en: "Rules that were asked ({n})" },
  passed: { vi: "đạt", en: "passed" },
  failed: { vi: "không đạt", en: "failed" },
  skipped: { vi: "không xét", en: "not asked" },
  warning: { vi: "lưu ý", en: "warning" },
  error: { vi: "không chấp nhận", en: "against it" },
  info: { vi: "giải thích", en: "explained" },
  aboutFile: { vi: "Về tệp", en: "About the file" },
  fileDigest: { vi: "SHA-256 của tệp", en: "SHA-256 of the file" },
  fileSize: { vi: "Dung lượng", en: "Size" },
  octets: { vi: "{size} byte, {n} lần lưu", en: "{size} octets, {n} saves" },
  policy: { vi: "Chính sách kiểm tra", en: "Validation policy" },
  at: { vi: "Kết quả tính tại", en: "Judged as of" },
  unknown: { vi: "không rõ", en: "not known" },
  cut: { vi: "… (còn {n} ký tự)", en: "… ({n} more characters)" },

  // Pages and the signed version
  showPages: { vi: "Xem các trang", en: "Show the pages" },
  openingPages: { vi: "Đang mở các trang…", en: "Opening the pages…" },
  pages: { vi: "Các trang", en: "Pages" },
  pageChanged: { vi: "Trang {page}: đã thay đổi sau khi ký", en: "Page {page}: changed after signing" },
  pageAdded: { vi: "Trang {page}: có bổ sung được phép", en: "Page {page}: permitted additions" },
  pageSame: { vi: "Trang {page}", en: "Page {page}" },
  morePages: { vi: "Hiện {shown} trong {all} trang.", en: "{shown} of {all} pages are shown." },
  pagesFailed: { vi: "Không hiển thị được các trang của tệp này.", en: "The pages of this file cannot be shown." },
  signedVersion: { vi: "Xem đúng bản đã ký", en: "Show exactly what was signed" },
  signedVersionTitle: { vi: "Bản đã ký", en: "What was signed" },
  signedVersionNote: {
    vi: "Đây là tệp đúng như khi ký, không có những gì thêm vào sau đó.",
    en: "This is the file as it was when it was signed, without anything that was added later.",
  },
  downloadSigned: { vi: "Tải bản đã ký", en: "Download what was signed" },
  signedFile: { vi: "ban-da-ky.pdf", en: "signed-version.pdf" },
  backToResult: { vi: "Quay lại kết quả", en: "Back to the result" },

  // Reports
  reports: { vi: "Báo cáo", en: "Report" },
  downloadJson: { vi: "Tải báo cáo (JSON)", en: "Download the report (JSON)" },
  downloadPdf: { vi: "Tải báo cáo (PDF)", en: "Download the report (PDF)" },
  pdfNeedsFile: {
    vi: "Báo cáo PDF do dịch vụ niêm phong, nên phải gửi tệp lên. Tệp bị xoá ngay sau khi kiểm tra. Không gửi nếu tệp không được rời khỏi máy này.",
    en: "The PDF report is sealed by the service, so the file has to be sent. It is deleted right after the check. Do not send it if it must not leave this device.",
  },
  sendForReport: { vi: "Gửi tệp và tải báo cáo", en: "Send the file and download the report" },
  jsonFile: { vi: "ket-qua-kiem-tra.json", en: "verification.json" },
  pdfFile: { vi: "bao-cao-kiem-tra.pdf", en: "verification-report.pdf" },
  reportReady: { vi: "Báo cáo đã được tải xuống.", en: "The report was downloaded." },

  // Why others say something else
  others: { vi: "Vì sao Adobe/Firefox báo khác?", en: "Why do Adobe or Firefox say something else?" },
  othersTrust: {
    vi: "Adobe Acrobat chỉ tin các tổ chức trong danh sách của hãng. Tổ chức cấp chứng thư không có trong đó thì Acrobat ghi “không rõ hiệu lực” (validity unknown), dù chữ ký đúng.",
    en: "Adobe Acrobat trusts the authorities on its own lists. Where the issuer is not among them it says “validity unknown”, although the signature is right.",
  },
  othersFirefox: {
    vi: "Firefox, Chrome và nhiều ứng dụng trên điện thoại không kiểm tra chữ ký, hoặc chỉ hiện hình chữ ký. Hình chữ ký không chứng minh điều gì.",
    en: "Firefox, Chrome and many apps on telephones do not check signatures, or show a picture only. A picture of a signature proves nothing.",
  },
  othersChanges: {
    vi: "Mỗi phần mềm xét những thay đổi sau khi ký theo cách riêng. Ở đây, điều gì không chắc là được phép thì không được coi là hợp lệ.",
    en: "Programs judge changes after signing by rules of their own. Here, what is not surely permitted is not called valid.",
  },
  othersTime: {
    vi: "Kết quả còn tuỳ thời điểm: chứng thư có thể bị thu hồi sau khi một phần mềm khác đã kiểm tra.",
    en: "Results depend on the moment as well: a certificate may be revoked after another program has checked.",
  },
} as const;
