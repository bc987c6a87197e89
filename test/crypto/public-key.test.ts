import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { bitString, explicit, integer, nullValue, octetString, oid, sequence } from "../../lib/asn1/write.ts";
import { concat } from "../../lib/bytes/bytes.ts";
import { hashAlgorithm } from "../../lib/crypto/algorithms.ts";
import { CURVES, readPublicKey } from "../../lib/crypto/public-key.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { fault, hex, RUNS } from "../asn1/help.ts";
import { ecKey, edKey, pssKey, rsaKey } from "./keys.ts";

const rsa = (modulus: bigint, exponent: bigint) => sequence(integer(modulus), integer(exponent));
const spki = (algorithm: Uint8Array, key: Uint8Array) => sequence(algorithm, bitString(key));
const rsaAlgorithm = sequence(oid(OID.rsaEncryption), nullValue());
const ec = (curve: string, key: Uint8Array) => spki(sequence(oid(OID.ecPublicKey), oid(curve)), key);
const modulus = (1n << 2047n) + 1n;
const point = concat(hex("04"), new Uint8Array(64).fill(1));

describe("keys that OpenSSL makes", () => {
  for (const curve of Object.keys(CURVES)) {
    test(curve, () => expect(readPublicKey(ecKey(curve).spki)).toMatchObject({ kind: "ec", curve }));
  }
  for (const curve of ["Ed25519", "Ed448"] as const) {
    test(curve, () => expect(readPublicKey(edKey(curve).spki)).toMatchObject({ kind: "eddsa", curve }));
  }
  test("RSA of 512, 1,024 and 2,048 bits", () => {
    for (const bits of [512, 1024, 2048]) {
      expect(readPublicKey(rsaKey(bits).spki)).toMatchObject({ kind: "rsa", bits, exponent: 65537n });
    }
  });
  test("RSA for RSASSA-PSS only, tied to parameters", () => {
    const expected = { hash: "SHA-256", mgfHash: "SHA-1", saltLength: 16 };
    expect(readPublicKey(pssKey("sha256", "sha1", 16).spki)).toMatchObject({ pss: { parameters: expected } });
  });
});

describe("keys that are refused", () => {
  const refused: readonly [string, string, Uint8Array][] = [
    ["RSA without NULL", "der_malformed", spki(sequence(oid(OID.rsaEncryption)), rsa(modulus, 65537n))],
    ["RSA of 511 bits", "algorithm_unsupported", spki(rsaAlgorithm, rsa((1n << 510n) + 1n, 65537n))],
    ["RSA of 16,385 bits", "algorithm_unsupported", spki(rsaAlgorithm, rsa((1n << 16384n) + 1n, 65537n))],
    ["an even modulus", "algorithm_unsupported", spki(rsaAlgorithm, rsa(modulus + 1n, 65537n))],
    ["a negative modulus", "algorithm_unsupported", spki(rsaAlgorithm, rsa(-modulus, 65537n))],
    ["exponent 1", "algorithm_unsupported", spki(rsaAlgorithm, rsa(modulus, 1n))],
    ["an even exponent", "algorithm_unsupported", spki(rsaAlgorithm, rsa(modulus, 65536n))],
    ["a negative exponent", "algorithm_unsupported", spki(rsaAlgorithm, rsa(modulus, -3n))],
    ["an exponent of 65 bits", "algorithm_unsupported", spki(rsaAlgorithm, rsa(modulus, (1n << 64n) + 1n))],
    [
      "an RSA key of three numbers",
      "der_malformed",
      spki(rsaAlgorithm, sequence(integer(modulus), integer(3), integer(3))),
    ],
    ["octets behind an RSA key", "der_malformed", spki(rsaAlgorithm, concat(rsa(modulus, 65537n), hex("00")))],
    ["a compressed point", "algorithm_unsupported", ec(OID.p256, concat(hex("02"), new Uint8Array(32).fill(1)))],
    ["a hybrid point", "algorithm_unsupported", ec(OID.p256, concat(hex("06"), new Uint8Array(64).fill(1)))],
    ["the point at infinity", "algorithm_unsupported", ec(OID.p256, hex("00"))],
    ["no point", "algorithm_unsupported", ec(OID.p256, hex(""))],
    ["a point of another curve's length", "der_malformed", ec(OID.p384, point)],
    ["a curve that is not in the table", "algorithm_unsupported", ec(OID.secp256k1, point)],
    [
      "curve parameters written out (CVE-2020-0601)",
      "algorithm_unsupported",
      spki(sequence(oid(OID.ecPublicKey), sequence(integer(1))), point),
    ],
    ["an elliptic curve key without a curve", "algorithm_unsupported", spki(sequence(oid(OID.ecPublicKey)), point)],
    [
      "an elliptic curve key with NULL for a curve",
      "algorithm_unsupported",
      spki(sequence(oid(OID.ecPublicKey), nullValue()), point),
    ],
    ["Ed25519 with parameters", "der_malformed", spki(sequence(oid(OID.ed25519), nullValue()), new Uint8Array(32))],
    ["Ed25519 of 31 octets", "der_malformed", spki(sequence(oid(OID.ed25519)), new Uint8Array(31))],
    ["DSA", "algorithm_unsupported", spki(sequence(oid(OID.dsa)), integer(5))],
    ["a key with unused bits", "der_malformed", sequence(rsaAlgorithm, bitString(hex("80"), 7))],
    ["a key that is an OCTET STRING", "der_malformed", sequence(rsaAlgorithm, octetString(rsa(modulus, 65537n)))],
    ["a field behind the key", "der_malformed", sequence(rsaAlgorithm, bitString(rsa(modulus, 65537n)), nullValue())],
    [
      "a PSS key with an unknown digest",
      "algorithm_unsupported",
      spki(sequence(oid(OID.rsassaPss), sequence(explicit(0, sequence(oid(OID.md5))))), rsa(modulus, 3n)),
    ],
    ["nothing", "der_malformed", hex("")],
  ];
  for (const [name, code, key] of refused) test(name, () => expect(() => readPublicKey(key)).toThrow(fault(code)));
  test("control: the same parts unchanged are read", () => {
    expect(readPublicKey(spki(rsaAlgorithm, rsa(modulus, 65537n)))).toMatchObject({ kind: "rsa", bits: 2048 });
    expect(readPublicKey(ec(OID.p256, point))).toMatchObject({ kind: "ec", curve: "P-256" });
    expect(
      readPublicKey(
        spki(sequence(oid(OID.rsassaPss), sequence(explicit(0, hashAlgorithm("SHA-256")))), rsa(modulus, 3n)),
      ),
    ).toMatchObject({ pss: { parameters: { hash: "SHA-256" } } });
    expect(readPublicKey(spki(sequence(oid(OID.rsassaPss)), rsa(modulus, 3n)))).toMatchObject({ pss: {} });
  });
});

test("a key with any octets changed: a key or a Fault", () => {
  const keys = [ecKey("P-256"), rsaKey(1024), pssKey("sha256", "sha256", 32), edKey("Ed25519")].map(
    ({ spki: key }) => key,
  );
  const change = fc.record({ at: fc.nat(), value: fc.nat(255) });
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.array(change, { minLength: 1, maxLength: 3 }), (key, changes) => {
      const damaged = Uint8Array.from(key);
      for (const { at, value } of changes) damaged[at % Math.min(damaged.length, 60)] = value;
      try {
        readPublicKey(damaged);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    }),
    { numRuns: RUNS * 5 },
  );
});
