import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { openFont } from "../../lib/draw/font.ts";
import type { verifyIdToken } from "../../lib/identity/verify-id-token.ts";
import { byteRangeDigest, embedSignature, prepareSignature } from "../../lib/pades/prepare.ts";
import { reportPage } from "../../lib/report/page.ts";
import { validationReport } from "../../lib/report/validation-report.ts";
import { prepareStamped } from "../../lib/stamp/prepare-stamped.ts";
import { readBack } from "../../lib/verify/read-back.ts";
import type { parseCertificate } from "../../lib/x509/certificate.ts";
import { fontFile } from "../draw/fonts.ts";
import { inputOf, signatureOf, untrusted, verificationOf } from "../report/samples.ts";
import { OPTIONS, STAMP } from "../stamp/stamping.ts";
import { signCms } from "../worlds/cms.ts";
import { newWorld } from "../worlds/world.ts";

const LIB = fileURLToPath(new URL("../../lib/", import.meta.url));
const SAMPLE = new Uint8Array(readFileSync(new URL("../vectors/pdf/cairo.pdf", import.meta.url)));

// What a page has; no Buffer, no process, no require, no timers.
const PAGE_GLOBALS = { TextEncoder, TextDecoder, crypto, URL, Uint8Array, ArrayBuffer, DataView, console: undefined };

const ENTRY = `
  export { prepareSignature, byteRangeDigest, embedSignature } from ${JSON.stringify(`${LIB}pades/prepare.ts`)};
  export { openFont } from ${JSON.stringify(`${LIB}draw/font.ts`)};
  export { prepareStamped } from ${JSON.stringify(`${LIB}stamp/prepare-stamped.ts`)};
  export { findSignatures } from ${JSON.stringify(`${LIB}pades/find.ts`)};
  export { readBack } from ${JSON.stringify(`${LIB}verify/read-back.ts`)};
  export { parseCertificate } from ${JSON.stringify(`${LIB}x509/certificate.ts`)};
  export { verifyIdToken } from ${JSON.stringify(`${LIB}identity/verify-id-token.ts`)};
  export { reportPage } from ${JSON.stringify(`${LIB}report/page.ts`)};
  export { validationReport } from ${JSON.stringify(`${LIB}report/validation-report.ts`)};
  export { commitmentOf } from ${JSON.stringify(`${LIB}identity/commitment.ts`)};
`;

type Floors = {
  prepareSignature: typeof prepareSignature;
  byteRangeDigest: typeof byteRangeDigest;
  embedSignature: typeof embedSignature;
  openFont: typeof openFont;
  prepareStamped: typeof prepareStamped;
  readBack: typeof readBack;
  parseCertificate: typeof parseCertificate;
  verifyIdToken: typeof verifyIdToken;
  reportPage: typeof reportPage;
  validationReport: typeof validationReport;
};

let code = "";
let page: Floors;
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
  code = outputFiles[0]?.text ?? "";
  const context = createContext({ ...PAGE_GLOBALS });
  runInContext(code, context);
  page = runInContext("motlan", context) as Floors;
});

describe("the isomorphic floors, bundled for a page and run without anything of Node's", () => {
  test("the bundle asks for no module of Node", () => {
    expect(code.length).toBeGreaterThan(10_000);
    expect(code).not.toMatch(/require\(|node:/);
  });

  test("a report has the same octets as in Node, as a page and as XML", () => {
    const verification = verificationOf([signatureOf(), untrusted()]);
    const input = inputOf();
    expect(Buffer.from(page.reportPage(verification, input)).equals(reportPage(verification, input))).toBe(true);
    expect(page.validationReport(verification, input)).toBe(validationReport(verification, input));
  });

  test("a stamp has the same octets as in Node, in the same place", () => {
    const file = fontFile("400Regular");
    const options = { ...OPTIONS, reason: "Đăng ký thường trú" };
    const there = page.prepareStamped(SAMPLE, { ...options, stamp: { ...STAMP, font: page.openFont(file) } });
    const here = prepareStamped(SAMPLE, { ...options, stamp: { ...STAMP, font: openFont(file) } });
    expect(Buffer.from(there.appended).equals(here.appended)).toBe(true);
    expect({ ...there.place }).toEqual(here.place);
  });

  test("prepare, digest, embed and read back give the same octets and the same answer as in Node", async () => {
    const world = await newWorld();
    const options = { fieldId: "page", claimedTime: world.now, offsetMinutes: 420, reason: "Đăng ký thường trú" };
    const there = page.prepareSignature(SAMPLE, options);
    const here = prepareSignature(SAMPLE, options);
    expect(Buffer.from(there.appended)).toEqual(Buffer.from(here.appended));
    const digest = byteRangeDigest(SAMPLE, here);
    expect(Buffer.from(page.byteRangeDigest(SAMPLE, there))).toEqual(Buffer.from(digest));

    const [head, tail] = [here.contentsStart, here.byteRange[2] - SAMPLE.length];
    const covered = Buffer.concat([
      SAMPLE,
      here.appended.subarray(0, head - SAMPLE.length),
      here.appended.subarray(tail),
    ]);
    const cms = await signCms(world, new Uint8Array(covered));
    const whole = Buffer.concat([SAMPLE, page.embedSignature(there, cms)]);
    expect(whole).toEqual(Buffer.concat([SAMPLE, embedSignature(here, cms)]));
    const signed = new Uint8Array(whole);
    const root = page.parseCertificate(world.root.certificate.raw);
    const answer = await page.readBack(signed, { fieldName: there.fieldName, digest, root, at: world.now });
    const expected = await readBack(signed, {
      fieldName: here.fieldName,
      digest,
      root: world.root.certificate,
      at: world.now,
    });
    expect(answer.genTime).toBe(expected.genTime);
    signed[100] = (signed[100] as number) ^ 1;
    await expect(
      page.readBack(signed, { fieldName: there.fieldName, digest, root, at: world.now }),
    ).rejects.toMatchObject({
      code: "result_not_verified",
    });
  });
});
