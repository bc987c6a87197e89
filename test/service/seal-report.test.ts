import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { findSignatures } from "../../lib/pades/find.ts";
import { certifyReport } from "../../lib/service/ca-init.ts";
import { reportFonts } from "../../lib/service/report-fonts.ts";
import { type SealPorts, sealedReport, sealReport } from "../../lib/service/seal-report.ts";
import { certificateUrls } from "../../lib/service/urls.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { readBack } from "../../lib/verify/read-back.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import { POLICY } from "../../lib/x509/policy-arc.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { pdfsig, trustStore } from "../judges/pdfsig.ts";
import { qpdfCheck } from "../judges/qpdf.ts";
import { inputOf, signatureOf, verificationOf } from "../report/samples.ts";
import { newSigningWorld, type SigningWorld } from "./signing-world.ts";

let world: SigningWorld;
let ports: SealPorts;
let sealed: Uint8Array;
const verification = verificationOf([signatureOf()]);
const { sealed: _, generatedAt: __, ...input } = inputOf();

beforeAll(async () => {
  world = await newSigningWorld();
  ports = { ...world.ports, reportSeal: world.reportSeal };
  sealed = await sealedReport(ports, verification, { ...input, fonts: reportFonts() });
});
afterAll(() => world.close());

describe("a sealed report", () => {
  test("is one page under one seal, which covers all of it and hangs on the root, stamped by the TSA", async () => {
    const [seal, ...more] = findSignatures(sealed);
    expect(more).toEqual([]);
    if (seal?.byteRange === undefined) throw new Error("no seal");
    const [a, b, c, d] = seal.byteRange;
    const covered = digest("SHA-256", sealed.subarray(a, a + b), sealed.subarray(c, c + d));
    const read = await readBack(sealed, {
      fieldName: seal.fieldName ?? "",
      digest: covered,
      root: world.pki.root,
      at: world.time.now,
    });
    expect(read.certificate.raw).toEqual(world.pki.report?.raw);
    expect(read.genTime).toBe(Math.floor(world.time.now / 1000) * 1000);
  });

  test("our own validator finds it whole, stamped and trusted, with nothing but the root to go by", async () => {
    const anchor = {
      certificate: world.pki.root,
      class: "OTHER_CONFIRMATION",
      source: "the test",
      test: false,
    } as const;
    const { verification } = await verifyPdf(sealed, {
      anchors: [{ ...anchor, uses: ["signature", "timestamp"] }],
      at: world.time.now,
      policy: DEFAULT_POLICY,
    });
    const [seal, ...more] = verification.signatures;
    expect(more).toEqual([]);
    expect(seal).toMatchObject({ integrity: "intact", coverage: "whole-file", trust: "trusted", policy: "met" });
    expect(seal).toMatchObject({ verdict: "VALID", changes: "none", indication: "TOTAL_PASSED", level: "B-T" });
    expect(seal?.sevenFields.signer).toContain("Report seal");
  });

  test("one changed octet anywhere breaks the seal, or what reads it", async () => {
    const [seal] = findSignatures(sealed);
    const expected = { fieldName: seal?.fieldName ?? "", root: world.pki.root, at: world.time.now };
    for (const at of [20, 5000, 30_000, sealed.length - 400]) {
      const changed = sealed.slice();
      changed[at] = (changed[at] as number) ^ 1;
      const [a, b, c, d] = seal?.byteRange ?? [0, 0, 0, 0];
      const covered = digest("SHA-256", changed.subarray(a, a + b), changed.subarray(c, c + d));
      await expect(readBack(changed, { ...expected, digest: covered }), String(at)).rejects.toBeInstanceOf(Fault);
    }
  });

  test("keys that cannot be reached give no report, and neither does a seal of another key", async () => {
    const down = { sign: () => Promise.reject(new Fault("key_unavailable", "x")) };
    const refused = (changes: Partial<SealPorts>) => sealReport({ ...ports, ...changes }, sealed);
    await expect(refused({ reportSeal: down })).rejects.toMatchObject({ code: "key_unavailable" });
    await expect(refused({ tsa: down })).rejects.toMatchObject({ code: "key_unavailable" });
    // What came out is read back before anybody gets it.
    await expect(refused({ reportSeal: world.responder })).rejects.toMatchObject({ code: "result_not_verified" });
    await expect(refused({ tsa: world.responder })).rejects.toMatchObject({ code: "result_not_verified" });
  });

  test("without a certificate for the report key nothing is drawn that says that it is sealed", async () => {
    const pki = async () => ({ ...world.pki, report: undefined });
    const asked: string[] = [];
    const fonts = {
      get regular(): Uint8Array {
        asked.push("fonts");
        return reportFonts().regular;
      },
      bold: reportFonts().bold,
    };
    await expect(sealedReport({ ...ports, pki }, verification, { ...input, fonts })).rejects.toMatchObject({
      code: "report_key_missing",
    });
    expect(asked).toEqual([]);
  });

  if (judge("pdfsig", "that others accept the seal") && judge("certutil", "that others accept the seal"))
    test("pdfsig finds the seal valid and the whole document signed", async () => {
      const store = await trustStore([world.pki.root.raw]);
      try {
        const [seal, ...more] = await pdfsig(sealed, store);
        expect(more).toEqual([]);
        expect(seal).toMatchObject({
          type: "ETSI.CAdES.detached",
          signature: "Signature is Valid.",
          totalDocument: true,
        });
        expect(seal?.signer).toBe("DEMO Thử Report seal");
      } finally {
        store.close();
      }
    });

  if (judge("qpdf", "that a sealed report is well formed"))
    test("qpdf finds nothing wrong with it", async () => {
      expect(await qpdfCheck(sealed)).toMatchObject({ errors: 0, warnings: 0 });
    });
});

describe("the certificate of the report key", () => {
  test("is an organisation's, for documents only, under a policy of its own", () => {
    const { report } = world.pki;
    if (report === undefined) throw new Error("no report certificate");
    const certificate = new X509Certificate(report.raw);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual([OID.adobeAuthenticDocumentsTrust, OID.documentSigning]);
    expect(certificate.subject).toBe("C=VN\nO=Thử\nCN=DEMO Thử Report seal");
    expect(certificate.verify(new X509Certificate(world.pki.root.raw).publicKey)).toBe(true);
    expect(new Set(Object.values(POLICY)).size).toBe(Object.values(POLICY).length);
  });

  if (judge("openssl", "that others find a way from the seal to the root"))
    test("OpenSSL verifies it against the root, strictly, and reads its policy", async () => {
      const { pki, time } = world;
      await withFiles(
        { "seal.pem": pem(pki.report?.raw ?? new Uint8Array()), "root.pem": pem(pki.root.raw) },
        async (path) => {
          const at = String(Math.floor(time.now / 1000));
          const verified = await ask("openssl", [
            "verify",
            "-x509_strict",
            "-attime",
            at,
            "-CAfile",
            path["root.pem"],
            path["seal.pem"],
          ]);
          expect(verified).toMatchObject({ status: 0 });
          const { out } = await ask("openssl", ["x509", "-in", path["seal.pem"], "-noout", "-text"]);
          expect(out).toContain(`Policy: ${POLICY.reportSealCertificate}`);
          expect(out).toMatch(/Key Usage: critical\s+Non Repudiation\s/);
        },
      );
    });

  test("can be added later, by the key of the published root and by no other, and ends no later than the root", async () => {
    const { pki, ports: signing, root } = world;
    const urls = certificateUrls("http://localhost:8787");
    const spki = pki.report?.spki ?? new Uint8Array();
    const added = await certifyReport(pki, { root, report: { spki }, urls }, signing.clock, signing.random);
    expect(added.subject.raw).toEqual(pki.report?.subject.raw);
    expect(added.spki).toEqual(spki);
    const late = () => pki.root.notAfter - 86_400_000;
    const short = await certifyReport(pki, { root, report: { spki }, urls }, late, signing.random);
    expect(short.notAfter).toBe(pki.root.notAfter);
    const other = { spki: pki.issuingCa.spki, signer: root.signer };
    await expect(
      certifyReport(pki, { root: other, report: { spki }, urls }, signing.clock, signing.random),
    ).rejects.toMatchObject({ code: "root_key_mismatch" });
  });
});
