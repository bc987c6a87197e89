/** What `motlan --help` prints. Vietnamese first, then English; NFC. */
export const HELP = `motlan: Ký Một Lần (ký điện tử mỗi tài liệu một lần / sign once)

  motlan sign FILE [--out F] [--name "HỌ TÊN"] [--reason …] [--location …] [--title …]
                   [--stamp auto|own-page|PAGE,LEFT,BOTTOM] [--locale vi|en] [--persona NAME | --yes] [--force]
      Ký một tệp PDF. Mở trình duyệt để đăng nhập, hoặc dùng người dân thử nghiệm: an, tuyet, binh, chi, dung, hanh, giang.
      Signs a PDF. Opens the browser to log in, or uses a demo person of the embedded provider.
      --stamp: chữ ký hiện trên trang, cần --name đúng như khi đăng nhập: auto tìm chỗ trống ở trang cuối, own-page thêm một
      trang, hoặc trang và mm từ mép trái, mép dưới. / The signature shows on a page (with --name as the log-in has it): in a
      free place of the last page, on a page of its own, or at a page and millimetres from its left and bottom edges.
      Chạy lại đúng lệnh này để làm tiếp khi bị ngắt giữa chừng. / The same command again goes on where it stopped.

  motlan proof ID [--document SIGNED.pdf]
      In bằng chứng của một lần ký; cần đã ký trên máy này, hoặc có tệp đã ký.
      Prints the proof of a signature; it takes this machine's memory of it, or the signed file.

  motlan verify FILE… [--trust PATH]… [--at TIME] [--crl F]… [--ocsp F]… [--cert F]…
                   [--policy-revocation where-named|required|warn] [--fetch-from HOST]… [--facts] [--no-limit]
                   [--report OUT.pdf|OUT.xml]
  motlan verify --batch REQUESTS.jsonl     ("-" đọc từ đầu vào chuẩn / "-" reads standard input)
      Kiểm tra chữ ký trong tệp PDF. Chỉ tin những gì --trust nêu; không gọi ra mạng trừ các máy chủ nêu trong --fetch-from.
      Judges the signatures of PDF files. Trusts what --trust names, nothing else; asks no host but those of --fetch-from.
      Mã thoát / exit codes: 0 hợp lệ/valid · 10 không hợp lệ/not valid · 11 chưa thể kết luận/cannot conclude
                             12 không có chữ ký/no signature · 13 không đọc được/unreadable (nhiều tệp: xấu nhất / several files: the worst)

  motlan trust add FILE… --trust DIR --class CLASS --source TEXT [--from T] [--until T] [--managing-unit NAME]
                   [--use signature|timestamp]… [--test] [--by WHO]
  motlan trust remove SHA256 --trust DIR · motlan trust list --trust PATH… · motlan trust audit --trust DIR [--head HASH]
      Quản lý danh sách tổ chức được tin cậy; mỗi thay đổi được ghi vào nhật ký nối chuỗi băm.
      Keeps the list of trusted authorities; each change goes into an audit whose lines are chained by hashes.

  motlan ca init --dir D --table T --public-url URL --organisation NAME [--class CLASS] [--demo]
      Tạo gốc tin cậy ngoại tuyến và cấp chứng thư cho các khoá trong KMS. Mật khẩu của khoá gốc: biến MOTLAN_ROOT_PASSPHRASE.
      Makes an offline root and certifies the keys in KMS. Passphrase of the root key: MOTLAN_ROOT_PASSPHRASE.

  motlan ca init --add-report --dir D --table T --public-url URL
      Thêm chứng thư niêm phong báo cáo cho bản cài từ trước khi có báo cáo. / Adds the report seal to an older installation.

  motlan ca list
      Liệt kê chứng thư của dịch vụ. / Lists the certificates of the service.

  motlan dispute list --table T · motlan dispute show CASE --table T
  motlan dispute resolve CASE --outcome confirmed|withdrawn --by WHO [--reason TEXT] --table T
      Chữ ký bị người ký báo "không phải tôi ký": xem và kết thúc vụ việc; chạy bằng quyền của người vận hành trên bảng.
      Signatures that their signers deny: lists and ends cases; works on the table with the operator's own credentials.

  --server URL   mặc định / default: http://localhost:8787, hoặc / or MOTLAN_SERVER
  --json         kết quả cho máy đọc / a result for machines

  Mã thoát / exit codes: 0 xong/done · 1 lỗi/failed · 2 sai lệnh/usage · 3 bị từ chối/refused · 4 người dùng huỷ/cancelled · 5 thử lại sau/try again later`;

/** What `npm start` prints once everything answers. */
export const WELCOME = `
Ký Một Lần sẵn sàng tại {url} (khởi động {seconds} giây) / ready at {url} (started in {seconds} s)

  BẢN CHẠY THỬ: người dân, khoá và chứng thư đều là thử nghiệm; chữ ký không có giá trị.
  DEMONSTRATION: people, keys and certificates are for trying out; signatures have no effect.

Mở trong trình duyệt / Open in a browser:
  {url}/ky            ký / sign
  {url}/kiem-tra      kiểm tra / check

Thử trong cửa sổ khác / Try in another terminal:
  npm run -s motlan -- sign tai-lieu.pdf --persona an      ký như một người dân thử nghiệm / sign as a demo citizen
  npm run -s motlan -- sign tai-lieu.pdf                   đăng nhập bằng trình duyệt / log in with the browser
  npm run -s motlan -- ca list                             chứng thư của dịch vụ / the service's certificates
  curl {url}/v1/service

Dữ liệu ở .motlan (MOTLAN_DATA); xoá thư mục này để làm lại từ đầu. / State is in .motlan; delete it to start anew.
`;

export const PORT_TAKEN = `Cổng {port} đang được dùng: có lẽ dịch vụ đã chạy rồi. Đổi cổng bằng MOTLAN_PORT và MOTLAN_PROVIDER_PORT.
Port {port} is in use: perhaps the service is running already. MOTLAN_PORT and MOTLAN_PROVIDER_PORT choose other ports.`;

/** Shown by a browser where the pages should be. */
export const NOT_BUNDLED = `Các trang chưa được đóng gói. Chạy: npm run bundle (cần các gói phát triển), rồi tải lại trang này.
The pages are not bundled. Run: npm run bundle (it takes the development packages), then load this page again.`;

export const START_FAILED = `Không khởi động được: {why}
The service did not start: {why}`;
