/** Words of the page on which one signs. Vietnamese first, then English; NFC. `{name}` stands for a value. */
export const SIGN = {
  // Choosing a file
  startHeading: { vi: "Ký tài liệu", en: "Sign a document" },
  free: { vi: "Miễn phí. Không cần mua chữ ký số.", en: "Free. No certificate to buy." },
  stays: {
    vi: "Tệp ở lại trên máy này. Dịch vụ chỉ nhận mã kiểm tra của tệp.",
    en: "The file stays on this device. The service receives its check code only.",
  },
  dropHere: { vi: "Kéo tệp PDF vào đây hoặc", en: "Drop a PDF here or" },
  chooseFile: { vi: "Chọn tệp PDF", en: "Choose a PDF" },
  takePhotos: { vi: "Chụp ảnh giấy tờ", en: "Photograph paper" },
  photosStay: {
    vi: "Ảnh được ghép thành PDF ngay trên máy, chưa gửi đi đâu.",
    en: "The photos are put together into a PDF on this device; nothing is sent.",
  },
  unfinished: { vi: "Đang ký dở", en: "Not finished" },
  unfinishedFile: { vi: "“{name}”, bắt đầu lúc {time}", en: "“{name}”, begun {time}" },
  goOn: { vi: "Tiếp tục ký “{name}”", en: "Go on with “{name}”" },
  forget: { vi: "Xoá “{name}” khỏi máy này", en: "Remove “{name}” from this device" },
  keptPhotos: { vi: "Ảnh chưa ghép: {count}", en: "Photos not put together yet: {count}" },
  goOnPhotos: { vi: "Tiếp tục với các ảnh này", en: "Go on with these photos" },
  forgetPhotos: { vi: "Xoá các ảnh này khỏi máy này", en: "Remove these photos from this device" },
  inApp: {
    vi: "Trang này đang mở bên trong một ứng dụng khác. Để đăng nhập xong vẫn quay lại được đây, hãy mở bằng trình duyệt của máy (Chrome, Safari).",
    en: "This page is open inside another app. Open it in the browser of the device (Chrome, Safari) so that the log-in can come back here.",
  },
  offline: {
    vi: "Không có kết nối mạng. Những gì đã làm vẫn được giữ; có mạng lại thì tiếp tục.",
    en: "There is no network. What you did is kept; go on when the network is back.",
  },
  notKept: {
    vi: "Trình duyệt này không cho lưu (chế độ riêng tư). Vẫn ký được, nhưng đừng đóng hay tải lại trang này.",
    en: "This browser keeps nothing (a private window). You can still sign, but do not close or reload this page.",
  },
  fileNotKept: {
    vi: "Máy không đủ chỗ để giữ tệp. Nếu trang phải tải lại, hãy chọn lại đúng tệp này.",
    en: "There is no room to keep the file. If the page has to reload, choose the same file again.",
  },

  // Work under way
  reading: { vi: "Đang đọc và chuẩn bị tệp…", en: "Reading and preparing the file…" },
  opening: { vi: "Đang mở phiên ký…", en: "Opening the session…" },
  fetching: { vi: "Đang tải tài liệu…", en: "Fetching the document…" },
  finishing: { vi: "Đang ghép chữ ký và kiểm tra lại…", en: "Putting the signature in and checking the file…" },
  leaving: { vi: "Đang chuyển tới trang đăng nhập…", en: "Going to the log-in…" },
  asking: { vi: "Xác nhận trên máy này…", en: "Confirm on this device…" },
  declining: { vi: "Đang ghi nhận…", en: "Recording…" },
  cancelWork: { vi: "Huỷ", en: "Cancel" },

  step: { vi: "Bước {step}/{steps}", en: "Step {step} of {steps}" },

  // Name
  nameHeading: { vi: "Người ký là ai?", en: "Who signs?" },
  nameLabel: { vi: "Họ và tên", en: "Full name" },
  nameHint: {
    vi: "Viết như trên thẻ căn cước. Tên này hiện trong chữ ký và phải khớp khi đăng nhập, nếu không thì không có gì được ký.",
    en: "As on your identity card. The name is shown in the signature and must match your log-in; otherwise nothing is signed.",
  },
  nameError: {
    vi: "Hãy viết họ tên bằng chữ, nhiều nhất {most} ký tự.",
    en: "Write the name in letters, {most} characters at most.",
  },
  file: { vi: "Tệp: {name} ({size})", en: "File: {name} ({size})" },

  // Review
  reviewHeading: { vi: "Đọc kỹ trước khi ký", en: "Read before you sign" },
  documentOf: { vi: "Tài liệu {number}/{count}: {title}", en: "Document {number} of {count}: {title}" },
  requestedBy: { vi: "Cơ quan yêu cầu: {agency}", en: "Requested by: {agency}" },
  nobodyNamed: {
    vi: "Liên kết không ghi cơ quan nào yêu cầu. Bên gửi liên kết sẽ nhận được chữ ký.",
    en: "The link names no agency. Whoever sent it will get the signature.",
  },
  comesFrom: {
    vi: "Tài liệu được tải từ: {host}. Tên cơ quan là do bên gửi liên kết ghi.",
    en: "The document was fetched from: {host}. The agency's name is as the sender of the link wrote it.",
  },
  procedure: { vi: "Thủ tục: {procedure}", en: "Procedure: {procedure}" },
  ownFile: { vi: "Tệp của bạn, không gửi cho cơ quan nào.", en: "Your own file; it is sent to nobody." },
  signer: { vi: "Người ký: {name}", en: "Signer: {name}" },
  checkCode: { vi: "Mã kiểm tra tài liệu (SHA-256)", en: "Document check code (SHA-256)" },
  checkCodeShort: { vi: "Tám nhóm đầu: {code}", en: "First eight groups: {code}" },
  checkCodeWhole: { vi: "Đầy đủ: {code}", en: "In full: {code}" },
  haveRead: { vi: "Tôi đã đọc cả {pages} trang", en: "I have read all {pages} pages" },
  haveReadUnknown: { vi: "Tôi đã đọc toàn bộ tài liệu", en: "I have read the whole document" },
  haveReadAll: {
    vi: "Tôi đã đọc cả {count} tài liệu ({pages} trang)",
    en: "I have read all {count} documents ({pages} pages)",
  },
  readThis: { vi: "Đọc tài liệu {number}", en: "Read document {number}" },
  openEach: { vi: "Hãy mở và đọc từng tài liệu.", en: "Open and read each document." },
  readFirst: { vi: "Đánh dấu vào ô “đã đọc” để tiếp tục.", en: "Tick that you have read it to go on." },
  pagesShown: { vi: "Đã hiển thị {shown}/{pages} trang", en: "{shown} of {pages} pages shown" },
  decline: { vi: "Không ký", en: "Decline" },

  // Choosing the same file again
  againHeading: { vi: "Chọn lại tệp", en: "Choose the file again" },
  againWhy: {
    vi: "Trình duyệt không còn giữ tệp “{name}”. Chọn lại đúng tệp đó để tiếp tục, không mất gì.",
    en: "The browser no longer has the file “{name}”. Choose the same file to go on; nothing is lost.",
  },
  againOther: {
    vi: "Đây không phải tệp đã chọn lúc trước. Chưa có gì được ký thêm.",
    en: "This is not the file that was chosen before. Nothing more was signed.",
  },

  // Stamp
  stampHeading: { vi: "Vị trí chữ ký", en: "Place of the signature" },
  stampAt: {
    vi: "Chữ ký sẽ hiện ở trang {page}, cách mép trái {left} mm, cách mép dưới {bottom} mm.",
    en: "The signature will show on page {page}, {left} mm from the left edge, {bottom} mm from the lower edge.",
  },
  stampChosen: {
    vi: "Đã chọn sẵn chỗ không che chữ ở trang cuối; thường là góc dưới bên phải.",
    en: "A place on the last page that covers no text was chosen; usually at the bottom on the right.",
  },
  stampNone: {
    vi: "Chữ ký sẽ nằm trong tệp nhưng không hiện trên trang nào: người ký trước không cho thêm gì lên trang.",
    en: "The signature will be in the file without showing on a page: an earlier signer allows nothing to be added.",
  },
  stampOwn: {
    vi: "Chữ ký sẽ hiện trên một trang riêng, thêm vào cuối tài liệu.",
    en: "The signature will show on a page of its own, added at the end.",
  },
  stampCovers: {
    vi: "Vị trí này che mất chữ. Chọn chỗ khác hoặc dùng trang chữ ký riêng.",
    en: "This place covers text. Choose another one, or a page of its own.",
  },
  stampKeep: { vi: "Giữ nguyên", en: "Keep it" },
  stampChange: { vi: "Đổi vị trí", en: "Change the place" },
  stampOwnPage: { vi: "Thêm trang chữ ký riêng", en: "Add a page for it" },
  stampAuto: { vi: "Để máy tự chọn chỗ", en: "Let the page choose" },
  stampPage: { vi: "Trang", en: "Page" },
  stampLeft: { vi: "Cách mép trái (mm)", en: "From the left edge (mm)" },
  stampBottom: { vi: "Cách mép dưới (mm)", en: "From the lower edge (mm)" },
  stampNumber: { vi: "Nhập số từ {least} đến {most}.", en: "A number from {least} to {most}." },
  stampMove: {
    vi: "Khung chữ ký: kéo, hoặc dùng phím mũi tên để dời 1 mm, giữ Shift để dời 10 mm",
    en: "Frame of the signature: drag it, or use the arrow keys to move it by 1 mm, with Shift by 10 mm",
  },
  stampSet: { vi: "Đặt chữ ký ở đây", en: "Put it here" },
  stampFrame: { vi: "Chữ ký", en: "Signature" },

  // Identify
  identifyHeading: { vi: "Xác nhận danh tính", en: "Confirm who you are" },
  continueWith: { vi: "Tiếp tục với {name}", en: "Continue with {name}" },
  continuePasskey: { vi: "Dùng vân tay, khuôn mặt hoặc khoá máy", en: "Use fingerprint, face or device lock" },
  passkeyHint: {
    vi: "Chỉ dùng được nếu đã thêm khoá trên máy này. Vân tay và khuôn mặt không rời khỏi máy.",
    en: "Works if you have added a passkey. Fingerprint and face never leave the device.",
  },
  receives: {
    vi: "Dịch vụ sẽ nhận: họ tên, mã định danh (dạng mã hoá), mức xác thực. Không nhận ảnh khuôn mặt, không nhận mật khẩu.",
    en: "The service receives: full name, an opaque identifier, the level of assurance. No picture of a face, no password.",
  },
  written: { vi: "Ghi trong chữ ký", en: "Written into the signature" },
  writtenName: { vi: "Họ và tên: có", en: "Full name: yes" },
  writtenBirth: { vi: "Ngày sinh: không", en: "Date of birth: no" },
  writtenNumber: { vi: "Số định danh: không", en: "Identity number: no" },

  // Approve
  approveHeading: { vi: "Ký {count} tài liệu", en: "Sign: {count} document(s)" },
  approveItem: { vi: "{title} · {pages} trang · mã {code}", en: "{title} · {pages} page(s) · code {code}" },
  approveItemUnknown: { vi: "{title} · mã {code}", en: "{title} · code {code}" },
  signedCode: { vi: "Mã đầy đủ của phần được ký (SHA-256)", en: "Full code of what is signed (SHA-256)" },
  intent: { vi: "Lời xác nhận", en: "What you confirm" },
  match: { vi: "Số đối chiếu: {code}", en: "Match number: {code}" },
  matchHint: {
    vi: "Nếu trang đăng nhập hoặc điện thoại cũng hiện số đối chiếu, hai số phải giống nhau. Khác thì huỷ.",
    en: "If the log-in or your phone shows a match number too, both must be the same. Cancel if they differ.",
  },
  sign: { vi: "Ký tài liệu này", en: "Sign this document" },
  signSeveral: { vi: "Ký {count} tài liệu này", en: "Sign these {count} documents" },
  thenLogIn: {
    vi: "Bước tiếp theo: đăng nhập ở {name}. Đăng nhập xong là ký.",
    en: "Next: log in at {name}. With the log-in it is signed.",
  },
  thenPasskey: {
    vi: "Bước tiếp theo: máy hỏi vân tay, khuôn mặt hoặc mã khoá. Xác nhận xong là ký.",
    en: "Next: the device asks for fingerprint, face or PIN. With that it is signed.",
  },
  otherMeans: { vi: "Cách xác nhận khác", en: "Confirm in another way" },
  loginElsewhere: {
    vi: "Trang này phải ở lại mở. Đăng nhập trong thẻ mới, ký xong thì quay lại thẻ này.",
    en: "This page has to stay open. Log in in a new tab, then come back to this one.",
  },
  openLogin: { vi: "Mở trang đăng nhập trong thẻ mới", en: "Open the log-in in a new tab" },
  waiting: { vi: "Đang chờ đăng nhập trong thẻ kia…", en: "Waiting for the log-in in the other tab…" },

  // Time
  timeLeft: { vi: "Phiên ký còn {minutes} phút.", en: "The session ends in {minutes} min." },
  timeWarning: {
    vi: "Phiên ký sắp hết hạn, còn {seconds} giây. Chưa có gì được ký.",
    en: "The session is about to end, in {seconds} seconds. Nothing has been signed.",
  },
  moreTime: { vi: "Thêm thời gian", en: "More time" },
  noMoreTime: {
    vi: "Thời hạn do cơ quan đặt: cần thêm thì xin liên kết mới.",
    en: "The agency set the time: ask it for a new link if you need more.",
  },

  // Done
  doneHeading: { vi: "Đã ký xong lúc {time} ngày {date}", en: "Signed at {time} on {date}" },
  finishingHeading: { vi: "Đang hoàn tất tệp đã ký", en: "Finishing the signed file" },
  doneChecked: {
    vi: "Tệp đã ký vừa được kiểm tra lại trên máy này: chữ ký đúng, nội dung nguyên vẹn. Người ký: {name}.",
    en: "The signed file was just checked on this device: the signature holds, the content is unchanged. Signer: {name}.",
  },
  doneTest: { vi: "Bản thử nghiệm — chữ ký không có giá trị.", en: "Test installation — the signature has no value." },
  download: { vi: "Tải tài liệu đã ký", en: "Download the signed document" },
  downloadOf: { vi: "Tải “{title}” đã ký", en: "Download “{title}”, signed" },
  receipt: { vi: "Tải phiếu ghi nhận ký", en: "Download the receipt" },
  seeResult: { vi: "Xem kết quả kiểm tra", en: "See the check result" },
  backTo: { vi: "Quay lại {agency}", en: "Back to {agency}" },
  lookupCode: { vi: "Mã tra cứu", en: "Look-up code" },
  openingCode: { vi: "Mã mở", en: "Opening code" },
  qrLabel: { vi: "Mã QR dẫn tới trang kiểm tra của mã {code}", en: "QR code that leads to the check page of {code}" },
  printing: {
    vi: "In ra: phải in cả mã QR. Bản in không có mã QR không kiểm tra được.",
    en: "Printing: print the QR code too. A print without it cannot be checked.",
  },
  toHistory: { vi: "Xem lịch sử ký", en: "See your signatures" },
  acrobat: { vi: "Acrobat và ứng dụng khác sẽ báo gì?", en: "What will Acrobat and other programs say?" },
  acrobatUnknown: {
    vi: "Acrobat thường ghi “Validity unknown” (chưa rõ hiệu lực): nó chưa biết tổ chức cấp chứng thư này. Điều đó không có nghĩa là chữ ký sai hay tệp bị sửa. Người nhận kiểm tra đúng nhất ở trang Kiểm tra của dịch vụ.",
    en: "Acrobat usually says “Validity unknown”: it does not know the issuer of this certificate. That does not mean that the signature is wrong or the file was changed. The check page of this service gives the full answer.",
  },
  acrobatChanged: {
    vi: "Nếu ứng dụng báo tệp đã bị sửa sau khi ký, đừng dùng tệp đó: hãy lấy lại bản vừa tải ở đây.",
    en: "If a program says that the file was changed after signing, do not use it: take the copy downloaded here.",
  },
  another: { vi: "Ký tài liệu khác", en: "Sign another document" },
  forgetNow: { vi: "Xoá tài liệu khỏi máy này", en: "Remove the document from this device" },
  keptUntil: {
    vi: "Trang này giữ tài liệu trên máy trong 24 giờ, sau đó tự xoá.",
    en: "This page keeps the document on the device for 24 hours, then removes it.",
  },
  notYourDevice: {
    vi: "Máy này không phải của bạn. Tệp đã tải xuống nằm lại trên máy: chép vào thiết bị của bạn rồi xoá đi.",
    en: "This is not your device. A file that you download stays on it: copy it to a device of yours, then delete it.",
  },

  // Ends
  declinedHeading: { vi: "Đã ghi nhận: không ký", en: "Recorded: not signed" },
  declinedText: {
    vi: "Chưa có gì được ký. Cơ quan yêu cầu thấy được là bạn không ký.",
    en: "Nothing was signed. The agency that asked can see that you declined.",
  },
  declinedOwn: { vi: "Chưa có gì được ký.", en: "Nothing was signed." },
  declineAsk: { vi: "Không ký tài liệu này?", en: "Decline this document?" },
  declineFinal: {
    vi: "Phiên ký này sẽ đóng lại và không mở lại được.",
    en: "This session will be closed for good.",
  },
  declineYes: { vi: "Không ký", en: "Decline" },
  keepReading: { vi: "Quay lại tài liệu", en: "Back to the document" },
  close: { vi: "Đóng", en: "Close" },
  elsewhereHeading: { vi: "Quay lại thẻ đầu tiên", en: "Go back to the first tab" },
  elsewhereText: {
    vi: "Phiên ký này được mở ở một thẻ hoặc trình duyệt khác. Quay lại đó để tải tài liệu.",
    en: "This session was opened in another tab or browser. Go back there to download the document.",
  },
  problemHeading: { vi: "Chưa ký được", en: "Not signed" },
  // There is a signature, and no file that could be handed out.
  fileProblemHeading: { vi: "Chưa giao được tệp đã ký", en: "The signed file cannot be handed out yet" },

  // What to do about a problem
  startAgain: { vi: "Bắt đầu lại", en: "Start again" },
  chooseOther: { vi: "Chọn tệp khác", en: "Choose another file" },
  lookAgain: { vi: "Xem lại bản mới", en: "Read the new version" },
  logInAgain: { vi: "Đăng nhập lại", en: "Log in again" },
  otherPerson: { vi: "Đăng nhập bằng tài khoản khác", en: "Log in with another account" },
  mendName: { vi: "Sửa họ tên", en: "Correct the name" },
  tryAgain: { vi: "Thử lại", en: "Try again" },
  fetchSigned: { vi: "Tải tài liệu", en: "Get the document" },
  howToRaise: { vi: "Cách nâng mức", en: "How to raise the level" },
  howToRaiseText: {
    vi: "Tài khoản cần định danh mức 2: mang thẻ căn cước tới công an phường, xã nơi thuận tiện để định danh, rồi đăng nhập lại.",
    en: "The account needs identification level 2: take your identity card to the police of any ward to be identified, then log in again.",
  },
  whomToAsk: { vi: "Liên hệ ai?", en: "Whom to contact?" },
  whomToAskText: {
    vi: "Hỏi nơi cấp tài khoản đăng nhập (với VNeID: công an phường, xã). Dịch vụ ký không đổi được tình trạng này.",
    en: "Ask whoever issued the account (for VNeID: the police of your ward). This service cannot change the state.",
  },
  tellAgency: { vi: "Báo cơ quan", en: "Tell the agency" },
  tellAgencyText: {
    vi: "Hãy báo cơ quan gửi tài liệu: người ký trước đã khoá tài liệu, cần một bản chưa khoá.",
    en: "Tell the agency that sent the document: an earlier signer locked it; a copy without the lock is needed.",
  },
  howToExport: {
    vi: "Mở tệp rồi chọn In → Lưu thành PDF để có bản PDF thường, sau đó chọn bản đó.",
    en: "Open the file, choose Print → Save as PDF to get a plain PDF, then choose that one.",
  },
  tooLarge: { vi: "Tệp {size}, tối đa {most}.", en: "The file has {size}; the limit is {most}." },
  askOfficer: { vi: "Báo cán bộ đang hỗ trợ để bắt đầu lại.", en: "Tell the officer who helps you, to begin again." },
  askAgency: { vi: "Xin cơ quan liên kết mới.", en: "Ask the agency for a new link." },
} as const;
