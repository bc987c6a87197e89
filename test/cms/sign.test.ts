import { ContentInfo, SignedData } from "pkijs";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { children, raw, readDer } from "../../lib/asn1/read.ts";
import { integer, oid, sequence, setOf } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { countOf } from "../../lib/cms/attributes.ts";
import { assemble } from "../../lib/cms/build.ts";
import { certificateId } from "../../lib/cms/certificate-id.ts";
import { isDer } from "../../lib/cms/der.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import { signedAttributes, signedData } from "../../lib/cms/sign.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { ask, judge, pem, withFiles } from "../judges/judge.ts";
import { cmsVerify, cutSigner, tsVerify } from "../judges/openssl.ts";
import { sha256, signCms } from "../worlds/cms.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "cms/sign" });
const signer = world.oneTime();
const root = world.root.certificate.raw;
const content = new TextEncoder().encode("%PDF-1.7 a document");
const cms = await signCms(world, content, signer);
const chain = [signer.certificate.raw, world.issuingCa.certificate.raw];
const attributes = signedAttributes({ digest: sha256(content), signerCertificate: signer.certificate.raw });

test("the signed attributes are content-type, message-digest and signing-certificate-v2, and no signing-time", () => {
  const set = readDer(attributes);
  expect(set.tag).toBe(0x31);
  const [info] = parseSignedData(cms).signers;
  expect(info?.signedAttributes?.list.map(({ type }) => type).sort()).toEqual(
    [OID.contentType, OID.messageDigest, OID.signingCertificateV2].sort(),
  );
  expect(isDer(attributes)).toBe(true);
});

test("signing-certificate-v2 leaves SHA-256 out, for it is the default, and names issuer and serial number", () => {
  const reference = children(readDer(attributes))
    .map((attribute) => toHex(raw(attribute)))
    .find((hex) => hex.includes("060b2a864886f70d010910022f"));
  const hash = toHex(sha256(signer.certificate.raw));
  // SigningCertificateV2, certs, ESSCertIDv2, and at once certHash.
  expect(reference).toMatch(new RegExp(`31[0-9a-f]+30[0-9a-f]+30[0-9a-f]+30[0-9a-f]+0420${hash}30`));
  expect(reference).toContain(toHex(signer.certificate.issuer.raw));
  expect(reference?.endsWith(toHex(signer.certificate.serial))).toBe(true);
});

test("the message is DER, detached, version 1, of one signer, its certificates sorted whatever their order was", () => {
  const message = parseSignedData(cms);
  expect(message).toMatchObject({ der: true, version: 1, contentType: OID.data, content: undefined });
  expect(isDer(cms)).toBe(true);
  expect(message.signers.length).toBe(1);
  expect(message.signers[0]?.version).toBe(1);
  const other = world.root.certificate.raw;
  const build = (certificates: readonly Uint8Array[]) =>
    signedData({ signedAttributes: attributes, signature: Uint8Array.of(1), certificates });
  expect(build([signer.certificate.raw, other, ...chain.slice(1)])).toEqual(build([...chain, other]));
});

test("without a token there are no unsigned attributes at all; with one there is the signature-time-stamp and no other", () => {
  const bare = signedData({ signedAttributes: attributes, signature: Uint8Array.of(1), certificates: chain });
  expect(parseSignedData(bare).signers[0]?.unsignedAttributes).toEqual([]);
  const unsigned = parseSignedData(cms).signers[0]?.unsignedAttributes ?? [];
  expect(unsigned.length).toBe(1);
  expect(countOf(unsigned, OID.signatureTimestamp)).toBe(1);
});

test("unsigned attributes are sorted, whatever their order was", () => {
  const [low, high] = [sequence(oid("1.1"), setOf(integer(1))), sequence(oid("2.1"), setOf(integer(1)))];
  const build = (...unsignedAttributes: readonly Uint8Array[]) =>
    assemble(
      {
        contentType: oid(OID.data),
        signedAttributes: attributes,
        signer: certificateId(signer.certificate.raw),
        signatureAlgorithm: ecdsaWithSha256(),
        signature: Uint8Array.of(1),
        certificates: [],
        unsignedAttributes,
      },
      1,
    );
  expect(build(high, low)).toEqual(build(low, high));
  expect(parseSignedData(build(high, low)).der).toBe(true);
});

test("attributes, signature and certificates may be Buffers or views into larger memory", () => {
  const view = (octets: Uint8Array) => new Uint8Array([9, ...octets, 9]).subarray(1, octets.length + 1);
  const plain = signedData({ signedAttributes: attributes, signature: Uint8Array.of(1), certificates: chain });
  const viewed = signedData({
    signedAttributes: view(attributes),
    signature: Buffer.from([1]),
    certificates: chain.map((certificate, i) => (i === 0 ? Buffer.from(certificate) : view(certificate))),
  });
  expect(viewed).toEqual(plain);
  expect(attributes[0]).toBe(0x31);
});

test("a digest of another length, attributes under another tag and no certificate are a programmer's mistake", () => {
  const signature = Uint8Array.of(1);
  expect(() => signedAttributes({ digest: new Uint8Array(20), signerCertificate: signer.certificate.raw })).toThrow(
    TypeError,
  );
  expect(() => signedData({ signedAttributes: attributes, signature, certificates: [] })).toThrow(TypeError);
  const travelling = Uint8Array.from(attributes);
  travelling[0] = 0xa0;
  expect(() => signedData({ signedAttributes: travelling, signature, certificates: chain })).toThrow(TypeError);
});

describe.skipIf(!judge("openssl", "our CMS is what others accept"))("openssl", () => {
  test("accepts the message, its chain to the root and its token", async () => {
    expect(await cmsVerify(cms, content, root, world.now)).toMatchObject({ accepted: true });
    const { signature, token } = cutSigner(cms);
    expect(token).toBeDefined();
    expect(await tsVerify(token ?? new Uint8Array(), signature, root, world.now)).toMatchObject({ accepted: true });
  });

  test("refuses it over other content, and at a time when the certificate is over", async () => {
    const other = new TextEncoder().encode("%PDF-1.7 a Document");
    expect((await cmsVerify(cms, other, root, world.now)).accepted).toBe(false);
    expect((await cmsVerify(cms, content, root, world.now + 3_600_000)).accepted).toBe(false);
  });

  test("accepts it as CAdES: the reference to the signing certificate holds", async () => {
    const report = await withFiles({ cms, content, root: pem(root) }, (path) =>
      ask("openssl", [
        ...["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", path.cms, "-content", path.content],
        ...["-CAfile", path.root, "-purpose", "any", "-attime", String(world.now / 1000), "-out", "/dev/null"],
      ]),
    );
    expect(report.err).toContain("CAdES Verification successful");
  });
});

test("pkijs accepts the signature over the content, and no other content", async () => {
  const judged = new SignedData({ schema: ContentInfo.fromBER(cms).content });
  const verify = (data: Uint8Array) =>
    judged.verify({ signer: 0, data: new Uint8Array(data).buffer }).catch(() => false);
  expect(await verify(content)).toBe(true);
  expect(await verify(Uint8Array.of(1))).toBe(false);
});
