import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { readDer } from "../../lib/asn1/read.ts";
import { element, explicit, integer, nullValue, oid, sequence } from "../../lib/asn1/write.ts";
import {
  ecdsaWithSha256,
  HASHES,
  type HashName,
  hashAlgorithm,
  hashAlgorithmNull,
  hashOf,
  readAlgorithm,
  signatureAlgorithmOf,
} from "../../lib/crypto/algorithms.ts";
import { fault, hex } from "../asn1/help.ts";

const read = (der: Uint8Array) => readAlgorithm(readDer(der));
const signature = (der: Uint8Array, digest?: HashName) => signatureAlgorithmOf(read(der), digest);
const pss = (...fields: readonly Uint8Array[]) => sequence(oid(OID.rsassaPss), sequence(...fields));
const mgf = (hash: Uint8Array) => explicit(1, sequence(oid(OID.mgf1), hash));

describe("digests", () => {
  test("every one is known by its identifier, parameters absent or NULL", () => {
    for (const name of Object.keys(HASHES) as HashName[]) {
      expect(hashOf(read(hashAlgorithm(name)))).toBe(name);
      expect(hashOf(read(hashAlgorithmNull(name)))).toBe(name);
    }
  });

  test("MD5 and SHAKE128 are named, not computed", () => {
    expect(() => hashOf(read(sequence(oid(OID.md5))))).toThrow(OID.md5);
    expect(() => hashOf(read(sequence(oid(OID.shake128))))).toThrow(fault("algorithm_unsupported"));
  });

  test("SHAKE256 has 512 bits, said or not (RFC 8419 §2.2, RFC 8702 §3.1), and no other length", () => {
    const len = (...parameters: readonly Uint8Array[]) => hashOf(read(sequence(oid(OID.shake256Len), ...parameters)));
    expect(len(integer(512))).toBe("SHAKE256");
    for (const parameters of [[], [integer(256)], [integer(513)], [integer(0x020000)], [hex("0500")]])
      expect(() => len(...parameters)).toThrow(fault("algorithm_unsupported"));
  });

  test("it does not go with RSASSA-PKCS1-v1_5, RSASSA-PSS or ECDSA", () => {
    for (const identifier of [OID.rsaEncryption, OID.ecPublicKey])
      expect(() => signature(sequence(oid(identifier)), "SHAKE256")).toThrow(fault("algorithm_unsupported"));
    const shake = explicit(0, sequence(oid(OID.shake256)));
    expect(() => signature(pss(shake))).toThrow(fault("algorithm_unsupported"));
  });

  test("other parameters are refused", () => {
    expect(() => hashOf(read(sequence(oid(OID.sha256), integer(1))))).toThrow(fault("algorithm_unsupported"));
    expect(() => hashOf(read(sequence(oid(OID.sha256), hex("0500"), hex("0500"))))).toThrow(fault("der_malformed"));
  });
});

describe("signatures", () => {
  test("what this service signs with", () =>
    expect(signature(ecdsaWithSha256())).toEqual({ kind: "ecdsa", hash: "SHA-256" }));
  test("RSA, with NULL and without", () => {
    expect(signature(sequence(oid(OID.sha256WithRSAEncryption), nullValue()))).toEqual({
      kind: "rsa-pkcs1",
      hash: "SHA-256",
    });
    expect(signature(sequence(oid(OID.sha512WithRSAEncryption)))).toEqual({ kind: "rsa-pkcs1", hash: "SHA-512" });
  });
  test("EdDSA without parameters only", () => {
    expect(signature(sequence(oid(OID.ed25519)))).toEqual({ kind: "eddsa", curve: "Ed25519" });
    expect(() => signature(sequence(oid(OID.ed448), nullValue()))).toThrow(fault("algorithm_unsupported"));
  });
  test("a key's algorithm stands for a signature only where the digest is given beside it, as in CMS", () => {
    expect(signature(sequence(oid(OID.rsaEncryption), nullValue()), "SHA-384")).toEqual({
      kind: "rsa-pkcs1",
      hash: "SHA-384",
    });
    expect(() => signature(sequence(oid(OID.rsaEncryption), nullValue()))).toThrow(fault("algorithm_unsupported"));
  });
  test("MD5 with RSA is named, not verified", () => {
    expect(() => signature(sequence(oid(OID.md5WithRSAEncryption), nullValue()))).toThrow(OID.md5WithRSAEncryption);
    expect(() => signature(sequence(oid("1.2.3")))).toThrow("1.2.3");
  });
});

describe("RSASSA-PSS parameters (RFC 4055 §3.1)", () => {
  test("all there", () => {
    const all = pss(explicit(0, hashAlgorithm("SHA-512")), mgf(hashAlgorithmNull("SHA-256")), explicit(2, integer(64)));
    expect(signature(all)).toEqual({ kind: "rsa-pss", hash: "SHA-512", mgfHash: "SHA-256", saltLength: 64 });
  });
  test("each missing one has its default", () => {
    expect(signature(pss())).toEqual({ kind: "rsa-pss", hash: "SHA-1", mgfHash: "SHA-1", saltLength: 20 });
    expect(signature(pss(explicit(2, integer(0)), explicit(3, integer(1))))).toMatchObject({ saltLength: 0 });
  });
  const refused: readonly [string, string, Uint8Array][] = [
    ["no parameters", "algorithm_unsupported", sequence(oid(OID.rsassaPss))],
    ["NULL parameters", "der_malformed", sequence(oid(OID.rsassaPss), nullValue())],
    ["another trailer", "algorithm_unsupported", pss(explicit(3, integer(2)))],
    ["a negative salt", "algorithm_unsupported", pss(explicit(2, integer(-1)))],
    ["a salt beyond any key", "algorithm_unsupported", pss(explicit(2, integer(4096)))],
    [
      "another mask function",
      "algorithm_unsupported",
      pss(explicit(1, sequence(oid("1.2.3"), hashAlgorithm("SHA-256")))),
    ],
    ["a mask function without a digest", "algorithm_unsupported", pss(explicit(1, sequence(oid(OID.mgf1))))],
    ["an unknown digest", "algorithm_unsupported", pss(explicit(0, sequence(oid(OID.md5))))],
    ["fields in another order", "der_malformed", pss(explicit(2, integer(20)), explicit(0, hashAlgorithm("SHA-256")))],
    ["an unknown field", "der_malformed", pss(explicit(4, integer(1)))],
    [
      "two digests in one field",
      "der_malformed",
      pss(element(0xa0, hashAlgorithm("SHA-256"), hashAlgorithm("SHA-256"))),
    ],
  ];
  for (const [name, code, der] of refused)
    test(`${name}: refused`, () => expect(() => signature(der)).toThrow(fault(code)));
});
