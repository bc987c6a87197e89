import fc from "fast-check";
import { expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { element, explicit, integer, octetString, oid, sequence, setOf } from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { isDer } from "../../lib/cms/der.ts";
import { parseSignedData } from "../../lib/cms/read.ts";
import foreign from "../vectors/cms/foreign.json" with { type: "json" };
import { signCms } from "../worlds/cms.ts";
import { mutations, orFault, RUNS } from "../worlds/mutate.ts";
import { newWorld } from "../worlds/world.ts";

const world = await newWorld({ seed: "cms/read" });
const content = new TextEncoder().encode("content");
const cms = await signCms(world, content);
const CONTENT = Buffer.from(foreign.content, "base64");

for (const vector of foreign.cases) {
  test(`reads a message of others: ${vector.name}`, () => {
    const message = parseSignedData(Buffer.from(vector.cms, "base64"));
    expect(message.der).toBe(vector.der);
    expect(message.contentType).toBe(OID.data);
    expect(message.signers.length).toBe(vector.signers ?? 1);
    if (vector.detached) expect(message.content).toBeUndefined();
    else expect(Buffer.from(message.content ?? [])).toEqual(CONTENT);
    for (const { signedAttributes } of message.signers)
      expect(signedAttributes === undefined ? "absent" : signedAttributes.der ? "der" : "not-der").toBe(
        vector.signedAttributes,
      );
  });
}

test("zero octets behind a message are the padding of a PDF; any other octet is refused", () => {
  const padded = concat(cms, new Uint8Array(500));
  expect(toHex(parseSignedData(padded).raw)).toBe(toHex(cms));
  expect(parseSignedData(padded).der).toBe(true);
  padded[padded.length - 1] = 1;
  expect(() => parseSignedData(padded)).toThrow(expect.objectContaining({ code: "der_malformed" }));
});

test("what is signed is what was received under another tag: length and content are never encoded anew", () => {
  const [signer] = parseSignedData(cms).signers;
  const octets = toHex(signer?.signedAttributes?.octets ?? new Uint8Array());
  expect(octets.slice(0, 2)).toBe("31");
  expect(toHex(cms)).toContain(`a0${octets.slice(2)}`);
});

test("attributes out of order are reported, not put in order", () => {
  const sorted = setOf(sequence(oid("2.1"), setOf(integer(1))), sequence(oid("1.1"), setOf(integer(1))));
  expect(isDer(sorted)).toBe(true);
  const [first, second] = [
    sorted.subarray(2, 2 + (sorted.length - 2) / 2),
    sorted.subarray(2 + (sorted.length - 2) / 2),
  ];
  const reversed = element(0x31, second, first);
  expect(isDer(reversed)).toBe(false);
  const [signer] = parseSignedData(message({ attributes: reversed })).signers;
  expect(signer?.signedAttributes?.der).toBe(false);
  expect(toHex(signer?.signedAttributes?.octets ?? new Uint8Array())).toBe(toHex(reversed));
});

test("a set out of order anywhere in the structure is not DER", () => {
  const [low, high] = [sequence(oid("1.1"), setOf(integer(1))), sequence(oid("2.1"), setOf(integer(1)))];
  const certificates = (...parts: readonly Uint8Array[]) =>
    parseSignedData(message({ certificates: element(0xa0, ...parts) }));
  expect(certificates(sequence(integer(1)), sequence(integer(2))).der).toBe(true);
  expect(certificates(sequence(integer(2)), sequence(integer(1))).der).toBe(false);
  const unsigned = (...parts: readonly Uint8Array[]) => parseSignedData(message({ unsigned: element(0xa1, ...parts) }));
  expect(unsigned(low, high).der).toBe(true);
  expect(unsigned(high, low).der).toBe(false);
});

test("content may be cut into pieces under BER, and a signer's key identifier too", () => {
  const pieces = element(0x24, octetString(Uint8Array.of(1, 2)), element(0x24, octetString(Uint8Array.of(3))));
  const cut = message({
    content: pieces,
    signer: element(0xa0, octetString(Uint8Array.of(7)), octetString(Uint8Array.of(8))),
  });
  const read = parseSignedData(cut);
  expect(read.der).toBe(false);
  expect([...(read.content ?? [])]).toEqual([1, 2, 3]);
  const [signer] = read.signers;
  expect([...(signer !== undefined && "keyId" in signer.id ? signer.id.keyId : [])]).toEqual([7, 8]);
});

test("CRLs and OCSP responses are found, other formats and attribute certificates are passed over", () => {
  const crl = sequence(integer(1));
  const response = sequence(integer(2));
  const other = (format: string, value: Uint8Array) => element(0xa1, oid(format), value);
  const read = parseSignedData(
    message({
      certificates: element(0xa0, sequence(integer(5)), element(0xa1, integer(6))),
      crls: element(0xa1, crl, other(OID.ocspResponseInCms, response), other("1.2.3", sequence())),
    }),
  );
  expect(read.certificates.map(toHex)).toEqual([toHex(sequence(integer(5)))]);
  expect(read.otherCertificates).toBe(1);
  expect(read.crls.map(toHex)).toEqual([toHex(crl)]);
  expect(read.ocspResponses.map(toHex)).toEqual([toHex(response)]);
});

test.each([
  ["data instead of SignedData", "cms_malformed", sequence(oid(OID.data), explicit(0, octetString(content)))],
  ["33 signers", "der_limit", message({ signers: 33 })],
  ["nothing", "der_malformed", new Uint8Array()],
  ["a field behind the signers", "der_malformed", message({ behind: integer(1) })],
  ["content that is no OCTET STRING", "der_malformed", message({ content: sequence() })],
])("refuses %s", (_, code, octets) => {
  expect(() => parseSignedData(octets)).toThrow(expect.objectContaining({ code }));
});

test("any change to a message gives a message or a Fault, never another error", () => {
  const messages = [cms, ...foreign.cases.slice(1, 6).map((vector) => Buffer.from(vector.cms, "base64"))];
  // The runs are shared out, so that a slow run ends in time.
  for (const octets of messages)
    fc.assert(
      fc.property(mutations(octets), (changed) => void orFault(() => parseSignedData(changed))),
      { numRuns: Math.ceil(RUNS / messages.length) },
    );
});

test("any octets at all give a Fault or are DER of a message", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
      expect(orFault(() => parseSignedData(octets))).toBeUndefined();
      expect(typeof isDer(octets)).toBe("boolean");
    }),
    { numRuns: RUNS },
  );
});

test("a nest of a million indefinite lengths is refused at once", () => {
  const nest = new Uint8Array(2_000_000).map((_, at) => (at % 2 === 0 ? 0x30 : 0x80));
  expect(() => parseSignedData(nest)).toThrow(expect.objectContaining({ code: "der_limit" }));
  expect(isDer(nest)).toBe(false);
});

/** A message with odd parts; what is not given is as plain as can be. */
function message(parts: {
  readonly attributes?: Uint8Array;
  readonly content?: Uint8Array;
  readonly signer?: Uint8Array;
  readonly certificates?: Uint8Array;
  readonly crls?: Uint8Array;
  readonly unsigned?: Uint8Array;
  readonly signers?: number;
  readonly behind?: Uint8Array;
}): Uint8Array {
  const none = new Uint8Array();
  const algorithm = sequence(oid(OID.sha256));
  const attributes = Uint8Array.from(parts.attributes ?? none);
  if (attributes.length > 0) attributes[0] = 0xa0;
  const signer = sequence(
    integer(1),
    parts.signer ?? sequence(sequence(), integer(1)),
    algorithm,
    attributes,
    algorithm,
    octetString(Uint8Array.of(1)),
    parts.unsigned ?? none,
  );
  const signedData = sequence(
    integer(1),
    element(0x31, algorithm),
    sequence(oid(OID.data), parts.content === undefined ? none : explicit(0, parts.content)),
    parts.certificates ?? none,
    parts.crls ?? none,
    element(0x31, ...Array.from({ length: parts.signers ?? 1 }, () => signer)),
    parts.behind ?? none,
  );
  return sequence(oid(OID.signedData), explicit(0, signedData));
}
