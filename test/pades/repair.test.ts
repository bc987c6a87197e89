import { beforeAll, describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { prepareSignature } from "../../lib/pades/prepare.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { documents } from "../e2e/documents.ts";
import { judge } from "../judges/judge.ts";
import { buildCompressed, buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { askPdfsig, askQpdf, OPTIONS, sign, type ThrowawaySigner, throwawaySigner } from "./signer.ts";

const canSign = judge("openssl", "signing damaged files");
const canJudge = judge("pdfsig", "that signatures in damaged files are valid");
const canCheck = judge("qpdf", "that a damaged file is sound once it is signed");

const edit = (pdf: Uint8Array, from: string | RegExp, to: string): Uint8Array =>
  fromLatin1(toLatin1(pdf).replace(from, to));
const content = "BT ET";
const PAGE = buildPdf({
  objects: {
    ...ONE_PAGE,
    3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
    4: `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
  },
});

/** Ways in which real files are broken. */
const DAMAGED: Readonly<Record<string, Uint8Array>> = {
  "a wrong startxref": edit(PAGE, /startxref\n\d+/, "startxref\n7"),
  "offsets off by two": edit(PAGE, "%PDF-1.7\n", "%PDF-1.7\n%\n"),
  "a table that was lost": edit(PAGE, /xref\n0 1[\s\S]*trailer/, "trailer"),
  "a table that begins with 1": edit(PAGE, "xref\n0 1\n", "xref\n1 1\n"),
  "octets in front that the offsets count": edit(buildPdf({ header: "junk\n%PDF-1.7\n" }), "", ""),
  "line ends turned into CR LF": edit(PAGE, /\n/g, "\r\n"),
  "a stream of cross references that was lost": edit(
    buildCompressed(),
    /\/Type\/XRef\/Size/,
    "/Type/XRe_/Size",
  ).subarray(),
  "/Prev to nowhere": edit(PAGE, "/Root", "/Prev 4711/Root"),
};

let signer: ThrowawaySigner;
beforeAll(async () => {
  if (canSign) signer = await throwawaySigner();
});

describe.skipIf(!canSign)("a damaged file is sound once it is signed", () => {
  for (const [name, pdf] of Object.entries(DAMAGED)) {
    if (name === "a stream of cross references that was lost") continue;
    test(name, async () => {
      const once = await sign(pdf, signer);
      expect(Buffer.compare(once.subarray(0, pdf.length), pdf)).toBe(0);
      // Its own reader needs no repair any more, and neither does qpdf.
      expect(openDocument(once).rebuilt).toBe(false);
      if (canCheck) expect(await askQpdf(once)).toBe(0);
      if (canJudge) expect(await askPdfsig(once)).toMatchObject({ valid: 1, total: 1 });
      const twice = await sign(once, signer, { ...OPTIONS, fieldId: "second" });
      if (canCheck) expect(await askQpdf(twice)).toBe(0);
      if (canJudge) expect(await askPdfsig(twice)).toMatchObject({ valid: 2, total: 1 });
    });
  }

  test("objects of object streams are listed too", async () => {
    const pdf = edit(buildCompressed(), /startxref\n\d+/, "startxref\n3");
    const once = await sign(pdf, signer);
    const doc = openDocument(once);
    expect(doc.sections).toHaveLength(1);
    expect(doc.sections[0]?.kind).toBe("stream");
    expect(doc.sections[0]?.find(2)).toMatchObject({ kind: "compressed" });
    if (canCheck) expect(await askQpdf(once)).toBe(0);
    if (canJudge) expect(await askPdfsig(once)).toMatchObject({ valid: 1, total: 1 });
  });

  test("real files whose startxref is lost are signed all the same, or refused with a code", async () => {
    let signed = 0;
    for (const { name, bytes, refused } of documents()) {
      if (refused !== undefined || !name.startsWith("ours/")) continue;
      const text = toLatin1(bytes);
      const pdf = fromLatin1(
        text.replace(/startxref(\s+)\d+/g, "startxref$11").replace(/([\r\n])xref([\r\n ])/g, "$1yref$2"),
      );
      try {
        const once = await sign(pdf, signer);
        if (canCheck) expect(await askQpdf(once), name).toBeLessThanOrEqual(await askQpdf(bytes));
        if (canJudge) expect(await askPdfsig(once), name).toMatchObject({ valid: 1, total: 1 });
        signed++;
      } catch (fault) {
        expect(fault, name).toMatchObject({ code: "pdf_unsupported" });
      }
    }
    expect(signed).toBeGreaterThan(20);
  }, 120_000);
});

test("a damaged file with a signature is refused: a repair would put the signature in doubt", () => {
  const once = concat(PAGE, prepareSignature(PAGE, OPTIONS).appended);
  const damaged = fromLatin1(
    toLatin1(once).replace(/startxref\n\d+|\nxref\n/g, (found) => found.replace(/\d|x(?=ref\n)/g, "7")),
  );
  expect(() => prepareSignature(damaged, { ...OPTIONS, fieldId: "b" })).toThrow(
    expect.objectContaining({ code: "pdf_unsupported" }),
  );
  expect(findSignatures(damaged)).toMatchObject([{ revisions: 1, problems: [] }]);
});

test("without its cross-reference stream a file has no trailer, and is refused", () => {
  const pdf = DAMAGED["a stream of cross references that was lost"] as Uint8Array;
  expect(() => prepareSignature(pdf, OPTIONS)).toThrow(expect.objectContaining({ code: "pdf_invalid" }));
});
