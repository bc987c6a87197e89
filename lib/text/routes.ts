type RouteText = {
  readonly vi: string;
  readonly en: string;
  /** Of success: status, media type (null for an empty answer), name of its schema. */
  readonly answer: { readonly status: number; readonly type: string | null; readonly schema?: string };
};

const transaction = (status: number) => ({ status, type: "application/json", schema: "Transaction" });
const nothing = { status: 204, type: null };
const json = { status: 200, type: "application/json" };
const page = { status: 200, type: "text/html" };
const ocsp = { status: 200, type: "application/ocsp-response" };

/** What each door does. Vietnamese first, then English; NFC. */
export const ROUTE_TEXTS = {
  "transaction.create": {
    vi: "Mở một phiên ký cho tối đa mười tài liệu. Gửi lại đúng yêu cầu này cho cùng một kết quả.",
    en: "Opens a transaction for up to ten documents. The same request again gives the same transaction.",
    answer: transaction(201),
  },
  "transaction.read": {
    vi: "Đọc phiên ký; khi đã ký thì có chữ ký và bằng chứng.",
    en: "Reads a transaction; a signed one has its signatures and proof.",
    answer: transaction(200),
  },
  "transaction.decline": {
    vi: "Ghi nhận không ký.",
    en: "Records that the person does not sign.",
    answer: nothing,
  },
  "transaction.approve": {
    vi: "Ghi nhận người dùng trình duyệt này đã đọc và đồng ý ký; đặt cookie.",
    en: "Records that the person in this browser has read and approves; sets the cookie.",
    answer: nothing,
  },
  "transaction.authorize": {
    vi: "Chuyển trình duyệt đã đồng ý tới nơi đăng nhập.",
    en: "Sends the browser that approved to the identity provider.",
    answer: { status: 303, type: null },
  },
  "oidc.callback": {
    vi: "Nhận trình duyệt từ nơi đăng nhập trở về và ký.",
    en: "Receives the browser from the identity provider and signs.",
    answer: page,
  },
  "transaction.sign": {
    vi: "Ký bằng mã định danh mà nonce là cam kết của phiên ký.",
    en: "Signs with an identity token whose nonce is the commitment of the transaction.",
    answer: transaction(200),
  },
  "proof.read": {
    vi: "Đọc bằng chứng của một lần ký.",
    en: "Reads the proof of a signature.",
    answer: json,
  },
  "status.post": {
    vi: "Tra cứu tình trạng chứng thư (OCSP, RFC 6960).",
    en: "Answers a certificate status request (OCSP, RFC 6960).",
    answer: ocsp,
  },
  "status.get": {
    vi: "Tra cứu tình trạng chứng thư qua GET (RFC 6960 phụ lục A).",
    en: "Answers a certificate status request by GET (RFC 6960 Appendix A).",
    answer: ocsp,
  },
  "service.describe": {
    vi: "Dịch vụ này là gì: hạng chữ ký, nơi đăng nhập, chứng thư.",
    en: "What this service is: class of its signatures, identity providers, certificates.",
    answer: json,
  },
  "pki.file": {
    vi: "Chứng thư của dịch vụ và các công bố của tổ chức cấp.",
    en: "Certificates of the service, and the statements that certificates point to.",
    answer: { status: 200, type: "application/pkix-cert" },
  },
  "trust.list": {
    vi: "Liệt kê mọi chứng thư gốc mà dịch vụ tin cậy khi kiểm tra, và tin cậy vào việc gì.",
    en: "Lists every anchor that the service trusts when it verifies, and what for.",
    answer: json,
  },
  "verification.create": {
    vi: "Kiểm tra chữ ký trong một tệp PDF. Tệp không được lưu lại. Chữ ký sai vẫn là câu trả lời 200. Theo Accept: JSON, báo cáo PDF được niêm phong, hoặc báo cáo XML của ETSI.",
    en: "Judges the signatures of a PDF. The file is not kept. A bad signature is an answer with status 200 like any other. As Accept says: JSON, a sealed PDF report, or an ETSI XML report.",
    answer: { status: 200, type: "application/json", schema: "Verification" },
  },
  "session.open": {
    vi: "Mở phiên làm việc của một người; đặt cookie. Sau đó trang chuyển trình duyệt tới authorizeUrl.",
    en: "Opens a person's session; sets the cookie. The page then sends the browser to authorizeUrl.",
    answer: { status: 201, type: "application/json" },
  },
  "session.authorize": {
    vi: "Chuyển trình duyệt đã mở phiên tới nơi đăng nhập.",
    en: "Sends the browser that opened the session to the identity provider.",
    answer: { status: 303, type: null },
  },
  "session.callback": {
    vi: "Nhận trình duyệt từ nơi đăng nhập trở về và đưa lại trang; lỗi đứng sau dấu #, dạng #loi=<mã>.",
    en: "Receives the browser from the identity provider and sends it back to the page; an error stands behind #, as #loi=<code>.",
    answer: { status: 303, type: null },
  },
  "session.read": {
    vi: "Đọc phiên làm việc: ai đăng nhập, đến khi nào.",
    en: "Reads the session: who is logged in, and until when.",
    answer: json,
  },
  "session.extend": {
    vi: "Gia hạn phiên làm việc; không quá một giờ kể từ lúc đăng nhập.",
    en: "Extends the session; never beyond an hour from the login.",
    answer: json,
  },
  "session.end": {
    vi: "Đăng xuất: kết thúc phiên và xoá cookie.",
    en: "Logs out: ends the session and clears the cookie.",
    answer: nothing,
  },
} as const satisfies Record<string, RouteText>;
