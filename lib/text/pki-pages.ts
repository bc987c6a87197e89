/** The documents that certificates point to. Vietnamese first, then English; NFC. */
export const PKI_PAGES = {
  cps: {
    vi: "Quy chế chứng thực. Mỗi lần một người đồng ý ký, dịch vụ tạo một khoá trong bộ nhớ, cấp cho khoá đó một chứng thư số có hạn mười phút, ký đúng những tài liệu đã được đồng ý, rồi xoá khoá. Danh tính được kiểm tra qua lần đăng nhập gắn với chính các tài liệu đó. Chứng thư chỉ dùng cho những tài liệu này. Hạng của chữ ký và giá trị sử dụng theo hồ sơ tin cậy của nơi vận hành; bản chạy thử không có giá trị.",
    en: "Certification practice statement. For each approval the service makes a key in memory, certifies it for ten minutes, signs exactly the documents that were approved, and forgets the key. The identity is checked by a login that is bound to those documents. The certificate serves those documents only. The class of the signature and what it is good for follow from the operator's trust profile; what a demonstration installation signs has no effect.",
  },
  pds: {
    vi: "Công bố thông tin. Chứng thư dùng một lần, hạn mười phút, chỉ để ký tài liệu. Tình trạng chứng thư: qua địa chỉ OCSP trong chứng thư. Người kiểm tra cần đối chiếu dấu thời gian: chữ ký có dấu thời gian trong hạn của chứng thư vẫn kiểm tra được sau khi chứng thư hết hạn. Chứng thư không chứa số định danh cá nhân.",
    en: "PKI disclosure statement. One-time certificates, valid for ten minutes, for signing documents only. Certificate status: at the OCSP address in the certificate. Relying parties look at the timestamp: a signature whose timestamp lies within the certificate's validity can be verified after the certificate has expired. The certificate carries no citizen number.",
  },
  pairwise: {
    vi: "Lược đồ định danh PW:VN. Mã sau dấu gạch nối là bí danh của một người tại dịch vụ này, tính bằng một khoá bí mật từ mã của người đó ở hệ thống đăng nhập. Mã không chứa và không suy ra được số định danh cá nhân.",
    en: "The identifier scheme PW:VN. The code behind the hyphen is one person's pseudonym at this service, computed under a secret key from the person's identifier at the identity provider. It does not contain the citizen number, nor can the number be derived from it.",
  },
} as const;
