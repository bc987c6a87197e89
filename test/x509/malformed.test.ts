import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  generalizedTime,
  implicit,
  integer,
  namedBitString,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  utf8String,
} from "../../lib/asn1/write.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { ecdsaWithSha256 } from "../../lib/crypto/algorithms.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { fault, hex } from "../asn1/help.ts";
import { CHAIN, NOW } from "./chain.ts";
import { readAllExtensions } from "./read-all.ts";

const { spki, subject, signature } = CHAIN.oneTime;
const nothing = new Uint8Array(0);

/** The parts of a certificate, any of them exchanged. */
type Parts = {
  version: Uint8Array;
  serial: Uint8Array;
  inner: Uint8Array;
  issuer: Uint8Array;
  validity: Uint8Array;
  subject: Uint8Array;
  spki: Uint8Array;
  unique: Uint8Array;
  extensions: Uint8Array;
  tbsTail: Uint8Array;
  outer: Uint8Array;
  signature: Uint8Array;
  tail: Uint8Array;
};

function build(change: Partial<Parts>): Bytes {
  const p: Parts = {
    version: explicit(0, integer(2)),
    serial: integer(5),
    inner: ecdsaWithSha256(),
    issuer: subject.raw,
    validity: sequence(time(NOW), time(NOW + 1000)),
    subject: subject.raw,
    spki,
    unique: nothing,
    extensions: nothing,
    tbsTail: nothing,
    outer: ecdsaWithSha256(),
    signature: bitString(signature),
    tail: nothing,
    ...change,
  };
  const tbs = sequence(
    p.version,
    p.serial,
    p.inner,
    p.issuer,
    p.validity,
    p.subject,
    p.spki,
    p.unique,
    p.extensions,
    p.tbsTail,
  );
  return sequence(tbs, p.outer, p.signature, p.tail);
}

const extension = (id: string, value: Uint8Array) => sequence(oid(id), octetString(value));
const extensions = (...list: readonly Uint8Array[]) => ({ extensions: explicit(3, sequence(...list)) });

test("controls: the parts as they are make a certificate; so do version 1 without extensions and unusual but regular parts", () => {
  expect(parseCertificate(build({})).version).toBe(3);
  expect(parseCertificate(build({ version: nothing })).version).toBe(1);
  expect(parseCertificate(build({ version: explicit(0, integer(1)) })).version).toBe(2);
  expect(parseCertificate(build({ unique: implicit(1, bitString(hex("aa"))) })).version).toBe(3);
  expect(parseCertificate(build({ serial: integer(-1) })).serial).toEqual(hex("ff"));
  expect(parseCertificate(build({ subject: sequence() })).subject.rdns).toEqual([]);
  expect(parseCertificate(build(extensions(extension(OID.keyUsage, nothing)))).extensions.length).toBe(1);
  expect(parseCertificate(build({ validity: sequence(generalizedTime(NOW), generalizedTime(NOW)) })).notAfter).toBe(
    NOW,
  );
});

const MALFORMED: readonly [string, string, Partial<Parts>][] = [
  ["version 1 written out", "x509_malformed", { version: explicit(0, integer(0)) }],
  ["version 4", "x509_malformed", { version: explicit(0, integer(3)) }],
  ["a negative version", "x509_malformed", { version: explicit(0, integer(-1)) }],
  ["a version of two numbers", "der_malformed", { version: element(0xa0, integer(2), integer(2)) }],
  ["an empty version", "der_malformed", { version: element(0xa0) }],
  ["a version without its tag", "der_malformed", { version: integer(2) }],
  ["a serial number that is not minimal", "der_malformed", { serial: hex("02020005") }],
  ["a serial number without octets", "der_malformed", { serial: hex("0200") }],
  ["signature algorithms that differ", "x509_malformed", { inner: sequence(oid(OID.ecdsaWithSha384)) }],
  [
    "signature algorithms that differ in NULL",
    "x509_malformed",
    { inner: sequence(oid(OID.ecdsaWithSha256), nullValue()) },
  ],
  [
    "an algorithm with three fields",
    "der_malformed",
    { outer: sequence(oid(OID.ecdsaWithSha256), nullValue(), nullValue()) },
  ],
  ["an issuer that is no SEQUENCE", "x509_malformed", { issuer: setOf() }],
  ["a relative name without an attribute", "x509_malformed", { subject: sequence(setOf()) }],
  [
    "a relative name that is no SET",
    "x509_malformed",
    { subject: sequence(sequence(sequence(oid("2.5.4.3"), utf8String("a")))) },
  ],
  [
    "an attribute with three fields",
    "der_malformed",
    { subject: sequence(setOf(sequence(oid("2.5.4.3"), utf8String("a"), utf8String("b")))) },
  ],
  ["a validity of one time", "der_malformed", { validity: sequence(time(NOW)) }],
  ["a validity of three times", "der_malformed", { validity: sequence(time(NOW), time(NOW), time(NOW)) }],
  [
    "a time with a fraction",
    "der_malformed",
    { validity: sequence(time(NOW), element(0x18, new TextEncoder().encode("20260101000000.5Z"))) },
  ],
  ["a key that is no SEQUENCE", "der_malformed", { spki: octetString(spki) }],
  ["extensions in version 1", "x509_malformed", { version: nothing, ...extensions(extension("1.2.3", nothing)) }],
  [
    "extensions in version 2",
    "x509_malformed",
    { version: explicit(0, integer(1)), ...extensions(extension("1.2.3", nothing)) },
  ],
  [
    "unique identifiers in version 1",
    "x509_malformed",
    { version: nothing, unique: implicit(1, bitString(hex("aa"))) },
  ],
  ["unique identifiers in the wrong order", "der_malformed", { unique: sequence() }],
  ["an empty list of extensions", "x509_malformed", extensions()],
  ["an extension twice", "x509_malformed", extensions(extension("1.2.3", nothing), extension("1.2.3", nothing))],
  [
    "an extension with critical 01",
    "der_malformed",
    extensions(sequence(oid("1.2.3"), hex("010101"), octetString(nothing))),
  ],
  [
    "an extension with two critical fields",
    "der_malformed",
    extensions(sequence(oid("1.2.3"), boolean(true), boolean(true), octetString(nothing))),
  ],
  ["an extension without a value", "der_malformed", extensions(sequence(oid("1.2.3")))],
  [
    "an extension with something behind its value",
    "der_malformed",
    extensions(sequence(oid("1.2.3"), octetString(nothing), nullValue())),
  ],
  [
    "two lists of extensions in one tag",
    "der_malformed",
    { extensions: element(0xa3, sequence(extension("1.2.3", nothing)), sequence()) },
  ],
  ["a field behind the extensions", "der_malformed", { tbsTail: nullValue() }],
  ["a field behind the signature", "der_malformed", { tail: nullValue() }],
  ["a signature with unused bits", "der_malformed", { signature: bitString(hex("80"), 7) }],
  ["a signature that is an OCTET STRING", "der_malformed", { signature: octetString(signature) }],
];

for (const [name, code, change] of MALFORMED) {
  test(`${name} is refused`, () => expect(() => parseCertificate(build(change))).toThrow(fault(code)));
}

describe("an extension's value that is not of its type is refused when it is asked for, not before", () => {
  const uri = element(0x86, new TextEncoder().encode("http://a"));
  const values: readonly [string, string, Uint8Array][] = [
    ["nothing at all", OID.keyUsage, nothing],
    ["a key usage without a bit", OID.keyUsage, namedBitString([])],
    ["a key usage with zeros at its end", OID.keyUsage, hex("03020080")],
    ["octets behind the value", OID.keyUsage, hex("0302064000")],
    ["basic constraints that are no SEQUENCE", OID.basicConstraints, nullValue()],
    ["a negative path length", OID.basicConstraints, sequence(boolean(true), integer(-1))],
    ["basic constraints in the wrong order", OID.basicConstraints, sequence(integer(0), boolean(true))],
    ["no extended key usage", OID.extendedKeyUsage, sequence()],
    ["an extended key usage that is no identifier", OID.extendedKeyUsage, sequence(nullValue())],
    ["a subject key identifier that is no OCTET STRING", OID.subjectKeyIdentifier, nullValue()],
    ["an authority's serial number without its issuer", OID.authorityKeyIdentifier, sequence(implicit(2, integer(1)))],
    ["an authority key identifier with a strange field", OID.authorityKeyIdentifier, sequence(implicit(5, integer(1)))],
    ["no access description", OID.authorityInfoAccess, sequence()],
    [
      "a location of an unknown kind",
      OID.authorityInfoAccess,
      sequence(sequence(oid(OID.ocsp), element(0x89, nothing))),
    ],
    ["a location beyond ASCII", OID.authorityInfoAccess, sequence(sequence(oid(OID.ocsp), hex("8601ff")))],
    ["no distribution point", OID.crlDistributionPoints, sequence()],
    [
      "a distribution point with two names",
      OID.crlDistributionPoints,
      sequence(sequence(element(0xa0, element(0xa0, uri), element(0xa0, uri)))),
    ],
    [
      "a distribution point with an empty name",
      OID.crlDistributionPoints,
      sequence(sequence(element(0xa0, element(0xa0)))),
    ],
    ["no policy", OID.certificatePolicies, sequence()],
    ["a policy twice", OID.certificatePolicies, sequence(sequence(oid("1.2.3")), sequence(oid("1.2.3")))],
    [
      "a policy with an empty list of qualifiers",
      OID.certificatePolicies,
      sequence(sequence(oid("1.2.3"), sequence())),
    ],
    ["no policy mapping", OID.policyMappings, sequence()],
    ["a policy mapping of one policy", OID.policyMappings, sequence(sequence(oid("1.2.3")))],
    ["empty policy constraints", OID.policyConstraints, sequence()],
    ["negative policy constraints", OID.policyConstraints, sequence(implicit(0, integer(-1)))],
    ["a negative inhibitAnyPolicy", OID.inhibitAnyPolicy, integer(-1)],
    ["empty name constraints", OID.nameConstraints, sequence()],
    ["an empty list of subtrees", OID.nameConstraints, sequence(element(0xa0))],
    ["a subtree with a minimum", OID.nameConstraints, sequence(element(0xa0, sequence(uri, implicit(0, integer(1)))))],
    ["an empty alternative name", OID.subjectAltName, sequence()],
    ["a directory name of two names", OID.subjectAltName, sequence(element(0xa4, sequence(), sequence()))],
    ["statements that are no list", OID.qcStatements, nullValue()],
    ["a statement with three fields", OID.qcStatements, sequence(sequence(oid("1.2.3"), nullValue(), nullValue()))],
  ];
  for (const [name, id, value] of values) {
    test(name, () => {
      const certificate = parseCertificate(build(extensions(extension(id, value))));
      expect(() => readAllExtensions(certificate)).toThrow(fault("x509_malformed"));
    });
  }
});

test("qualified statements whose inside is malformed are refused when they are asked for", () => {
  for (const info of [nullValue(), sequence(nullValue())]) {
    const semantics = sequence(sequence(oid(OID.qcsPkixQcSyntaxV2), info));
    const pds = sequence(sequence(oid(OID.qcPds), info));
    for (const value of [semantics, pds]) {
      const certificate = parseCertificate(build(extensions(extension(OID.qcStatements, value))));
      expect(() => readAllExtensions(certificate)).toThrow(fault("der_malformed"));
    }
  }
});
