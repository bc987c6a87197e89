/** `error` decides against, `warning` must be read, `info` explains. */
export type FindingText = { readonly severity: "error" | "warning" | "info"; readonly vi: string; readonly en: string };

const error = (vi: string, en: string): FindingText => ({ severity: "error", vi, en });
const warning = (vi: string, en: string): FindingText => ({ severity: "warning", vi, en });
const info = (vi: string, en: string): FindingText => ({ severity: "info", vi, en });

/**
 * What can be said about a checked file: what was found, and whether it matters. Vietnamese first, then English; NFC. A code, once
 * published, keeps its meaning. No sentence grants a legal effect; that follows from the class in the trust profile alone.
 */
const CATALOGUE = {
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
  kind_unsupported: error(
    "Loại chữ ký này chưa kiểm tra được, nên chưa thể kết luận.",
    "This kind of signature cannot be checked here, so nothing can be concluded.",
  ),
  byte_range_wrong: error(
    "Chữ ký không bao phủ trọn tệp như quy định; có phần không được ký. Không dùng được.",
    "The signature does not cover the file as it must; parts are unsigned. It cannot be relied on.",
  ),
  covers_no_save: error(
    "Phần được ký không kết thúc ở một lần lưu hợp lệ của tệp. Không dùng được.",
    "What was signed does not end with a proper save of the file. It cannot be relied on.",
  ),
  container_unreadable: error(
    "Dữ liệu chữ ký bị hỏng, không đọc được. Không dùng được.",
    "The signature data is damaged and cannot be read. It cannot be relied on.",
  ),
  signers_not_one: error(
    "Một ô chữ ký phải có đúng một người ký; ô này thì không. Không dùng được.",
    "A signature field must have exactly one signer; this one does not. It cannot be relied on.",
  ),
  content_inside: error(
    "Chữ ký mang theo nội dung riêng thay vì nội dung của tệp. Không dùng được.",
    "The signature carries content of its own instead of the file's. It cannot be relied on.",
  ),
  content_confusable: error(
    "Nội dung được ký có dạng khiến một chữ ký khác bị hiểu thành chữ ký này. Không dùng được.",
    "What was signed has a form by which another signature could pass for this one. It cannot be relied on.",
  ),
  attributes_not_der: error(
    "Thuộc tính được ký mã hoá sai quy định, mỗi phần mềm có thể hiểu một khác. Không dùng được.",
    "The signed attributes are not encoded as they must be, so that programs may read them differently. It cannot be relied on.",
  ),
  attributes_malformed: error(
    "Thuộc tính bắt buộc của chữ ký bị thiếu, lặp lại hoặc sai. Không dùng được.",
    "A mandatory attribute of the signature is missing, repeated or wrong. It cannot be relied on.",
  ),
  not_in_form: warning(
    "Chữ ký không nằm trong danh mục trường của tệp; phần mềm khác có thể không thấy.",
    "The signature is not listed among the fields of the file; other software may not see it.",
  ),

  // Whose certificate
  certificate_missing: error(
    "Thiếu chứng thư của người ký (hoặc không đọc được): không biết ai ký, nên chưa thể kết luận.",
    "The signer's certificate is missing or unreadable: it is not known who signed, so nothing can be concluded.",
  ),
  certificate_reference_wrong: error(
    "Chữ ký chỉ đến một chứng thư khác với chứng thư đi kèm: chứng thư có thể đã bị tráo. Không dùng được.",
    "The signature names another certificate than the one that is there: it may have been exchanged. It cannot be relied on.",
  ),
  certificate_reference_unclear: error(
    "Không đọc được chứng thư mà chữ ký chỉ đến, nên chưa thể kết luận.",
    "Which certificate the signature names cannot be read, so nothing can be concluded.",
  ),
  certificate_reference_missing: error(
    "Chữ ký loại này phải ghi rõ chứng thư của người ký nhưng không ghi, nên chưa thể kết luận.",
    "A signature of this kind must name the signer's certificate and does not, so nothing can be concluded.",
  ),
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
  signature_policy_missing: error(
    "Người ký dẫn chiếu một chính sách ký không có ở đây, nên chưa thể kết luận.",
    "The signer refers to a signature policy that is not at hand, so nothing can be concluded.",
  ),
  signature_policy_not_applied: warning(
    "Người ký dẫn chiếu một chính sách ký riêng; ở đây chỉ xét theo chính sách kiểm tra nêu trong báo cáo.",
    "The signer refers to a signature policy of their own; only the policy named in this report was applied.",
  ),

  // Cryptography
  content_not_found: error(
    "Không tìm thấy nội dung đã được ký, nên chưa thể kết luận.",
    "What was signed was not found, so nothing can be concluded.",
  ),
  digest_mismatch: error(
    "Nội dung đã bị sửa sau khi ký: mã băm không khớp. Không dùng được.",
    "The content was changed after signing: its hash differs. It cannot be relied on.",
  ),
  signature_wrong: error(
    "Chữ ký không được tạo bằng khoá của chứng thư này. Không dùng được.",
    "The signature was not made with the key of this certificate. It cannot be relied on.",
  ),
  algorithm_exchanged: error(
    "Thuật toán đã bị đổi so với thuật toán người ký ghi nhận. Không dùng được.",
    "The algorithm is not the one that the signer fixed. It cannot be relied on.",
  ),
  algorithm_unsupported: error(
    "Thuật toán của chữ ký chưa kiểm tra được, nên chưa thể kết luận.",
    "The algorithm of the signature cannot be checked here, so nothing can be concluded.",
  ),
  algorithm_too_weak: error(
    "Chữ ký dùng thuật toán đã bị coi là yếu ngay khi ký, nên chưa thể kết luận.",
    "The signature uses an algorithm that was already too weak when it was made, so nothing can be concluded.",
  ),
  algorithm_weak_unproven: error(
    "Thuật toán của chữ ký nay đã yếu và không có gì chứng minh chữ ký có từ trước đó, nên chưa thể kết luận.",
    "The algorithm of the signature is too weak by now, and nothing proves the signature to be older, so nothing can be concluded.",
  ),
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
  no_chain: error(
    "Không nhận ra tổ chức cấp chứng thư: không có đường dẫn đến tổ chức nào được tin cậy, nên chưa thể kết luận.",
    "The issuer is not known here: no path leads to anybody who is trusted, so nothing can be concluded.",
  ),
  anchor_not_for_this: warning(
    "Tổ chức cấp chứng thư có trong danh sách tin cậy, nhưng không cho mục đích này.",
    "The issuer is on the list of those trusted, but not for this purpose.",
  ),
  chain_broken: error(
    "Đường dẫn chứng thư bị lỗi (chữ ký, tên hoặc phần mở rộng của một chứng thư), nên không tin được.",
    "The certificate path is broken (signature, name or extension of a certificate), so it is not trusted.",
  ),
  chain_constrained: error(
    "Chứng thư được cấp ngoài phạm vi mà tổ chức cấp được phép, nên không tin được.",
    "The certificate lies outside of what its issuer may issue, so it is not trusted.",
  ),
  directly_trusted: info(
    "Chính chứng thư này nằm trong danh sách tin cậy; không xét đến tổ chức cấp.",
    "This very certificate is on the list of those trusted; its issuer was not looked at.",
  ),
  anchor_not_in_force: error(
    "Tổ chức gốc không (hoặc chưa, hoặc không còn) được tin cậy tại thời điểm cần xét, nên chưa thể kết luận.",
    "The trust anchor was not in force at the moment that counts, so nothing can be concluded.",
  ),
  signed_after_revocation: error(
    "Chữ ký được tạo sau khi chứng thư đã bị thu hồi. Không dùng được.",
    "The signature was made after its certificate had been revoked. It cannot be relied on.",
  ),
  revoked: error(
    "Chứng thư của người ký đã bị thu hồi và không có gì chứng minh chữ ký có trước khi thu hồi.",
    "The signer's certificate was revoked, and nothing proves the signature to be older.",
  ),
  revoked_when_signed: error(
    "Chứng thư đã bị thu hồi tại thời điểm ký. Không dùng được.",
    "The certificate was already revoked at the time of signing. It cannot be relied on.",
  ),
  revoked_later: info(
    "Chứng thư bị thu hồi sau thời điểm ký đã được chứng minh: không ảnh hưởng đến chữ ký này.",
    "The certificate was revoked after the proven time of signing: this signature is not affected.",
  ),
  ca_revoked: error(
    "Chứng thư của tổ chức cấp đã bị thu hồi và không có gì chứng minh chữ ký có trước đó.",
    "The certificate of the issuer was revoked, and nothing proves the signature to be older.",
  ),
  ca_revoked_later: info(
    "Chứng thư của tổ chức cấp bị thu hồi sau thời điểm ký đã được chứng minh: không ảnh hưởng.",
    "The certificate of the issuer was revoked after the proven time of signing: no matter.",
  ),
  suspended: error(
    "Chứng thư đang bị tạm dừng, nên chưa thể kết luận. Kiểm tra lại khi hết tạm dừng.",
    "The certificate is suspended, so nothing can be concluded. Check again when that has ended.",
  ),
  signed_before_validity: error(
    "Chữ ký có trước khi chứng thư có hiệu lực. Không dùng được.",
    "The signature is older than its certificate. It cannot be relied on.",
  ),
  signed_after_expiry: error(
    "Chữ ký được tạo sau khi chứng thư hết hạn. Không dùng được.",
    "The signature was made after its certificate had expired. It cannot be relied on.",
  ),
  expired_unproven: error(
    "Chứng thư nằm ngoài thời hạn và không có dấu thời gian tin cậy chứng minh đã ký trong thời hạn, nên chưa thể kết luận.",
    "A certificate is out of its period, and no trusted timestamp proves signing within it, so nothing can be concluded.",
  ),
  expired_proven: info(
    "Chứng thư nay đã hết hạn, nhưng dấu thời gian chứng minh đã ký khi còn hạn: không ảnh hưởng.",
    "The certificate has expired by now, but a timestamp proves that it was in force when signing: no matter.",
  ),
  status_unknown: error(
    "Chưa kiểm tra được tình trạng thu hồi của chứng thư, nên chưa thể kết luận lúc này.",
    "Whether the certificate was revoked could not be checked, so nothing can be concluded now.",
  ),
  revocation_data_expired: error(
    "Bên trả lời về tình trạng thu hồi đã hết hạn và không có gì chứng minh câu trả lời có từ trước, nên chưa thể kết luận.",
    "Whoever told the revocation status has expired, and nothing proves the answer to be older, so nothing can be concluded.",
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
  chain_weak: error(
    "Một chứng thư trong đường dẫn được ký bằng thuật toán đã yếu, nên chưa thể kết luận.",
    "A certificate of the path is signed with an algorithm that is too weak, so nothing can be concluded.",
  ),
  key_usage_wrong: error(
    "Chứng thư không được cấp để ký (keyUsage), nên chưa thể kết luận.",
    "The certificate was not issued for signing (keyUsage), so nothing can be concluded.",
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
  time_not_proven: error(
    "Chính sách đòi hỏi thời điểm ký được chứng minh mà ở đây không có, nên chưa thể kết luận.",
    "The policy demands a proven time of signing, and there is none, so nothing can be concluded.",
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
  timestamps_contradict: error(
    "Các dấu thời gian mâu thuẫn về thứ tự, nên chưa thể kết luận.",
    "The timestamps contradict each other in their order, so nothing can be concluded.",
  ),
  timestamp_passed: info("Dấu thời gian hợp lệ.", "The timestamp is valid."),
  timestamp_not_used: warning(
    "Có dấu thời gian nhưng không dùng được; thời điểm ký không được chứng minh bằng dấu này.",
    "There is a timestamp that cannot be used; it does not prove the time of signing.",
  ),
  timestamp_unreadable: error(
    "Dấu thời gian bị hỏng, không đọc được; không chứng minh điều gì.",
    "The timestamp is damaged and cannot be read; it proves nothing.",
  ),
  timestamp_of_something_else: error(
    "Dấu thời gian thuộc về dữ liệu khác (có thể bị sao chép từ nơi khác); không chứng minh điều gì ở đây.",
    "The timestamp belongs to something else (it may have been copied); it proves nothing here.",
  ),
  timestamp_broken: error(
    "Chữ ký của dấu thời gian không đúng; không chứng minh điều gì.",
    "The signature of the timestamp is wrong; it proves nothing.",
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
  timestamp_outside_certificate: error(
    "Dấu thời gian nằm ngoài thời hạn chứng thư của bên cấp; không chứng minh điều gì.",
    "The timestamp lies outside the period of its authority's certificate; it proves nothing.",
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
  changes_forbidden: error(
    "Tệp đã bị sửa sau khi ký theo cách không được phép. Chỉ phần đã ký là đáng tin.",
    "The file was changed after signing in a way that is not permitted. Only what was signed can be relied on.",
  ),
  changes_unknown: error(
    "Không xác định được những gì đã thay đổi sau khi ký, nên chưa thể kết luận.",
    "What changed after signing cannot be told, so nothing can be concluded.",
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
} as const satisfies Record<string, FindingText>;

export type FindingCode = keyof typeof CATALOGUE;
export const FINDINGS: Readonly<Record<FindingCode, FindingText>> = CATALOGUE;
