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
  "passkey.options": {
    vi: "Chuẩn bị thêm khoá (passkey): tham số cho navigator.credentials.create. Phải vừa đăng nhập.",
    en: "Prepares to add a passkey: what navigator.credentials.create takes. The login must be fresh.",
    answer: json,
  },
  "passkey.enrol": {
    vi: "Thêm khoá vào danh sách của người đang đăng nhập. Không nhận và không lưu khuôn mặt hay vân tay.",
    en: "Adds a passkey for whoever is logged in. Neither faces nor fingerprints are received or kept.",
    answer: { status: 201, type: "application/json" },
  },
  "passkey.list": {
    vi: "Liệt kê các khoá của người đang đăng nhập.",
    en: "Lists the passkeys of whoever is logged in.",
    answer: json,
  },
  "passkey.rename": {
    vi: "Đặt tên cho một khoá.",
    en: "Names a passkey.",
    answer: nothing,
  },
  "passkey.remove": {
    vi: "Xoá một khoá; từ lúc đó khoá không ký được nữa.",
    en: "Removes a passkey; from then on it signs nothing.",
    answer: nothing,
  },
  "transaction.sign-by-passkey": {
    vi: "Ký bằng khoá (passkey): thử thách của trả lời là cam kết của phiên ký.",
    en: "Signs by a passkey: the challenge of the assertion is the commitment of the transaction.",
    answer: transaction(200),
  },
  "activity.list": {
    vi: "Liệt kê mọi lần danh tính của người đăng nhập được dùng, mới nhất trước: ký, ký không thành, khoá đăng nhập, hỗ trợ, tranh chấp.",
    en: "Lists every use of the identity of whoever is logged in, newest first: signed, failed, passkeys, assistance, disputes.",
    answer: json,
  },
  "notice.list": {
    vi: "Những việc gần đây chưa xem trong lịch sử của người đăng nhập.",
    en: "What has happened lately in the history of whoever is logged in and was not seen yet.",
    answer: json,
  },
  "notice.read": {
    vi: "Ghi nhận đã xem thông báo đến một thời điểm.",
    en: "Records that notices were seen up to one of them.",
    answer: nothing,
  },
  "dispute.create": {
    vi: "“Không phải tôi ký”: đánh dấu chữ ký đang tranh chấp với mọi người kiểm tra và dừng ký bằng danh tính này. Gửi lại cho cùng một số vụ việc.",
    en: "“This was not me”: marks the signature as disputed for every verifier and stops signing in this name. Again gives the same case number.",
    answer: { status: 201, type: "application/json" },
  },
  "lookup.read": {
    vi: "Tra cứu công khai theo mã. Không có mã mở thì không cho biết ai ký và ký gì.",
    en: "Public look-up by code. Without the opening code it says neither who signed nor what.",
    answer: json,
  },
  "lookup.page": {
    vi: "Tra cứu theo mã, trang không cần JavaScript.",
    en: "Look-up by code, as a page that needs no JavaScript.",
    answer: page,
  },
  "lookup.open": {
    vi: "Tra cứu theo mã và mã mở, trang không cần JavaScript.",
    en: "Look-up by code and opening code, as a page that needs no JavaScript.",
    answer: page,
  },
  "standing.read": {
    vi: "Chữ ký của một chứng thư dùng một lần có bị báo tranh chấp, có cán bộ hỗ trợ hay không, và danh tính được xác nhận bằng cách nào.",
    en: "Whether the signature of a one-time certificate is disputed, whether an officer helped, and how the signer was identified.",
    answer: json,
  },
  "assistance.create": {
    vi: "Cán bộ bắt đầu hỗ trợ một người dân: nhận mã ghép 6 số và bí mật cho mã QR, dùng một lần trong mười phút.",
    en: "An officer begins to help a citizen: gives a 6-digit pairing code and the secret of the QR code, for one use within ten minutes.",
    answer: { status: 201, type: "application/json" },
  },
  "assistance.list": {
    vi: "Số lượt hỗ trợ trong ngày: cán bộ thấy của mình, người phụ trách thấy của đơn vị mình.",
    en: "The assistances of a day: an officer sees their own, a supervisor those of their unit.",
    answer: json,
  },
  "assistance.raise": {
    vi: "Người phụ trách cho một cán bộ của đơn vị hỗ trợ thêm trong hôm nay.",
    en: "A supervisor allows an officer of the unit more assistances today.",
    answer: json,
  },
  "assistance.read": {
    vi: "Cán bộ thấy người dân đang ở bước nào, không thấy nội dung; máy của người dân thấy ai đang hỗ trợ.",
    en: "Shows the officer which step the citizen is at and never what they see; shows the citizen's browser who helps.",
    answer: json,
  },
  "assistance.key": {
    vi: "Máy của cán bộ đưa khoá công khai đã báo trước bằng mã băm.",
    en: "The officer's browser shows the public key whose hash it gave before.",
    answer: nothing,
  },
  "assistance.put-part": {
    vi: "Máy của cán bộ gửi một phần tài liệu đã mã hoá cho máy của người dân.",
    en: "The officer's browser sends a part of the document, encrypted for the citizen's.",
    answer: nothing,
  },
  "assistance.get-part": {
    vi: "Máy của người dân lấy một phần tài liệu đã mã hoá.",
    en: "The citizen's browser fetches a part of the encrypted document.",
    answer: { status: 200, type: "application/octet-stream" },
  },
  "assistance.status": {
    vi: "Máy của người dân báo đang ở bước nào: một mã và số trang, không có nội dung.",
    en: "The citizen's browser says which step it is at: a code and page numbers, no content.",
    answer: nothing,
  },
  "assistance.end": {
    vi: "Cán bộ kết thúc phiên hỗ trợ; từ lúc đó không ký được trong phiên này nữa.",
    en: "The officer ends the assistance; from then on nothing can be signed in it.",
    answer: nothing,
  },
  "pairing.create": {
    vi: "Ghép máy của người dân với phiên hỗ trợ bằng mã 6 số hoặc mã QR, một lần.",
    en: "Joins the citizen's browser to an assistance by the 6-digit code or the QR code, once.",
    answer: { status: 201, type: "application/json" },
  },
} as const satisfies Record<string, RouteText>;
