import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cutSignatures } from "./byte-range.ts";
import { judge } from "./judge.ts";
import { cmsVerify, cutSigner, tsVerify } from "./openssl.ts";
import { pdfsig, trustStore } from "./pdfsig.ts";
import { renderHashes } from "./pdftoppm.ts";
import { pyhankoValidate } from "./pyhanko.ts";
import { qpdfCheck } from "./qpdf.ts";

// Positive controls: a judge that accepts everything proves nothing. The material is not of our making either.
const SIGNED = vector("pyhanko-signed-pades.pdf");
const ROOT = rootOf(SIGNED);
const FOREIGN = rootOf(vector("libpdf-signed.pdf"));
/** Within the validity of the throwaway certificates. */
const THEN = Date.UTC(2027, 0, 1);

describe.skipIf(!judge("pdfsig", "poppler accepts signatures") || !judge("certutil", "pdfsig trusts our root"))(
  "pdfsig",
  () => {
    test("accepts what is right and trusts the given root", async () => {
      const [signature] = await inspect(SIGNED, ROOT);
      expect(signature).toMatchObject({ signature: "Signature is Valid.", totalDocument: true });
      expect(signature?.certificate).toBe("Certificate is Trusted.");
    });
    test("sees one changed octet, one appended octet and a foreign root", async () => {
      expect((await inspect(changed(SIGNED), FOREIGN))[0]?.signature).toBe("Digest Mismatch.");
      expect((await inspect(Buffer.concat([SIGNED, Buffer.from("\n")]), FOREIGN))[0]?.totalDocument).toBe(false);
      expect((await inspect(SIGNED, FOREIGN))[0]?.certificate).not.toBe("Certificate is Trusted.");
    });
    test("finds nothing where nothing is signed", async () => {
      expect(await inspect(vector("cairo.pdf"), FOREIGN)).toEqual([]);
    });
  },
);

describe.skipIf(!judge("openssl", "CMS and timestamp are right"))("openssl", () => {
  const [cut] = cutSignatures(SIGNED);
  const { cms, content } = cut ?? { cms: new Uint8Array(), content: new Uint8Array() };
  const { signature, token } = cutSigner(cms);

  test("cms -verify accepts what is right", async () => {
    expect(await cmsVerify(cms, content, ROOT, THEN)).toMatchObject({ accepted: true });
  });
  test("cms -verify sees changed content, a foreign root and a moment outside the validity", async () => {
    expect(await cmsVerify(cms, changed(content), ROOT, THEN)).toMatchObject({ accepted: false });
    expect(await cmsVerify(cms, content, FOREIGN, THEN)).toMatchObject({ accepted: false });
    expect(await cmsVerify(cms, content, ROOT, Date.UTC(2040, 0, 1))).toMatchObject({ accepted: false });
  });
  test("ts -verify accepts what is right, and sees another signature value and a foreign root", async () => {
    if (token === undefined) throw new Error("the vector carries no timestamp");
    expect(await tsVerify(token, signature, ROOT, THEN)).toMatchObject({ accepted: true });
    expect(await tsVerify(token, changed(signature), ROOT, THEN)).toMatchObject({ accepted: false });
    expect(await tsVerify(token, signature, FOREIGN, THEN)).toMatchObject({ accepted: false });
  });
});

describe.skipIf(!judge("qpdf", "the file's structure is whole"))("qpdf", () => {
  test("finds nothing in a sound file", async () => {
    expect(await qpdfCheck(SIGNED)).toMatchObject({ errors: 0, warnings: 0 });
  });
  test("sees a wrong startxref and a truncated file", async () => {
    const text = Buffer.from(vector("groff.pdf")).toString("latin1");
    const astray = Buffer.from(text.replace(/startxref\n\d+/, "startxref\n77"), "latin1");
    expect((await qpdfCheck(astray)).warnings).toBeGreaterThan(0);
    expect((await qpdfCheck(SIGNED.subarray(0, 300))).errors).toBe(1);
  });
});

describe.skipIf(!judge("pdftoppm", "pages look as before"))("pdftoppm", () => {
  test("draws each page, differently where the text differs, and nothing from garbage", async () => {
    const pages = await renderHashes(vector("pdfkit-1.7.pdf"));
    expect(pages).toHaveLength(2);
    expect(pages[0]).not.toBe(pages[1]);
    expect(await renderHashes(vector("pdfkit-1.7.pdf"))).toEqual(pages);
    expect(await renderHashes(Buffer.from("garbage"))).toEqual([]);
  });
});

describe.skipIf(!judge("pyhanko", "pyHanko's difference analysis accepts the revisions"))("pyhanko", () => {
  test("accepts what is right, sees one changed octet", async () => {
    expect(await pyhankoValidate(SIGNED, ROOT, THEN)).toMatchObject({ accepted: true });
    expect(await pyhankoValidate(changed(SIGNED), ROOT, THEN)).toMatchObject({ accepted: false });
  });
});

test("a missing judge is named with what it would have proved, and fails where judges are required", () => {
  const before = process.env.MOTLAN_REQUIRE_JUDGES;
  const path = process.env.PATH;
  try {
    process.env.PATH = "/nowhere";
    process.env.MOTLAN_REQUIRE_JUDGES = "1";
    expect(() => judge("qpdf", "anything")).toThrow("not proved: anything");
    process.env.MOTLAN_REQUIRE_JUDGES = "";
    expect(judge("qpdf", "this line belongs to a test of the skip itself")).toBe(false);
  } finally {
    process.env.PATH = path;
    if (before === undefined) delete process.env.MOTLAN_REQUIRE_JUDGES;
    else process.env.MOTLAN_REQUIRE_JUDGES = before;
  }
});

function vector(name: string): Uint8Array {
  return readFileSync(new URL(`../vectors/pdf/${name}`, import.meta.url));
}

/** A copy in which one octet far from both ends is another. */
function changed(octets: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(octets);
  const at = copy.length >> 2;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** The last certificate that travels with the signature: the issuer of the others. */
function rootOf(pdf: Uint8Array): Uint8Array {
  const [cut] = cutSignatures(pdf);
  const certificate = cut === undefined ? undefined : cutSigner(cut.cms).certificates.find(({ isRoot }) => isRoot);
  if (certificate === undefined) throw new Error("the vector carries no root");
  return certificate.der;
}

async function inspect(pdf: Uint8Array, root: Uint8Array) {
  const store = await trustStore([root]);
  try {
    return await pdfsig(pdf, store, { ocsp: true }); // the vectors name no responder
  } finally {
    store.close();
  }
}
