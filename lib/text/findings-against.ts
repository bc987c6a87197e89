import type { FindingText } from "./finding-text.ts";

const error = (vi: string, en: string): FindingText => ({ severity: "error", vi, en });

/** What decides against a signature. Under the rules of {@link FINDINGS} (findings.ts). */
export const AGAINST = {
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
  signature_policy_missing: error(
    "Người ký dẫn chiếu một chính sách ký không có ở đây, nên chưa thể kết luận.",
    "The signer refers to a signature policy that is not at hand, so nothing can be concluded.",
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

  // Trust
  no_chain: error(
    "Không nhận ra tổ chức cấp chứng thư: không có đường dẫn đến tổ chức nào được tin cậy, nên chưa thể kết luận.",
    "The issuer is not known here: no path leads to anybody who is trusted, so nothing can be concluded.",
  ),
  chain_broken: error(
    "Đường dẫn chứng thư bị lỗi (chữ ký, tên hoặc phần mở rộng của một chứng thư), nên không tin được.",
    "The certificate path is broken (signature, name or extension of a certificate), so it is not trusted.",
  ),
  chain_constrained: error(
    "Chứng thư được cấp ngoài phạm vi mà tổ chức cấp được phép, nên không tin được.",
    "The certificate lies outside of what its issuer may issue, so it is not trusted.",
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
  ca_revoked: error(
    "Chứng thư của tổ chức cấp đã bị thu hồi và không có gì chứng minh chữ ký có trước đó.",
    "The certificate of the issuer was revoked, and nothing proves the signature to be older.",
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
  status_unknown: error(
    "Chưa kiểm tra được tình trạng thu hồi của chứng thư, nên chưa thể kết luận lúc này.",
    "Whether the certificate was revoked could not be checked, so nothing can be concluded now.",
  ),
  revocation_data_expired: error(
    "Bên trả lời về tình trạng thu hồi đã hết hạn và không có gì chứng minh câu trả lời có từ trước, nên chưa thể kết luận.",
    "Whoever told the revocation status has expired, and nothing proves the answer to be older, so nothing can be concluded.",
  ),
  chain_weak: error(
    "Một chứng thư trong đường dẫn được ký bằng thuật toán đã yếu, nên chưa thể kết luận.",
    "A certificate of the path is signed with an algorithm that is too weak, so nothing can be concluded.",
  ),
  key_usage_wrong: error(
    "Chứng thư không được cấp để ký (keyUsage), nên chưa thể kết luận.",
    "The certificate was not issued for signing (keyUsage), so nothing can be concluded.",
  ),

  // Time
  time_not_proven: error(
    "Chính sách đòi hỏi thời điểm ký được chứng minh mà ở đây không có, nên chưa thể kết luận.",
    "The policy demands a proven time of signing, and there is none, so nothing can be concluded.",
  ),
  timestamps_contradict: error(
    "Các dấu thời gian mâu thuẫn về thứ tự, nên chưa thể kết luận.",
    "The timestamps contradict each other in their order, so nothing can be concluded.",
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
  timestamp_outside_certificate: error(
    "Dấu thời gian nằm ngoài thời hạn chứng thư của bên cấp; không chứng minh điều gì.",
    "The timestamp lies outside the period of its authority's certificate; it proves nothing.",
  ),

  // What came after, and what it is worth
  changes_forbidden: error(
    "Tệp đã bị sửa sau khi ký theo cách không được phép. Chỉ phần đã ký là đáng tin.",
    "The file was changed after signing in a way that is not permitted. Only what was signed can be relied on.",
  ),
  changes_unknown: error(
    "Không xác định được những gì đã thay đổi sau khi ký, nên chưa thể kết luận.",
    "What changed after signing cannot be told, so nothing can be concluded.",
  ),

  // What its issuer knows of it
  signature_disputed: error(
    "Chữ ký đúng kỹ thuật nhưng người ký báo KHÔNG phải mình ký.",
    "The signature is technically right, but the signer says that somebody else made it; nothing can be concluded from it.",
  ),
} as const satisfies Record<string, FindingText>;
