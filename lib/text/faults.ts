/** What a fault says to a person and to a machine. Vietnamese first, then English; NFC. */
export type FaultText = {
  /** HTTP status (RFC 9110 §15). */
  readonly status: number;
  readonly vi: string;
  readonly en: string;
  /** True where the same request can succeed later, unchanged. */
  readonly retry: boolean;
  /** True where a signature exists although the request failed. */
  readonly signed: boolean;
};

const no = (status: number, vi: string, en: string): FaultText => ({ status, vi, en, retry: false, signed: false });
const later = (status: number, vi: string, en: string): FaultText => ({ status, vi, en, retry: true, signed: false });
const done = (status: number, vi: string, en: string): FaultText => ({ status, vi, en, retry: false, signed: true });

/** Every code that the service, the command line and the pages can answer with. A code, once published, keeps its meaning. */
export const FAULTS = {
  // The request
  request_malformed: no(
    400,
    "Yêu cầu không đúng định dạng. Chưa có gì được ký.",
    "The request is not well formed. Nothing was signed.",
  ),
  request_too_large: no(413, "Yêu cầu quá lớn. Chưa có gì được ký.", "The request is too large. Nothing was signed."),
  media_type_unsupported: no(
    415,
    "Kiểu nội dung không được hỗ trợ. Chưa có gì được ký.",
    "The content type is not supported. Nothing was signed.",
  ),
  not_found: no(404, "Không tìm thấy.", "Not found."),
  method_not_allowed: no(
    405,
    "Phương thức không được hỗ trợ ở địa chỉ này.",
    "This address does not support the method.",
  ),
  rate_limited: later(
    429,
    "Quá nhiều yêu cầu. Thử lại sau ít phút. Chưa có gì được ký.",
    "Too many requests. Try again in a few minutes. Nothing was signed.",
  ),
  internal: later(500, "Hệ thống gặp lỗi. Chưa có gì được ký.", "The service failed. Nothing was signed."),
  unavailable: later(
    503,
    "Hệ thống đang bận. Chưa có gì được ký; phiên ký vẫn được giữ.",
    "The service is busy. Nothing was signed; the session is kept.",
  ),
  server_unreachable: later(
    503,
    "Không kết nối được tới máy chủ. Chưa nhận được chữ ký nào.",
    "The server cannot be reached. No signature was received.",
  ),

  // The transaction
  transaction_not_found: no(
    404,
    "Không tìm thấy phiên ký, hoặc không có quyền xem. Chưa có gì được ký thêm.",
    "There is no such signing session, or it is not yours to see. Nothing more was signed.",
  ),
  transaction_conflict: no(
    409,
    "Mã phiên ký này đã dùng cho nội dung khác. Chưa có gì được ký thêm.",
    "This session id is taken by other content. Nothing more was signed.",
  ),
  session_expired: no(410, "Phiên ký đã hết hạn. Chưa có gì được ký.", "The session expired. Nothing was signed."),
  declined: no(409, "Phiên ký này đã được ghi nhận là không ký.", "This session was declined. Nothing was signed."),
  already_signed: done(409, "Phiên này đã ký xong.", "This session is already signed."),
  signing_in_progress: later(
    409,
    "Phiên này đang được ký. Thử lại sau vài giây.",
    "This session is being signed. Try again in a few seconds.",
  ),
  approval_missing: no(
    403,
    "Chưa có xác nhận đồng ý ký trên trình duyệt này. Hãy mở lại tài liệu và xác nhận. Chưa có gì được ký.",
    "This browser has not approved the document. Open the document again and approve. Nothing was signed.",
  ),
  approval_mismatch: no(
    409,
    "Nội dung xác nhận khác với nội dung của phiên ký. Chưa có gì được ký.",
    "What was approved is not what this session asks. Nothing was signed.",
  ),
  document_unreachable: later(
    503,
    "Không tải được tài liệu từ máy chủ của cơ quan. Chưa có gì được ký.",
    "The document cannot be fetched from the agency's server. Nothing was signed.",
  ),
  document_changed: no(
    409,
    "Tài liệu vừa bị thay đổi so với bản đã xem. Đã dừng ký để bảo vệ bạn. Chưa có gì được ký.",
    "The document changed after it was viewed. Signing stopped. Nothing was signed.",
  ),

  // The session of a person (history, passkeys, office)
  session_missing: no(
    401,
    "Chưa đăng nhập trên trình duyệt này. Hãy đăng nhập rồi thử lại.",
    "Nobody is logged in in this browser. Log in and try again.",
  ),
  cross_site: no(
    403,
    "Yêu cầu này không đến từ trang của dịch vụ nên bị từ chối.",
    "The request does not come from a page of this service and is refused.",
  ),

  address_not_allowed: no(
    400,
    "Địa chỉ tài liệu hoặc địa chỉ quay lại không thuộc nơi được phép. Chưa có gì được ký.",
    "The address of a document or of the way back is not on an allowed host. Nothing was signed.",
  ),

  // Assisted signing
  officer_required: no(
    403,
    "Chỉ cán bộ hỗ trợ mới dùng được chức năng này.",
    "Only an officer who helps citizens can use this.",
  ),
  supervisor_required: no(
    403,
    "Chỉ người phụ trách của đơn vị mới dùng được chức năng này, và không cho chính mình.",
    "Only a supervisor of the unit can do this, and not for themselves.",
  ),
  assistance_not_found: no(
    404,
    "Không tìm thấy phiên hỗ trợ, hoặc không có quyền xem. Chưa có gì được ký thêm.",
    "There is no such assistance, or it is not yours to see. Nothing more was signed.",
  ),
  assistance_not_paired: later(
    409,
    "Máy của người dân chưa được ghép. Chưa có gì được ký.",
    "The citizen's phone has not been paired yet. Nothing was signed.",
  ),
  assistance_ended: no(
    409,
    "Phiên hỗ trợ đã kết thúc. Hãy bắt đầu lại. Chưa có gì được ký.",
    "The assistance has ended. Begin again. Nothing was signed.",
  ),
  assistance_cap: no(
    409,
    "Đã hỗ trợ đủ số lượt hôm nay. Cần người phụ trách duyệt thêm. Chưa có gì được ký.",
    "The number of people helped today is reached. A supervisor has to allow more. Nothing was signed.",
  ),
  assistance_key_mismatch: no(
    409,
    "Khoá của máy cán bộ khác với khoá đã báo trước. Hãy bắt đầu lại. Chưa có gì được ký.",
    "The officer's key is not the one that was announced. Begin again. Nothing was signed.",
  ),
  officer_is_signer: no(
    403,
    "Cán bộ không thể tự hỗ trợ chính mình. Chưa có gì được ký.",
    "An officer cannot assist themselves. Nothing was signed.",
  ),
  pairing_expired: no(
    410,
    "Mã ghép không đúng, đã được dùng hoặc đã hết hạn. Hãy xin cán bộ mã mới. Chưa có gì được ký.",
    "The pairing code is wrong, used or expired. Ask the officer for a new one. Nothing was signed.",
  ),
  pairing_locked: later(
    429,
    "Đã nhập sai mã ghép quá nhiều lần. Hãy quét mã QR, hoặc thử lại sau mười phút. Chưa có gì được ký.",
    "Too many wrong pairing codes. Scan the QR code, or try again in ten minutes. Nothing was signed.",
  ),
  part_missing: later(
    404,
    "Phần này của tài liệu chưa được gửi tới.",
    "This part of the document has not arrived yet.",
  ),
  part_conflict: no(
    409,
    "Phần này của tài liệu đã được gửi với nội dung khác. Hãy bắt đầu lại.",
    "This part of the document was sent before with other content. Begin again.",
  ),
  handover_malformed: no(
    422,
    "Không mở được tài liệu mà cán bộ chuyển tới. Hãy bắt đầu lại. Chưa có gì được ký.",
    "The document that the officer handed over cannot be opened. Begin again. Nothing was signed.",
  ),

  // Disputes, history and public look-ups
  signing_frozen: no(
    403,
    "Việc ký bằng danh tính này đang tạm dừng vì có chữ ký bị báo là không phải của chủ danh tính. Chưa có gì được ký.",
    "Signing in this name is stopped: a signature was reported as not made by its signer. Nothing was signed.",
  ),
  dispute_closed: no(
    409,
    "Vụ việc này đã được giải quyết. Liên hệ đơn vị vận hành nếu cần mở lại.",
    "This case is closed. Ask the operator if it has to be opened again.",
  ),
  dispute_not_found: no(404, "Không tìm thấy vụ việc này.", "There is no such case."),
  lookup_code_malformed: no(
    400,
    "Mã tra cứu gõ chưa đúng. Mã có 12 ký tự, không có 0, O, 1, I; hãy so lại từng ký tự.",
    "The look-up code is mistyped. It has 12 characters, none of them 0, O, 1 or I; compare each of them.",
  ),
  lookup_not_found: no(
    404,
    "Không có chữ ký nào dưới mã này. Mã có thể là giả.",
    "Nothing was signed under this code. The code may be a forgery.",
  ),
  opening_code_wrong: no(
    403,
    "Mã mở chưa đúng. Mã mở có 6 ký tự, in trên chính tài liệu.",
    "The opening code is wrong. It has 6 characters and is printed on the document itself.",
  ),
  opening_locked: later(
    429,
    "Nhập sai mã mở quá nhiều lần. Thử lại sau một giờ.",
    "Too many wrong opening codes. Try again in an hour.",
  ),
  standing_not_found: no(
    404,
    "Dịch vụ này chưa ký gì bằng chứng thư đó.",
    "Nothing was signed with that certificate at this service.",
  ),

  // The signer's identity
  // 400: a stranger can provoke it with a made-up answer, and must not set off the alarms that watch for failures of ours.
  login_failed: no(
    400,
    "Đăng nhập không thành công. Chưa có gì được ký.",
    "The login did not succeed. Nothing was signed.",
  ),
  login_cancelled: no(403, "Đăng nhập đã bị huỷ. Chưa có gì được ký.", "The login was cancelled. Nothing was signed."),
  identity_provider_unavailable: later(
    503,
    "Không kết nối được hệ thống đăng nhập. Chưa có gì được ký.",
    "The identity provider cannot be reached. Nothing was signed.",
  ),
  token_malformed: no(
    400,
    "Mã định danh không đúng định dạng. Chưa có gì được ký.",
    "The identity token is malformed. Nothing was signed.",
  ),
  token_issuer: no(
    403,
    "Mã định danh do nơi không được chấp nhận cấp. Chưa có gì được ký.",
    "The identity token comes from an issuer that is not accepted. Nothing was signed.",
  ),
  token_audience: no(
    403,
    "Mã định danh được cấp cho dịch vụ khác. Chưa có gì được ký.",
    "The identity token was issued to another service. Nothing was signed.",
  ),
  token_type: no(
    403,
    "Đây không phải mã định danh đăng nhập. Chưa có gì được ký.",
    "This is not an identity token. Nothing was signed.",
  ),
  token_algorithm: no(
    403,
    "Thuật toán của mã định danh không được chấp nhận. Chưa có gì được ký.",
    "The algorithm of the identity token is not accepted. Nothing was signed.",
  ),
  token_key_unknown: no(
    403,
    "Không nhận ra khoá đã ký mã định danh. Chưa có gì được ký.",
    "The key of the identity token is not known. Nothing was signed.",
  ),
  token_signature: no(
    403,
    "Chữ ký của mã định danh không đúng. Chưa có gì được ký.",
    "The signature of the identity token does not verify. Nothing was signed.",
  ),
  token_expired: no(
    403,
    "Lần đăng nhập đã hết hạn. Hãy đăng nhập lại. Chưa có gì được ký.",
    "The login has expired. Log in again. Nothing was signed.",
  ),
  token_not_yet_valid: no(
    403,
    "Mã định danh chưa có hiệu lực. Chưa có gì được ký.",
    "The identity token is not yet valid. Nothing was signed.",
  ),
  token_lifetime: no(
    403,
    "Thời hạn của mã định danh không hợp lý. Chưa có gì được ký.",
    "The lifetime of the identity token is not plausible. Nothing was signed.",
  ),
  token_nonce: no(
    403,
    "Lần đăng nhập này không dành cho tài liệu này. Chưa có gì được ký.",
    "This login was not made for this document. Nothing was signed.",
  ),
  token_stale: no(
    403,
    "Cần đăng nhập lại ngay trước khi ký. Chưa có gì được ký.",
    "A fresh login is needed before signing. Nothing was signed.",
  ),
  token_claims: no(
    403,
    "Mã định danh thiếu thông tin cần thiết. Chưa có gì được ký.",
    "The identity token lacks a claim that is needed. Nothing was signed.",
  ),
  assurance_too_low: no(
    403,
    "Tài khoản chưa đủ mức xác thực để ký. Chưa có gì được ký.",
    "The account's level of assurance is too low to sign. Nothing was signed.",
  ),
  identity_inactive: no(
    403,
    "Danh tính này đang ở trạng thái không được ký. Chưa có gì được ký.",
    "This identity is not allowed to sign at present. Nothing was signed.",
  ),
  identity_not_person: no(
    403,
    "Tài khoản tổ chức không ký thay cho cá nhân được. Hãy đăng nhập bằng tài khoản cá nhân. Chưa có gì được ký.",
    "The account of an organisation cannot sign as a person. Log in with a personal account. Nothing was signed.",
  ),
  signer_mismatch: no(
    403,
    "Người đăng nhập không phải người ký ghi trong tài liệu. Chưa có gì được ký.",
    "The person who logged in is not the signer named in the document. Nothing was signed.",
  ),

  // Passkeys
  passkey_login_stale: no(
    403,
    "Muốn thêm khoá thì phải vừa đăng nhập. Hãy đăng nhập lại.",
    "A passkey is added right after a login only. Log in again.",
  ),
  passkey_challenge: no(
    409,
    "Lần thêm khoá này đã hết hạn hoặc đã dùng rồi. Hãy thử lại.",
    "This attempt to add a passkey has expired or was used already. Try again.",
  ),
  passkey_refused: no(
    403,
    "Trả lời của khoá không đúng. Chưa có gì được ký.",
    "The answer of the passkey does not verify. Nothing was signed.",
  ),
  passkey_unknown: no(
    404,
    "Không có khoá này, hoặc khoá đã bị xoá. Hãy đăng nhập để ký. Chưa có gì được ký.",
    "There is no such passkey, or it was removed. Log in to sign. Nothing was signed.",
  ),
  passkey_expired: no(
    403,
    "Khoá này đã quá hạn. Hãy đăng nhập để ký, rồi thêm khoá lại. Chưa có gì được ký.",
    "This passkey has expired. Log in to sign, then add it again. Nothing was signed.",
  ),
  passkey_cloned: no(
    403,
    "Khoá này có thể đã bị sao chép. Hãy xoá khoá và thêm lại. Chưa có gì được ký.",
    "This passkey may have been copied. Remove it and add it again. Nothing was signed.",
  ),
  passkey_exists: no(409, "Khoá này đã được thêm rồi.", "This passkey was added already."),
  passkey_limit: no(
    409,
    "Đã có số khoá nhiều nhất. Hãy xoá bớt một khoá.",
    "There are as many passkeys as there may be. Remove one first.",
  ),

  // Documents
  pdf_invalid: no(
    422,
    "Tệp hỏng hoặc không phải PDF. Chưa có gì được ký.",
    "The file is damaged or not a PDF. Nothing was signed.",
  ),
  pdf_encrypted: no(
    422,
    "Tệp có mật khẩu. Hãy lưu lại bản không mật khẩu. Chưa có gì được ký.",
    "The file is protected by a password. Save a copy without one. Nothing was signed.",
  ),
  pdf_unsupported: no(
    422,
    "Tệp PDF dùng tính năng chưa được hỗ trợ. Chưa có gì được ký.",
    "The PDF uses a feature that is not supported. Nothing was signed.",
  ),
  display_too_many_pages: no(
    422,
    "Tài liệu có quá nhiều trang để hiển thị ở đây. Chưa có gì được ký.",
    "The document has too many pages to be shown here. Nothing was signed.",
  ),
  display_too_slow: no(
    422,
    "Mất quá lâu để hiển thị. Chưa có gì được ký.",
    "Showing it takes too long. Nothing was signed.",
  ),
  display_unsupported: no(
    422,
    "Trình duyệt này không hiển thị được tài liệu. Chưa có gì được ký.",
    "This browser cannot show the document. Nothing was signed.",
  ),
  photo_unreadable: no(
    422,
    "Không đọc được ảnh này. Hãy chọn ảnh JPEG hoặc PNG. Chưa có gì được ký.",
    "This picture cannot be read. Choose a JPEG or a PNG. Nothing was signed.",
  ),
  pdf_too_large: no(413, "Tệp quá lớn. Chưa có gì được ký.", "The file is too large. Nothing was signed."),
  pdf_locked_by_signature: no(
    422,
    "Tài liệu đã được người ký trước khoá, không thêm chữ ký được. Chưa có gì được ký.",
    "An earlier signature locks the document; no signature can be added. Nothing was signed.",
  ),
  pdf_limit: no(
    422,
    "Tệp PDF vượt quá giới hạn xử lý an toàn. Chưa có gì được ký.",
    "The PDF exceeds a limit of safe processing. Nothing was signed.",
  ),
  stamp_name_unusable: no(
    422,
    "Tên này không ghi vào chữ ký hiển thị được: để trống, quá dài, hoặc có ký tự không hiện ra. Chưa có gì được ký.",
    "This name cannot stand in a visible signature: it is empty, too long, or has characters that do not show. Nothing was signed.",
  ),
  stamp_outside_page: no(
    422,
    "Vị trí chữ ký nằm ngoài trang, hoặc không có trang này. Chọn vị trí khác. Chưa có gì được ký.",
    "The place of the signature is outside the page, or there is no such page. Choose another one. Nothing was signed.",
  ),
  stamp_needs_page: no(
    422,
    "Trang cuối không còn chỗ trống, và tài liệu đã có chữ ký nên không thêm trang được. Hãy chọn vị trí. Chưa có gì được ký.",
    "The last page has no free place, and no page can be added to a document that is signed already. Choose a place. Nothing was signed.",
  ),
  stamp_not_allowed: no(
    422,
    "Người ký trước đã chứng nhận tài liệu nên không thêm chữ ký hiển thị được; vẫn ký được không hiển thị. Chưa có gì được ký.",
    "An earlier signer certified the document, so no visible signature can be added; an invisible one can. Nothing was signed.",
  ),
  pdf_not_prepared: no(
    422,
    "Tài liệu này chưa được chuẩn bị để ký: tệp không có chỗ dành sẵn cho chữ ký. Chưa có gì được ký.",
    "This document was not prepared for signing: the file has no place kept for a signature. Nothing was signed.",
  ),
  signature_too_large: no(
    422,
    "Chữ ký lớn hơn chỗ dành sẵn trong tệp.",
    "The signature is larger than the place reserved for it.",
  ),
  signature_not_found: no(404, "Tệp này không có chữ ký số.", "The file has no digital signature."),
  result_not_verified: no(
    500,
    "Tệp vừa ký không qua được bước kiểm tra lại; không giao tệp này.",
    "The signed file did not pass its own check; it is not handed out.",
  ),

  // Encodings
  der_malformed: no(422, "Dữ liệu mã hoá DER/BER không đúng.", "The DER or BER encoding is malformed."),
  der_limit: no(
    422,
    "Dữ liệu DER/BER vượt quá giới hạn xử lý an toàn.",
    "The DER or BER encoding exceeds a limit of safe processing.",
  ),
  json_malformed: no(400, "Dữ liệu JSON không đúng.", "The JSON is malformed."),
  x509_malformed: no(422, "Chứng thư số không đúng định dạng.", "The certificate is malformed."),
  cms_malformed: no(422, "Cấu trúc chữ ký CMS không đúng định dạng.", "The CMS signature structure is malformed."),
  tsp_malformed: no(422, "Dấu thời gian không đúng định dạng.", "The timestamp is malformed."),
  tsp_rejected: no(422, "Yêu cầu cấp dấu thời gian bị từ chối.", "The timestamp request was rejected."),
  crl_malformed: no(422, "Danh sách chứng thư bị thu hồi không đúng.", "The certificate revocation list is malformed."),
  ocsp_malformed: no(
    400,
    "Yêu cầu tra cứu tình trạng chứng thư không đúng.",
    "The certificate status request is malformed.",
  ),
  font_malformed: no(422, "Phông chữ không đọc được.", "The font cannot be read."),
  algorithm_unsupported: no(
    422,
    "Thuật toán mật mã không được hỗ trợ.",
    "The cryptographic algorithm is not supported.",
  ),

  // Trust and verification
  trust_malformed: no(
    422,
    "Danh sách tổ chức được tin cậy không đúng định dạng.",
    "The list of trusted authorities is malformed.",
  ),
  trust_anchor_known: no(
    409,
    "Chứng thư này đã có trong danh sách tin cậy.",
    "This certificate is on the list of trusted authorities already.",
  ),
  trust_anchor_unknown: no(
    404,
    "Không có chứng thư này trong danh sách tin cậy.",
    "This certificate is not on the list of trusted authorities.",
  ),
  trust_audit_broken: no(
    409,
    "Nhật ký thay đổi của danh sách tin cậy không khớp: có dòng bị sửa, bị xoá, hoặc danh sách bị sửa ngoài nhật ký.",
    "The audit of the list of trusted authorities does not fit: lines were changed or deleted, or the list was changed besides it.",
  ),
  time_limit: no(
    422,
    "Kiểm tra tệp này mất quá nhiều thời gian; đã dừng lại.",
    "Checking this file takes too long; it was stopped.",
  ),
  output_unwritable: no(500, "Không ghi được kết quả.", "The result cannot be written."),
  memory_limit: no(
    422,
    "Kiểm tra tệp này cần quá nhiều bộ nhớ; đã dừng lại.",
    "Checking this file takes too much memory; it was stopped.",
  ),

  // Keys, certificates, storage
  key_unavailable: later(
    503,
    "Không dùng được khoá ký lúc này. Chưa có gì được ký.",
    "The signing key cannot be used now. Nothing was signed.",
  ),
  store_unavailable: later(
    503,
    "Không truy cập được nơi lưu trữ lúc này. Thử lại để biết kết quả; không bao giờ ký hai lần.",
    "The store cannot be reached now. Try again to learn the outcome; nothing is ever signed twice.",
  ),
  ca_not_initialised: later(
    503,
    "Hệ thống chưa có chứng thư của tổ chức cấp. Chưa có gì được ký.",
    "The service has no CA certificates yet. Nothing was signed.",
  ),
  root_key_mismatch: no(
    409,
    "Khoá gốc này không phải của CA đang dùng.",
    "This root key is not the one of the CA in use.",
  ),
  report_key_missing: later(
    503,
    "Dịch vụ chưa có chứng thư niêm phong báo cáo; kết quả JSON vẫn dùng được.",
    "The service has no certificate to seal reports with yet; the JSON answer is there.",
  ),
  ca_exists: no(409, "Đã có CA ở đây; không ghi đè.", "There is a CA here already; it is not overwritten."),
  clock_unreliable: later(
    503,
    "Đồng hồ hệ thống không đáng tin. Chưa có gì được ký.",
    "The service's clock is not reliable. Nothing was signed.",
  ),

  // Command line
  usage: no(400, "Lệnh hoặc tham số không đúng.", "The command or its arguments are not right."),
  file_unreadable: no(400, "Không đọc được tệp.", "The file cannot be read."),
  file_unwritable: done(
    500,
    "Không ghi được tệp kết quả; chữ ký vẫn lấy lại được bằng chính lệnh này.",
    "The result cannot be written; the same command fetches the signature again.",
  ),
} as const satisfies Record<string, FaultText>;

export type FaultCode = keyof typeof FAULTS;
