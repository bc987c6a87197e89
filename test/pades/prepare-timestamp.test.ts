import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { byteRangeDigest, embedSignature } from "../../lib/pades/prepare.ts";
import { prepareTimestamp } from "../../lib/pades/prepare-timestamp.ts";
import { issueToken } from "../../lib/tsp/token.ts";
import { isTokenIntact, readToken, verifyToken } from "../../lib/tsp/verify.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import { fault } from "../asn1/help.ts";
import { cutSignatures } from "../judges/byte-range.ts";
import { judge } from "../judges/judge.ts";
import { tsVerify } from "../judges/openssl.ts";
import { pyhankoValidate } from "../judges/pyhanko.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { buildPdf } from "../pdf/build.ts";
import { sha256 } from "../worlds/cms.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { addDss, materialFor, type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "prepare-timestamp" });
const ROOT = world.root.certificate.raw;

async function stamped(pdf: Uint8Array, fieldId = "a"): Promise<Uint8Array> {
  const prepared = prepareTimestamp(pdf, { fieldId });
  const { tsa } = world;
  const token = await issueToken(
    {
      hash: "SHA-256",
      imprint: byteRangeDigest(pdf, prepared),
      serial: world.random(16),
      genTime: world.now,
      policy: POLICY.timestamp,
      certificate: tsa.certificate,
      chain: [],
      includeCertificates: true,
    },
    tsa.signer,
  );
  return concat(pdf, embedSignature(prepared, token));
}

test("a document timestamp covers the whole file, signatures and store included", async () => {
  const { pdf } = await signPdf(world, { level: "B-LT" });
  const made = await stamped(pdf);
  const [signature, stamp] = findSignatures(made);
  expect(made.subarray(0, pdf.length)).toEqual(pdf);
  expect(signature?.coversWholeFile).toBe(false);
  expect(stamp).toMatchObject({
    fieldName: "Timestamp-a",
    type: "DocTimeStamp",
    subFilter: "ETSI.RFC3161",
    problems: [],
    coversWholeFile: true,
    claimedTime: undefined,
    name: undefined,
  });
  const [, cut] = cutSignatures(made);
  if (cut === undefined || stamp?.contents === undefined) throw new Error("no timestamp");
  const result = await verifyToken(readToken(stamp.contents), {
    imprint: (hash) => {
      expect(hash).toBe("SHA-256");
      return sha256(cut.content);
    },
  });
  expect(isTokenIntact(result)).toBe(true);
});

test("the same file and options give the same octets; a second stamp gets a field of its own", async () => {
  const pdf = buildPdf();
  expect(prepareTimestamp(pdf, { fieldId: "a" })).toEqual(prepareTimestamp(pdf, { fieldId: "a" }));
  const twice = await stamped(await stamped(pdf));
  expect(findSignatures(twice).map(({ fieldName }) => fieldName)).toEqual(["Timestamp-a", "Timestamp-a-2"]);
});

test("the field has no appearance, which would make of it a change that fills in a form", () => {
  const { appended } = prepareTimestamp(buildPdf(), { fieldId: "a" });
  expect(Buffer.from(appended).toString("latin1")).not.toContain("/AP");
});

test("options out of their range are misuse, a damaged file is refused", () => {
  for (const options of [
    { fieldId: "" },
    { fieldId: "a b" },
    { fieldId: "a", reserve: 0 },
    { fieldId: "a", reserve: 1.5 },
  ])
    expect(() => prepareTimestamp(buildPdf(), options)).toThrow(RangeError);
  expect(() => prepareTimestamp(new Uint8Array(9), { fieldId: "a" })).toThrow(fault("pdf_unsupported"));
});

test("any change to a file gives a revision or a Fault, never another error", async () => {
  const { pdf } = await signPdf(world, { level: "B-B" });
  fc.assert(
    fc.property(mutations(pdf), (changed) => {
      orFault(() => prepareTimestamp(changed, { fieldId: "a" }));
    }),
    { numRuns: RUNS },
  );
});

const LOCKED: Readonly<Record<string, PadesOptions>> = {
  "an ordinary signature": {},
  "a certification that allows no changes": { certify: 1 },
  "a certification that allows annotations": { certify: 3 },
  "a signature that locks all fields": { fieldMdp: { action: "All" }, lock: { action: "All", p: 1 } },
};

describe.skipIf(!judge("openssl", "the token is over the ranges"))("openssl", () => {
  test("verifies the token over what the ranges cover", async () => {
    const { pdf } = await signPdf(world, { level: "B-LT" });
    const [, cut] = cutSignatures(await stamped(pdf));
    expect(cut && (await tsVerify(cut.cms, cut.content, ROOT, world.now)).accepted).toBe(true);
  });
});

describe.skipIf(!judge("qpdf", "a timestamped file is sound"))("qpdf finds nothing in a stamp behind", () => {
  for (const [name, options] of Object.entries(LOCKED)) {
    test(name, async () => {
      const { pdf } = await signPdf(world, { ...options, level: "B-LT" });
      expect(await qpdfCheck(await stamped(pdf))).toMatchObject({ errors: 0, warnings: 0 });
    });
  }
});

describe.skipIf(!judge("pyhanko", "long-term additions are permitted changes"))("pyHanko judges valid", () => {
  for (const [name, options] of Object.entries(LOCKED)) {
    test(`${name}, then a store, a stamp, more in the store and a second stamp`, async () => {
      const { pdf, signer } = await signPdf(world, { ...options, level: "B-T" });
      const material = await materialFor(world, signer);
      const once = await stamped(addDss(pdf, material));
      const more = { certificates: [world.root.certificate.raw], crls: [], ocsps: [] };
      const { report } = await pyhankoValidate(await stamped(addDss(once, more)), ROOT, world.now);
      expect(report).toContain("The signature is judged VALID");
      expect(report).not.toContain("INVALID");
    });
  }
});
