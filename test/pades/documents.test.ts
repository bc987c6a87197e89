import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { findSignatures } from "../../lib/pades/find.ts";
import { documents } from "../e2e/documents.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { askPdfsig, askQpdf, OPTIONS, sign, type ThrowawaySigner, throwawaySigner } from "./signer.ts";

const canSign = judge("openssl", "that files signed through our revisions verify");
const canJudge = judge("pdfsig", "that Poppler finds our signatures valid");
const canCheck = judge("qpdf", "that a signed file is no worse than before");
const canDraw = judge("pdftoppm", "that a signed file looks the same");

const FILES = documents();
const SIGNABLE = FILES.filter((file) => file.refused === undefined);
/** Drawn before and after: every fourth, as drawing takes a second where fonts are large. */
const DRAWN = new Set(SIGNABLE.filter((_, i) => i % 4 === 0).map((file) => file.name));
/** Signatures of others that were in the file before. */
const countBefore = (bytes: Uint8Array): number => findSignatures(bytes).length;

let signer: ThrowawaySigner;
beforeAll(async () => {
  if (canSign) signer = await throwawaySigner();
});

describe("every document", { concurrent: true, skip: !canSign }, () => {
  for (const { name, bytes } of SIGNABLE) {
    test(`${name}: signed twice, both signatures valid, the original a prefix, nothing looks different`, async () => {
      const before = countBefore(bytes);
      const once = await sign(bytes, signer);
      const twice = await sign(once, signer, { ...OPTIONS, fieldId: "second", name: "Binh" });
      expect(Buffer.compare(once.subarray(0, bytes.length), bytes)).toBe(0);
      expect(Buffer.compare(twice.subarray(0, once.length), once)).toBe(0);
      expectFound(twice, before);
      if (canJudge) await expectValid(before === 0 ? 0 : (await askPdfsig(bytes)).valid, once, twice);
      if (canCheck) expect(await askQpdf(twice)).toBeLessThanOrEqual(await askQpdf(bytes));
      if (canDraw && DRAWN.has(name)) expect(await drawn(twice)).toEqual(await drawn(bytes));
    });
  }

  for (const { name, bytes, refused } of FILES) {
    if (refused === undefined) continue;
    test(`${name}: refused with ${refused}`, async () => {
      await expect(sign(bytes, signer)).rejects.toMatchObject({ code: refused });
    });
  }
});

function expectFound(twice: Uint8Array, before: number): void {
  const found = findSignatures(twice);
  expect(found).toHaveLength(before + 2);
  const [first, second] = found.slice(-2);
  expect(first).toMatchObject({
    fieldName: `Signature-${OPTIONS.fieldId}`,
    ...{ filter: "Adobe.PPKLite", subFilter: "ETSI.CAdES.detached", type: "Sig", hasCert: false, certifies: undefined },
    ...{ name: OPTIONS.name, reason: OPTIONS.reason, location: OPTIONS.location },
    claimedTime: { text: "D:20261125101509+07'00'", ms: OPTIONS.claimedTime },
    ...{ problems: [], coversWholeFile: false },
  });
  expect(second).toMatchObject({ fieldName: "Signature-second", problems: [], coversWholeFile: true });
  expect(second?.revision).toBe(second?.revisions);
  expect(first?.revision).toBe((second?.revision ?? 0) - 1);
}

async function expectValid(before: number, once: Uint8Array, twice: Uint8Array): Promise<void> {
  const one = await askPdfsig(once);
  expect(one.valid, one.text).toBe(before + 1);
  expect(one.total, one.text).toBe(1);
  const two = await askPdfsig(twice);
  expect(two.valid, two.text).toBe(before + 2);
  expect(two.total, two.text).toBe(1);
}

/** Digests of the first three pages as pictures. */
async function drawn(pdf: Uint8Array): Promise<string[]> {
  return withFiles({ "file.pdf": pdf }, async (paths, folder) => {
    await ask("pdftoppm", ["-r", "24", "-l", "3", "-gray", paths["file.pdf"], `${folder}/page`]);
    const pages = readdirSync(folder).filter((name) => name.endsWith(".pgm"));
    expect(pages.length).toBeGreaterThan(0);
    return pages.sort().map((name) =>
      createHash("sha256")
        .update(readFileSync(`${folder}/${name}`))
        .digest("hex"),
    );
  });
}
