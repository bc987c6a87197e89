import type { FindingText } from "./finding-text.ts";

const warning = (vi: string, en: string): FindingText => ({ severity: "warning", vi, en });
const info = (vi: string, en: string): FindingText => ({ severity: "info", vi, en });

/** What is said of a file beside that, of good ones too. Under the rules of {@link FINDINGS} (findings.ts). */
export const BESIDES = {
  // The file
  no_signature: info(
    "Tệp này không có chữ ký số. Hình chữ ký trong tệp (nếu có) chỉ là hình ảnh.",
    "The file has no digital signature. A picture of one, if there is any, is only a picture.",
  ),
  only_document_timestamps: warning(
    "Tệp chỉ có dấu thời gian, không có chữ ký của ai: biết tệp có từ khi nào, không biết ai chịu trách nhiệm.",
    "The file has timestamps only and nobody's signature: it shows since when the file exists, not who answers for it.",
  ),
  stray_octets: warning(
    "Cuối tệp có dữ liệu nằm ngoài các lần lưu hợp lệ. Không chữ ký nào bảo đảm phần này.",
    "Data at the end of the file belongs to no proper save. No signature vouches for it.",
  ),
  document_rebuilt: warning(
    "Cấu trúc tệp bị hỏng và phải dựng lại; phần mềm khác có thể hiển thị khác.",
    "The file is damaged and was reconstructed; other software may show it differently.",
  ),
  document_encrypted: info(
    "Tệp được mã hoá nhưng mở không cần mật khẩu; điều này không ảnh hưởng đến chữ ký.",
    "The file is encrypted and opens without a password; that does not affect signatures.",
  ),

  // Form of the signature
  not_in_form: warning(
    "Chữ ký không nằm trong danh mục trường của tệp; phần mềm khác có thể không thấy.",
    "The signature is not listed among the fields of the file; other software may not see it.",
  ),

  // Whose certificate
  signer_not_identified: warning(
    "Tên chứng thư ghi trong chữ ký khác với chứng thư đã dùng; khoá ký thì khớp.",
    "The signature gives another name for the certificate than it has; the key does fit.",
  ),
  issuer_serial_differs: warning(
    "Số sê-ri ghi kèm không khớp chứng thư; mã băm của chứng thư thì khớp.",
    "The serial number noted beside the certificate differs; the certificate's hash does fit.",
  ),
  certificate_reference_old: warning(
    "Chữ ký ghi chứng thư của người ký bằng mã băm SHA-1 (kiểu cũ); không cản trở kết luận.",
    "The signature names the signer's certificate by its SHA-1 hash (an old form); it does not block the result.",
  ),
  signature_policy_not_applied: warning(
    "Người ký dẫn chiếu một chính sách ký riêng; ở đây chỉ xét theo chính sách kiểm tra nêu trong báo cáo.",
    "The signer refers to a signature policy of their own; only the policy named in this report was applied.",
  ),

  // Cryptography
  algorithm_weak_proven: info(
    "Thuật toán nay đã yếu, nhưng dấu thời gian chứng minh chữ ký có từ khi thuật toán còn mạnh: không ảnh hưởng.",
    "The algorithm is too weak by now, but a timestamp proves the signature to be older: no matter.",
  ),
  algorithms_disagree: warning(
    "Chữ ký khai thuật toán băm không thống nhất; kết quả tính toán vẫn đúng.",
    "The signature announces hash algorithms that do not agree; the computation is right all the same.",
  ),
  algorithm_not_listed: warning(
    "Thuật toán không có trong Phụ lục I Thông tư 15/2025/TT-BKHCN; nơi nhận tại Việt Nam có thể từ chối.",
    "The algorithm is not listed in appendix I of Circular 15/2025/TT-BKHCN; recipients in Vietnam may refuse it.",
  ),
  rsa_padding_old: warning(
    "RSA kiểu PKCS#1 v1.5; Phụ lục I Thông tư 15/2025/TT-BKHCN nêu PSS. Chữ ký vẫn kiểm tra được và không bị loại vì điều này.",
    "RSA with PKCS#1 v1.5 padding; appendix I of Circular 15/2025/TT-BKHCN names PSS. The signature is checked and not refused for it.",
  ),

  // Trust
  anchor_not_for_this: warning(
    "Tổ chức cấp chứng thư có trong danh sách tin cậy, nhưng không cho mục đích này.",
    "The issuer is on the list of those trusted, but not for this purpose.",
  ),
  directly_trusted: info(
    "Chính chứng thư này nằm trong danh sách tin cậy; không xét đến tổ chức cấp.",
    "This very certificate is on the list of those trusted; its issuer was not looked at.",
  ),
  revoked_later: info(
    "Chứng thư bị thu hồi sau thời điểm ký đã được chứng minh: không ảnh hưởng đến chữ ký này.",
    "The certificate was revoked after the proven time of signing: this signature is not affected.",
  ),
  ca_revoked_later: info(
    "Chứng thư của tổ chức cấp bị thu hồi sau thời điểm ký đã được chứng minh: không ảnh hưởng.",
    "The certificate of the issuer was revoked after the proven time of signing: no matter.",
  ),
  expired_proven: info(
    "Chứng thư nay đã hết hạn, nhưng dấu thời gian chứng minh đã ký khi còn hạn: không ảnh hưởng.",
    "The certificate has expired by now, but a timestamp proves that it was in force when signing: no matter.",
  ),
  revocation_missing: warning(
    "Không có dữ liệu thu hồi dùng được cho một chứng thư trong đường dẫn.",
    "There is no usable revocation data for a certificate of the path.",
  ),
  revocation_stale: warning(
    "Dữ liệu thu hồi quá cũ so với thời điểm cần xét.",
    "The revocation data is too old for the moment that counts.",
  ),
  revocation_unknown: warning(
    "Tổ chức cấp trả lời rằng không biết tình trạng của chứng thư.",
    "The issuer answers that the status of the certificate is not known.",
  ),
  revocation_no_source: warning(
    "Một chứng thư trong đường dẫn không nêu nơi kiểm tra thu hồi, nên không kiểm tra được; điều này không cản trở kết luận.",
    "A certificate of the path names no place to ask for revocation, so it was not checked; that does not block the result.",
  ),
  revocation_not_checked: warning(
    "Tình trạng thu hồi không được kiểm tra theo chính sách đã chọn.",
    "The revocation status was left unchecked by the chosen policy.",
  ),
  revocation_not_needed: info(
    "Chứng thư ngắn hạn: hết hạn trước khi kịp thu hồi, nên không cần kiểm tra thu hồi.",
    "A short-term certificate: it ends sooner than it could be revoked, so no status is needed.",
  ),
  purpose_other: warning(
    "Chứng thư được cấp cho mục đích khác với ký tài liệu; chữ ký không bị loại vì điều này, nơi nhận cân nhắc.",
    "The certificate was issued for other purposes than signing documents; not refused for it, the recipient decides.",
  ),
  signer_is_ca: warning(
    "Người ký dùng chứng thư của một tổ chức cấp chứng thư; bất thường nhưng không cản trở kết luận.",
    "The signer used the certificate of a certification authority; unusual, but it does not block the result.",
  ),

  // Time
  time_proven: info(
    "Thời điểm ký được dấu thời gian tin cậy chứng minh.",
    "A trusted timestamp proves the time of signing.",
  ),
  time_only_claimed: warning(
    "Thời điểm ký chỉ do người ký khai, chưa được chứng minh.",
    "The time of signing is only what the signer claims; it is not proved.",
  ),
  time_unknown: warning(
    "Không có thời điểm ký nào được ghi; chữ ký được xét theo thời điểm kiểm tra.",
    "No time of signing is given; the signature was judged for the moment of checking.",
  ),
  claimed_after_proven: warning(
    "Giờ người ký khai muộn hơn thời điểm đã được chứng minh: đồng hồ của người ký sai. Dùng thời điểm đã chứng minh.",
    "The claimed time is later than the proven one: the signer's clock is wrong. The proven time counts.",
  ),
  claimed_in_future: warning(
    "Giờ người ký khai muộn hơn thời điểm kiểm tra, nên không đúng.",
    "The claimed time is later than the moment of checking, so it is wrong.",
  ),
  claimed_outside_certificate: warning(
    "Giờ người ký khai nằm ngoài thời hạn chứng thư, nên không đúng hoặc ký khi chứng thư chưa có hiệu lực.",
    "The claimed time lies outside the certificate's period, so it is wrong, or the certificate was not in force.",
  ),
  timestamp_passed: info("Dấu thời gian hợp lệ.", "The timestamp is valid."),
  timestamp_not_used: warning(
    "Có dấu thời gian nhưng không dùng được; thời điểm ký không được chứng minh bằng dấu này.",
    "There is a timestamp that cannot be used; it does not prove the time of signing.",
  ),
  timestamp_unsupported: warning(
    "Thuật toán của dấu thời gian chưa kiểm tra được; không chứng minh điều gì.",
    "The algorithm of the timestamp cannot be checked here; it proves nothing.",
  ),
  timestamp_certificate_missing: warning(
    "Không có chứng thư của bên cấp dấu thời gian; không chứng minh điều gì.",
    "The certificate of the time-stamping authority is missing; the timestamp proves nothing.",
  ),
  timestamp_reference_missing: warning(
    "Dấu thời gian không ghi rõ chứng thư của bên cấp như quy định; không chứng minh điều gì.",
    "The timestamp does not name its authority's certificate as it must; it proves nothing.",
  ),
  timestamp_usage: warning(
    "Chứng thư của bên cấp không dành riêng cho dấu thời gian; không chứng minh điều gì.",
    "The authority's certificate is not meant for timestamps alone; the timestamp proves nothing.",
  ),
  timestamp_from_future: warning(
    "Dấu thời gian muộn hơn thời điểm kiểm tra; không tính đến.",
    "The timestamp is later than the moment of checking; it does not count.",
  ),
  timestamp_untrusted: warning(
    "Bên cấp dấu thời gian không nằm trong danh sách tin cậy; không chứng minh điều gì.",
    "The time-stamping authority is not trusted; the timestamp proves nothing.",
  ),
  timestamp_revoked: warning(
    "Chứng thư của bên cấp dấu thời gian đã bị thu hồi; không chứng minh điều gì.",
    "The time-stamping authority's certificate was revoked; the timestamp proves nothing.",
  ),
  timestamp_expired: warning(
    "Chứng thư của bên cấp dấu thời gian đã hết hạn mà chưa được gia hạn bằng dấu mới; không còn chứng minh điều gì.",
    "The time-stamping authority's certificate has expired and no newer timestamp renews it; it proves nothing any more.",
  ),
  timestamp_status_unknown: warning(
    "Chưa kiểm tra được tình trạng thu hồi của bên cấp dấu thời gian; chưa chứng minh điều gì.",
    "Whether the time-stamping authority was revoked could not be checked; the timestamp does not prove anything yet.",
  ),
  timestamp_weak: warning(
    "Thuật toán của dấu thời gian đã yếu; không còn chứng minh điều gì.",
    "The algorithm of the timestamp is too weak; it proves nothing any more.",
  ),

  // What came after, and what it is worth
  earlier_revision: info(
    "Chữ ký thuộc một lần lưu trước của tệp; những gì thêm sau đó được liệt kê riêng.",
    "The signature belongs to an earlier save of the file; what came later is listed.",
  ),
  changes_permitted: info(
    "Sau khi ký có bổ sung được phép; nội dung đã ký không đổi.",
    "There are permitted additions after signing; what was signed is unchanged.",
  ),
  certifies_nothing_more: info(
    "Người ký chứng nhận tệp và không cho phép bất kỳ thay đổi nào sau đó.",
    "The signer certified the file and permits no change after that.",
  ),
  certifies_forms: info(
    "Người ký chứng nhận tệp; sau đó chỉ được điền biểu mẫu và ký.",
    "The signer certified the file; after that only forms may be filled and signatures added.",
  ),
  certifies_comments: info(
    "Người ký chứng nhận tệp; sau đó chỉ được điền biểu mẫu, ký và ghi chú.",
    "The signer certified the file; after that only forms, signatures and comments may be added.",
  ),
  certification_not_first: warning(
    "Chữ ký chứng nhận phải là chữ ký đầu tiên của tệp, nhưng trước nó đã có chữ ký khác; không cản trở kết luận.",
    "A certification must be the first signature of a file, and another precedes it; that does not block the result.",
  ),
  not_pades: info(
    "Chữ ký theo kiểu cũ của PDF, không theo PAdES; không có mức B-B đến B-LTA. Điều này không làm chữ ký mất hiệu lực.",
    "A signature of the older PDF kind, not PAdES; it has no level B-B to B-LTA. That does not make it invalid.",
  ),
  below_baseline: info(
    "Chữ ký không đủ các yêu cầu của mức cơ bản PAdES B-B. Điều này không làm chữ ký mất hiệu lực.",
    "The signature does not meet every requirement of the PAdES baseline (B-B). That does not make it invalid.",
  ),
  test_anchor: warning(
    "Tài liệu thử nghiệm: chứng thư do hệ thống thử nghiệm cấp, không có giá trị pháp lý.",
    "A test document: the certificate comes from a test system and has no legal effect.",
  ),
  equivalent: info(
    "Theo hồ sơ tin cậy, chữ ký thuộc loại mà pháp luật coi là tương đương chữ ký viết tay.",
    "By the trust profile, the signature is of a class that the law equates with a handwritten one.",
  ),
  recipient_decides: info(
    "Chữ ký thuộc loại mà nơi nhận tự quyết định có chấp nhận hay không.",
    "A signature of a class whose acceptance is up to the recipient.",
  ),

  // What its issuer knows of it
  standing_unknown: warning(
    "Chưa hỏi được nơi cấp chứng thư xem người ký có báo không phải mình ký hay không. Hãy thử lại.",
    "The issuer could not be asked whether the signer denies the signature. Try again.",
  ),
  assisted_by: info("Có cán bộ hỗ trợ người ký: {unit}.", "An officer helped the signer: {unit}."),
} as const satisfies Record<string, FindingText>;
