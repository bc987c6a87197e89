import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { boolean, element, explicit, integer, octetString, oid, sequence } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { isIssuedBy, writeCertId } from "../../lib/revocation/cert-id.ts";
import { buildOcspRequest, MAX_CERT_IDS, parseOcspRequest } from "../../lib/revocation/ocsp-request.ts";
import { judge, pem } from "../judges/judge.ts";
import { openssl } from "../worlds/foreign.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "revocation/request" });
const issuer = world.issuingCa.certificate;
const leaf = world.oneTime().certificate;
const CERT_ID = writeCertId("SHA-1", issuer, leaf.serial);
const NONCE = world.random(32);

test("a request comes back as it was built", () => {
  const sha256 = writeCertId("SHA-256", issuer, leaf.serial);
  const request = parseOcspRequest(buildOcspRequest([CERT_ID, sha256], NONCE));
  expect(request.certIds.map(({ raw }) => toHex(raw))).toEqual([CERT_ID, sha256].map(toHex));
  expect(request.certIds.map(({ hash }) => hash)).toEqual(["SHA-1", "SHA-256"]);
  expect(toHex(request.nonce ?? new Uint8Array())).toBe(toHex(NONCE));
  expect(parseOcspRequest(buildOcspRequest([CERT_ID])).nonce).toBeUndefined();
});

test("a CertID names its issuer by name and key, and no other issuer", () => {
  for (const hash of ["SHA-1", "SHA-256", "SHA-384"] as const) {
    const [id] = parseOcspRequest(buildOcspRequest([writeCertId(hash, issuer, leaf.serial)])).certIds;
    if (id === undefined) throw new Error("no CertID");
    expect(isIssuedBy(id, issuer)).toBe(true);
    expect(isIssuedBy(id, world.root.certificate)).toBe(false);
    // The same name with another key, and the same key with another name.
    expect(isIssuedBy(id, { ...issuer, spki: world.root.certificate.spki })).toBe(false);
    expect(isIssuedBy(id, { ...issuer, subject: world.root.certificate.subject })).toBe(false);
  }
});

test("a CertID by an unknown hash is read and names nobody", () => {
  const strange = sequence(sequence(oid("1.2.3")), octetString(NONCE), octetString(NONCE), integer(5));
  const [id] = parseOcspRequest(buildOcspRequest([strange])).certIds;
  expect(id).toMatchObject({ hash: undefined });
  expect(id !== undefined && isIssuedBy(id, issuer)).toBe(false);
});

describe("a nonce", () => {
  const withNonce = (value: Uint8Array) => request({ extensions: [sequence(oid(OID.ocspNonce), octetString(value))] });
  test.each([1, 16, 32])("of %i octets is to be repeated", (octets) => {
    expect(parseOcspRequest(withNonce(octetString(new Uint8Array(octets)))).nonce?.length).toBe(octets);
  });
  test.each([33, 128])("of %i octets is passed over", (octets) => {
    expect(parseOcspRequest(withNonce(octetString(new Uint8Array(octets)))).nonce).toBeUndefined();
  });
  test.each([0, 129])("of %i octets is malformed", (octets) => {
    expect(() => parseOcspRequest(withNonce(octetString(new Uint8Array(octets))))).toThrow(
      expect.objectContaining({ code: "ocsp_malformed" }),
    );
  });
  test("that is no OCTET STRING is malformed", () => {
    expect(() => parseOcspRequest(withNonce(integer(1)))).toThrow(expect.objectContaining({ code: "der_malformed" }));
  });
  test.each([0, 33])("of %i octets is a programmer's mistake", (octets) => {
    expect(() => buildOcspRequest([CERT_ID], new Uint8Array(octets))).toThrow(TypeError);
  });
});

test("sixteen certificates may be asked for, a seventeenth and none may not", () => {
  const many = (count: number) =>
    buildOcspRequest(
      Array.from({ length: count }, () => CERT_ID),
      NONCE,
    );
  expect(parseOcspRequest(many(MAX_CERT_IDS)).certIds.length).toBe(16);
  for (const count of [0, 17])
    expect(() => parseOcspRequest(many(count))).toThrow(expect.objectContaining({ code: "ocsp_malformed" }));
});

test.each([
  ["another version", "ocsp_malformed", request({ version: explicit(0, integer(1)) })],
  [
    "a critical extension that is unknown",
    "ocsp_malformed",
    request({ extensions: [sequence(oid("1.2.3"), boolean(true), octetString(NONCE))] }),
  ],
  [
    "more octets than a response can repeat",
    "ocsp_malformed",
    request({ requestor: element(0xa1, octetString(new Uint8Array(2400))) }),
  ],
  ["a field too many", "der_malformed", sequence(sequence(sequence(sequence(CERT_ID))), integer(1))],
])("%s is malformed", (_, code, octets) => {
  expect(() => parseOcspRequest(octets)).toThrow(expect.objectContaining({ code }));
});

test("a requestor's name, an extension that is not critical and a signature are let pass", () => {
  const octets = request({
    version: explicit(0, integer(0)),
    requestor: element(0xa1, sequence()),
    extensions: [sequence(oid("1.2.3"), octetString(NONCE))],
    signature: element(0xa0, sequence()),
  });
  expect(parseOcspRequest(octets)).toMatchObject({ nonce: undefined, certIds: [{ hash: "SHA-1" }] });
});

test("any change to a request gives a request or a Fault, never another error", () => {
  const octets = buildOcspRequest([CERT_ID, writeCertId("SHA-256", issuer, leaf.serial)], NONCE);
  fc.assert(
    fc.property(mutations(octets), (changed) => void orFault(() => parseOcspRequest(changed))),
    { numRuns: RUNS },
  );
});

describe.skipIf(!judge("openssl", "requests of others are read"))("openssl ocsp -reqout", () => {
  test.each([
    [[], "SHA-1"],
    [["-sha256"], "SHA-256"],
  ] as const)("%j", async (options, hash) => {
    const files = { issuer: pem(issuer.raw), leaf: pem(leaf.raw) };
    const made = await openssl(files, "request", (path, out) => [
      ...["ocsp", "-issuer", path("issuer"), ...options, "-cert", path("leaf"), "-reqout", out],
    ]);
    const { certIds, nonce } = parseOcspRequest(made);
    expect(certIds.length).toBe(1);
    expect(certIds[0]?.hash).toBe(hash);
    expect(toHex(certIds[0]?.raw ?? NONCE)).toBe(toHex(writeCertId(hash, issuer, leaf.serial)));
    expect(nonce?.length).toBe(16);
  });
});

function request(parts: {
  readonly version?: Uint8Array;
  readonly requestor?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
  readonly signature?: Uint8Array;
}): Uint8Array {
  const none = new Uint8Array();
  return sequence(
    sequence(
      parts.version ?? none,
      parts.requestor ?? none,
      sequence(sequence(CERT_ID)),
      parts.extensions === undefined ? none : explicit(2, sequence(...parts.extensions)),
    ),
    parts.signature ?? none,
  );
}
