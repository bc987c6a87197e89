import { describe, expect, test } from "vitest";
import { cutSignatures } from "../judges/byte-range.ts";
import { judge } from "../judges/judge.ts";
import { cmsVerify, cutSigner, tsVerify } from "../judges/openssl.ts";
import { type PdfsigSignature, pdfsig, trustStore } from "../judges/pdfsig.ts";
import { pyhankoValidate } from "../judges/pyhanko.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import type { KeyKind } from "./keys.ts";
import { addDocumentTimestamp, contentsOf, type PadesOptions, signPdf } from "./pades.ts";
import { newParty, newTsa } from "./parties.ts";
import { newWorld } from "./world.ts";

const world = await newWorld();
const ROOT = world.root.certificate.raw;
const KEYS: readonly KeyKind[] = ["p256", "p384", "p521", "rsa", "rsa-pss", "brainpoolP256r1", "ed25519"];

const CASES: Readonly<Record<string, PadesOptions>> = {
  "as the service signs": {},
  "level B-B": { level: "B-B" },
  "level B-LT": { level: "B-LT" },
  "level B-LTA": { level: "B-LTA" },
  "adbe.pkcs7.detached with signing time, without ESS": {
    subFilter: "adbe.pkcs7.detached",
    level: "B-B",
    signerInfo: { signingTime: world.now, ess: "none" },
  },
  "adbe.pkcs7.sha1": { subFilter: "adbe.pkcs7.sha1", level: "B-B", signerInfo: { hash: "SHA-1" } },
  "indefinite lengths": { container: "ber" },
  "a signer named by its key": { signerInfo: { id: "key-id" } },
  "ESS of the first version": { signerInfo: { ess: 1 } },
  "certified, no changes": { certify: 1 },
  "certified, annotations": { certify: 3, level: "B-LTA" },
  "FieldMDP and a lock": { fieldMdp: { action: "All" }, lock: { action: "Include", fields: ["a"], p: 2 } },
  "Adobe's archive": { archival: true, level: "B-T", subFilter: "adbe.pkcs7.detached" },
  "three timestamps": { timestamps: 3 },
};

describe.skipIf(!judge("qpdf", "the files of the world are sound PDFs"))("qpdf finds nothing in", () => {
  for (const [name, options] of Object.entries(CASES)) {
    test(name, async () => {
      const { pdf } = await signPdf(world, options);
      expect(await qpdfCheck(pdf)).toMatchObject({ errors: 0, warnings: 0 });
    });
  }
});

describe.skipIf(!judge("pdfsig", "the signatures of the world verify") || !judge("certutil", "same"))("pdfsig", () => {
  // Poppler 22.12 finds no certificate by its key.
  for (const [name, options] of Object.entries(CASES).filter(([name]) => !/named by its key/.test(name))) {
    test(`says valid: ${name}`, async () => areValid(await inspect((await signPdf(world, options)).pdf)));
  }
  // NSS has no brainpool curves and no EdDSA in CMS.
  for (const key of KEYS.slice(0, 5)) {
    test(`says valid: a key of kind ${key}`, async () =>
      areValid(await inspect((await signPdf(world, { key, level: "B-B" })).pdf)));
  }
  test("says valid: three signatures and a document timestamp in one file", async () => {
    let pdf = (await signPdf(world, { level: "B-B" })).pdf;
    for (const key of ["rsa", "p384"] as const) pdf = (await signPdf(world, { pdf, key })).pdf;
    pdf = await addDocumentTimestamp(world, pdf);
    const found = await inspect(pdf);
    expect(found.map(({ field }) => field)).toEqual(["Signature1", "Signature1-2", "Signature1-3", "Signature1-4"]);
    areValid(found);
  });
});

describe.skipIf(!judge("openssl", "the messages of the world verify"))("openssl", () => {
  // OpenSSL 3.0 verifies EdDSA without signed attributes only.
  for (const key of KEYS.slice(0, 6)) {
    test(`verifies a message by a key of kind ${key}`, async () => {
      const { pdf } = await signPdf(world, { key, level: "B-B" });
      const [cut] = cutSignatures(pdf);
      const verdict = cut && (await cmsVerify(cut.cms, cut.content, ROOT, world.now));
      expect(verdict?.report).toContain("CMS Verification successful");
    });
  }
  test("verifies a message whose signer is named by its key, and one with indefinite lengths", async () => {
    for (const options of [CASES["a signer named by its key"], CASES["indefinite lengths"]]) {
      const [cut] = cutSignatures((await signPdf(world, options)).pdf);
      expect(cut && (await cmsVerify(cut.cms, cut.content, ROOT, world.now)).accepted).toBe(true);
    }
  });
  test("verifies the timestamps of a signature and of a document", async () => {
    const { pdf, cms } = await signPdf(world, { level: "B-LTA" });
    const { signature, token } = cutSigner(cms);
    expect(token && (await tsVerify(token, signature, ROOT, world.now))?.accepted).toBe(true);
    const [, stamp] = cutSignatures(pdf);
    expect(stamp && (await tsVerify(stamp.cms, stamp.content, ROOT, world.now)).accepted).toBe(true);
  });
  for (const key of ["rsa", "p384"] as const) {
    test(`verifies a timestamp by a TSA with a key of kind ${key}`, async () => {
      const { cms } = await signPdf(world, { tsa: newTsa(world, { key }) });
      const { signature, token } = cutSigner(cms);
      expect(token && (await tsVerify(token, signature, ROOT, world.now))?.accepted).toBe(true);
    });
  }
  test("sees what was signed wrongly: another key, another certificate", async () => {
    const other = newParty(world);
    const liar = { ...other, certificate: newParty(world).certificate };
    const [cut] = cutSignatures((await signPdf(world, { signer: liar, level: "B-B" })).pdf);
    expect(cut && (await cmsVerify(cut.cms, cut.content, ROOT, world.now)).accepted).toBe(false);
  });
});

describe.skipIf(!judge("pyhanko", "EdDSA and long-term files of the world verify"))("pyHanko", () => {
  for (const key of ["ed25519", "ed448", "rsa-pss", "brainpoolP384r1"] as const) {
    test(`judges valid: a key of kind ${key}`, async () => {
      const { pdf } = await signPdf(world, { key, level: "B-B" });
      expect((await pyhankoValidate(pdf, ROOT, world.now)).report).toContain("The signature is judged VALID");
    });
  }
  for (const level of ["B-T", "B-LT", "B-LTA"] as const) {
    test(`judges valid: level ${level}`, async () => {
      const { pdf } = await signPdf(world, { level });
      expect((await pyhankoValidate(pdf, ROOT, world.now)).report).toContain("The signature is judged VALID");
    });
  }
});

test("the message stands in /Contents with zeros behind it", async () => {
  const { pdf, cms, fieldName } = await signPdf(world);
  const contents = contentsOf(pdf, fieldName);
  expect(contents.subarray(0, cms.length)).toEqual(cms);
  expect(contents.subarray(cms.length).every((octet) => octet === 0)).toBe(true);
});

async function inspect(pdf: Uint8Array) {
  const store = await trustStore([ROOT]);
  try {
    return await pdfsig(pdf, store);
  } finally {
    store.close();
  }
}

function areValid(found: readonly PdfsigSignature[]): void {
  // Document timestamps are beyond poppler.
  const judged = found.filter(({ signature }) => signature !== "Signature has not yet been verified.");
  for (const { signature } of judged) expect(signature).toBe("Signature is Valid.");
  expect(judged.length).toBeGreaterThan(0);
}
