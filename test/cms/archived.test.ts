import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { children, readBer, readDer } from "../../lib/asn1/read.ts";
import { explicit, integer, octetString, oid, sequence, setOf } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { type Archived, readArchivedValues, readRevocationArchival } from "../../lib/cms/archived.ts";
import { readAttributes, typesOf } from "../../lib/cms/attributes.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import { ask, judge, withFiles } from "../judges/judge.ts";
import { archivalAttribute, attributeOf, newMessage } from "../worlds/message.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newParty } from "../worlds/parties.ts";
import { crlBy, ocspAbout } from "../worlds/status.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "archived" });
const { root, issuingCa, now } = world;
const crl = crlBy({ issuer: root, thisUpdate: now });
const ocsp = await ocspAbout({ certificate: issuingCa.certificate, issuer: root, thisUpdate: now });
/** BasicOCSPResponse inside an OCSPResponse. */
const basic = innermost(ocsp);

const attributes = (...list: readonly Uint8Array[]) => readAttributes(readBer(setOf(...list)));
const hexes = (found: Archived) => ({
  certificates: found.certificates.map(toHex),
  crls: found.crls.map(toHex),
  ocsps: found.ocsps.map(toHex),
  unread: found.unread,
});
const EMPTY = { certificates: [], crls: [], ocsps: [], unread: 0 };

describe("Adobe's archive", () => {
  const read = (...list: readonly Uint8Array[]) => hexes(readRevocationArchival(attributes(...list)));
  const value = (...parts: readonly Uint8Array[]) => attributeOf(OID.adobeRevocationInfoArchival, sequence(...parts));

  test("has CRLs and OCSP responses, one kind or both", () => {
    expect(read(archivalAttribute([crl], [ocsp, ocsp]))).toEqual({
      ...EMPTY,
      crls: [toHex(crl)],
      ocsps: [toHex(ocsp), toHex(ocsp)],
    });
    expect(read(archivalAttribute([], [ocsp]))).toEqual({ ...EMPTY, ocsps: [toHex(ocsp)] });
    expect(read(archivalAttribute([crl], []))).toEqual({ ...EMPTY, crls: [toHex(crl)] });
    expect(read(archivalAttribute([], []))).toEqual(EMPTY);
    expect(read()).toEqual(EMPTY);
  });
  test("may be there twice, and with more than one value", () => {
    const both = read(archivalAttribute([crl], []), archivalAttribute([], [ocsp]));
    expect(both).toEqual({ ...EMPTY, crls: [toHex(crl)], ocsps: [toHex(ocsp)] });
  });
  test("counts what it cannot read, and reads the rest", () => {
    const other = explicit(2, sequence(sequence(oid(OID.data), octetString(crl))));
    const good = explicit(0, sequence(crl));
    expect(read(value(good, other))).toEqual({ ...EMPTY, crls: [toHex(crl)], unread: 1 });
    expect(read(value(explicit(0, sequence(crl, integer(1)))))).toEqual({ ...EMPTY, crls: [toHex(crl)], unread: 1 });
    expect(read(value(explicit(0, setOf(crl)), explicit(1, sequence(ocsp))))).toEqual({
      ...EMPTY,
      ocsps: [toHex(ocsp)],
      unread: 1,
    });
    expect(read(value(explicit(1, sequence(ocsp)), good))).toMatchObject({ unread: 1 });
    expect(read(attributeOf(OID.adobeRevocationInfoArchival, integer(1)))).toEqual({ ...EMPTY, unread: 1 });
    expect(read(value(explicit(0, sequence(...Array.from({ length: 520 }, () => sequence())))))).toMatchObject({
      unread: 8,
    });
  });
  test("is found where it stands: among the signed attributes of a message", async () => {
    const party = newParty(world);
    const signers = [{ party, signed: [archivalAttribute([crl], [ocsp])] }];
    const message = parseSignedData(await newMessage({ content: crl, signers, certificates: [] }));
    const [signer] = message.signers;
    expect(message.der).toBe(true);
    expect(readRevocationArchival(signer?.signedAttributes?.list ?? []).crls).toEqual([crl]);
    expect(typesOf(signer?.signedAttributes?.list ?? []).sort()).toEqual(
      [OID.contentType, OID.messageDigest, OID.signingCertificateV2, OID.adobeRevocationInfoArchival].sort(),
    );
  });
});

describe("archived values of CAdES", () => {
  const read = (...list: readonly Uint8Array[]) => hexes(readArchivedValues(attributes(...list)));

  test("are certificates, CRLs, and OCSP responses that are made whole again", () => {
    const certificates = attributeOf(OID.certificateValues, sequence(root.certificate.raw, issuingCa.certificate.raw));
    const status = attributeOf(
      OID.revocationValues,
      sequence(explicit(0, sequence(crl)), explicit(1, sequence(basic))),
    );
    expect(read(certificates, status)).toEqual({
      certificates: [toHex(root.certificate.raw), toHex(issuingCa.certificate.raw)],
      crls: [toHex(crl)],
      ocsps: [toHex(ocsp)],
      unread: 0,
    });
  });
  test("may have whole OCSP responses, against the letter", () => {
    expect(read(attributeOf(OID.revocationValues, sequence(explicit(1, sequence(ocsp)))))).toEqual({
      ...EMPTY,
      ocsps: [toHex(ocsp)],
    });
  });
  test("that are something else are counted", () => {
    expect(read(attributeOf(OID.certificateValues, octetString(crl)))).toEqual({ ...EMPTY, unread: 1 });
    expect(read(attributeOf(OID.revocationValues, sequence(explicit(1, sequence(sequence())))))).toMatchObject({
      unread: 0,
    });
  });
});

describe.skipIf(!judge("openssl", "CRLs and OCSP responses of the world are as others write them"))(
  "OpenSSL reads",
  () => {
    test("a CRL of the world", async () => {
      const { out } = await withFiles({ crl }, (path) =>
        ask("openssl", ["crl", "-inform", "DER", "-in", path.crl, "-noout", "-text"]),
      );
      expect(out).toContain("No Revoked Certificates");
    });
    test("an OCSP response of the world, and one that was made whole again", async () => {
      const value = attributeOf(OID.revocationValues, sequence(explicit(1, sequence(basic))));
      for (const response of [ocsp, readArchivedValues(attributes(value)).ocsps[0] ?? new Uint8Array()]) {
        const { out } = await withFiles({ response }, (path) =>
          ask("openssl", ["ocsp", "-respin", path.response, "-resp_text", "-noverify"]),
        );
        expect(out).toContain("Cert Status: good");
      }
    });
  },
);

test("any change to either attribute gives an archive or a Fault, never another error", () => {
  const set = setOf(
    archivalAttribute([crl], [ocsp]),
    attributeOf(OID.certificateValues, sequence(root.certificate.raw)),
    attributeOf(OID.revocationValues, sequence(explicit(0, sequence(crl)), explicit(1, sequence(basic)))),
  );
  fc.assert(
    fc.property(mutations(set), (octets) => {
      const list = orFault(() => readAttributes(readBer(octets)));
      if (list === undefined) return;
      readRevocationArchival(list);
      readArchivedValues(list);
    }),
    { numRuns: RUNS },
  );
});

function innermost(response: Uint8Array): Uint8Array {
  const [, wrapper] = children(readDer(response));
  const [body] = wrapper === undefined ? [] : children(wrapper);
  const [, octets] = body === undefined ? [] : children(body);
  if (octets === undefined) throw new Error("no OCSP response");
  return octets.source.slice(octets.content, octets.contentEnd);
}
