import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { concat, fromLatin1, toLatin1 } from "../../lib/bytes/bytes.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { prepareSignature } from "../../lib/pades/prepare.ts";
import { resolve, textOctets } from "../../lib/pdf/document.ts";
import { isDict, isRef, isString } from "../../lib/pdf/object.ts";
import { openDocument } from "../../lib/pdf/open.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { buildPdf, ONE_PAGE } from "../pdf/build.ts";
import { askPdfsig, askQpdf, OPTIONS, sign, type ThrowawaySigner, throwawaySigner } from "./signer.ts";

const canEncrypt = judge("qpdf", "signing files of security handler revisions 2 to 6");
const canSign = judge("openssl", "signing encrypted files");
const canJudge = judge("pdfsig", "that Poppler finds signatures in encrypted files valid");

const TITLE = "A title (with \\ signs)";
const PLAIN = buildPdf({
  header: "%PDF-1.4\n",
  objects: {
    ...ONE_PAGE,
    1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/DA(/Helv 0 Tf)>>>>",
    3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[5 0 R]>>",
    4: "<</Title(A title \\(with \\\\ signs\\))/Author<feff1ec7>>>",
    5: "<</Type/Annot/Subtype/Widget/FT/Tx/T(applicant)/V(An)/Rect[0 0 9 9]/F 4/P 3 0 R>>",
  },
  trailer: "/Info 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]",
});

/** qpdf's arguments, and whether the strings are encrypted at all. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  "R2, RC4 40 bits": ["40", "--"],
  "R3, RC4 128 bits": ["128", "--use-aes=n", "--"],
  "R4, RC4 128 bits": ["128", "--use-aes=n", "--force-V4", "--"],
  "R4, AES 128 bits": ["128", "--use-aes=y", "--"],
  "R4, AES, metadata in clear": ["128", "--use-aes=y", "--cleartext-metadata", "--"],
  "R5, AES 256 bits": ["256", "--force-R5", "--"],
  "R6, AES 256 bits": ["256", "--", "--allow-weak-crypto"],
  "R6, AES, metadata in clear": ["256", "--cleartext-metadata", "--"],
  "R6, object streams": ["256", "--", "--object-streams=generate"],
  "R4, AES, object streams": ["128", "--use-aes=y", "--", "--object-streams=generate"],
  "R3, object streams, linearised": ["128", "--use-aes=n", "--", "--object-streams=generate", "--linearize"],
};

async function encrypt(args: readonly string[], user = ""): Promise<Uint8Array> {
  return withFiles({ "plain.pdf": PLAIN }, async (paths, folder) => {
    const out = `${folder}/encrypted.pdf`;
    const all = ["--allow-weak-crypto", "--encrypt", user, "owner", ...args, paths["plain.pdf"], out];
    const { err } = await ask("qpdf", all);
    expect(err).toBe("");
    return new Uint8Array(readFileSync(out));
  });
}

/** The file as qpdf writes it without encryption: what it takes the strings for. */
async function decrypted(pdf: Uint8Array): Promise<string> {
  return withFiles({ "file.pdf": pdf }, async (paths, folder) => {
    const out = `${folder}/out.pdf`;
    await ask("qpdf", ["--decrypt", "--qdf", "--object-streams=disable", "--static-id", paths["file.pdf"], out]);
    return toLatin1(new Uint8Array(readFileSync(out)));
  });
}

let signer: ThrowawaySigner;
beforeAll(async () => {
  if (canSign) signer = await throwawaySigner();
});

describe.skipIf(!canEncrypt)("files that open without a password", () => {
  for (const [name, args] of Object.entries(WAYS)) {
    test(`${name}: strings are read`, async () => {
      const doc = openDocument(await encrypt(args));
      const info = doc.trailer.get("Info");
      const dict = resolve(doc, info);
      const title = isDict(dict) ? dict.get("Title") : undefined;
      if (!isRef(info) || !isString(title)) throw new Error("no title");
      expect(toLatin1(textOctets(doc, info, title))).toBe(TITLE);
    });

    test.skipIf(!canSign)(`${name}: signed, and every string can be read by others`, async () => {
      const pdf = await encrypt(args);
      const once = await sign(pdf, signer);
      const twice = await sign(once, signer, { ...OPTIONS, fieldId: "second" });
      expect(await askQpdf(twice)).toBe(0);
      if (canJudge) expect(await askPdfsig(twice)).toMatchObject({ valid: 2, total: 1 });
      expect(findSignatures(twice)).toMatchObject([
        { fieldName: `Signature-${OPTIONS.fieldId}`, reason: OPTIONS.reason, name: OPTIONS.name, problems: [] },
        { fieldName: "Signature-second", location: OPTIONS.location, coversWholeFile: true },
      ]);
      const text = await decrypted(twice);
      expect(text).toContain(`(Signature-${OPTIONS.fieldId})`);
      expect(text).toContain("(D:20261125101509+07'00')");
      expect(text).toContain("(applicant)");
      expect(text).toContain("(/Helv 0 Tf)");
      expect(text).toContain("A title \\(with \\\\ signs\\)");
    });

    test(`${name}: the same file and options give the same octets`, async () => {
      const pdf = await encrypt(args);
      expect(prepareSignature(pdf, OPTIONS)).toEqual(prepareSignature(Uint8Array.from(pdf), OPTIONS));
      // In an encrypted file no text of ours stands in clear.
      expect(toLatin1(prepareSignature(pdf, OPTIONS).appended)).not.toContain("Ha Noi");
    });
  }
});

test.skipIf(!canEncrypt)(
  "an encrypted file without an identifier gets none: its first part goes into the key",
  async () => {
    const pdf = fromLatin1(
      toLatin1(await encrypt(["256", "--"])).replace(/\/ID \[[^\]]*\]/, (id) => " ".repeat(id.length)),
    );
    expect(openDocument(pdf).trailer.has("ID")).toBe(false);
    expect(openDocument(concat(pdf, prepareSignature(pdf, OPTIONS).appended)).trailer.has("ID")).toBe(false);
  },
);

describe.skipIf(!canEncrypt)("files that need a password", () => {
  for (const args of [
    ["40", "--"],
    ["128", "--use-aes=y", "--"],
    ["256", "--force-R5", "--"],
    ["256", "--"],
  ]) {
    test(`${args.join(" ")}: refused with pdf_encrypted`, async () => {
      const pdf = await encrypt(args, "secret");
      for (const read of [() => prepareSignature(pdf, OPTIONS), () => findSignatures(pdf)]) {
        expect(read).toThrow(expect.objectContaining({ code: "pdf_encrypted" }));
      }
    });
  }
});

describe("other ways to encrypt", () => {
  const withEncrypt = (dict: string): Uint8Array =>
    buildPdf({ objects: { ...ONE_PAGE, 4: dict }, trailer: "/Encrypt 4 0 R" });

  test.each([
    ["public-key handlers", "<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s5>>", "pdf_unsupported"],
    ["unknown algorithms", "<</Filter/Standard/V 9/R 6/O()/U()/P -4>>", "pdf_unsupported"],
    ["unknown revisions", "<</Filter/Standard/V 2/R 9/O()/U()/P -4>>", "pdf_unsupported"],
    [
      "unknown crypt filters",
      "<</Filter/Standard/V 4/R 4/O()/U()/P -4/CF<</X<</CFM/AESV9>>>>/StmF/X/StrF/X>>",
      "pdf_unsupported",
    ],
    ["integrity protection of ISO/TS 32004", "<</Filter/Standard/V 5/R 6/O()/U()/P -4/KDFSalt()>>", "pdf_unsupported"],
    ["crypt filters that are missing", "<</Filter/Standard/V 4/R 4/O()/U()/P -4/StmF/X/StrF/X>>", "pdf_invalid"],
    ["keys of odd lengths", "<</Filter/Standard/V 2/R 3/O()/U()/P -4/Length 77>>", "pdf_invalid"],
    ["dictionaries that are none", "[]", "pdf_invalid"],
    ["keys that do not fit", "<</Filter/Standard/V 5/R 6/O()/U()/P -4>>", "pdf_encrypted"],
  ])("%s are refused", (_, dict, code) => {
    expect(() => prepareSignature(withEncrypt(dict), OPTIONS)).toThrow(expect.objectContaining({ code }));
  });
});
