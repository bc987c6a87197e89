import { describe, expect, test } from "vitest";
import {
  AT,
  changesOf,
  codesOf,
  contract,
  latest,
  lookOf,
  type Objects,
  save,
  signed,
  stream,
} from "../worlds/hostile-pdf.ts";

const certified = await signed(contract(), { certify: 3 });
const { edit, now, put } = latest(certified);
const form = (drawn: string, keys = "") => stream(drawn, `/Type/XObject/Subtype/Form/BBox[0 0 612 792]${keys}`);
const added = (annotation: string, more: Objects = {}): Uint8Array =>
  save(certified, { ...edit(AT.page2, "13 0 R", "13 0 R 100 0 R"), 100: annotation, ...more });
const rect = "/Rect[0 0 612 792]";

describe("evil annotations: what a certification lets others add may comment and not cover", () => {
  const comments: Readonly<Record<string, Uint8Array>> = {
    "a note": added("<</Type/Annot/Subtype/Text/Rect[1 1 21 21]/Contents(why?)/P 4 0 R>>"),
    "a note with an icon and its window": added(
      "<</Type/Annot/Subtype/Text/Rect[1 1 21 21]/AP<</N 101 0 R>>/Popup 102 0 R>>",
      {
        ...edit(AT.page2, "13 0 R", "13 0 R 100 0 R 102 0 R"),
        101: form("1 1 0 rg 0 0 20 20 re B"),
        102: "<</Type/Annot/Subtype/Popup/Parent 100 0 R/Rect[50 50 200 90]>>",
      },
    ),
    "a mark that lets the text be read": added(
      `<</Type/Annot/Subtype/Highlight${rect}/QuadPoints[0 0 9 0 0 9 9 9]/AP<</N 101 0 R>>>>`,
      {
        101: form("/G gs 1 1 0 rg 0 0 99 20 re f", "/Resources<</ExtGState<</G<</BM/Multiply>>>>>>"),
      },
    ),
    "a mark within a mark": added(`<</Type/Annot/Subtype/Highlight${rect}/AP<</N 101 0 R>>>>`, {
      101: form("/G gs /F Do", "/Resources<</ExtGState<</G<</BM/Multiply>>>>/XObject<</F 102 0 R>>>>"),
      102: form("1 1 0 rg 0 0 99 20 re f"),
    }),
    "a line under the text": added(`<</Type/Annot/Subtype/Underline${rect}/AP<</N 101 0 R>>>>`, {
      101: form("0 0 m 99 0 l S"),
    }),
    "a mark without a look": added(`<</Type/Annot/Subtype/Highlight${rect}/C[1 1 0]>>`),
  };
  for (const [what, pdf] of Object.entries(comments)) {
    test(what, () => {
      expect(changesOf(pdf).result).toBe("permitted");
      expect(codesOf(pdf)).toEqual(["comment_added"]);
    });
  }

  const evil: Readonly<Record<string, Uint8Array>> = {
    "free text": added(`<</Type/Annot/Subtype/FreeText${rect}/DA(/Helv 12 Tf)/Contents(900)>>`),
    "a stamp": added(`<</Type/Annot/Subtype/Stamp${rect}/AP<</N 101 0 R>>>>`, { 101: form("0 0 9 9 re f") }),
    "a redaction": added(`<</Type/Annot/Subtype/Redact${rect}>>`),
    "a link": added(`<</Type/Annot/Subtype/Link${rect}/A<</S/URI/URI(https://example.net)>>>>`),
    "a note with an action": added("<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/A<</S/JavaScript/JS(0)>>>>"),
    "a mark that covers": added(`<</Type/Annot/Subtype/Highlight${rect}/AP<</N 101 0 R>>>>`, {
      101: form("1 g 0 0 612 792 re f"),
    }),
    "a mark with words": added(`<</Type/Annot/Subtype/Highlight${rect}/AP<</N 101 0 R>>>>`, {
      101: form("BT (900) Tj ET"),
    }),
    "a mark with a picture": added(`<</Type/Annot/Subtype/Ink${rect}/AP<</N 101 0 R>>>>`, {
      101: form("/P Do", "/Resources<</XObject<</P 102 0 R>>>>"),
      102: stream("0", "/Subtype/Image/Width 1/Height 1"),
    }),
    "a mark within a mark that covers": added(`<</Type/Annot/Subtype/Ink${rect}/AP<</N 101 0 R>>>>`, {
      101: form("/F Do", "/Resources<</XObject<</F 102 0 R>>>>"),
      102: form("1 g 0 0 612 792 re f"),
    }),
    "a mark that draws itself": added(`<</Type/Annot/Subtype/Ink${rect}/AP<</N 101 0 R>>>>`, {
      101: form("/F Do", "/Resources<</XObject<</F 101 0 R>>>>"),
    }),
    "a mark that cannot be read": added(`<</Type/Annot/Subtype/Ink${rect}/AP<</N 101 0 R>>>>`, { 101: form("<<<<") }),
  };
  for (const [what, pdf] of Object.entries(evil)) {
    test(what, () => {
      expect(changesOf(pdf).result).toBe("forbidden");
      expect(codesOf(pdf)).toEqual(["annotation_added"]);
    });
  }

  test("comments may be changed and removed, other annotations not", () => {
    expect(codesOf(save(certified, edit(AT.note, "see page 3", "see page 9")))).toEqual(["comment_changed"]);
    expect(codesOf(save(certified, edit(AT.page2, "13 0 R ", "")))).toEqual(["comment_removed"]);
    expect(codesOf(save(certified, { ...edit(AT.page2, "13 0 R ", ""), [AT.note]: null }))).toEqual([
      "comment_removed",
    ]);
    expect(codesOf(save(certified, edit(AT.page2, " 24 0 R", "")))).toEqual(["annotation_removed"]);
    expect(codesOf(save(certified, edit(AT.note, "/Subtype/Text", "/Subtype/Stamp")))).toEqual(["annotation_changed"]);
    expect(codesOf(save(certified, { [AT.note]: null }))).toEqual(["annotation_removed"]);
  });
});

describe("sneaky signatures: a new field may not show anything that was not certified", () => {
  const value = "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>";
  const field = (keys: string, more: Objects = {}): Uint8Array =>
    save(certified, {
      ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      ...edit(AT.page2, "24 0 R", "24 0 R 100 0 R"),
      100: `<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/P 4 0 R${keys}>>`,
      101: value,
      ...more,
    });
  const look = { 102: form("1 g 0 0 612 792 re f") };

  test.each<[string, Uint8Array, string]>([
    ["signed, over the page", field(`/V 101 0 R${rect}/AP<</N 102 0 R>>`, look), "visible_signature_added"],
    ["signed, over the page, without a look", field(`/V 101 0 R${rect}`), "visible_signature_added"],
    [
      "a timestamp over the page",
      field(`/V 101 0 R${rect}`, { 101: value.replace("ETSI.CAdES.detached", "ETSI.RFC3161") }),
      "visible_signature_added",
    ],
    ["not signed, over the page", field(`${rect}/AP<</N 102 0 R>>`, { ...look, 101: null }), "visible_signature_added"],
    ["with a value that is none", field("/V(signed)/Rect[0 0 0 0]", { 101: null }), "signature_field_changed"],
    ["with an action", field("/V 101 0 R/Rect[0 0 0 0]/A<</S/JavaScript/JS(0)>>"), "open_action_or_script_added"],
    ["of a name that is taken", field("/V 101 0 R/Rect[0 0 0 0]/T(amount)").slice(), "signature_field_changed"],
    ["that is an annotation of another kind", field("/V 101 0 R/Rect[0 0 0 0]/Subtype/Stamp"), "field_added"],
    ["with keys that no field has", field("/V 101 0 R/Rect[0 0 0 0]/Contents2(x)"), "field_added"],
    [
      "with a field below it",
      field("/V 101 0 R/Rect[0 0 0 0]/Kids[103 0 R]", { 103: "<</T(c)/Parent 100 0 R/FT/Tx>>" }),
      "field_added",
    ],
  ])("%s", (_, pdf, code) => {
    expect(changesOf(pdf).result).toBe("forbidden");
    expect(codesOf(pdf)).toContain(code);
  });

  test("a widget that says it is on another page", () => {
    const pdf = field("/V 101 0 R/Rect[0 0 0 0]");
    expect(codesOf(pdf)).toEqual(["signature_added"]);
    const other = save(certified, {
      ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      ...edit(AT.page2, "24 0 R", "24 0 R 100 0 R"),
      100: "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/P 3 0 R/V 101 0 R/Rect[0 0 0 0]>>",
      101: value,
    });
    expect(codesOf(other)).toEqual(["annotation_added", "signature_added"]);
  });

  test("one that cannot be seen may come: signed, empty, or a timestamp", () => {
    expect(codesOf(field("/V 101 0 R/Rect[0 0 0 0]"))).toEqual(["signature_added"]);
    expect(codesOf(field("/V 101 0 R/Rect[9 9 99 99]/F 2"))).toEqual(["signature_added"]);
    expect(codesOf(field("/Rect[0 0 0 0]", { 101: null }))).toEqual(["signature_field_added"]);
    expect(
      codesOf(field("/V 101 0 R/Rect[0 0 0 0]", { 101: value.replace("ETSI.CAdES.detached", "ETSI.RFC3161") })),
    ).toEqual(["timestamp_added"]);
  });

  test("an empty field gets no look before it is signed, and none behind that", async () => {
    const drawn = { ...put(AT.emptySignature, "/AP<</N 102 0 R>>"), ...look };
    expect(codesOf(save(certified, drawn))).toEqual(["field_appearance_changed"]);
    const signedField = save(certified, {
      ...put(AT.emptySignature, "/V 101 0 R/AP<</N 102 0 R>>"),
      101: value,
      ...look,
    });
    expect(codesOf(signedField)).toEqual(["signature_added"]);
    expect(codesOf(save(signedField, { 102: form("0 g 0 0 9 9 re f") }))).toEqual([
      "signature_added",
      "signature_field_changed",
    ]);
    expect(codesOf(save(signedField, latest(signedField).edit(AT.emptySignature, "/V 101 0 R", "")))).toEqual([
      "signature_added",
      "signature_removed",
    ]);
    expect(codesOf(save(signedField, { 101: value.replace("[0 1", "[0 9") }))).toEqual([
      "signature_added",
      "signature_field_changed",
    ]);
    const moved = edit(AT.emptySignature, "/Rect[72", "/Rect[7");
    expect(
      codesOf(
        save(certified, {
          [AT.emptySignature]: `<</V 101 0 R${String(moved[AT.emptySignature]).slice(2)}`,
          101: value,
        }),
      ),
    ).toContain("signature_field_changed");
  });
});

describe("what a field shows has to be what its value says", () => {
  const filled = (value: string, shown: string, keys = ""): readonly string[] => {
    const field = now(AT.amount).replace("/V(100)", `/V(${value})${keys}`);
    return codesOf(save(certified, { [AT.amount]: field, [AT.amountLook]: lookOf(shown) }));
  };
  test("text", () => {
    expect(filled("250", "250")).toEqual(["form_filled"]);
    expect(filled("two hundred", "two ) Tj (hundred")).toEqual(["form_filled"]);
    expect(filled("250", "900")).toEqual(["field_appearance_changed"]);
    expect(filled("100", "900")).toEqual(["field_appearance_changed"]);
    expect(filled("250", "250) Tj ET BT (000")).toEqual(["field_appearance_changed"]);
    expect(filled("250", "****", "/Ff 8192")).toEqual(["field_changed"]);
  });

  test("pictures and letters that cannot be read", () => {
    const look = (drawn: string, keys: string) => stream(drawn, `/Subtype/Form/BBox[0 0 99 20]/Resources<<${keys}>>`);
    const picture = { [AT.amountLook]: look("/P Do", "/XObject<</P 103 0 R>>"), 103: stream("0", "/Subtype/Image") };
    const composite = {
      [AT.amountLook]: look("BT /F 9 Tf <0001> Tj ET", "/Font<</F 103 0 R>>"),
      103: "<</Type/Font/Subtype/Type0>>",
    };
    expect(codesOf(save(certified, { ...edit(AT.amount, "(100)", "(250)"), ...picture }))).toEqual([
      "field_appearance_changed",
    ]);
    expect(codesOf(save(certified, { ...edit(AT.amount, "(100)", "(250)"), ...composite }))).toEqual(["form_filled"]);
    expect(codesOf(save(certified, composite))).toEqual(["field_appearance_changed"]);
  });

  test("boxes and buttons", () => {
    expect(codesOf(save(certified, edit(AT.tick, "/V/Off/AS/Off", "/V/Off/AS/Yes")))).toEqual([
      "field_appearance_changed",
    ]);
    expect(
      codesOf(save(certified, { [AT.tickLook]: stream("BT (paid in full) Tj ET", "/Subtype/Form/BBox[0 0 9 9]") })),
    ).toEqual(["field_appearance_changed"]);
    expect(
      codesOf(save(certified, { [AT.buttonLook]: stream("0 0 1 1 re f", "/Subtype/Form/BBox[0 0 9 9]") })),
    ).toEqual(["field_appearance_changed"]);
  });
});

describe("an object with two parts to play has the stricter one", () => {
  test.each<[string, Objects, (pdf: Uint8Array) => Objects, string]>([
    [
      "metadata that is also content",
      { [AT.page1]: "<</Type/Page/Parent 2 0 R/Contents[6 0 R 20 0 R]>>" },
      () => ({ [AT.metadata]: stream("BT (900) Tj ET", "/Type/Metadata/Subtype/XML") }),
      "page_content_changed",
    ],
    [
      "a look that is also a page's picture",
      { [AT.page1]: "<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</XObject<</X 18 0 R>>>>>>" },
      (pdf) => ({ ...latest(pdf).edit(AT.amount, "(100)", "(250)"), [AT.amountLook]: lookOf("250") }),
      "page_resources_changed",
    ],
    [
      "a field that is also a page's resource",
      { [AT.page1]: "<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</ExtGState<</G 15 0 R>>>>>>" },
      (pdf) => latest(pdf).edit(AT.amount, /\(100\)(.*)\/AP<<\/N 18 0 R>>/, "(250)$1"),
      "page_resources_changed",
    ],
    [
      "a new signature's look that a page waited for",
      { [AT.page1]: "<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</XObject<</X 102 0 R>>>>>>" },
      (pdf) => ({
        ...latest(pdf).put(AT.emptySignature, "/V 101 0 R/AP<</N 102 0 R>>"),
        101: "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>",
        102: form("0 0 9 9 re f"),
      }),
      "page_resources_changed",
    ],
    [
      "a certificate of the store that is also content",
      { [AT.page1]: "<</Type/Page/Parent 2 0 R/Contents[6 0 R 103 0 R]>>" },
      (pdf) => ({
        ...latest(pdf).put(AT.catalog, "/DSS 102 0 R"),
        102: "<</Type/DSS/Certs[103 0 R]>>",
        103: stream("BT (900) Tj ET"),
      }),
      "page_content_changed",
    ],
  ])("%s", async (_, prepared, later, code) => {
    const pdf = await signed(contract(prepared));
    const changes = changesOf(save(pdf, later(pdf)));
    expect(changes.result).toBe("forbidden");
    expect(changes.items).toContainEqual(expect.objectContaining({ code, page: 1, permitted: false }));
  });

  test("hidden content that a signature's look brings out", () => {
    const pdf = save(certified, {
      ...put(AT.emptySignature, "/V 101 0 R/AP<</N 30 0 R>>"),
      101: "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>",
    });
    expect(codesOf(pdf)).toContain("object_replaced");
  });

  test("kids of a field in an array of their own", async () => {
    const pdf = await signed(
      contract({
        [AT.amount]: "<</FT/Tx/T(amount)/V(1)/Kids 50 0 R>>",
        50: "[51 0 R]",
        51: "<</Subtype/Widget/Parent 15 0 R/Rect[0 0 9 9]>>",
        [AT.annotations3]: "[51 0 R]",
      }),
    );
    const more = { 50: "[51 0 R 103 0 R]", 103: "<</Subtype/Widget/Parent 15 0 R/Rect[0 0 99 99]>>" };
    expect(codesOf(save(pdf, more))).toContain("field_changed");
  });

  test("a title in an object of its own", async () => {
    const pdf = await signed(contract({ [AT.info]: "<</Title 50 0 R>>", 50: "(Contract)" }));
    expect(codesOf(save(pdf, { 50: "(Another)" }))).toEqual(["metadata_changed"]);
  });
});
