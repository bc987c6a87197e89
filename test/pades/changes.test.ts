import { describe, expect, test } from "vitest";
import { concat, toLatin1 } from "../../lib/bytes/bytes.ts";
import { appendDss } from "../../lib/pades/append-dss.ts";
import { embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { prepareTimestamp } from "../../lib/pades/prepare-timestamp.ts";
import { CHANGES } from "../../lib/text/changes.ts";
import { buildCompressed } from "../pdf/build.ts";
import {
  AT,
  behind,
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

const CMS = Uint8Array.of(1, 2, 3);
const OURS = { claimedTime: 0, offsetMinutes: 420 };
const ours = (pdf: Uint8Array, fieldId: string) =>
  concat(pdf, embedSignature(prepareSignature(pdf, { ...OURS, fieldId }), CMS));
const stamped = (pdf: Uint8Array, fieldId = "t") =>
  concat(pdf, embedSignature(prepareTimestamp(pdf, { fieldId }), CMS));
const withDss = (pdf: Uint8Array, octets = CMS) =>
  concat(pdf, appendDss(pdf, { certificates: [octets], crls: [], ocsps: [octets] }));

const file = await signed(contract());
const { edit, put } = latest(file);
const NONE = { result: "none", items: [] };

describe("nothing was changed", () => {
  test("behind a signature over the whole file, and behind the last of several", async () => {
    expect(changesOf(file)).toEqual(NONE);
    expect(changesOf(await signed(file), "Signature1-2")).toEqual(NONE);
  });

  test("where only white space and zeros follow", () => {
    expect(changesOf(behind(file, "\r\n\0\0\0   \n"))).toEqual(NONE);
  });
});

describe("further signatures, timestamps and what validates them are permitted", () => {
  test("two, three signers through our own preparation, with a store and document timestamps between them", () => {
    const all = stamped(withDss(ours(stamped(withDss(ours(ours(contract(), "a"), "b"))), "c"), Uint8Array.of(9)), "u");
    const seen = (name: string) => changesOf(all, name);
    expect(seen("Signature-a").result).toBe("permitted");
    expect(seen("Signature-a").items.map(({ code, revision, field }) => [code, revision, field])).toEqual([
      ["signature_added", 3, "Signature-b"],
      ["validation_data_added", 4, null],
      ["timestamp_added", 5, "Timestamp-t"],
      ["signature_added", 6, "Signature-c"],
      ["validation_data_added", 7, null],
      ["timestamp_added", 8, "Timestamp-u"],
    ]);
    expect(seen("Signature-c").items.map(({ code }) => code)).toEqual(["validation_data_added", "timestamp_added"]);
    expect(seen("Timestamp-u")).toEqual(NONE);
  });

  test("the same in files of cross-reference streams and packed objects", () => {
    const all = stamped(withDss(ours(ours(buildCompressed(), "a"), "b")));
    expect(changesOf(all, "Signature-a").result).toBe("permitted");
    expect(codesOf(all, "Signature-a")).toEqual(["signature_added", "timestamp_added", "validation_data_added"]);
  });

  test("a signature in a field that was waiting for it, seen or not", () => {
    const value = "/V 100 0 R/AP<</N 101 0 R>>";
    const pdf = save(file, {
      ...put(AT.emptySignature, value),
      100: "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>",
      101: stream("0 0 10 10 re f", "/Subtype/Form/BBox[0 0 128 40]"),
    });
    expect(changesOf(pdf)).toMatchObject({
      result: "permitted",
      items: [{ code: "signature_added", field: "witness", page: 3, object: AT.emptySignature, revision: 3 }],
    });
  });

  test("a visible signature of a further signer, in a field of its own or with a widget apart", () => {
    const value = "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>";
    const look = stream("0 0 10 10 re f", "/Subtype/Form/BBox[0 0 128 40]");
    const merged = save(file, {
      ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      ...edit(AT.page2, "24 0 R", "24 0 R 100 0 R"),
      100: "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/V 101 0 R/Rect[9 9 99 50]/P 4 0 R/F 132/AP<</N 102 0 R>>>>",
      101: value,
      102: look,
    });
    expect(changesOf(merged)).toMatchObject({ result: "permitted", items: [{ code: "signature_added", field: "b" }] });
    const apart = save(file, {
      ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      ...edit(AT.page2, "24 0 R", "24 0 R 103 0 R"),
      100: "<</FT/Sig/T(b)/V 101 0 R/Kids[103 0 R]>>",
      101: value,
      102: look,
      103: "<</Type/Annot/Subtype/Widget/Parent 100 0 R/Rect[9 9 99 50]/P 4 0 R/F 132/AP<</N 102 0 R>>>>",
    });
    expect(changesOf(apart)).toMatchObject({ result: "permitted", items: [{ code: "signature_added", field: "b" }] });
  });

  test("an empty signature field for somebody else", () => {
    const objects = { ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"), ...edit(AT.page2, "24 0 R", "24 0 R 100 0 R") };
    const field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/Rect[9 9 99 50]/P 4 0 R/F 4>>";
    expect(codesOf(save(file, { ...objects, 100: field }))).toEqual(["signature_field_added"]);
  });

  test("a store that loses what it had", () => {
    const pdf = withDss(file);
    const without = save(pdf, latest(pdf).edit(AT.catalog, /\/DSS \d+ 0 R/, ""));
    expect(changesOf(without)).toMatchObject({ result: "permitted" });
    expect(codesOf(without)).toEqual(["validation_data_added", "validation_data_removed"]);
  });
});

describe("what says nothing about the document is permitted", () => {
  const rows: readonly (readonly [string, Objects, readonly string[]])[] = [
    [
      "objects written again as they were",
      { ...edit(AT.page1, "/Type/Page", "/Type /Page % again\n") },
      ["saved_again"],
    ],
    ["a number written otherwise", edit(AT.pages, "612", "612.0"), ["saved_again"]],
    ["a string written otherwise", edit(AT.note, "(see page 3)", "<736565207061676520 33>"), ["saved_again"]],
    ["nothing at all", {}, ["saved_again"]],
    [
      "the date of the last change",
      { [AT.info]: "<</Title(Contract)/ModDate(D:20270101000000Z)/Producer(x)>>" },
      ["metadata_updated"],
    ],
    [
      "XMP",
      { [AT.metadata]: stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'> </x:xmpmeta>", "/Type/Metadata/Subtype/XML") },
      ["metadata_updated"],
    ],
    ["a later version", put(AT.catalog, "/Version/2.0"), ["version_raised"]],
    ["extensions", put(AT.catalog, "/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>"), ["version_raised"]],
    ["the order of the tab key", put(AT.page1, "/Tabs/S"), ["saved_again"]],
    [
      "fonts of the form",
      edit(AT.form, "/Helv 8 0 R", "/Helv 8 0 R/ZaDb<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"),
      ["saved_again"],
    ],
    ["whether viewers draw the fields", put(AT.form, "/NeedAppearances true"), ["saved_again"]],
  ];
  for (const [what, objects, codes] of rows) {
    test(what, () => {
      const pdf = save(file, objects);
      expect(changesOf(pdf).result).toBe("permitted");
      expect(codesOf(pdf)).toEqual(codes);
    });
  }

  test("keys of a trailer that nobody reads, and none of those that were there", () => {
    expect(codesOf(save(file, {}, { trailer: "/DocChecksum/00/Extra(x)" }))).toEqual(["saved_again"]);
  });

  test("a save with all cross references anew", () => {
    const text = toLatin1(file);
    const places = (number: number) => text.lastIndexOf(`\n${number} 0 obj`) + 1;
    const entries = Object.fromEntries([4, 5, 6, 7, 8].map((number) => [number, places(number)]));
    expect(codesOf(save(file, {}, { entries }))).toEqual(["saved_again"]);
  });
});

describe("filling in the form is permitted", () => {
  const filled: Objects = { ...edit(AT.amount, "(100)", "(250)"), [AT.amountLook]: lookOf("250") };

  test("a text field with its look", () => {
    expect(changesOf(save(file, filled))).toMatchObject({
      result: "permitted",
      items: [{ code: "form_filled", field: "amount", page: 3, object: AT.amount }],
    });
  });

  test("a text field without one", () => {
    expect(codesOf(save(file, edit(AT.amount, /\(100\)(.*)\/AP<<\/N 18 0 R>>/, "(250)$1")))).toEqual(["form_filled"]);
  });

  test("a box that is ticked", () => {
    expect(codesOf(save(file, edit(AT.tick, "/V/Off/AS/Off", "/V/Yes/AS/Yes")))).toEqual(["form_filled"]);
  });

  test("a field that becomes read-only", () => {
    expect(codesOf(save(file, put(AT.amount, "/Ff 1")))).toEqual(["form_filled"]);
  });
});

describe("what earlier signatures forbid is not permitted", () => {
  const filled = (pdf: Uint8Array) =>
    save(pdf, { ...latest(pdf).edit(AT.amount, "(100)", "(250)"), [AT.amountLook]: lookOf("250") });
  const ticked = (pdf: Uint8Array) => save(pdf, latest(pdf).edit(AT.tick, "/V/Off/AS/Off", "/V/Yes/AS/Yes"));
  const noted = (pdf: Uint8Array) =>
    save(pdf, {
      ...latest(pdf).edit(AT.page2, "13 0 R", "13 0 R 100 0 R"),
      100: "<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/P 4 0 R/Contents(no)>>",
    });
  const table: readonly (readonly [string, Parameters<typeof signed>[1], Readonly<Record<string, string>>])[] = [
    ["an approval", {}, { filled: "permitted", noted: "forbidden", again: "permitted", stamped: "permitted" }],
    [
      "certified, no changes",
      { certify: 1 },
      { filled: "forbidden", noted: "forbidden", again: "forbidden", stamped: "permitted" },
    ],
    [
      "certified, filling in",
      { certify: 2 },
      { filled: "permitted", noted: "forbidden", again: "permitted", stamped: "permitted" },
    ],
    [
      "certified, comments too",
      { certify: 3 },
      { filled: "permitted", noted: "permitted", again: "permitted", stamped: "permitted" },
    ],
    [
      "a lock with no changes",
      { lock: { action: "Include", fields: [], p: 1 } },
      { filled: "forbidden", noted: "forbidden", again: "forbidden", stamped: "permitted" },
    ],
    [
      "all fields locked",
      { fieldMdp: { action: "All" } },
      { filled: "forbidden", again: "forbidden", stamped: "permitted" },
    ],
    [
      "this field locked",
      { fieldMdp: { action: "Include", fields: ["amount"] } },
      { filled: "forbidden", ticked: "permitted", again: "permitted" },
    ],
    [
      "this field locked, by the field's lock",
      { lock: { action: "Include", fields: ["amount"] } },
      { filled: "forbidden", ticked: "permitted" },
    ],
    [
      "all but this field locked",
      { fieldMdp: { action: "Exclude", fields: ["amount"] } },
      { filled: "permitted", ticked: "forbidden", again: "forbidden", stamped: "permitted" },
    ],
  ];
  for (const [what, options, outcomes] of table) {
    test(what, async () => {
      const pdf = await signed(contract(), options);
      const again = await signed(pdf);
      const made = {
        filled: filled(pdf),
        ticked: ticked(pdf),
        noted: noted(pdf),
        again,
        stamped: stamped(withDss(pdf)),
      };
      for (const [how, result] of Object.entries(outcomes))
        expect([how, changesOf(made[how as keyof typeof made]).result]).toEqual([how, result]);
    });
  }

  test("a later signature's lock holds for what comes after it, whoever asks", async () => {
    const locked = await signed(file, { fieldMdp: { action: "All" } });
    expect(changesOf(filled(locked)).result).toBe("forbidden");
    expect(changesOf(await signed(filled(file), { fieldMdp: { action: "All" } })).result).toBe("permitted");
  });

  test("a certification that comes later opens nothing for those before it", async () => {
    const certified = await signed(file, { certify: 3 });
    expect(changesOf(noted(certified)).result).toBe("forbidden");
  });

  test("an approval of a certified document leaves open what the certification does", async () => {
    const approved = await signed(await signed(contract(), { certify: 3 }));
    expect(changesOf(noted(approved), "Signature1-2").result).toBe("permitted");
  });

  test("a new visible field behind a certification may cover what is there", async () => {
    const pdf = await signed(contract(), { certify: 2 });
    const sneaky = save(pdf, {
      ...latest(pdf).edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      ...latest(pdf).edit(AT.page2, "24 0 R", "24 0 R 100 0 R"),
      100: "<</Type/Annot/Subtype/Widget/FT/Sig/T(b)/V 101 0 R/Rect[0 0 612 792]/P 4 0 R/F 132/AP<</N 102 0 R>>>>",
      101: "<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<00>>>",
      102: stream("1 g 0 0 612 792 re f", "/Subtype/Form/BBox[0 0 612 792]"),
    });
    expect(changesOf(sneaky).result).toBe("forbidden");
    expect(codesOf(sneaky)).toEqual(["visible_signature_added"]);
  });
});

test("every change has a sentence in both languages", () => {
  for (const { vi, en } of Object.values(CHANGES)) {
    expect(vi).toMatch(/^\p{Lu}.*\.$/u);
    expect(en).toMatch(/^[A-Z].*\.$/);
  }
});
