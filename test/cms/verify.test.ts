import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { raw, readDer } from "../../lib/asn1/read.ts";
import { TAG } from "../../lib/asn1/tags.ts";
import {
  element,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  utf8String,
} from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { assemble, attribute } from "../../lib/cms/build.ts";
import { type CertificateId, certificateId } from "../../lib/cms/certificate-id.ts";
import { parseSignedData, type SignedData } from "../../lib/cms/read.ts";
import { signedAttributes } from "../../lib/cms/sign.ts";
import { isIntact, type SignerResult } from "../../lib/cms/signer-result.ts";
import { signingCertificateV2 } from "../../lib/cms/signing-certificate.ts";
import { verifySigner } from "../../lib/cms/verify.ts";
import { ecdsaWithSha256, hashAlgorithm, hashAlgorithmNull } from "../../lib/crypto/algorithms.ts";
import { assembleCertificate, certificateTbs } from "../../lib/x509/issue.ts";
import { judge } from "../judges/judge.ts";
import foreign from "../vectors/cms/foreign.json" with { type: "json" };
import { sha256, signCms } from "../worlds/cms.ts";
import { newForeign, openssl } from "../worlds/foreign.ts";
import { flipBit, mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "cms/verify" });
const signer = world.oneTime();
const certificate = signer.certificate.raw;
const content = new TextEncoder().encode("%PDF-1.7 a document");
const cms = await signCms(world, content, signer);
const CONTENT = Buffer.from(foreign.content, "base64");

const CONTENT_TYPE = attribute(oid(OID.contentType), oid(OID.data));
const DIGEST = attribute(oid(OID.messageDigest), octetString(sha256(content)));
const REFERENCE = signingCertificateV2(certificate);

test("our own message is intact, and every fact about it is as it should be", async () => {
  const result = await verifySigner(parseSignedData(cms), { content });
  expect(isIntact(result)).toBe(true);
  expect(result).toMatchObject({
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
    issuerSerial: "match",
    confusable: false,
  });
  expect(toHex(result.certificate?.raw ?? new Uint8Array())).toBe(toHex(certificate));
  expect(result.attributes).toMatchObject({
    signingTime: "missing",
    signingCertificates: 1,
    signingCertificateVersion: 2,
  });
});

for (const vector of foreign.cases) {
  test(`verifies a message of others: ${vector.name}`, async () => {
    const message = parseSignedData(Buffer.from(vector.cms, "base64"));
    for (const one of message.signers) {
      const result = await verifySigner(message, { signer: one, content: CONTENT });
      expect(isIntact(result)).toBe(true);
      expect(result.algorithmsAgree).toBe(true);
      expect(result.signingCertificate).toBe(vector.signingCertificate ?? "missing");
      if (message.signers.length > 1) continue;
      expect(result.signatureAlgorithm).toMatchObject({ kind: vector.kind, hash: vector.hash });
      expect(isIntact(await verifySigner(message, { signer: one, content: flipBit(CONTENT, 77) }))).toBe(false);
    }
  });
}

describe("what is signed", () => {
  const message = parseSignedData(cms);
  test("may come in pieces, as a digest, or as what computes one", async () => {
    for (const input of [
      { content: [content.subarray(0, 5), content.subarray(5)] },
      { contentDigest: sha256(content) },
      { contentDigest: () => sha256(content) },
    ])
      expect(isIntact(await verifySigner(message, input))).toBe(true);
  });

  test("must be there", async () => {
    const result = await verifySigner(message, {});
    expect(result).toMatchObject({ messageDigest: "no-content", signature: "valid" });
    expect(isIntact(result)).toBe(false);
  });

  test("is what the caller gives, and never what a message smuggles in beside it", async () => {
    const smuggled = forged({ attributes: [CONTENT_TYPE, DIGEST, REFERENCE], encapsulated: content });
    expect((await verifySigner(smuggled, {})).messageDigest).toBe("match");
    expect((await verifySigner(smuggled, { content: Uint8Array.of(1) })).messageDigest).toBe("mismatch");
  });

  test("is hashed by the algorithm of the signer: a digest of another length does not match", async () => {
    expect((await verifySigner(message, { contentDigest: new Uint8Array(64) })).messageDigest).toBe("mismatch");
  });
});

test("each bit of the signed attributes and of the signature counts", async () => {
  const [one] = parseSignedData(cms).signers;
  if (one?.signedAttributes === undefined) throw new Error("no signer");
  const hex = toHex(cms);
  const attributesAt = hex.indexOf(toHex(one.signedAttributes.octets).slice(2)) / 2;
  const signatureAt = hex.indexOf(toHex(one.signature)) / 2;
  const bits = (from: number, octets: number) => fc.integer({ min: from * 8, max: (from + octets) * 8 - 1 });
  const bit = fc.oneof(
    bits(attributesAt, one.signedAttributes.octets.length - 1),
    bits(signatureAt, one.signature.length),
  );
  await fc.assert(
    fc.asyncProperty(bit, async (at) => {
      const changed = orFault(() => parseSignedData(flipBit(cms, at)));
      if (changed !== undefined) expect(isIntact(await verifySigner(changed, { content }))).toBe(false);
    }),
    { numRuns: RUNS },
  );
});

test("any change to a message gives facts or a Fault, never another error", async () => {
  await fc.assert(
    fc.asyncProperty(mutations(cms), async (changed) => {
      const message = orFault(() => parseSignedData(changed));
      if (message !== undefined && message.signers.length > 0) await verifySigner(message, { content });
    }),
    { numRuns: RUNS },
  );
});

describe("signed attributes passed off as a document", () => {
  const attributes = signedAttributes({ digest: sha256(content), signerCertificate: certificate });
  const bare = (over: Uint8Array) => withoutAttributes(signer.sign(over));

  test("have a signature that verifies, and are not intact", async () => {
    const result = await verifySigner(bare(attributes), { content: attributes });
    expect(result).toMatchObject({ signature: "valid", confusable: true, signedAttributes: "absent" });
    expect(isIntact(result)).toBe(false);
  });

  test("are told from an honest document without signed attributes", async () => {
    const result = await verifySigner(bare(content), { content });
    expect(result).toMatchObject({ signature: "valid", confusable: false, messageDigest: "unneeded" });
    expect(isIntact(result)).toBe(true);
  });

  test("may be left out for id-data only", async () => {
    const result = await verifySigner(withoutAttributes(signer.sign(content), OID.tstInfo), { content });
    expect(result).toMatchObject({ signature: "valid", contentType: "missing" });
    expect(isIntact(result)).toBe(false);
  });

  test("cannot be judged by a digest alone when there are none", async () => {
    const inside = { ...bare(content), content };
    for (const message of [bare(content), inside])
      expect((await verifySigner(message, { contentDigest: sha256(content) })).signature).toBe("no-content");
    expect((await verifySigner(inside, {})).signature).toBe("valid");
  });
});

describe("attributes that RFC 5652 does not allow", () => {
  const other = attribute(oid(OID.messageDigest), octetString(sha256(Uint8Array.of(1))));
  const two = sequence(oid(OID.messageDigest), setOf(octetString(sha256(content)), octetString(new Uint8Array(32))));
  const cases: readonly (readonly [string, readonly Uint8Array[], Partial<SignerResult>])[] = [
    ["no message-digest", [CONTENT_TYPE], { messageDigest: "missing" }],
    ["two message-digests", [CONTENT_TYPE, DIGEST, other], { messageDigest: "repeated" }],
    [
      "a message-digest beside an empty one",
      [CONTENT_TYPE, DIGEST, sequence(oid(OID.messageDigest), setOf())],
      { messageDigest: "repeated" },
    ],
    ["a message-digest of two values", [CONTENT_TYPE, two], { messageDigest: "repeated" }],
    [
      "a message-digest without a value",
      [CONTENT_TYPE, sequence(oid(OID.messageDigest), setOf())],
      { messageDigest: "malformed" },
    ],
    [
      "a message-digest that is a number",
      [CONTENT_TYPE, attribute(oid(OID.messageDigest), integer(1))],
      { messageDigest: "malformed" },
    ],
    ["no content-type", [DIGEST], { contentType: "missing" }],
    ["another content-type", [attribute(oid(OID.contentType), oid(OID.tstInfo)), DIGEST], { contentType: "mismatch" }],
    ["two content-types", [CONTENT_TYPE, CONTENT_TYPE, DIGEST], { contentType: "repeated" }],
    ["none at all", [], { messageDigest: "missing", contentType: "missing" }],
  ];
  test.each(cases)("%s", async (_, attributes, facts) => {
    const result = await verifySigner(forged({ attributes }), { content });
    expect(result).toMatchObject({ ...facts, signature: "valid" });
    expect(isIntact(result)).toBe(false);
  });
});

describe("the certificate that signing-certificate names", () => {
  const verify = (reference: Uint8Array | undefined, certificates?: readonly Uint8Array[]) =>
    verifySigner(
      forged({ attributes: [CONTENT_TYPE, DIGEST, ...(reference === undefined ? [] : [reference])], certificates }),
      { content },
    );
  const essV2 = (...parts: readonly Uint8Array[]) =>
    attribute(oid(OID.signingCertificateV2), sequence(sequence(sequence(...parts))));
  const hash = octetString(sha256(certificate));

  test("is missing, or another, and the signature holds all the same", async () => {
    expect(await verify(undefined)).toMatchObject({ signingCertificate: "missing", signature: "valid" });
    const other = signingCertificateV2(world.issuingCa.certificate.raw);
    expect(await verify(other)).toMatchObject({
      signingCertificate: "mismatch",
      issuerSerial: "mismatch",
      signature: "valid",
    });
  });

  test("is bound by its hash; a wrong issuer or serial number beside a right hash is reported apart", async () => {
    const hint = sequence(sequence(element(0xa4, signer.certificate.issuer.raw)), integer(7));
    expect(await verify(essV2(hash, hint))).toMatchObject({ signingCertificate: "match", issuerSerial: "mismatch" });
    expect(await verify(essV2(hash, sequence(sequence(), integer(7))))).toMatchObject({ issuerSerial: "mismatch" });
    expect(await verify(essV2(hash))).toMatchObject({ signingCertificate: "match", issuerSerial: "absent" });
  });

  test("may be named by another hash, written out or unknown", async () => {
    expect((await verify(essV2(hashAlgorithm("SHA-256"), hash))).signingCertificate).toBe("match");
    expect((await verify(essV2(hashAlgorithm("SHA-512"), hash))).signingCertificate).toBe("mismatch");
    expect((await verify(essV2(sequence(oid("1.2.3")), hash))).signingCertificate).toBe("unsupported");
  });

  test("must be named once and readably", async () => {
    const twice = [CONTENT_TYPE, DIGEST, REFERENCE, essV2(octetString(new Uint8Array(32)))];
    const result = await verifySigner(forged({ attributes: twice }), { content });
    expect(result).toMatchObject({ signingCertificate: "repeated", attributes: { signingCertificates: 2 } });
    const empty = attribute(oid(OID.signingCertificateV2), sequence(sequence()));
    expect((await verify(empty)).signingCertificate).toBe("malformed");
    expect((await verify(attribute(oid(OID.signingCertificateV2), integer(1)))).signingCertificate).toBe("malformed");
  });

  test("tells two certificates of the same issuer and serial number apart, whichever comes first", async () => {
    const twin = twinOf();
    for (const certificates of [
      [twin, certificate],
      [certificate, twin],
    ]) {
      const message = { ...forged({ attributes: [CONTENT_TYPE, DIGEST, REFERENCE] }), certificates };
      expect(await verifySigner(message, { content })).toMatchObject({
        signature: "valid",
        signingCertificate: "match",
      });
    }
    // Without it, the first that carries the number is taken at its word, and found wanting.
    const unreferred = { ...forged({ attributes: [CONTENT_TYPE, DIGEST] }), certificates: [twin, certificate] };
    expect((await verifySigner(unreferred, { content })).signature).toBe("invalid");
  });

  test("is found by its hash where the signer's number fits none, and that is said", async () => {
    const message = forged({ attributes: [CONTENT_TYPE, DIGEST, REFERENCE], signer: world.tsa.certificate.raw });
    expect(await verifySigner(message, { content })).toMatchObject({ identified: false, signature: "valid" });
  });

  test("is the one of that issuer: a serial number alone names nothing", async () => {
    const stranger = { issuer: world.root.certificate.issuer.raw, serial: signer.certificate.serial };
    const message = forged({ attributes: [CONTENT_TYPE, DIGEST], id: stranger });
    expect(await verifySigner(message, { content })).toMatchObject({ identified: false, signature: "no-certificate" });
  });

  test("is found where the signer wrote the issuer's name with other string types or letter case", async () => {
    const rewritten = element(
      TAG.sequence,
      ...signer.certificate.issuer.rdns.map(([part]) =>
        setOf(sequence(oid(part?.type ?? ""), utf8String(part?.value?.toUpperCase() ?? ""))),
      ),
    );
    expect(toHex(rewritten)).not.toBe(toHex(signer.certificate.issuer.raw));
    const id = { issuer: rewritten, serial: signer.certificate.serial };
    expect(await verifySigner(forged({ attributes: [CONTENT_TYPE, DIGEST], id }), { content })).toMatchObject({
      identified: true,
      signature: "valid",
    });
  });

  test("may lie outside the message; junk among the certificates is passed over", async () => {
    const junk = [Uint8Array.of(0x30, 0), sequence(sequence(integer(1)))];
    const message = forged({ attributes: [CONTENT_TYPE, DIGEST, REFERENCE], certificates: junk });
    expect(await verifySigner(message, { content })).toMatchObject({
      signature: "no-certificate",
      signingCertificate: "unknown",
    });
    expect(await verifySigner(message, { content, certificates: [certificate] })).toMatchObject({ signature: "valid" });
  });
});

test("algorithms that are repeated under the signature must be the ones in use", async () => {
  const protection = (digest: Uint8Array, signature: Uint8Array) => {
    const tagged = Uint8Array.from(signature);
    tagged[0] = 0xa1;
    return attribute(oid(OID.cmsAlgorithmProtection), sequence(digest, tagged));
  };
  const verify = async (value: Uint8Array) =>
    (await verifySigner(forged({ attributes: [CONTENT_TYPE, DIGEST, value] }), { content })).algorithmProtection;
  expect(await verify(protection(hashAlgorithm("SHA-256"), ecdsaWithSha256()))).toBe("match");
  // What some libraries write: NULL in one place, nothing in the other.
  expect(await verify(protection(hashAlgorithmNull("SHA-256"), sequence(oid(OID.ecdsaWithSha256), nullValue())))).toBe(
    "match",
  );
  expect(await verify(protection(hashAlgorithm("SHA-1"), ecdsaWithSha256()))).toBe("mismatch");
  expect(await verify(protection(hashAlgorithm("SHA-256"), sequence(oid(OID.ecdsaWithSha256), integer(5))))).toBe(
    "mismatch",
  );
  expect(await verify(protection(hashAlgorithmNull("SHA-256"), sequence(oid(OID.ecdsaWithSha1))))).toBe("mismatch");
  expect(await verify(attribute(oid(OID.cmsAlgorithmProtection), integer(1)))).toBe("malformed");
});

test("an unknown algorithm is a fact, and so is one that disagrees with the digest", async () => {
  const attributes = [CONTENT_TYPE, DIGEST];
  const unknown = forged({ attributes, signatureAlgorithm: sequence(oid("1.2.3.4")) });
  expect(await verifySigner(unknown, { content })).toMatchObject({ signature: "unsupported", algorithmsAgree: false });
  const disagreeing = forged({ attributes, signatureAlgorithm: sequence(oid(OID.ecdsaWithSha384)) });
  expect(await verifySigner(disagreeing, { content })).toMatchObject({ signature: "invalid", algorithmsAgree: false });
});

test("the claimed time is read where it is there", async () => {
  const claimed = attribute(oid(OID.signingTime), time(world.now));
  const result = await verifySigner(forged({ attributes: [CONTENT_TYPE, DIGEST, claimed] }), { content });
  expect(result.attributes?.signingTime).toEqual({ value: world.now });
});

test("a message without a signer has nothing to verify", async () => {
  const message = { ...parseSignedData(cms), signers: [] };
  await expect(verifySigner(message, { content })).rejects.toMatchObject({ code: "cms_malformed" });
});

describe.skipIf(!judge("openssl", "we accept fresh messages of others"))("fresh messages by OpenSSL", () => {
  test.each([
    ["p256", ["-stream", "-nodetach"]],
    ["p384", ["-keyid", "-md", "sha384"]],
    ["p256", ["-cades", "-md", "sha512"]],
    ["p521", ["-noattr", "-md", "sha512"]],
  ] as const)("%s %j", async (kind, options) => {
    const who = await newForeign(kind, "/C=VN/CN=Nguyễn Văn A", ["subjectKeyIdentifier=hash"]);
    const files = { content, "key.pem": who.keyPem, "certificate.pem": who.certificatePem };
    const made = await openssl(files, "cms", (path, out) => [
      ...["cms", "-sign", "-binary", "-in", path("content"), "-signer", path("certificate.pem")],
      ...["-inkey", path("key.pem"), "-outform", "DER", "-out", out, ...options],
    ]);
    const message = parseSignedData(made);
    expect(isIntact(await verifySigner(message, { content }))).toBe(true);
    expect(isIntact(await verifySigner(message, { content: flipBit(content, 9) }))).toBe(false);
  });
});

/** A message by the world's signer with any set of attributes; the signature over them is a true one. */
function forged(parts: {
  readonly attributes: readonly Uint8Array[];
  readonly encapsulated?: Uint8Array;
  readonly certificates?: readonly Uint8Array[] | undefined;
  /** Whose issuer and serial number the signer carries. */
  readonly signer?: Uint8Array;
  readonly id?: CertificateId;
  readonly signatureAlgorithm?: Uint8Array;
}): SignedData {
  const attributes = setOf(...parts.attributes);
  return parseSignedData(
    assemble(
      {
        contentType: oid(OID.data),
        ...(parts.encapsulated === undefined ? {} : { content: parts.encapsulated }),
        signedAttributes: attributes,
        signer: parts.id ?? certificateId(parts.signer ?? certificate),
        signatureAlgorithm: parts.signatureAlgorithm ?? ecdsaWithSha256(),
        signature: signer.sign(attributes),
        certificates: parts.certificates ?? [certificate],
        unsignedAttributes: [],
      },
      1,
    ),
  );
}

/** The message of a signer without signed attributes. */
function withoutAttributes(signature: Uint8Array, contentType: string = OID.data): SignedData {
  const message = forged({ attributes: [CONTENT_TYPE, DIGEST] });
  const [one] = message.signers;
  if (one === undefined) throw new Error("no signer");
  return { ...message, contentType, signers: [{ ...one, signedAttributes: undefined, signature }] };
}

/** Another certificate with the signer's issuer and serial number, by whoever likes to make one. */
function twinOf(): Uint8Array {
  const { serial, issuer, subject, notBefore, notAfter } = signer.certificate;
  const tbs = certificateTbs({
    serial,
    issuer: issuer.raw,
    subject: subject.raw,
    notBefore,
    notAfter,
    spki: world.oneTime().certificate.spki,
    extensions: [{ oid: OID.keyUsage, critical: true, value: Uint8Array.of(3, 2, 6, 0x40) }],
  });
  return raw(readDer(assembleCertificate(tbs, signer.sign(tbs))));
}
