import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import { concat, fromLatin1 } from "../../lib/bytes/bytes.ts";
import { byteRangeDigest } from "../../lib/pades/byte-range.ts";
import { embedSignature } from "../../lib/pades/embed.ts";
import { prepareSignature } from "../../lib/pades/prepare.ts";
import { signTransaction } from "../../lib/service/sign.ts";
import { cutSignatures } from "../judges/byte-range.ts";
import { judge } from "../judges/judge.ts";
import { cutSigner } from "../judges/openssl.ts";
import { pdfsig, type TrustStore, trustStore } from "../judges/pdfsig.ts";
import { renderHashes } from "../judges/pdftoppm.ts";
import { pyhankoValidate } from "../judges/pyhanko.ts";
import { newSigningWorld, type SigningWorld } from "../service/signing-world.ts";
import { ourDocuments } from "./documents.ts";
import { complaints, HAS_ALL, HAS_PDFSIG, type Trust } from "./judges.ts";
import { signedByOther } from "./other-signer.ts";

let world: SigningWorld;
let store: TrustStore | undefined;
beforeAll(async () => {
  world = await newSigningWorld();
  store = HAS_PDFSIG ? await trustStore([world.pki.root.raw]) : undefined;
});
afterAll(async () => {
  await world.close();
  store?.close();
});

function trust(): Trust {
  return { root: world.pki.root.raw, store, at: world.time.now };
}

async function sign(pdf: Uint8Array): Promise<Uint8Array> {
  const fieldId = toBase64Url(randomBytes(16));
  const prepared = prepareSignature(pdf, { fieldId, claimedTime: world.time.now, offsetMinutes: 420 });
  const digest = toBase64Url(byteRangeDigest(pdf, prepared));
  const opened = await world.open({ id: fieldId, documents: [{ alg: "SHA-256", digest, title: "Đơn" }] });
  const signed = await signTransaction(world.ports, opened, await world.token(opened.commitment));
  const cms = signed.result?.signatures[0];
  if (cms === undefined) throw new Error("nothing was signed");
  return concat(pdf, embedSignature(prepared, cms));
}

const OURS = ourDocuments().filter(({ refused }) => refused === undefined);
/** Signatures of others, whose root is another; and what pyHanko does not read: hybrid references, junk before the header. */
const NOT_FOR_PYHANKO = /signed|certified|hybrid|junk/;
const PDFTOPPM = judge("pdftoppm", "pages look the same after signing");
const PYHANKO = judge("pyhanko", "pyHanko's difference analysis accepts two signatures");

describe.skipIf(!PDFTOPPM).concurrent("an invisible signature changes nothing that can be seen", () => {
  for (const { name, bytes } of OURS)
    test(name, async () => {
      const [before, after] = await Promise.all([renderHashes(bytes), renderHashes(await sign(bytes))]);
      expect(before.length).toBeGreaterThan(0);
      expect(after).toEqual(before);
    });
});

describe.skipIf(!PYHANKO).concurrent("pyHanko accepts two signatures", () => {
  for (const { name, bytes } of OURS.filter(({ name }) => !NOT_FOR_PYHANKO.test(name)))
    test(name, async () => {
      const twice = await sign(await sign(bytes));
      expect(await pyhankoValidate(twice, world.pki.root.raw, world.time.now)).toMatchObject({ accepted: true });
    });
});

test("six signatures on one document are all valid, each over what was there when it was made", async () => {
  let pdf = byName("chromium-tagged.pdf");
  for (let i = 0; i < 6; i++) {
    const signed = await sign(pdf);
    expect(await complaints(pdf, signed, trust())).toEqual([]);
    pdf = signed;
  }
});

describe.skipIf(!HAS_PDFSIG).concurrent("software of others signs after us, and ours stays valid", () => {
  for (const name of ["cairo.pdf", "weasyprint-2.0.pdf", "reportlab-acroform.pdf", "pdf-lib-objstm-acroform.pdf"])
    test(name, async () => {
      const ours = await sign(byName(name));
      const theirs = await signedByOther(ours);
      if (store === undefined) throw new Error("there is no trust store");
      expect(Buffer.from(ours).equals(theirs.subarray(0, ours.length))).toBe(true);
      const found = await pdfsig(theirs, store);
      expect(found.map(({ signature }) => signature)).toEqual(["Signature is Valid.", "Signature is Valid."]);
      expect(found.filter(({ totalDocument }) => totalDocument)).toHaveLength(1);
    });
});

// Positive controls: complaints() must not be empty because nobody looks.
test.skipIf(!HAS_ALL)(
  "the judges complain of one changed octet, an appended one, a foreign root and another time",
  async () => {
    const bytes = byName("cairo.pdf");
    const signed = await sign(bytes);
    const changed = Uint8Array.from(signed);
    changed[40] = (changed[40] ?? 0) ^ 1;
    const [foreign] = cutSignatures(byName("libpdf-signed.pdf")).flatMap(({ cms }) => cutSigner(cms).certificates);
    const found = async (before: Uint8Array, after: Uint8Array, other: Partial<Trust> = {}) =>
      (await complaints(before, after, { ...trust(), ...other })).join("\n");
    expect(await found(bytes, changed)).toMatch(/no prefix.*Digest Mismatch.*openssl cms/s);
    expect(await found(bytes, concat(signed, fromLatin1("\n")))).toMatch(/not the total document/);
    expect(await found(bytes, signed, { root: foreign?.der ?? changed })).toMatch(/openssl cms.*openssl ts/s);
    expect(await found(bytes, signed, { at: world.time.now + 3_600_000 })).toMatch(/openssl cms.*expired/s);
    expect(await found(bytes, bytes)).toMatch(/pdfsig finds 0 signatures after 0.*no .ByteRange/s);
  },
);

function byName(name: string): Uint8Array {
  const found = OURS.find((document) => document.name.endsWith(name));
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found.bytes;
}
