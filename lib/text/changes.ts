type Pair = { readonly vi: string; readonly en: string };
const say = (vi: string, en: string): Pair => ({ vi, en });

/**
 * What can have been done to a file after it was signed. Vietnamese first, then English; NFC. A code, once published, keeps its
 * meaning. Page, field and save are told beside the sentence.
 */
export const CHANGES = {
  // Permitted
  saved_again: say("Tệp được lưu lại, không có gì thay đổi.", "The file was saved again; nothing was changed."),
  signature_added: say("Có thêm chữ ký của người ký sau.", "A further signature was added."),
  signature_field_added: say("Có thêm ô chữ ký để trống.", "An empty signature field was added."),
  timestamp_added: say("Có thêm dấu thời gian cho cả tài liệu.", "A timestamp over the document was added."),
  validation_data_added: say(
    "Có thêm dữ liệu để kiểm tra chữ ký về sau (chứng thư, tình trạng thu hồi).",
    "Data for later validation was added (certificates, revocation status).",
  ),
  validation_data_removed: say("Dữ liệu để kiểm tra chữ ký về sau đã bị bỏ.", "Data for later validation was removed."),
  form_filled: say(
    "Ô của biểu mẫu được điền, như người ký cho phép.",
    "A form field was filled in, as the signer allows.",
  ),
  comment_added: say("Có thêm ghi chú, như người ký cho phép.", "A comment was added, as the signer allows."),
  comment_changed: say("Ghi chú được sửa, như người ký cho phép.", "A comment was changed, as the signer allows."),
  comment_removed: say("Ghi chú được bỏ, như người ký cho phép.", "A comment was removed, as the signer allows."),
  metadata_updated: say(
    "Thông tin về tệp (ngày sửa, phần mềm) được cập nhật.",
    "Information about the file (date of change, program) was brought up to date.",
  ),
  version_raised: say("Phiên bản PDF ghi trong tệp được nâng.", "The PDF version that the file names was raised."),

  // Pages
  page_added: say("Có trang được thêm sau khi ký.", "A page was added after signing."),
  page_removed: say("Có trang bị bỏ sau khi ký.", "A page was removed after signing."),
  page_order_changed: say("Thứ tự các trang bị đổi sau khi ký.", "The order of the pages was changed after signing."),
  page_content_changed: say(
    "Nội dung trang bị sửa hoặc bị che sau khi ký.",
    "The content of a page was changed or covered after signing.",
  ),
  page_resources_changed: say(
    "Phông chữ hoặc hình của trang bị thay sau khi ký: chữ hiện ra có thể khác.",
    "Fonts or pictures of a page were replaced after signing: it may read differently.",
  ),
  page_box_or_rotation_changed: say(
    "Khổ hoặc chiều của trang bị đổi sau khi ký.",
    "The size or rotation of a page was changed after signing.",
  ),
  page_changed: say("Trang bị sửa sau khi ký.", "A page was changed after signing."),

  // Annotations
  annotation_added: say(
    "Có thêm ghi chú hoặc hình đè lên trang sau khi ký, không được phép.",
    "An annotation was put on a page after signing, which is not permitted.",
  ),
  annotation_changed: say(
    "Ghi chú hoặc hình trên trang bị sửa sau khi ký.",
    "An annotation on a page was changed after signing.",
  ),
  annotation_removed: say(
    "Ghi chú hoặc hình trên trang bị bỏ sau khi ký.",
    "An annotation on a page was removed after signing.",
  ),

  // Form
  field_value_changed: say(
    "Ô của biểu mẫu bị điền hoặc sửa sau khi ký, không được phép.",
    "A form field was filled in or changed after signing, which is not permitted.",
  ),
  field_added: say("Có ô biểu mẫu được thêm sau khi ký.", "A form field was added after signing."),
  field_removed: say("Có ô biểu mẫu bị bỏ sau khi ký.", "A form field was removed after signing."),
  field_changed: say(
    "Ô của biểu mẫu bị đổi chỗ hoặc đổi tính chất sau khi ký.",
    "A form field was moved or made another one after signing.",
  ),
  field_appearance_changed: say(
    "Chữ hiện trong ô biểu mẫu không khớp với giá trị của ô.",
    "What a form field shows is not what its value says.",
  ),
  form_changed: say("Biểu mẫu bị sửa sau khi ký.", "The form was changed after signing."),
  form_resources_changed: say(
    "Phông chữ của biểu mẫu bị thay sau khi ký.",
    "Fonts of the form were replaced after signing.",
  ),

  // Signatures
  signature_not_permitted: say(
    "Có thêm chữ ký trong khi người ký trước không cho phép.",
    "A signature was added although an earlier signer does not permit it.",
  ),
  visible_signature_added: say(
    "Có ô chữ ký mới hiện trên trang mà người ký trước không cho phép: nó có thể che nội dung.",
    "A new signature field shows on a page, which an earlier signer does not permit: it may cover content.",
  ),
  signature_field_changed: say(
    "Ô chữ ký đã có bị sửa sau khi ký.",
    "An existing signature field was changed after signing.",
  ),
  signature_removed: say("Có chữ ký bị gỡ bỏ.", "A signature was removed."),

  // Document
  catalog_changed: say(
    "Cấu trúc chung của tài liệu bị sửa sau khi ký.",
    "The structure of the document was changed after signing.",
  ),
  permissions_changed: say(
    "Quyền sửa tài liệu do người ký đặt bị thay đổi.",
    "The permissions that a signer set were changed.",
  ),
  open_action_or_script_added: say(
    "Có thêm lệnh hoặc mã tự chạy sau khi ký.",
    "An action or script was added after signing.",
  ),
  optional_content_changed: say(
    "Lớp nội dung bị ẩn hoặc hiện khác đi sau khi ký.",
    "Layers of content were hidden or shown after signing.",
  ),
  embedded_file_added: say(
    "Tệp đính kèm bị thêm hoặc thay sau khi ký.",
    "Embedded files were added or replaced after signing.",
  ),
  names_changed: say(
    "Danh mục tên (đích đến, tệp kèm, mã lệnh) bị sửa sau khi ký.",
    "Named destinations, files or scripts were changed after signing.",
  ),
  outline_changed: say("Mục lục bị sửa sau khi ký.", "The outline was changed after signing."),
  structure_changed: say(
    "Cấu trúc dành cho trình đọc màn hình bị sửa sau khi ký.",
    "The structure for screen readers was changed after signing.",
  ),
  metadata_changed: say(
    "Thông tin mô tả tệp (tên, tác giả) bị sửa sau khi ký.",
    "The description of the file (title, author) was changed after signing.",
  ),
  encryption_changed: say(
    "Cách mã hoá của tệp bị đổi sau khi ký.",
    "The encryption of the file was changed after signing.",
  ),

  // Octets and cross references
  object_replaced: say(
    "Nội dung ẩn có sẵn trong tệp bị thay hoặc được đưa ra sau khi ký.",
    "Hidden content of the file was replaced or brought out after signing.",
  ),
  unused_object_added: say(
    "Có nội dung được thêm mà không phần nào của tài liệu dùng đến.",
    "Content was added that no part of the document uses.",
  ),
  octets_appended: say(
    "Có dữ liệu nối vào cuối tệp, nằm ngoài mọi lần lưu hợp lệ.",
    "Octets were appended outside every well-formed save.",
  ),
  octets_between_objects: say(
    "Có dữ liệu chen vào tệp mà bảng tham chiếu không kể đến.",
    "Octets were slipped in that the cross references do not name.",
  ),
  cross_references_rewritten: say(
    "Bảng tham chiếu của tệp bị viết lại để trỏ đến chỗ khác.",
    "The cross references were rewritten to lead elsewhere.",
  ),
  cross_references_ahead: say(
    "Bảng tham chiếu đã ký trỏ đến dữ liệu được thêm sau.",
    "The signed cross references lead to octets that were added later.",
  ),
  object_ambiguous: say(
    "Có phần được viết mập mờ: các phần mềm đọc ra những nội dung khác nhau.",
    "Something is written ambiguously: programs read different things in it.",
  ),
  cross_references_disagree: say(
    "Bảng tham chiếu không khớp với đối tượng mà nó trỏ đến.",
    "The cross references do not agree with the objects that they lead to.",
  ),

  // Nobody can say
  object_unreadable: say(
    "Phần được thêm sau khi ký bị hỏng, không so sánh được.",
    "What was added after signing is damaged and cannot be compared.",
  ),
  analysis_limit: say(
    "Tệp quá phức tạp để so sánh các lần lưu.",
    "The file is too complex for its saves to be compared.",
  ),
  file_repaired: say(
    "Bảng tham chiếu của tệp bị hỏng, không biết lần lưu nào đã ký.",
    "The cross references are damaged: which save was signed cannot be told.",
  ),
  coverage_unclear: say(
    "Chữ ký không phủ một lần lưu nào của tệp.",
    "The signature does not cover any save of the file.",
  ),
} as const satisfies Record<string, Pair>;

export type ChangeCode = keyof typeof CHANGES;
