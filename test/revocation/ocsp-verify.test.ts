import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import {
  bitString,
  element,
  enumerated,
  explicit,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
} from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { writeCertId } from "../../lib/revocation/cert-id.ts";
import { type BasicOcspResponse, parseBasicOcspResponse, parseOcspResponse } from "../../lib/revocation/ocsp-read.ts";
import { issueOcspResponse, type SingleInput } from "../../lib/revocation/ocsp-response.ts";
import { isOcspIntact, verifyOcspResponse } from "../../lib/revocation/ocsp-verify.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { assembleCertificate, certificateTbs, type TbsFields } from "../../lib/x509/issue.ts";
import { ocspResponderProfile } from "../../lib/x509/profiles.ts";
import { judge, pem, withFiles } from "../judges/judge.ts";
import { openssl } from "../worlds/foreign.ts";
import { flipBit, mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newWorld, type Party, URLS } from "../worlds/world.ts";

const world = await newWorld({ seed: "revocation/verify" });
const issuer = world.issuingCa.certificate;
const leaf = world.oneTime().certificate;
const { serial } = leaf;
const HOUR = 3_600_000;
const CERT_ID = writeCertId("SHA-1", issuer, serial);
const GOOD: SingleInput = { certId: CERT_ID, status: { kind: "good" }, thisUpdate: world.now };

const octets = await respond(world.ocsp, GOOD);

test("our own response is intact about the certificate it was made for, and about no other", async () => {
  const result = await verifyOcspResponse(read(octets), { serial, issuer });
  expect(isOcspIntact(result)).toBe(true);
  expect(result).toMatchObject({ authority: "delegated", signature: "valid", noCheck: true, withinValidity: true });
  expect(result.single).toMatchObject({ status: { kind: "good" }, thisUpdate: world.now });
  const other = await verifyOcspResponse(read(octets), { serial: Uint8Array.of(1), issuer });
  expect(other.single).toBeUndefined();
  expect(isOcspIntact(other)).toBe(false);
});

test("each bit of what the responder signed and of its signature counts", async () => {
  const { tbs, signature } = read(octets);
  const spans = [tbs, signature].map((part) => ({ at: toHex(octets).indexOf(toHex(part)) / 2, length: part.length }));
  const bit = fc.oneof(...spans.map(({ at, length }) => fc.integer({ min: at * 8, max: (at + length) * 8 - 1 })));
  await fc.assert(
    fc.asyncProperty(bit, async (at) => {
      const changed = orFault(() => parseOcspResponse(flipBit(octets, at)))?.basic;
      if (changed !== undefined)
        expect(isOcspIntact(await verifyOcspResponse(changed, { serial, issuer }))).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("any change to a response gives facts or a Fault, never another error", async () => {
  const revoked = await respond(world.ocsp, {
    ...GOOD,
    status: { kind: "revoked", at: world.now, reason: 4 },
    nextUpdate: world.now,
  });
  for (const response of [octets, revoked])
    await fc.assert(
      fc.asyncProperty(mutations(response), async (changed) => {
        const basic = orFault(() => parseOcspResponse(changed))?.basic;
        if (basic !== undefined) await verifyOcspResponse(basic, { serial, issuer });
      }),
      { numRuns: RUNS },
    );
});

test("a revocation counts before a good status, and a newer status before an older one", async () => {
  const at = (thisUpdate: number, status: SingleInput["status"]) => ({ certId: CERT_ID, status, thisUpdate });
  const pick = async (...singles: SingleInput[]) =>
    (await verifyOcspResponse(read(await respond(world.ocsp, ...singles)), { serial, issuer })).single;
  const revoked = { kind: "revoked", at: world.now - HOUR } as const;
  expect(await pick(at(world.now, { kind: "good" }), at(world.now - HOUR, revoked))).toMatchObject({ status: revoked });
  const newest = await pick(at(world.now - HOUR, { kind: "good" }), at(world.now, { kind: "good" }));
  expect(newest?.thisUpdate).toBe(world.now);
});

describe("who may answer", () => {
  const verify = async (response: Uint8Array, certificates: readonly Uint8Array[] = []) =>
    verifyOcspResponse(read(response), { serial, issuer, certificates });

  test("the issuer itself, with or without its certificate inside", async () => {
    const result = await verify(await respond(world.issuingCa, GOOD));
    expect(result).toMatchObject({ authority: "issuer", signature: "valid", noCheck: false });
    expect(isOcspIntact(result)).toBe(true);
  });

  test.each([
    ["one without the purpose", (fields: TbsFields) => without(fields, OID.extendedKeyUsage)],
    ["one with every purpose", (fields: TbsFields) => usage(fields, OID.anyExtendedKeyUsage)],
    [
      "one with an unreadable purpose",
      (fields: TbsFields) => ({
        ...fields,
        extensions: [{ oid: OID.extendedKeyUsage, critical: false, value: integer(1) }],
      }),
    ],
  ])("not %s, though the issuer certified it", async (_, change) => {
    const result = await verify(await respond(delegate(change, world.issuingCa), GOOD));
    expect(result).toMatchObject({ authority: "none", signature: "valid" });
    expect(isOcspIntact(result)).toBe(false);
  });

  test("not one that somebody else certified under the issuer's name, nor one of another CA", async () => {
    for (const party of [
      delegate((fields) => fields, world.root),
      delegate((fields) => ({ ...fields, issuer: world.root.certificate.subject.raw }), world.root),
    ])
      expect(await verify(await respond(party, GOOD))).toMatchObject({ authority: "none", signature: "valid" });
  });

  test("not one that was certified by the issuer's key under another name", async () => {
    const other = delegate((fields) => ({ ...fields, issuer: world.root.certificate.subject.raw }), world.issuingCa);
    expect(await verify(await respond(other, GOOD))).toMatchObject({ authority: "none", signature: "valid" });
  });

  test("not one that calls itself by the issuer's name, with a key of its own", async () => {
    const impostor = delegate(
      (fields) => without({ ...fields, subject: issuer.subject.raw }, OID.extendedKeyUsage),
      world.root,
    );
    const result = await verify(byName(impostor, [impostor.certificate.raw]));
    expect(isOcspIntact(result)).toBe(false);
    expect(result.signature === "valid" && result.authority !== "none").toBe(false);
  });

  test("not one that a response by name does not name", async () => {
    const named = byName({ ...world.ocsp, certificate: world.tsa.certificate }, [world.ocsp.certificate.raw]);
    expect(await verify(named)).toMatchObject({ signature: "no-certificate", responder: undefined });
  });

  test("not the signer of documents", async () => {
    expect(await verify(await respond(world.oneTime(), GOOD))).toMatchObject({ authority: "none" });
  });

  test("one whose certificate lies elsewhere, or nobody if it is nowhere", async () => {
    const bare = { ...read(octets), certificates: [] };
    expect(await verifyOcspResponse(bare, { serial, issuer })).toMatchObject({
      signature: "no-certificate",
      authority: "none",
      responder: undefined,
    });
    const certificates = [Uint8Array.of(0x30, 0), world.ocsp.certificate.raw];
    expect(isOcspIntact(await verifyOcspResponse(bare, { serial, issuer, certificates }))).toBe(true);
  });

  test("the one whose key signed, where a stranger of the same name stands in front of it", async () => {
    const stranger = delegate((fields) => fields, world.root, world.tsa);
    const named = byName(world.ocsp, [stranger.certificate.raw, world.ocsp.certificate.raw]);
    expect(await verify(named)).toMatchObject({ authority: "delegated", signature: "valid" });
  });

  test("one whose certificate was not valid when it answered is told apart", async () => {
    const old = delegate((fields) => ({ ...fields, notAfter: world.now - 1000 }), world.issuingCa);
    expect(await verify(await respond(old, GOOD))).toMatchObject({ authority: "delegated", withinValidity: false });
  });
});

test("a response by name, with a version, an empty list of extensions and fields of others is read", () => {
  const basic = parseBasicOcspResponse(basicOf(byName(world.ocsp, [])));
  expect(basic.responder).toMatchObject({ name: { rdns: expect.any(Array) } });
  const tbs = sequence(
    explicit(0, integer(0)),
    explicit(2, octetString(new Uint8Array(20))),
    generalizedTime(world.now),
    sequence(
      sequence(
        CERT_ID,
        element(0x80),
        generalizedTime(world.now),
        explicit(1, sequence(sequence(oid("1.2.3"), octetString(nullValue())))),
      ),
    ),
    explicit(1, sequence()),
  );
  const read = parseBasicOcspResponse(sequence(tbs, ecdsaWithSha256(), bitString(Uint8Array.of(1))));
  expect(read).toMatchObject({
    extensions: [],
    certificates: [],
    singles: [{ extensions: [{ oid: "1.2.3" }], nextUpdate: undefined }],
  });
});

test("a response of another version is malformed", () => {
  const tbs = sequence(
    explicit(0, integer(1)),
    explicit(2, octetString(new Uint8Array(20))),
    generalizedTime(0),
    sequence(),
  );
  const basic = sequence(tbs, ecdsaWithSha256(), bitString(Uint8Array.of(1)));
  expect(() => parseBasicOcspResponse(basic)).toThrow(expect.objectContaining({ code: "ocsp_malformed" }));
});

test.each([
  ["a status that does not exist", "ocsp_malformed", sequence(enumerated(4))],
  ["success without a response", "ocsp_malformed", sequence(enumerated(0))],
  ["an error with a response", "ocsp_malformed", sequence(enumerated(1), explicit(0, sequence()))],
  [
    "another type of response",
    "ocsp_malformed",
    sequence(enumerated(0), explicit(0, sequence(oid("1.2.3"), octetString(octets)))),
  ],
])("%s is malformed", (_, code, response) => {
  expect(() => parseOcspResponse(response)).toThrow(expect.objectContaining({ code }));
});

describe.skipIf(!judge("openssl", "OCSP responses of others are read"))("openssl ocsp -index", () => {
  const hex = toHex(serial).toUpperCase();
  test.each([
    ["good", `V\t400101000000Z\t\t${hex}\tunknown\t/CN=x\n`],
    ["revoked", `R\t400101000000Z\t270114030000Z,keyCompromise\t${hex}\tunknown\t/CN=x\n`],
    ["unknown", `V\t400101000000Z\t\t01\tunknown\t/CN=x\n`],
  ])("an answer %s is read and intact", async (kind, index) => {
    const response = await foreignResponse(index);
    const result = await verifyOcspResponse(read(response), { serial, issuer });
    expect(result).toMatchObject({ authority: "delegated", signature: "valid", single: { status: { kind } } });
    expect(isOcspIntact(result)).toBe(true);
    if (kind === "revoked") expect(result.single?.status).toEqual({ kind, at: Date.UTC(2027, 0, 14, 3), reason: 1 });
  });
});

function foreignResponse(index: string): Promise<Uint8Array> {
  return withFiles({ index, "index.attr": "unique_subject = no\n" }, (indexPath) =>
    openssl(
      {
        ca: pem(issuer.raw),
        leaf: pem(leaf.raw),
        responder: pem(world.ocsp.certificate.raw),
        key: String(world.ocsp.privateKey.export({ format: "pem", type: "pkcs8" })),
      },
      "response",
      (path, out) => [
        ...["ocsp", "-index", indexPath.index, "-CA", path("ca"), "-rsigner", path("responder"), "-rkey", path("key")],
        ...["-issuer", path("ca"), "-cert", path("leaf"), "-ndays", "1", "-respout", out, "-noverify"],
      ],
    ),
  );
}

function respond(
  party: Pick<Party, "certificate" | "signer">,
  ...singles: readonly SingleInput[]
): Promise<Uint8Array> {
  return issueOcspResponse({ singles, producedAt: world.now, responder: party.certificate }, party.signer);
}

function read(response: Uint8Array): BasicOcspResponse {
  const { basic } = parseOcspResponse(response);
  if (basic === undefined) throw new Error("no response");
  return basic;
}

function basicOf(response: Uint8Array): Uint8Array {
  return read(response).raw;
}

/** A responder's certificate, changed and signed at will, on the world's responder's key or another's. */
function delegate(change: (fields: TbsFields) => TbsFields, by: Party, key: Party = world.ocsp): Party {
  const fields = ocspResponderProfile({
    serial: Uint8Array.of(9),
    name: { commonName: "Test OCSP", organization: "Test", country: "VN", demo: true },
    spki: key.certificate.spki,
    notBefore: world.now - HOUR,
    notAfter: world.now + HOUR,
    issuer,
    urls: URLS,
  });
  const tbs = certificateTbs(change(fields));
  return { ...key, certificate: parseCertificate(assembleCertificate(tbs, by.sign(tbs))) };
}

function without(fields: TbsFields, extension: string): TbsFields {
  return { ...fields, extensions: fields.extensions.filter((one) => one.oid !== extension) };
}

function usage(fields: TbsFields, purpose: string): TbsFields {
  const value = sequence(oid(purpose));
  return {
    ...fields,
    extensions: [
      ...without(fields, OID.extendedKeyUsage).extensions,
      { oid: OID.extendedKeyUsage, critical: false, value },
    ],
  };
}

/** A response whose responder is named by its name. */
function byName(party: Party, certificates: readonly Uint8Array[]): Uint8Array {
  const single = sequence(CERT_ID, element(0x80), generalizedTime(world.now));
  const tbs = sequence(explicit(1, party.certificate.subject.raw), generalizedTime(world.now), sequence(single));
  const certs = certificates.length === 0 ? [] : [explicit(0, sequence(...certificates))];
  const basic = sequence(tbs, ecdsaWithSha256(), bitString(party.sign(tbs)), ...certs);
  return sequence(enumerated(0), explicit(0, sequence(oid(OID.ocspBasic), octetString(basic))));
}
