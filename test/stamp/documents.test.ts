import { beforeAll, describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import type { PreparedStamp } from "../../lib/stamp/prepare-stamped.ts";
import { type Document, documents } from "../e2e/documents.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { askPdfsig, askQpdf, signPrepared, type ThrowawaySigner, throwawaySigner } from "../pades/signer.ts";
import { changesOf } from "../worlds/hostile-pdf.ts";
import { differencesOutside, draw, inkIn, readCodes } from "./picture.ts";
import { NAME, OPTIONS, sketch, stamp, URL_IN_CODE } from "./stamping.ts";

const canSign = judge("openssl", "that stamped files verify");
const canJudge = judge("pdfsig", "that Poppler finds stamped signatures valid");
const canCheck = judge("qpdf", "that a stamped file is no worse than before");
const canDraw = judge("pdftoppm", "that nothing but the stamp changes on a page");
const canRead = judge("pdftotext", "that the words of a stamp can be read in files of all kinds");

/** Certified: nothing new may be seen on them. */
const CERTIFIED: ReadonlySet<string> = new Set(["ours/pyhanko-certified-p2.pdf"]);
const FILES = documents().filter(({ refused, name }) => refused === undefined && !CERTIFIED.has(name));
/** Brought before the judges: drawing takes a second where fonts are large. */
const JUDGED = new Set(FILES.filter((_, i) => process.env.SLOW || i % 3 === 0).map(({ name }) => name));
/** The form says that all appearances are to be made anew, and Poppler does that to signatures as well. */
const REDRAWN: ReadonlySet<string> = new Set(
  ["need-appearances-out", "form-bad-fields-array", "form-filled-with-atril"].map((name) => `shared/qpdf-${name}.pdf`),
);
const CMS = Uint8Array.of(1, 2, 3);

let signer: ThrowawaySigner;
beforeAll(async () => {
  if (canSign) signer = await throwawaySigner();
});

const second = (pdf: Uint8Array): PreparedStamp => stamp(pdf, { name: "Đặng Hữu Nghĩa" }, { fieldId: "second" });

describe("files of all kinds of programs: stamped by two signers, of whom the second changes nothing of the first", () => {
  for (const { name, bytes } of FILES) {
    test(name, () => {
      const made = stamp(bytes);
      expect(made.covers).toBe(false);
      const once = concat(bytes, embedSignature(made, CMS));
      expect(changesOf(once, made.fieldName)).toMatchObject({ result: "none", items: [] });
      const again = second(once);
      const twice = concat(once, embedSignature(again, CMS));
      const { result, items } = changesOf(twice, made.fieldName);
      expect(items.map(({ code }) => code)).toEqual(["signature_added"]);
      expect(result).toBe("permitted");
      expect(again.place).not.toEqual(made.place);
      expect(findSignatures(twice).slice(-2)).toMatchObject([
        { problems: [] },
        { problems: [], coversWholeFile: true },
      ]);
    });
  }
});

describe("before the judges", { concurrent: true, skip: !canSign }, () => {
  for (const { name, bytes } of FILES.filter(({ name }) => JUDGED.has(name))) {
    test(name, async () => {
      const made = stamp(bytes);
      const once = await signPrepared(bytes, made, signer);
      const twice = await signPrepared(once, second(once), signer);
      expect(Buffer.compare(twice.subarray(0, bytes.length), bytes)).toBe(0);
      if (canJudge) {
        const valid = findSignatures(bytes).length === 0 ? 0 : (await askPdfsig(bytes)).valid;
        expect(await askPdfsig(twice)).toMatchObject({ valid: valid + 2, total: 1 });
      }
      if (canCheck) expect(await askQpdf(twice)).toBeLessThanOrEqual(await askQpdf(bytes));
      if (canDraw && !REDRAWN.has(name)) await expectDrawn(bytes, once, made);
      if (canRead && !REDRAWN.has(name)) await expectRead(once, made);
    });
  }
});

async function expectDrawn(before: Uint8Array, after: Uint8Array, { place, ownPage }: PreparedStamp): Promise<void> {
  const is = await draw(after, place.page);
  expect(await readCodes(is)).toContain(URL_IN_CODE);
  if (ownPage) {
    const last = place.page - 1;
    expect(differencesOutside(await draw(before, last), await draw(after, last), NOTHING)).toBe(0);
    return;
  }
  const was = await draw(before, place.page);
  expect(differencesOutside(was, is, place)).toBe(0);
  expect(inkIn(was, place)).toBe(0);
}

const NOTHING = { left: 0, bottom: 0, width: 0, height: 0 };

async function expectRead(pdf: Uint8Array, { place }: PreparedStamp): Promise<void> {
  const page = String(place.page);
  const { out } = await withFiles({ "a.pdf": pdf }, (paths) =>
    ask("pdftotext", ["-f", page, "-l", page, paths["a.pdf"], "-"]),
  );
  expect(out.replace(/\s+/g, " ")).toContain(`Ký điện tử bởi: ${NAME} Lúc: 23/11/2026 10:15:32 (GMT+7)`);
}

describe("earlier signatures", () => {
  const plain = sketch([{ page: "", content: "0.2 g 10 10 400 300 re f" }]);
  const full = sketch([{ page: "", content: "0.2 g 10 10 570 300 re f 10 300 570 300 re f 10 600 570 235 re f" }]);
  const signed = (pdf: Uint8Array) =>
    concat(pdf, embedSignature(prepareSignature(pdf, { ...OPTIONS, fieldId: "first" }), CMS));

  test("no page is added to a signed file: refused, and told why", () => {
    expect(stamp(full)).toMatchObject({ ownPage: true, place: { page: 2 } });
    expect(() => stamp(signed(full))).toThrow(expect.objectContaining({ code: "stamp_needs_page" }));
    expect(() => stamp(signed(plain), { place: "own-page" })).toThrow(
      expect.objectContaining({ code: "stamp_needs_page" }),
    );
  });

  test("a free place is found, and one that is asked for is taken, whatever it covers", () => {
    expect(stamp(signed(plain))).toMatchObject({ ownPage: false, covers: false });
    expect(stamp(signed(full), { place: { page: 1, left: 20, bottom: 20 } })).toMatchObject({ covers: true });
  });

  test("a free place on a page before the last, where the last one has none", () => {
    const pages = [
      { page: "" },
      { page: "", content: "0.2 g 10 10 570 300 re f 10 300 570 300 re f 10 600 570 235 re f" },
    ];
    expect(stamp(sketch(pages))).toMatchObject({ ownPage: true, place: { page: 3 } });
    expect(stamp(signed(sketch(pages)))).toMatchObject({ ownPage: false, covers: false, place: { page: 1 } });
  });

  test("a page that was added for a stamp has room for the next signer's", () => {
    const made = stamp(full);
    const once = concat(full, embedSignature(made, CMS));
    const again = second(once);
    expect(again).toMatchObject({ ownPage: false, covers: false, place: { page: 2 } });
    const twice = concat(once, embedSignature(again, CMS));
    expect(changesOf(twice, made.fieldName)).toMatchObject({ result: "permitted" });
  });

  test("a certified document is not stamped, as our own validator would call that a forbidden change", () => {
    const [certified] = documents().filter(({ name }) => CERTIFIED.has(name)) as [Document];
    expect(() => stamp(certified.bytes)).toThrow(expect.objectContaining({ code: "stamp_not_allowed" }));
    expect(prepareSignature(certified.bytes, OPTIONS).appended.length).toBeGreaterThan(0);
  });
});

describe("what a stamp adds to a page", () => {
  const text = (pdf: Uint8Array, made: PreparedStamp) =>
    Buffer.from(concat(pdf, made.appended)).toString("latin1").slice(pdf.length);
  const annotation = "<</Type /Annot /Subtype /Text /Rect [10 800 30 820] /Contents (An)>>";

  test("its widget behind the annotations that were there, in an array of the page's own", () => {
    const pdf = sketch([{ page: `/Annots [${annotation}]` }]);
    const added = text(pdf, stamp(pdf));
    expect(added).toMatch(
      /4 0 obj\n<<\/Type\/Page\/Parent 2 0 R\/Contents 5 0 R\/Annots\[<<\/Type\/Annot\/Subtype\/Text\/Rect\[10 800 30 820\]\/Contents\(An\)>> \d+ 0 R\]>>/,
    );
  });

  test("its widget in an array that is an object of its own, and then the page stays as it is", () => {
    const pdf = sketch([{ page: "/Annots 6 0 R" }], undefined, [`[${annotation}]`]);
    const added = text(pdf, stamp(pdf));
    expect(added).toMatch(/6 0 obj\n\[<<\/Type\/Annot.*>> \d+ 0 R\]\nendobj/);
    expect(added).not.toMatch(/\n4 0 obj/);
  });

  test("a field that prints and is neither hidden nor to be moved, on its page, with one appearance and words for who cannot see it", () => {
    const pdf = sketch([{ page: "" }]);
    const field = /<<\/Type\/Annot\/Subtype\/Widget\/FT\/Sig.*>>/.exec(text(pdf, stamp(pdf)))?.[0] ?? "";
    expect(field).toMatch(
      /\/F 132\/Rect\[[\d. ]+\]\/P 4 0 R\/AP<<\/N \d+ 0 R>>\/TU<feff[0-9a-f]+>\/Contents<feff[0-9a-f]+>>>$/,
    );
  });

  test("nothing that an invisible signature has: without a stamp the octets are what they were", () => {
    const pdf = sketch([{ page: "" }]);
    const added = Buffer.from(prepareSignature(pdf, OPTIONS).appended).toString("latin1");
    expect(added).toContain("/Rect[0 0 0 0]/P 4 0 R/AP<</N 8 0 R>>");
    expect(added).not.toContain("Font");
  });
});

describe("damaged and odd files", () => {
  test("a file whose cross references are wrong is stamped as it is repaired", () => {
    const broken = Buffer.from(Buffer.from(sketch([{ page: "" }])).toString("latin1").replace(/startxref\n\d+/, "startxref\n7"), "latin1"); // biome-ignore format: a row
    expect(stamp(new Uint8Array(broken))).toMatchObject({ place: { page: 1 } });
  });

  test("a page without content, with content that is missing, with content that is no stream", () => {
    const of = (contents: string) =>
      Buffer.from(sketch([{ page: "" }]))
        .toString("latin1")
        .replace("/Contents 5 0 R", contents.padEnd(15));
    for (const contents of ["", "/Contents 9 0 R", "/Contents [5 0 R]", "/Contents 4"])
      expect(stamp(new Uint8Array(Buffer.from(of(contents), "latin1"))).covers).toBe(false);
  });

  test("octets that are flipped anywhere: a stamp or a Fault", () => {
    const pdf = sketch(
      [{ page: "/Rotate 90", content: "BT /F1 20 Tf 100 700 Td (abc) Tj ET" }],
      "/MediaBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>>>>",
    );
    for (let at = 0; at < pdf.length; at += process.env.SLOW ? 1 : 5) {
      const bad = pdf.slice();
      bad[at] = (bad[at] as number) ^ (1 << (at % 7));
      try {
        stamp(bad);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    }
  });
});
