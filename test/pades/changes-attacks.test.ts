import { describe, expect, test } from "vitest";
import { fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { changesSince } from "../../lib/pades/changes/changes.ts";
import { documentShape } from "../../lib/pades/changes/shape.ts";
import { findSignatures, signaturesIn } from "../../lib/pades/find.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { withSavedDocument } from "../../lib/pdf/saved.ts";
import { AT, behind, changesOf, codesOf, contract, latest, save, signed, stream } from "../worlds/hostile-pdf.ts";

const file = await signed(contract());
const text = toLatin1(file);
const { edit, now } = latest(file);
const evil = stream("BT /F1 24 Tf 72 700 Td (Pay 900) Tj ET");
const object = `\n${AT.content1} 0 obj\n${evil}\nendobj\n`;
const previousOf = (pdf: Uint8Array) => Number(/startxref\n(\d+)\n%%EOF\n$/.exec(toLatin1(pdf))?.[1]);
const place = previousOf(file);
/** Judges a file as the facts do: the newest sound save, whatever stands behind it. */
const judged = (pdf: Uint8Array) =>
  withSavedDocument(
    pdf,
    (doc) => ({
      found: signaturesIn(doc).map((one) => ({ ...one, changes: changesSince(doc, one) })),
      shape: documentShape(doc),
    }),
    ({ found }) => found.length > 0,
  );
const first = (pdf: Uint8Array) => {
  const [one] = judged(pdf).found;
  if (one === undefined) throw new TypeError("no signature");
  return one;
};

describe("incremental saving: what is appended outside a well-formed save is never signed", () => {
  const forms: Readonly<Record<string, string>> = {
    "an object alone": object,
    "an object and an end mark": `${object}%%EOF\n`,
    "an object and the old place of the cross references": `${object}startxref\n${place}\n%%EOF\n`,
    "an object and a trailer without cross references": `${object}trailer\n<</Size 200/Root 1 0 R/Prev ${place}>>\nstartxref\n${place}\n%%EOF\n`,
    "an object and a trailer that cannot be read": `${object}trailer\n<</Root\nstartxref\n9\n%%EOF\n`,
    "an object and cross references that lead nowhere": `${object}xref\n6 1\n9999999999 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n8888888\n%%EOF\n`,
    "one octet": "x",
    "a comment": "% nothing",
    "more than readers look through for the end": `${object}${"% filler\n".repeat(1000)}`,
    "more than that, and an end mark": `${object}${"% filler\n".repeat(1000)}%%EOF\n`,
  };
  for (const [what, octets] of Object.entries(forms)) {
    test(what, () => {
      const { changes, coversWholeFile } = first(behind(file, octets));
      expect(coversWholeFile).toBe(false);
      expect(changes.result).toBe("forbidden");
    });
  }

  test("is counted", () => {
    expect(judged(behind(file, object)).shape).toEqual({
      revisions: 2,
      strayOctets: object.trim().length,
      rebuilt: false,
    });
    expect(judged(file).shape).toEqual({ revisions: 2, strayOctets: 0, rebuilt: false });
  });
});

describe("signature wrapping: ranges that leave out more than the value, or cover it elsewhere", () => {
  const range = /\/ByteRange\[0 (\d+) (\d+) (\d+) *\]/.exec(text);
  const [, before = 0, behindGap = 0, rest = 0] = (range ?? []).map(Number);
  const moved = (numbers: readonly number[]) =>
    fromLatin1(
      text.replace(range?.[0] ?? "", `${`/ByteRange[${numbers.join(" ")}`.padEnd((range?.[0].length ?? 1) - 1)}]`),
    );

  test("a second range moved behind objects that are not signed", () => {
    const value = /(\d+) 0 obj\n<<\/Type\/Sig/.exec(text)?.[1] ?? "";
    const dictionary = now(Number(value)).replace(range?.[0] ?? "", `/ByteRange[0 ${before} ${file.length} ${rest}]`);
    const wrapped = save(file, { [value]: dictionary }, { slipped: text.slice(behindGap) });
    expect(first(wrapped).problems).toContain("gap_is_not_contents");
  });

  test("a range that ends early, a gap in front, a range that starts late", () => {
    for (const numbers of [
      [0, before, behindGap, rest - 60],
      [0, before - 1, behindGap, rest],
      [1, before - 1, behindGap, rest],
      [0, before, before - 5, rest + 5],
    ]) {
      const found = first(moved(numbers));
      expect(found.coversWholeFile || (found.problems.length === 0 && found.revision !== undefined)).toBe(false);
    }
  });

  test("a copy of the signature in a later save", () => {
    const field = /(\d+) 0 obj\n<<\/Type\/Sig/.exec(text)?.[1] ?? "";
    const copied = save(file, {
      ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      100: "<</Type/Annot/Subtype/Widget/FT/Sig/T(copy)/V 101 0 R/Rect[0 0 0 0]/P 3 0 R>>",
      101: now(Number(field)),
    });
    const copy = findSignatures(copied).find(({ fieldName }) => fieldName === "copy");
    expect(copy?.problems).toContain("gap_is_not_contents");
  });

  test("one value for two fields", () => {
    const field = /(\d+) 0 obj\n<<\/Type\/Sig/.exec(text)?.[1] ?? "";
    const shared = save(file, {
      ...edit(AT.form, "15 0 R", "15 0 R 100 0 R"),
      100: `<</Type/Annot/Subtype/Widget/FT/Sig/T(copy)/V ${field} 0 R/Rect[0 0 0 0]/P 3 0 R>>`,
    });
    expect(findSignatures(shared).every(({ problems }) => problems.includes("value_shared"))).toBe(true);
    const { revision } = first(file);
    expect(changesSince(openDocument(shared), { revision, coversWholeFile: false })).toMatchObject({
      result: "forbidden",
      items: [{ code: "signature_field_changed", field: "copy" }],
    });
  });
});

describe("universal forgery: signature dictionaries that lack what they need", () => {
  const dictionary = /<<\/Type\/Sig[\s\S]*?\nendobj/.exec(text)?.[0] ?? "";
  const value = Number(/(\d+) 0 obj\n<<\/Type\/Sig/.exec(text)?.[1]);
  const forms: Readonly<Record<string, (dict: string) => string>> = {
    "no /ByteRange": (dict) => dict.replace(/\/ByteRange\[[^\]]*\]/, ""),
    "/ByteRange null": (dict) => dict.replace(/\/ByteRange\[[^\]]*\]/, "/ByteRange null"),
    "an empty /ByteRange": (dict) => dict.replace(/\/ByteRange\[[^\]]*\]/, "/ByteRange[]"),
    "/ByteRange of negative numbers": (dict) => dict.replace(/\/ByteRange\[[^\]]*\]/, "/ByteRange[0 -1 -1 -1]"),
    "/ByteRange of texts": (dict) => dict.replace(/\/ByteRange\[[^\]]*\]/, "/ByteRange[(0)(1)(2)(3)]"),
    "no /Contents": (dict) => dict.replace(/\/Contents<[^>]*>/, ""),
    "/Contents null": (dict) => dict.replace(/\/Contents<[^>]*>/, "/Contents null"),
    "empty /Contents": (dict) => dict.replace(/\/Contents<[^>]*>/, "/Contents<>"),
    "/Contents of zero": (dict) => dict.replace(/\/Contents<[^>]*>/, "/Contents<00>"),
    "/Contents that is a number": (dict) => dict.replace(/\/Contents<[^>]*>/, "/Contents 0"),
    "/Contents elsewhere": (dict) => dict.replace(/\/Contents<[^>]*>/, "/Contents 100 0 R"),
    "both twice": (dict) => dict.replace("<<", "<</ByteRange[0 0 0 0]/Contents<00>"),
  };
  for (const [what, change] of Object.entries(forms)) {
    test(what, () => {
      const made = change(dictionary.replace(/\nendobj$/, ""));
      const pdf = save(file, { [value]: made, 100: "<0102>" });
      const found = findSignatures(pdf)[0];
      expect(found?.problems).not.toEqual([]);
      expect(found).toMatchObject({ coversWholeFile: false, revision: undefined });
      expect(changesOf(pdf).result).not.toMatch(/none|permitted/);
    });
  }
});

describe("shadow attacks: what was prepared before signing is brought out behind it", () => {
  test("hide: what covers the content goes away", async () => {
    const shadow = await signed(
      contract({
        [AT.page1]:
          "<</Type/Page/Parent 2 0 R/Contents[30 0 R 6 0 R]/Resources<</Font<</F1 8 0 R>>/XObject<</X 9 0 R>>>>>>",
      }),
    );
    const shown = save(shadow, latest(shadow).edit(AT.page1, "[30 0 R 6 0 R]", "[30 0 R]"));
    expect(changesOf(shown)).toMatchObject({ result: "forbidden", items: [{ code: "page_content_changed", page: 1 }] });
    const emptied = save(shadow, { [AT.content1]: null });
    expect(changesOf(emptied)).toMatchObject({
      result: "forbidden",
      items: [{ code: "page_content_changed", page: 1 }],
    });
  });

  test("replace: a font that maps letters to others, or what a field shows over its value", () => {
    expect(
      codesOf(
        save(file, { [AT.font]: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[48/nine]>>>>" }),
      ),
    ).toEqual(["page_resources_changed"]);
    expect(codesOf(save(file, { [AT.amountLook]: latest(file).now(AT.amountLook).replace("(100)", "(900)") }))).toEqual(
      ["field_appearance_changed"],
    );
  });

  test("hide and replace: another page tree that was there, unused, with nothing but cross references or a trailer", async () => {
    const hidden = {
      50: "<</Type/Catalog/Pages 51 0 R/AcroForm 10 0 R>>",
      51: "<</Type/Pages/Kids[52 0 R]/Count 1>>",
      52: "<</Type/Page/Parent 51 0 R/Contents 30 0 R/MediaBox[0 0 612 792]>>",
    };
    const shadow = await signed(contract(hidden));
    const written = toLatin1(shadow);
    const at = (number: number) => written.lastIndexOf(`\n${number} 0 obj`) + 1;
    expect(codesOf(save(shadow, {}, { root: 50 }))).toEqual(["catalog_changed", "object_replaced"]);
    expect(codesOf(save(shadow, latest(shadow).edit(AT.catalog, "/Pages 2 0 R", "/Pages 51 0 R")))).toContain(
      "page_removed",
    );
    // Only the place of an object is told anew: the page is another object's octets, or an older one's.
    expect(changesOf(save(shadow, {}, { entries: { [AT.content1]: at(AT.hidden) } })).result).toMatch(/forbidden/);
    const older = save(file, {}, { entries: { [AT.form]: text.indexOf(`\n${AT.form} 0 obj`) + 1 } });
    expect(findSignatures(older).map(({ inForm }) => inForm)).toEqual([false]);
    expect(codesOf(older)).toEqual(["form_changed", "signature_removed"]);
  });

  test("hide and replace: a definition in the signed save that its own cross references do not name", async () => {
    const twice = await signed(save(contract(), {}, { slipped: object }));
    const slipped = toLatin1(twice).indexOf(object.trim());
    const pdf = save(twice, {}, { entries: { [AT.content1]: slipped } });
    expect(changesOf(pdf)).toMatchObject({ result: "forbidden", items: [{ code: "page_content_changed", page: 1 }] });
  });
});

describe("cross references that lie", () => {
  test("of the signed save, that lead behind its end", async () => {
    const place = 20_000;
    const ahead = await signed(save(contract(), {}, { entries: { [AT.missing]: place } }));
    expect(codesOf(save(ahead, {}))).toEqual(["saved_again"]);
    const grown = behind(ahead, `${" ".repeat(place - ahead.length)}${AT.missing} 0 obj\n${evil}\nendobj\n`);
    expect(first(grown).changes.result).toBe("forbidden");
    expect(codesOf(save(grown, {}, { previous: previousOf(ahead) }))).toEqual([
      "cross_references_ahead",
      "octets_between_objects",
    ]);
  });

  test("octets between two saves, and an object that a save writes twice", () => {
    expect(codesOf(save(behind(file, object), {}, { previous: place }))).toEqual(["octets_between_objects"]);
    expect(
      codesOf(save(file, { [AT.note]: now(AT.note) }, { slipped: `${AT.note} 0 obj\n<</Type/Annot>>\nendobj\n` })),
    ).toEqual(["octets_between_objects"]);
  });

  test("an object within another one", () => {
    const outer = stream(`\n${AT.note} 0 obj\n${now(AT.note)}\nendobj\n`);
    const inner = file.length + `100 0 obj\n${outer}`.indexOf(`${AT.note} 0 obj`);
    expect(codesOf(save(file, { 100: outer }, { entries: { [AT.note]: inner } }))).toContain("octets_between_objects");
  });

  test("a save that ends with another save's place", () => {
    const pdf = save(file, edit(AT.note, "page 3", "page 9"), { startxref: place });
    expect(changesOf(pdf)).toMatchObject({ result: "forbidden", items: [{ code: "octets_appended" }] });
    const later = save(pdf, {}, { previous: toLatin1(pdf).lastIndexOf("\nxref") + 1 });
    expect(codesOf(later)).toContain("cross_references_rewritten");
  });

  test("saves that go round, forward, or nowhere", () => {
    for (const previous of [file.length + 10, file.length, 5, 999_999]) {
      const { changes, problems } = first(save(file, edit(AT.note, "page 3", "page 9"), { previous }));
      expect(changes.result === "forbidden" || problems.length > 0 || changes.result === "unknown").toBe(true);
    }
  });

  test("another generation than the object has, or had", () => {
    expect(changesOf(save(file, { [AT.content2]: now(AT.content2) }, { generation: 1 }))).toMatchObject({
      result: "forbidden",
      items: [{ code: "page_content_changed", page: 2 }],
    });
    const pdf = toLatin1(save(file, { [AT.note]: now(AT.note) })).replace(
      / 00000 n \ntrailer(?![\s\S]*trailer)/,
      " 00001 n \ntrailer",
    );
    expect(codesOf(fromLatin1(pdf))).toContain("cross_references_disagree");
  });

  test("a key that is written twice", () => {
    const twice = edit(AT.page2, "/Contents 7 0 R", "/Contents 30 0 R/Contents 7 0 R");
    expect(codesOf(save(file, twice))).toEqual(["object_ambiguous"]);
  });
});

test("an open document that was repaired, or a signature that covers no save: nobody can say", () => {
  const doc = openDocument(file);
  expect(changesSince({ ...doc, rebuilt: true }, { revision: undefined, coversWholeFile: false })).toMatchObject({
    result: "unknown",
    items: [{ code: "file_repaired" }],
  });
  expect(changesSince(doc, { revision: undefined, coversWholeFile: false })).toMatchObject({
    result: "unknown",
    items: [{ code: "coverage_unclear" }],
  });
});
