import { describe, expect, test } from "vitest";
import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { boolean, explicit, ia5String, implicit, integer, oid, sequence } from "../../lib/asn1/write.ts";
import { gatherDetached } from "../../lib/facts/detached.ts";
import type { Facts } from "../../lib/facts/facts.ts";
import { parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";
import { fingerprint } from "../../lib/x509/fingerprint.ts";
import { attributeOf, type MessageOptions, newMessage, type SignerOptions } from "../worlds/message.ts";
import { stampBy } from "../worlds/pades.ts";
import { newCa, newParty } from "../worlds/parties.ts";
import { crlBy, ocspAbout } from "../worlds/status.ts";
import { trusted } from "../worlds/trusted.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld();
const anchors = [trusted(world.root.certificate)];
const ca = newCa(world);
const signer = newParty(world, { issuer: ca });
const CONTENT = new TextEncoder().encode("nội dung");
const crl = crlBy({ issuer: ca, thisUpdate: world.now });
const response = await ocspAbout({ certificate: signer.certificate, issuer: ca, thisUpdate: world.now });

async function factsOf(
  options: Partial<SignerOptions> = {},
  message: Partial<MessageOptions> = {},
  input: object = {},
): Promise<Facts> {
  const cms = await newMessage({
    content: CONTENT,
    signers: [{ party: signer, ...options }],
    certificates: [signer.certificate.raw, ca.certificate.raw],
    ...message,
  });
  const hash = options.hash ?? "SHA-256";
  return gatherDetached(cms, { hash, value: digest(hash, CONTENT) }, { anchors, ...input });
}

function cmsOf(facts: Facts) {
  const container = facts.signatures[0]?.container;
  if (container?.ok !== true) throw new Error("no message");
  return container.cms;
}

describe("what a message says of its signer", () => {
  test("as it should be", async () => {
    expect(cmsOf(await factsOf())).toMatchObject({
      der: true,
      version: 1,
      contentType: OID.data,
      encapsulates: false,
      signers: 1,
      certificates: 2,
      archival: false,
      signer: {
        identified: true,
        digestAlgorithm: "SHA-256",
        signatureAlgorithm: { kind: "ecdsa", hash: "SHA-256" },
        algorithmsAgree: true,
        algorithmProtection: "absent",
        signedAttributes: "der",
        contentType: "match",
        messageDigest: "match",
        signature: "valid",
        signingCertificate: "match",
        signingCertificateVersion: 2,
        signingCertificates: 1,
        confusable: false,
        signingTime: null,
        unsignedAttributeTypes: [],
      },
    });
  });

  const foreign = sequence(oid(OID.sha512));
  const protection = (...parts: readonly Uint8Array[]) => [attributeOf(OID.cmsAlgorithmProtection, sequence(...parts))];
  const CASES: Readonly<Record<string, readonly [Partial<SignerOptions>, object]>> = {
    "a signing time": [{ signingTime: world.now }, { signingTime: new Date(world.now).toISOString() }],
    "no reference": [
      { ess: "none" },
      { signingCertificate: "missing", signingCertificateVersion: null, signingCertificates: 0 },
    ],
    "a reference of version 1": [{ ess: 1 }, { signingCertificateVersion: 1, signingCertificate: "match" }],
    "a reference to another certificate": [{ essCertificate: ca.certificate.raw }, { signingCertificate: "mismatch" }],
    "another hash": [{ hash: "SHA-512" }, { digestAlgorithm: "SHA-512", messageDigest: "match" }],
    "a digest that the signature does not use": [{ digestAlgorithm: foreign }, { algorithmsAgree: false }],
    "algorithms said once more, in vain": [
      { signed: protection(foreign, implicit(1, foreign, true)) },
      { algorithmProtection: "mismatch" },
    ],
    "algorithms said once more, unreadable": [{ signed: protection(foreign) }, { algorithmProtection: "malformed" }],
    "an attribute that is not signed": [
      { unsigned: [attributeOf("1.2.3.4", integer(1))] },
      { unsignedAttributeTypes: ["1.2.3.4"] },
    ],
  };
  for (const [name, [options, expected]] of Object.entries(CASES)) {
    test(name, async () => {
      expect(cmsOf(await factsOf(options)).signer).toMatchObject(expected);
    });
  }

  test("indefinite lengths and a set out of order", async () => {
    expect(cmsOf(await factsOf({}, { container: "ber" }))).toMatchObject({
      der: false,
      signer: { signature: "valid" },
    });
  });

  test("the hint of issuer and serial number that our own reference has", async () => {
    const token = await stampBy(world.tsa, CONTENT, world.now);
    const timestamps = async () => [token];
    expect(cmsOf(await factsOf({ timestamps })).timestamps).toMatchObject([
      { ok: true, imprint: "mismatch", signer: { issuerSerial: "match" } },
    ]);
    expect(cmsOf(await factsOf()).signer?.issuerSerial).toBe("absent");
  });

  test("a TSA without the right purpose, and a token that is none", async () => {
    const tsa = newParty(world, { issuer: world.root });
    const timestamps = async (signature: Uint8Array) => [
      await stampBy(tsa, signature, world.now),
      sequence(integer(1)),
    ];
    const found = cmsOf(await factsOf({ timestamps })).timestamps;
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(expect.objectContaining({ ok: true, imprint: "match", usage: "missing" }));
    expect(found).toContainEqual({ ok: false, code: expect.stringMatching(/_malformed$/) });
  });
});

describe("what a message brings for validation", () => {
  test("CRLs and responses among its own", async () => {
    const { revocation } = await factsOf({}, { crls: [crl] });
    expect(revocation).toMatchObject([{ kind: "crl", source: "cms", certificate: fingerprint(signer.certificate) }]);
    const format = implicit(1, sequence(oid(OID.ocspResponseInCms), response));
    expect((await factsOf({}, { crls: [format] })).revocation).toMatchObject([
      { kind: "ocsp", source: "cms", status: "good" },
    ]);
  });

  test("the attributes certificate-values and revocation-values", async () => {
    const basic = parseOcspResponse(response).basic?.raw ?? new Uint8Array(0);
    const chain = attributeOf(OID.certificateValues, sequence(ca.certificate.raw));
    const alone = await factsOf({ unsigned: [chain] }, { certificates: [signer.certificate.raw] });
    expect(alone.certificates[fingerprint(signer.certificate)]?.paths).toHaveLength(1);
    const unsigned = [
      attributeOf(OID.certificateValues, sequence(ca.certificate.raw)),
      attributeOf(OID.revocationValues, sequence(explicit(0, sequence(crl)), explicit(1, sequence(basic)))),
    ];
    const { revocation, certificates } = await factsOf({ unsigned }, { certificates: [signer.certificate.raw] });
    expect(revocation.map(({ kind, source }) => [kind, source])).toEqual([
      ["crl", "cms"],
      ["ocsp", "cms"],
    ]);
    expect(certificates[fingerprint(signer.certificate)]?.paths).toHaveLength(1);
  });
});

describe("what is said about certificates, and by whom", () => {
  test("a delta CRL speaks for its base as well", async () => {
    const base = crlBy({ issuer: ca, thisUpdate: world.now - 1000 });
    const extensions = [{ oid: OID.deltaCrlIndicator, critical: true, value: integer(1) }];
    const delta = crlBy({ issuer: ca, thisUpdate: world.now, number: 2, extensions });
    expect((await factsOf({}, {}, { crls: [base] })).revocation).toHaveLength(1);
    for (const crls of [
      [base, delta],
      [delta, base],
    ])
      expect((await factsOf({}, {}, { crls })).revocation).toMatchObject([
        { thisUpdate: new Date(world.now).toISOString(), status: "good", problems: [] },
      ]);
    expect((await factsOf({}, {}, { crls: [delta] })).revocation).toMatchObject([{ problems: ["delta_without_base"] }]);
  });

  test("whom the certificate names as CRL issuer, its path and what is said about that", async () => {
    const lister = newCa(world, { commonName: "CRL issuer" });
    const uri = explicit(0, implicit(0, sequence(implicit(6, ia5String("http://x/")))));
    const names = implicit(2, sequence(explicit(4, lister.certificate.subject.raw)));
    const points = { oid: OID.crlDistributionPoints, critical: false, value: sequence(sequence(uri, names)) };
    const party = newParty(world, { issuer: ca, extensions: [points] });
    const idp = { oid: OID.issuingDistributionPoint, critical: true, value: sequence(uri, implicit(4, boolean(true))) };
    const crls = [
      crlBy({ issuer: lister, thisUpdate: world.now, extensions: [idp] }),
      crlBy({ issuer: world.root, thisUpdate: world.now }),
    ];
    const certificates = [party.certificate.raw, ca.certificate.raw, lister.certificate.raw];
    const facts = await factsOf({ party }, { certificates }, { crls });
    const of = ({ certificate }: { readonly certificate: Certificate }) =>
      facts.revocation.filter((one) => one.certificate === fingerprint(certificate));
    expect(of(party)).toMatchObject([
      { authority: "indirect", signer: fingerprint(lister.certificate), status: "good" },
    ]);
    expect(of(lister)).toMatchObject([{ authority: "issuer", status: "good" }]);
    expect(facts.certificates[fingerprint(party.certificate)]?.crlUris).toEqual(["http://x/"]);
    expect(facts.certificates[fingerprint(lister.certificate)]?.paths).toHaveLength(1);
    // The same where the lister is trusted on its own.
    const more = { crls, anchors: [...anchors, trusted(lister.certificate)] };
    const alone = await factsOf({ party }, { certificates: certificates.slice(0, 2) }, more);
    expect(alone.revocation).toContainEqual(expect.objectContaining({ authority: "indirect", status: "good" }));
  });

  test("a responder out of the response or out of the pool, and what is said about it", async () => {
    const responder = newParty(world, {
      issuer: ca,
      extendedKeyUsage: [OID.ocspSigning],
      keyUsage: ["digitalSignature"],
      ocspNoCheck: true,
    });
    const about = { certificate: signer.certificate, issuer: ca, responder, thisUpdate: world.now };
    const facts = await factsOf({}, {}, { ocsps: [await ocspAbout(about)], crls: [crl] });
    expect(facts.certificates[fingerprint(responder.certificate)]).toMatchObject({
      ocspNoCheck: true,
      extendedKeyUsage: [OID.ocspSigning],
      paths: [{ violations: [] }],
    });
    expect(
      facts.revocation
        .filter(({ kind }) => kind === "crl")
        .map(({ certificate }) => certificate)
        .sort(),
    ).toEqual([signer, responder].map(({ certificate }) => fingerprint(certificate)).sort());
    expect(facts.revocation).toContainEqual(
      expect.objectContaining({ kind: "ocsp", authority: "delegated", signer: fingerprint(responder.certificate) }),
    );
    const fetched = { ocsps: [await ocspAbout(about)] };
    expect((await factsOf({}, {}, { fetched })).revocation).toMatchObject([{ source: "fetched" }]);
  });

  test("more statements than anybody needs are refused", async () => {
    const chain = Array.from({ length: 14 }, (_, i) => i).reduce(
      (all) => [...all, newCa(world, { issuer: all.at(-1) ?? ca, commonName: "Same name", ca: true })],
      [] as ReturnType<typeof newCa>[],
    );
    const issuer = chain.at(-1) ?? ca;
    const party = newParty(world, { issuer });
    const certificates = [party, ca, ...chain].map(({ certificate }) => certificate.raw);
    const crls = Array.from({ length: 1000 }, (_, i) => crlBy({ issuer, thisUpdate: world.now + 1000 * i }));
    await expect(factsOf({ party }, { certificates }, { crls })).resolves.toMatchObject({ version: 1 });
    await expect(
      factsOf({ party }, { certificates }, { crls: [...crls, ...crls.map((one) => one.slice(0, -1))] }),
    ).rejects.toMatchObject({
      code: "pdf_limit",
    });
  });
});

test("what a certificate and an anchor say about themselves", async () => {
  const policies = sequence(sequence(oid("1.2.3.4")), sequence(oid("1.2.3.5")));
  const statements = sequence(sequence(oid(OID.qcCompliance)), sequence(oid("1.2.3.6")));
  const party = newParty(world, {
    issuer: ca,
    noRevAvail: true,
    shortTerm: true,
    key: "rsa",
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.36"],
    keyUsage: ["digitalSignature", "contentCommitment"],
    extensions: [
      { oid: OID.certificatePolicies, critical: false, value: policies },
      { oid: OID.qcStatements, critical: false, value: statements },
    ],
  });
  const root = trusted(world.root.certificate, {
    class: "PUBLIC_CA",
    from: world.now - 1,
    until: world.now,
    managingUnit: "NEAC",
    test: false,
    uses: ["signature"],
  });
  const message = { certificates: [party.certificate.raw, ca.certificate.raw] };
  const { certificates, anchors: reached } = await factsOf({ party }, message, { anchors: [root] });
  expect(certificates[fingerprint(party.certificate)]).toMatchObject({
    noRevAvail: true,
    shortTerm: true,
    ocspNoCheck: false,
    key: { kind: "rsa", bits: 2048, curve: null },
    extendedKeyUsage: ["1.3.6.1.5.5.7.3.36"],
    keyUsage: ["digitalSignature", "contentCommitment"],
    policies: ["1.2.3.4", "1.2.3.5"],
    qcStatements: [OID.qcCompliance, "1.2.3.6"],
  });
  expect(reached[fingerprint(world.root.certificate)]).toMatchObject({
    class: "PUBLIC_CA",
    from: new Date(world.now - 1).toISOString(),
    until: new Date(world.now).toISOString(),
    managingUnit: "NEAC",
    test: false,
    uses: ["signature"],
  });
});
