import { describe, expect, test } from "vitest";
import { concat } from "../../lib/bytes/bytes.ts";
import type { Facts } from "../../lib/facts/facts.ts";
import { appendDss } from "../../lib/pades/append-dss.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { judge } from "../../lib/validate/judge.ts";
import { DEFAULT_POLICY } from "../../lib/validate/policy.ts";
import { verifyPdf } from "../../lib/verify/verify-pdf.ts";
import type { KeyKind } from "../worlds/keys.ts";
import { addDocumentTimestamp, addDss, materialFor, onePage, type PadesOptions, signPdf } from "../worlds/pades.ts";
import { newCa, newParty, newTsa } from "../worlds/parties.ts";
import { crlBy, ocspAbout } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const ROOT = [trusted(world.root.certificate)];
const MINUTE = 60_000;
const DAY = 86_400_000;
/** Far behind the ten minutes that a one-time certificate lives. */
const LATER = world.now + 30 * DAY;

async function verify(pdf: Uint8Array, at = LATER, anchors: readonly TrustAnchor[] = ROOT, more = {}) {
  const verified = await verifyPdf(pdf, { anchors, at, policy: DEFAULT_POLICY, ...more });
  // Facts are data: what follows from them follows from them after years in a drawer.
  const facts = JSON.parse(JSON.stringify(verified.facts)) as Facts;
  expect(facts).toEqual(verified.facts);
  expect(judge(facts, { at, policy: DEFAULT_POLICY })).toEqual(verified.verification);
  return verified.verification;
}

async function verdictOf(options: PadesOptions, at = LATER, anchors = ROOT) {
  const { verdict, signatures } = await verify((await signPdf(world, options)).pdf, at, anchors);
  expect(signatures).toHaveLength(1);
  expect(verdict).toBe(signatures[0]?.verdict);
  return signatures[0];
}

/** As the service's own CA and TSA are: nobody is named who could say that they are revoked. */
const plainTsa = newTsa(world, { commonName: "TSA without sources" });
const plainCa = newCa(world, { commonName: "CA without sources" });
const plainChain = [plainCa.certificate.raw];

describe("files that are as they should be", () => {
  test("B-LT and B-LTA: valid for as long as the last time-stamping unit's certificate", async () => {
    for (const level of ["B-LT", "B-LTA"] as const) {
      expect(await verdictOf({ level })).toMatchObject({
        verdict: "VALID",
        indication: "TOTAL_PASSED",
        level,
        integrity: "intact",
        trust: "trusted",
        coverage: "earlier-revision",
        changes: "permitted",
        test: true,
        equivalentToHandwritten: false,
      });
      expect(await verdictOf({ level }, world.now + 9 * 365 * DAY)).toMatchObject({ verdict: "VALID" });
      expect(await verdictOf({ level }, world.now + 11 * 365 * DAY)).toMatchObject({ verdict: "CANNOT_TELL" });
    }
  });

  test("B-T of a CA and a TSA that name no source for their status", async () => {
    const signer = newParty(world, {
      issuer: plainCa,
      notBefore: world.now - MINUTE,
      notAfter: world.now + 10 * MINUTE,
    });
    const report = await verdictOf({ signer, chain: plainChain, tsa: plainTsa });
    expect(report).toMatchObject({ verdict: "VALID", level: "B-T", coverage: "whole-file", changes: "none" });
    expect(report?.sevenFields.signingTime).toMatchObject({
      source: "timestamp",
      proven: new Date(world.now).toISOString(),
    });
  });

  test("B-B: valid while the certificate is, and nobody can tell afterwards", async () => {
    const signer = newParty(world, { issuer: plainCa, notAfter: world.now + DAY });
    const options: PadesOptions = { signer, chain: plainChain, level: "B-B" };
    expect(await verdictOf(options, world.now + MINUTE)).toMatchObject({ verdict: "VALID", level: "B-B" });
    expect(await verdictOf(options, world.now + 2 * DAY)).toMatchObject({
      verdict: "CANNOT_TELL",
      subIndication: "OUT_OF_BOUNDS_NO_POE",
    });
  });

  const KEYS: readonly KeyKind[] = ["p256", "p384", "p521", "rsa", "rsa-pss", "ed25519", "brainpoolP256r1"];
  for (const key of KEYS) {
    test(`a key of kind ${key}`, async () => {
      const signer = newParty(world, { issuer: plainCa, key });
      expect(await verdictOf({ signer, chain: plainChain, tsa: plainTsa })).toMatchObject({ verdict: "VALID" });
    });
  }

  const FORMS: Readonly<Record<string, PadesOptions>> = {
    "adbe.pkcs7.detached": { subFilter: "adbe.pkcs7.detached" },
    "adbe.pkcs7.detached with a signing time and without ESS": {
      subFilter: "adbe.pkcs7.detached",
      signerInfo: { signingTime: world.now, ess: "none" },
    },
    "indefinite lengths": { subFilter: "adbe.pkcs7.detached", container: "ber" },
    "a signer named by its key": { signerInfo: { id: "key-id" } },
    "three timestamps": { timestamps: 3 },
    "a certification": { certify: 1 },
  };
  for (const [name, options] of Object.entries(FORMS)) {
    test(name, async () => {
      const signer = newParty(world, { issuer: plainCa });
      expect(await verdictOf({ ...options, signer, chain: plainChain, tsa: plainTsa })).toMatchObject({
        verdict: "VALID",
      });
    });
  }

  test("several signatures and a document timestamp, each on the save before it", async () => {
    const signers = ["Ánh", "Bình", "Châu"].map((commonName) => newParty(world, { issuer: plainCa, commonName }));
    let pdf = onePage();
    for (const signer of signers) pdf = (await signPdf(world, { pdf, signer, chain: plainChain, tsa: plainTsa })).pdf;
    pdf = await addDocumentTimestamp(world, pdf, { tsa: plainTsa, at: world.now + MINUTE });
    const { verdict, signatures, documentTimestamps } = await verify(pdf);
    expect(signatures.map(({ verdict: own, changes }) => [own, changes])).toEqual([
      ["VALID", "permitted"],
      ["VALID", "permitted"],
      ["VALID", "permitted"],
    ]);
    expect(documentTimestamps).toMatchObject([{ indication: "TOTAL_PASSED" }]);
    expect(verdict).toBe("VALID");
  });

  test("status that is given, or comes in the attribute of Adobe, is as good as status in the store", async () => {
    const signer = newParty(world, { issuer: plainCa, crl: "http://pki.example.test/ca.crl" });
    const crl = crlBy({ issuer: plainCa, thisUpdate: world.now + 1000 });
    const options = { signer, chain: plainChain, tsa: plainTsa };
    const { pdf } = await signPdf(world, options);
    expect(await verify(pdf)).toMatchObject({ verdict: "CANNOT_TELL", signatures: [{ subIndication: "TRY_LATER" }] });
    const archived = await signPdf(world, {
      ...options,
      subFilter: "adbe.pkcs7.detached",
      archival: { crls: [crl], ocsps: [] },
    });
    expect(await verify(archived.pdf)).toMatchObject({ verdict: "VALID" });
    expect(await verify(addDss(pdf, { certificates: [], crls: [crl], ocsps: [] }))).toMatchObject({ verdict: "VALID" });
    expect(await verify(pdf, LATER, ROOT, { crls: [crl] })).toMatchObject({ verdict: "VALID" });
    expect(await verify(pdf, LATER, ROOT, { fetched: { crls: [crl] } })).toMatchObject({ verdict: "VALID" });
  });

  test("no signature is said to be none", async () => {
    expect(await verify(onePage())).toMatchObject({ verdict: "NO_SIGNATURE", signatures: [] });
    expect(await verify(await addDocumentTimestamp(world, onePage()))).toMatchObject({
      verdict: "NO_SIGNATURE",
      signatures: [],
    });
  });
});

describe("files that are not", () => {
  test("a root that nobody trusts: nobody can tell", async () => {
    const stranger = await newWorld();
    for (const anchors of [[], [trusted(stranger.root.certificate)]])
      expect(await verdictOf({ level: "B-LTA" }, LATER, anchors)).toMatchObject({
        verdict: "CANNOT_TELL",
        trust: "untrusted",
        subIndication: "NO_CERTIFICATE_CHAIN_FOUND",
        integrity: "intact",
      });
  });

  test("a root that is trusted for timestamps only makes no signer trusted", async () => {
    const anchors = [trusted(world.root.certificate, { uses: ["timestamp"] })];
    expect(await verdictOf({ level: "B-LT" }, LATER, anchors)).toMatchObject({
      verdict: "CANNOT_TELL",
      trust: "untrusted",
    });
  });

  test("a certificate that the file brings along is not trusted for it", async () => {
    const chain = [world.issuingCa.certificate.raw, world.root.certificate.raw];
    expect(await verdictOf({ level: "B-LTA", chain }, LATER, [])).toMatchObject({ verdict: "CANNOT_TELL" });
  });

  test("revoked before it was signed: invalid; revoked afterwards: still valid", async () => {
    const signer = newParty(world, { issuer: plainCa });
    const { pdf } = await signPdf(world, { signer, chain: plainChain, tsa: plainTsa });
    const revoked = (at: number) => [
      crlBy({
        issuer: plainCa,
        thisUpdate: world.now + MINUTE,
        revoked: [{ certificate: signer.certificate, at, reason: 1 }],
      }),
    ];
    expect(await verify(pdf, LATER, ROOT, { crls: revoked(world.now - DAY) })).toMatchObject({ verdict: "INVALID" });
    expect(await verify(pdf, LATER, ROOT, { crls: revoked(world.now + 1000) })).toMatchObject({ verdict: "VALID" });
  });

  test("a response by somebody whom the issuer did not choose counts for nothing", async () => {
    const signer = newParty(world, { issuer: plainCa, ocsp: "http://pki.example.test/ocsp" });
    const { pdf } = await signPdf(world, { signer, chain: plainChain, tsa: plainTsa });
    const about = { certificate: signer.certificate, issuer: plainCa, thisUpdate: world.now + 1000 };
    expect(await verify(pdf, LATER, ROOT, { ocsps: [await ocspAbout(about)] })).toMatchObject({ verdict: "VALID" });
    const impostor = await ocspAbout({ ...about, responder: world.oneTime() });
    expect(await verify(pdf, LATER, ROOT, { ocsps: [impostor] })).toMatchObject({ verdict: "CANNOT_TELL" });
  });

  test("a timestamp over something else, or by a TSA that nobody trusts, proves nothing", async () => {
    const signer = newParty(world, { issuer: plainCa, notAfter: world.now + DAY });
    const options = { signer, chain: plainChain, tsa: plainTsa };
    const good = await verdictOf(options);
    expect(good).toMatchObject({ verdict: "VALID" });
    const elsewhere = await verdictOf({ ...options, timestampOver: Uint8Array.of(1, 2, 3) });
    expect(elsewhere?.sevenFields.signingTime.proven).toBeNull();
    expect(elsewhere?.verdict).not.toBe("VALID");
    const selfMade = newTsa(world, { issuer: "self" });
    expect(await verdictOf({ ...options, tsa: selfMade })).toMatchObject({ verdict: "CANNOT_TELL" });
  });

  test("a certificate that was not valid yet when the timestamp was made", async () => {
    const signer = newParty(world, { issuer: plainCa, notBefore: world.now + DAY });
    expect(await verdictOf({ signer, chain: plainChain, tsa: plainTsa })).toMatchObject({
      verdict: "INVALID",
      subIndication: "NOT_YET_VALID",
    });
  });

  test("a message that brings its own content, and one with two signers", async () => {
    const signer = newParty(world, { issuer: plainCa });
    const options = { signer, chain: plainChain, tsa: plainTsa };
    expect(await verdictOf({ ...options, encapsulate: true })).toMatchObject({
      verdict: "INVALID",
      subIndication: "FORMAT_FAILURE",
    });
    const more = [{ party: newParty(world, { issuer: plainCa }) }];
    expect(await verdictOf({ ...options, more })).toMatchObject({
      verdict: "INVALID",
      subIndication: "FORMAT_FAILURE",
    });
  });

  test("eContent of the octets that the signer meant, in a file that was swapped", async () => {
    const signer = newParty(world, { issuer: plainCa });
    const smuggled = await verdictOf({ signer, chain: plainChain, tsa: plainTsa, encapsulate: onePage() });
    expect(smuggled).toMatchObject({ verdict: "INVALID", integrity: "broken" });
  });
});

describe("level by level", () => {
  test("what the issuer said before the signature is too old; what it says afterwards counts", async () => {
    const { pdf, signer } = await signPdf(world);
    const stored = (at: number) =>
      materialFor(world, signer, { at }).then((material) => concat(pdf, appendDss(pdf, material)));
    expect(await verify(await stored(world.now + 1000))).toMatchObject({ verdict: "VALID" });
    expect(await verify(await stored(world.now - 3 * DAY))).toMatchObject({ verdict: "CANNOT_TELL" });
  });
});
