import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import type { parseCertificate } from "../../lib/x509/certificate.ts";
import { flipBit } from "../worlds/mutate.ts";
import { type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty } from "../worlds/parties.ts";
import { crlBy } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const LIB = fileURLToPath(new URL("../../lib/", import.meta.url));
const ENTRY = `
  export { verifyPdf } from ${JSON.stringify(`${LIB}verify/verify-pdf.ts`)};
  export { parseCertificate } from ${JSON.stringify(`${LIB}x509/certificate.ts`)};
`;
// What a page has; no Buffer, no process, no require, no timers.
const PAGE_GLOBALS = { TextEncoder, TextDecoder, crypto, URL, Uint8Array, ArrayBuffer, DataView, console: undefined };

const world = await newWorld();
const at = world.now + 86_400_000;
type Page = { verifyPdf: typeof verifyPdf; parseCertificate: typeof parseCertificate };
let page: Page;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: LIB },
    bundle: true,
    platform: "browser",
    format: "iife",
    globalName: "motlan",
    target: "es2022",
    write: false,
  });
  const code = outputFiles[0]?.text ?? "";
  expect(code).not.toMatch(/require\(|node:/);
  const context = createContext({ ...PAGE_GLOBALS });
  runInContext(code, context);
  page = runInContext("motlan", context) as Page;
});

/** The answer here; there it is the same, to the last word. */
async function judged(pdf: Uint8Array, crls: readonly Uint8Array[] = []) {
  const input = { at, policy: DEFAULT_POLICY, crls };
  const here = await verifyPdf(pdf, { ...input, anchors: [trusted(world.root.certificate)] });
  const there = await page.verifyPdf(pdf, {
    ...input,
    anchors: [trusted(page.parseCertificate(world.root.certificate.raw))],
  });
  expect(JSON.stringify(there.facts)).toBe(JSON.stringify(here.facts));
  expect(JSON.stringify(there.verification)).toBe(JSON.stringify(here.verification));
  return here.verification;
}

const FILES: Readonly<Record<string, PadesOptions>> = {
  "as the service signs, with status and archive timestamp": { level: "B-LTA" },
  "RSA in Adobe's form": { key: "rsa", subFilter: "adbe.pkcs7.detached", level: "B-LT" },
  "RSASSA-PSS": { key: "rsa-pss", level: "B-LT" },
  Ed25519: { key: "ed25519", level: "B-LT" },
  "P-384": { key: "p384", level: "B-LT" },
};
for (const [name, options] of Object.entries(FILES)) {
  test(`a page verifies what Node verifies, word for word: ${name}`, async () => {
    const { pdf } = await signPdf(world, options);
    expect(await judged(pdf)).toMatchObject({ verdict: "VALID" });
    expect(await judged(flipBit(pdf, 8 * 20))).not.toMatchObject({ verdict: "VALID" });
  });
}

test("a page reads CRLs, and repairs nothing that is signed", async () => {
  const ca = newCa(world);
  const signer = newParty(world, { issuer: ca, crl: "http://pki.example.test/ca.crl" });
  const { pdf } = await signPdf(world, { signer, chain: [ca.certificate.raw], level: "B-B" });
  expect(await judged(pdf, [crlBy({ issuer: ca, thisUpdate: at - 1000 })])).toMatchObject({ verdict: "VALID" });
  const text = new TextDecoder("latin1").decode(pdf);
  const broken = Uint8Array.from(pdf);
  broken.set(new TextEncoder().encode("0"), text.lastIndexOf("startxref") + "startxref\n".length);
  expect((await judged(broken)).verdict).not.toBe("VALID");
});
