import { describe, expect, test } from "vitest";
import { AT, changesOf, contract, latest, type Objects, save, signed, stream } from "../worlds/hostile-pdf.ts";

const file = await signed(contract());
const { now, edit, put } = latest(file);
const page = (words: string) => stream(`BT /F1 24 Tf 72 700 Td (${words}) Tj ET`);

type Row = readonly [
  what: string,
  objects: Objects,
  codes: readonly string[],
  place?: Readonly<Record<string, unknown>>,
];

const PAGES: readonly Row[] = [
  ["other words on page 1", { [AT.content1]: page("Pay 900") }, ["page_content_changed"], { page: 1 }],
  ["other words on page 2", { [AT.content2]: page("Void") }, ["page_content_changed"], { page: 2 }],
  [
    "another content stream",
    { ...edit(AT.page2, "7 0 R", "100 0 R"), 100: page("Void") },
    ["page_content_changed"],
    { page: 2 },
  ],
  [
    "a content stream on top",
    { ...edit(AT.page2, "7 0 R", "[7 0 R 100 0 R]"), 100: page("Void") },
    ["page_content_changed"],
    { page: 2 },
  ],
  ["the content of a page gone", { [AT.content2]: null }, ["page_content_changed"], { page: 2 }],
  ["an object that page 1 waited for", { [AT.missing]: page("and 100,000") }, ["page_content_changed"], { page: 1 }],
  [
    "hidden content brought out",
    edit(AT.page1, "6 0 R", "30 0 R"),
    ["object_replaced", "page_content_changed"],
    { page: 1 },
  ],
  [
    "another font under the same name",
    { [AT.font]: "<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>" },
    ["page_resources_changed"],
    { page: 1 },
  ],
  [
    "another picture",
    { [AT.picture]: stream("1 0 0 rg 0 0 10 10 re f", "/Type/XObject/Subtype/Form/BBox[0 0 10 10]") },
    ["page_resources_changed"],
    { page: 1 },
  ],
  [
    "other resources of page 2",
    { [AT.resources2]: "<</Font<</F1 100 0 R>>>>", 100: "<</Type/Font>>" },
    ["page_resources_changed"],
    { page: 2 },
  ],
  ["a page that is turned", put(AT.page2, "/Rotate 180"), ["page_box_or_rotation_changed"], { page: 2 }],
  ["a page that is cut", put(AT.page3, "/CropBox[0 0 10 10]"), ["page_box_or_rotation_changed"], { page: 3 }],
  [
    "all pages cut, by the node above them",
    edit(AT.pages, "0 0 612 792", "0 0 612 400"),
    ["page_box_or_rotation_changed"],
  ],
  [
    "a page more",
    {
      ...edit(AT.pages, "5 0 R]", "5 0 R 100 0 R]"),
      100: "<</Type/Page/Parent 2 0 R/Contents 101 0 R>>",
      101: page("Annex"),
    },
    ["page_added", "page_order_changed"],
  ],
  ["a page less", edit(AT.pages, "4 0 R ", ""), ["page_order_changed", "page_removed"]],
  [
    "a page instead of another one",
    { ...edit(AT.pages, "4 0 R", "100 0 R"), 100: now(AT.page2) },
    ["page_added", "page_order_changed", "page_removed"],
  ],
  ["pages in another order", edit(AT.pages, "3 0 R 4 0 R", "4 0 R 3 0 R"), ["page_order_changed"]],
  ["a page twice", edit(AT.pages, "3 0 R 4 0 R", "3 0 R 3 0 R 4 0 R"), ["page_order_changed"]],
  ["a page that is no page any more", { [AT.page2]: "null" }, ["page_removed"]],
  [
    "another page tree",
    { ...edit(AT.catalog, "/Pages 2 0 R", "/Pages 100 0 R"), 100: now(AT.pages) },
    ["page_order_changed"],
  ],
  [
    "a script on a page",
    put(AT.page1, "/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>"),
    ["open_action_or_script_added"],
    { page: 1 },
  ],
  ["a group that blends a page", put(AT.page1, "/Group<</S/Transparency>>"), ["page_content_changed"], { page: 1 }],
  ["anything else on a page", put(AT.page1, "/PieceInfo<<>>"), ["page_changed"], { page: 1 }],
];

const ANNOTATIONS: readonly Row[] = [
  [
    "a note",
    { ...edit(AT.page2, "13 0 R", "13 0 R 100 0 R"), 100: "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(no)>>" },
    ["annotation_added"],
    { page: 2 },
  ],
  [
    "a picture over the text",
    {
      ...edit(AT.page2, "13 0 R", "13 0 R 100 0 R"),
      100: "<</Type/Annot/Subtype/Stamp/Rect[0 600 612 792]/AP<</N 101 0 R>>>>",
      101: stream("1 g 0 0 612 200 re f", "/Subtype/Form/BBox[0 0 612 200]"),
    },
    ["annotation_added"],
    { page: 2 },
  ],
  [
    "a note in an array of its own",
    { [AT.annotations3]: "[15 0 R 16 0 R 17 0 R 25 0 R 100 0 R]", 100: "<</Subtype/Text/Rect[1 1 9 9]>>" },
    ["annotation_added"],
    { page: 3 },
  ],
  [
    "an annotation that is no object of its own",
    edit(AT.page2, "13 0 R", "13 0 R<</Subtype/FreeText/Rect[0 0 99 99]/Contents(x)>>"),
    ["annotation_changed"],
    { page: 2 },
  ],
  ["other words of a note", edit(AT.note, "see page 3", "see page 9"), ["annotation_changed"], { page: 2 }],
  ["a link that leads elsewhere", edit(AT.link, "example.org", "example.net"), ["annotation_changed"], { page: 2 }],
  ["a note less", edit(AT.page2, "13 0 R ", ""), ["annotation_removed"], { page: 2 }],
  [
    "annotations one over the other",
    edit(AT.page2, "13 0 R 24 0 R", "24 0 R 13 0 R"),
    ["annotation_changed"],
    { page: 2 },
  ],
  [
    "an annotation of page 2 on page 1",
    edit(AT.page1, "/Annots[", "/Annots[13 0 R "),
    ["annotation_added"],
    { page: 1 },
  ],
  ["a note without its object", { [AT.note]: null }, ["annotation_removed"], { page: 2 }],
  [
    "a widget that no form knows",
    { ...edit(AT.page2, "13 0 R", "13 0 R 100 0 R"), 100: "<</Type/Annot/Subtype/Widget/FT/Tx/T(x)/Rect[0 0 99 99]>>" },
    ["field_added"],
    { page: 2 },
  ],
];

const FIELDS: readonly Row[] = [
  [
    "a text field more",
    { ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"), 100: "<</FT/Tx/T(more)/V(x)>>" },
    ["field_added"],
    { field: "more" },
  ],
  ["a field less", edit(AT.form, "15 0 R ", ""), ["field_removed"], { field: "amount" }],
  ["a field less on its page", { [AT.annotations3]: "[16 0 R 17 0 R 25 0 R]" }, ["field_removed"], { field: "amount" }],
  ["a field that is moved", edit(AT.amount, "72 600", "72 100"), ["field_changed"], { field: "amount", page: 3 }],
  ["a field of another name", edit(AT.amount, "(amount)", "(amounts)"), ["field_changed"]],
  ["a field of another type", edit(AT.amount, "/FT/Tx", "/FT/Btn"), ["field_changed"]],
  ["a field that is hidden", edit(AT.amount, "/F 4", "/F 6"), ["field_changed"], { field: "amount" }],
  [
    "a field that runs a script",
    put(AT.amount, "/AA<</K<</S/JavaScript/JS(0)>>>>"),
    ["open_action_or_script_added"],
    { field: "amount" },
  ],
  ["a field without its object", { [AT.amount]: null }, ["field_removed"]],
  [
    "a widget more of a field",
    { ...put(AT.amount, "/Kids[100 0 R]"), 100: "<</Subtype/Widget/Parent 15 0 R/Rect[0 0 9 9]>>" },
    ["field_changed"],
  ],
  ["fonts of the form exchanged", edit(AT.form, "/Helv 8 0 R", "/Helv 100 0 R"), ["form_resources_changed"]],
  ["anything else of the form", put(AT.form, "/XFA(x)"), ["form_changed"]],
  ["flags of the form taken back", edit(AT.form, "/SigFlags 3", "/SigFlags 0"), ["form_changed"]],
  ["no form any more", edit(AT.catalog, "/AcroForm 10 0 R", ""), ["field_removed", "signature_removed"]],
  ["a field that is no object of its own", edit(AT.form, "15 0 R", "15 0 R<</FT/Tx/T(x)>>"), ["form_changed"]],
];

const DOCUMENT: readonly Row[] = [
  ["an action on opening", put(AT.catalog, "/OpenAction<</S/JavaScript/JS(0)>>"), ["open_action_or_script_added"]],
  ["a script on closing", put(AT.catalog, "/AA<</WC<</S/JavaScript/JS(0)>>>>"), ["open_action_or_script_added"]],
  ["a layer off", { [AT.layers]: "<</OCGs[22 0 R]/D<</OFF[22 0 R]>>>>" }, ["optional_content_changed"]],
  [
    "a layer of another kind",
    { [AT.layer]: "<</Type/OCG/Name(terms)/Usage<</View<</ViewState/OFF>>>>>>" },
    ["optional_content_changed"],
  ],
  ["no layers any more", edit(AT.catalog, "/OCProperties 21 0 R", ""), ["optional_content_changed"]],
  ["a file inside", put(AT.catalog, "/AF[100 0 R]"), ["embedded_file_added"]],
  ["a collection", put(AT.catalog, "/Collection<</View/H>>"), ["embedded_file_added"]],
  ["named destinations", edit(AT.catalog, "3 0 R/Fit", "4 0 R/Fit"), ["names_changed"]],
  ["permissions", put(AT.catalog, "/Perms<<>>"), ["permissions_changed"]],
  [
    "an outline",
    { [AT.outline]: "<</Type/Outlines/Count 1/First 100 0 R/Last 100 0 R>>", 100: "<</Title(x)/Parent 11 0 R>>" },
    ["outline_changed"],
  ],
  ["a structure", put(AT.catalog, "/StructTreeRoot 100 0 R"), ["structure_changed"]],
  ["anything else of the catalog", put(AT.catalog, "/Lang(vi)"), ["catalog_changed"]],
  ["a lower version", put(AT.catalog, "/Version/what"), ["catalog_changed"]],
  [
    "a catalog with hardly anything",
    { [AT.catalog]: "<</Type/Catalog/AcroForm 10 0 R>>" },
    [
      "page_removed",
      "page_order_changed",
      "metadata_changed",
      "names_changed",
      "optional_content_changed",
      "outline_changed",
    ],
  ],
  ["another title", { [AT.info]: "<</Title(Another)>>" }, ["metadata_changed"]],
  ["hidden content exchanged", { [AT.hidden]: page("Pay 1") }, ["object_replaced"]],
  ["an object that nobody uses", { 100: page("Pay 1") }, ["unused_object_added"]],
  [
    "a store that is none",
    { ...put(AT.catalog, "/DSS 100 0 R"), 100: "<</Type/DSS/Extra 101 0 R>>", 101: page("x") },
    ["catalog_changed"],
  ],
  [
    "a store made of dictionaries",
    { ...put(AT.catalog, "/DSS 100 0 R"), 100: "<</Type/DSS/Certs[101 0 R]>>", 101: "<<>>" },
    ["catalog_changed"],
  ],
];

for (const [name, rows] of Object.entries({
  pages: PAGES,
  annotations: ANNOTATIONS,
  fields: FIELDS,
  document: DOCUMENT,
})) {
  describe(`what no signature permits: ${name}`, () => {
    for (const [what, objects, codes, place = {}] of rows) {
      test(what, () => {
        const changes = changesOf(save(file, objects));
        expect(changes.result).toBe("forbidden");
        expect([...new Set(changes.items.map(({ code }) => code))].sort()).toEqual([...codes].sort());
        const [code] = codes;
        expect(changes.items).toContainEqual(
          expect.objectContaining({ code, permitted: false, revision: 3, ...place }),
        );
      });
    }
  });
}
