import { describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { type FoundSignature, findSignatures } from "../../lib/pades/find.ts";
import { embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { OPTIONS } from "./signer.ts";

const CMS = Uint8Array.from({ length: 300 }, (_, i) => i * 3 + 1);

function signed(pdf: Uint8Array, fieldId = "a"): Uint8Array {
  return concat(pdf, embedSignature(prepareSignature(pdf, { ...OPTIONS, fieldId }), CMS));
}

/** A file with one field of type /Sig whose value is `dict`. */
const withValue = (dict: string, field = ""): Uint8Array =>
  buildPdf({
    objects: {
      ...ONE_PAGE,
      1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
      4: `<</T(s)/FT/Sig/V 5 0 R${field}>>`,
      5: dict,
    },
  });

const only = (pdf: Uint8Array): FoundSignature => {
  const [found, ...others] = findSignatures(pdf);
  if (found === undefined || others.length > 0) throw new Error("not one signature");
  return found;
};

/** Replaces text by text of the same length. */
const edit = (pdf: Uint8Array, from: string | RegExp, to: string | ((...parts: string[]) => string)): Uint8Array => {
  const text = toLatin1(pdf);
  const changed = typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
  if (changed.length !== text.length) throw new Error("the length changed");
  return fromLatin1(changed);
};

const range = (pdf: Uint8Array, change: (numbers: number[]) => (number | string)[]): Uint8Array =>
  edit(pdf, /\/ByteRange\[([^\]]*)\]/, (whole, numbers) => {
    const list = change((numbers ?? "").trim().split(/\s+/).map(Number)).join(" ");
    return `/ByteRange[${list.padEnd((whole?.length ?? 0) - 12)}]`;
  });

test("what was prepared and embedded is found, padding included", () => {
  const pdf = buildPdf();
  const file = signed(pdf);
  const found = only(file);
  const ready = prepareSignature(pdf, { ...OPTIONS, fieldId: "a" });
  expect(found).toMatchObject({
    fieldName: "Signature-a",
    byteRange: ready.byteRange,
    problems: [],
    coversWholeFile: true,
    revision: 2,
    revisions: 2,
  });
  expect(found.contentsRange?.[0]).toBe(ready.contentsStart);
  expect(found.contents?.subarray(0, CMS.length)).toEqual(CMS);
  expect(found.contents).toHaveLength(ready.reserved);
});

test("a file without a form has no signatures, and one with empty fields neither", () => {
  expect(findSignatures(buildPdf())).toEqual([]);
  expect(
    findSignatures(
      buildPdf({ objects: { ...ONE_PAGE, 1: "<</Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>", 4: "<</T(s)/FT/Sig>>" } }),
    ),
  ).toEqual([]);
});

test("octets behind the signed state: the signature no longer covers the whole file, and its save is known", () => {
  const once = signed(buildPdf());
  const found = only(buildPdf({ after: once, objects: { 40: "(added)" } }));
  expect(found).toMatchObject({ problems: [], coversWholeFile: false, revision: 2, revisions: 3 });
  expect(only(concat(once, fromLatin1("% more"))).coversWholeFile).toBe(false);
});

test("two signatures: each with the save that it ends", () => {
  const twice = signed(signed(buildPdf()), "b");
  expect(
    findSignatures(twice).map(({ fieldName, coversWholeFile, revision }) => [fieldName, coversWholeFile, revision]),
  ).toEqual([
    ["Signature-a", false, 2],
    ["Signature-b", true, 3],
  ]);
});

describe("ranges that do not cover one state of the file but for /Contents are told", () => {
  const file = signed(buildPdf());

  test.each<[string, (numbers: number[]) => (number | string)[], string[]]>([
    ["three numbers", ([a, b, c]) => [a ?? 0, b ?? 0, c ?? 0], ["byte_range_malformed"]],
    ["a negative number", ([a, b, c]) => [a ?? 0, b ?? 0, c ?? 0, -1], ["byte_range_malformed"]],
    ["a real number", ([, b, c, d]) => ["0.5", b ?? 0, c ?? 0, d ?? 0], ["byte_range_malformed"]],
    ["a start behind the first octet", ([, b, c, d]) => [1, (b ?? 0) - 1, c ?? 0, d ?? 0], ["byte_range_starts_late"]],
    ["a gap that is too wide", ([a, b, c, d]) => [a ?? 0, (b ?? 0) - 1, c ?? 0, d ?? 0], ["gap_is_not_contents"]],
    [
      "a gap that is too wide at its end",
      ([a, b, c, d]) => [a ?? 0, b ?? 0, (c ?? 0) + 1, (d ?? 0) - 1],
      ["gap_is_not_contents"],
    ],
    ["a gap that is too narrow", ([a, b, c, d]) => [a ?? 0, (b ?? 0) + 1, c ?? 0, d ?? 0], ["gap_is_not_contents"]],
    [
      "ranges that overlap",
      ([a, b, , d]) => [a ?? 0, b ?? 0, 9, d ?? 0],
      ["byte_range_overlaps", "gap_is_not_contents"],
    ],
    ["an end behind the file", ([a, b, c, d]) => [a ?? 0, b ?? 0, c ?? 0, (d ?? 0) + 1], ["byte_range_outside_file"]],
    ["everything but an absurd rest", ([a, b, c]) => [a ?? 0, b ?? 0, c ?? 0, 999999999], ["byte_range_outside_file"]],
  ])("%s", (_, change, problems) => {
    expect(only(range(file, change))).toMatchObject({ problems, coversWholeFile: false, revision: undefined });
  });

  test("an end in the middle of a save: no problem in itself, but no save ends there", () => {
    expect(only(range(file, ([a, b, c, d]) => [a ?? 0, b ?? 0, c ?? 0, (d ?? 0) - 9]))).toMatchObject({
      problems: [],
      coversWholeFile: false,
      revision: undefined,
    });
  });

  test("the line end behind the end mark may be signed or not, and white space and zeros behind it are nothing", () => {
    const whole = { problems: [], coversWholeFile: true, revision: 2 };
    expect(only(range(file, ([a, b, c, d]) => [a ?? 0, b ?? 0, c ?? 0, (d ?? 0) - 1]))).toMatchObject(whole);
    expect(only(concat(file, fromLatin1("\r\n\0\0 ")))).toMatchObject(whole);
    expect(only(concat(file, fromLatin1("\0x\0"))).coversWholeFile).toBe(false);
  });

  test("a save that names other cross references than its own is none that a signature can cover", () => {
    const place = /startxref\n(\d+)\n%%EOF\n$/.exec(toLatin1(file))?.[1] ?? "";
    const other = fromLatin1(
      toLatin1(file).replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${"9".padStart(place.length, "0")}\n%%EOF\n`),
    );
    expect(only(buildPdf({ after: other, objects: { 40: "(added)" } })).revision).toBeUndefined();
  });

  test("parts of the dictionary that stand elsewhere, or twice", () => {
    const scattered = (dict: string) =>
      only(
        buildPdf({
          objects: {
            ...ONE_PAGE,
            1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
            4: "<</T(s)/FT/Sig/V 5 0 R>>",
            5: dict,
            6: "7",
            7: "[0 1 2 3]",
            8: "<00>",
          },
        }),
      ).problems;
    expect(scattered("<</ByteRange[0 6 0 R 2 3]/Contents<00>>>")).toContain("dictionary_scattered");
    expect(scattered("<</ByteRange 7 0 R/Contents<00>>>")).toContain("dictionary_scattered");
    expect(scattered("<</ByteRange[0 1 2 3]/Contents 8 0 R>>")).toContain("dictionary_scattered");
    expect(scattered("<</ByteRange[0 1 2 3]/Contents<00>>>")).not.toContain("dictionary_scattered");
    expect(scattered("<</ByteRange[0 1 2 3]/Contents<00>/Contents<01>>>")).toContain("dictionary_ambiguous");
    expect(scattered("<</ByteRange[0 1 2 3]/Contents<>>>")).toContain("contents_malformed");
    expect(scattered("<</ByteRange[0 1 2 3]/Contents null>>")).toContain("contents_malformed");
    expect(scattered("<</ByteRange null/Contents<00>>>")).toContain("byte_range_malformed");
  });

  test("a value of /Contents that is no hexadecimal string", () => {
    expect(only(edit(file, /<0104070a/, "<01xy070a")).problems).toEqual(["contents_malformed"]);
    expect(only(edit(file, /\/Contents<([0-9a-f]+)>/, (_, digits) => `/Contents(${digits})`)).problems).toEqual([
      "contents_malformed",
    ]);
    expect(only(withValue("<</Type/Sig/ByteRange[0 1 2 3]>>")).problems).toEqual([
      "contents_malformed",
      "gap_is_not_contents",
    ]);
    expect(only(withValue("<</ByteRange[0 1 2 3]/Contents 7>>")).contents).toBeUndefined();
  });
});

describe("signatures of others", () => {
  test("a dictionary that says nothing is found and says what it lacks", () => {
    expect(only(withValue("<<>>"))).toEqual({
      ...{
        fieldName: "s",
        inForm: true,
        type: "Sig",
        filter: undefined,
        subFilter: undefined,
        byteRange: undefined,
        contents: undefined,
      },
      ...{ contentsRange: undefined, problems: ["byte_range_malformed", "contents_malformed"], coversWholeFile: false },
      ...{
        revision: undefined,
        revisions: 1,
        claimedTime: undefined,
        name: undefined,
        reason: undefined,
        location: undefined,
      },
      ...{ contactInfo: undefined, certifies: undefined, hasCert: false, certificates: [] },
    });
  });

  test("/Cert holds one certificate or several; what is no string there is passed over", () => {
    const held = (cert: string) => only(withValue(`<</Cert ${cert}>>`)).certificates.map(toHex);
    expect(held("<3001>")).toEqual(["3001"]);
    expect(held("[<3001>7<3002>]")).toEqual(["3001", "3002"]);
    expect(held(`[${"<30>".repeat(40)}]`)).toHaveLength(32);
    expect(held("9")).toEqual([]);
  });

  test("values behind references, texts in any encoding, dates that are none", () => {
    const found = only(
      withValue(
        "<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161/Name<feff1ec7>/M(yesterday)/Cert()/ContactInfo(x)/Reason 9>>",
      ),
    );
    expect(found).toMatchObject({
      type: "DocTimeStamp",
      subFilter: "ETSI.RFC3161",
      name: "ệ",
      claimedTime: { text: "yesterday", ms: undefined },
      hasCert: true,
      contactInfo: "x",
      reason: undefined,
    });
  });

  test("fields within fields have the type of those above them, and names with points", () => {
    const pdf = buildPdf({
      objects: {
        ...ONE_PAGE,
        1: "<</Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
        4: "<</T(form)/FT/Sig/Kids[5 0 R 6 0 R]>>",
        5: "<</T(first)/Parent 4 0 R/V<<>>>>",
        6: "<</T(second)/Parent 4 0 R/Kids[7 0 R]>>",
        7: "<</Subtype/Widget/Parent 6 0 R/V<<>>>>",
      },
    });
    expect(findSignatures(pdf).map((found) => found.fieldName)).toEqual(["form.first", "form.second"]);
  });

  test("a signature that only a page's annotations lead to is found, and told apart", () => {
    const pdf = buildPdf({
      objects: {
        ...ONE_PAGE,
        3: "<</Type/Page/Parent 2 0 R/Annots[5 0 R 4 0 R]>>",
        4: "<</T(s)/FT/Sig/V<<>>>>",
        5: "<</Subtype/Link>>",
      },
    });
    expect(only(pdf)).toMatchObject({ fieldName: "s", inForm: false });
  });

  test("a form that refers to itself is walked once", () => {
    const pdf = buildPdf({
      objects: {
        ...ONE_PAGE,
        1: "<</Pages 2 0 R/AcroForm<</Fields[4 0 R 4 0 R]>>>>",
        4: "<</T(a)/FT/Sig/V<<>>/Kids[4 0 R 5 0 R]>>",
        5: "<</T(b)/Kids[4 0 R]>>",
      },
    });
    expect(findSignatures(pdf).map((found) => found.fieldName)).toEqual(["a.b"]);
  });

  test.each([
    ["/DocMDP", "/P 1", 1],
    ["/DocMDP", "/P 2", 2],
    ["/DocMDP", "/P 3", 3],
    ["/DocMDP", "", 2],
    ["/DocMDP", "/P 9", 2],
    ["/FieldMDP", "/P 1", undefined],
  ])("a certification is told with its permission: %s %s", (method, parameters, certifies) => {
    expect(
      only(withValue(`<</Reference[<</TransformMethod${method}/TransformParams<<${parameters}>>>>]>>`)).certifies,
    ).toBe(certifies);
  });
});
