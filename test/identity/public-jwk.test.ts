import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicJwk } from "../../lib/identity/public-jwk.ts";
import { isStrongRsa } from "../../lib/identity/rsa-modulus.ts";
import { readKeySet, selectKey } from "../../lib/identity/select-key.ts";
import { b64, jwk, KEYS } from "./tokens.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const E = Buffer.from("010001", "hex");

for (const [name, pair] of Object.entries(KEYS)) {
  test(`the ${name} key is read, frozen, and read once`, () => {
    const key = publicJwk(jwk(pair, { kid: "k", use: "sig", key_ops: ["verify"] }));
    expect(key).toEqual(jwk(pair, { kid: "k", use: "sig", key_ops: ["verify"] }));
    expect(Object.isFrozen(key) && Object.isFrozen(key?.key_ops)).toBe(true);
    expect(publicJwk(key)).toBe(key);
  });
}

const useless: readonly [string, unknown][] = [
  ["no object", "key"],
  ["null", null],
  ["no type", {}],
  ["an unknown type", jwk(KEYS.p256, { kty: "AKP" })],
  ["a type that is a list", jwk(KEYS.p256, { kty: ["EC"] })],
  ["a symmetric key", { kty: "oct", k: "AAAA" }],
  ["a public key with a secret beside it", jwk(KEYS.p256, { k: "AAAA" })],
  ["a private EC key", KEYS.p256.privateKey.export({ format: "jwk" })],
  ["a private RSA key", KEYS.rsa.privateKey.export({ format: "jwk" })],
  ["a private OKP key", KEYS.ed25519.privateKey.export({ format: "jwk" })],
  ["one prime of an RSA key", jwk(KEYS.rsa, { p: "AAAA" })],
  ["encryption", jwk(KEYS.rsa, { use: "enc" })],
  ["an unknown use", jwk(KEYS.rsa, { use: "Sig" })],
  ["an encryption algorithm", jwk(KEYS.rsa, { alg: "RSA-OAEP" })],
  ["HMAC over a public key", jwk(KEYS.rsa, { alg: "HS256" })],
  ["an algorithm of another key type", jwk(KEYS.rsa, { alg: "ES256" })],
  ["an algorithm that is a number", jwk(KEYS.rsa, { alg: 256 })],
  ["operations without verify", jwk(KEYS.rsa, { key_ops: ["encrypt"] })],
  ["an operation twice", jwk(KEYS.rsa, { key_ops: ["verify", "verify"] })],
  ["an operation that is no text", jwk(KEYS.rsa, { key_ops: ["verify", 1] })],
  ["an operation of 17 letters", jwk(KEYS.rsa, { key_ops: ["verify", "x".repeat(17)] })],
  ["nine operations", jwk(KEYS.rsa, { key_ops: ["verify", ..."abcdefgh"] })],
  ["operations that are text", jwk(KEYS.rsa, { key_ops: "verify" })],
  ["a kid that is a number", jwk(KEYS.rsa, { kid: 1 })],
  ["a kid of 257 characters", jwk(KEYS.rsa, { kid: "k".repeat(257) })],
  ["a kid with a lone surrogate", jwk(KEYS.rsa, { kid: "\ud800" })],
  ["no modulus", jwk(KEYS.rsa, { n: undefined })],
  ["a modulus with padding", jwk(KEYS.rsa, { n: `${jwk(KEYS.rsa).n}=` })],
  ["a modulus that is a number", jwk(KEYS.rsa, { n: 1 })],
  ["1024-bit RSA", jwk(generateKeyPairSync("rsa", { modulusLength: 1024 }))],
  ["exponent 3", jwk(generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }))],
  ["no y", jwk(KEYS.p256, { y: undefined })],
  ["an x that is not base64url", jwk(KEYS.p256, { x: "+/" })],
];
for (const [name, value] of useless) {
  test(`no key of an issuer: ${name}`, () => {
    expect(publicJwk(value)).toBeUndefined();
  });
}

test("what is no JWK Set has no keys, and 64 keys are a set", () => {
  for (const value of [undefined, null, "keys", 1, {}, { keys: {} }, { keys: "RSA" }])
    expect(readKeySet(value)).toBeUndefined();
  expect(readKeySet({ keys: Array.from({ length: 64 }, () => jwk(KEYS.p256)) })).toHaveLength(64);
});

describe("an RSA key is strong", () => {
  const modulus = Buffer.from(jwk(KEYS.rsa).n as string, "base64url");
  const even = Buffer.from(modulus);
  even[255] = 0;
  const cases: readonly [string, Uint8Array, Uint8Array, boolean][] = [
    ["with 65537", modulus, E, true],
    ["with a leading zero, which some encoders write", Buffer.concat([Buffer.of(0), modulus]), E, true],
    ["with 8192 bits", Buffer.concat([Buffer.alloc(1023, 0xff), Buffer.of(1)]), E, true],
    [
      "with 8192 bits and a leading zero",
      Buffer.concat([Buffer.of(0), Buffer.alloc(1023, 0xff), Buffer.of(1)]),
      E,
      true,
    ],
    ["not with exponent 1", modulus, Buffer.of(1), false],
    ["not with an even exponent", modulus, Buffer.from("010002", "hex"), false],
    ["not with exponent 65535", modulus, Buffer.from("ffff", "hex"), false],
    ["not with an exponent of 257 bits", modulus, Buffer.concat([Buffer.of(1), Buffer.alloc(31), Buffer.of(1)]), false],
    ["not with an even modulus", even, E, false],
    ["not with 2047 bits", Buffer.concat([Buffer.of(0x7f), modulus.subarray(1)]), E, false],
    ["not with 8193 bits", Buffer.concat([Buffer.of(1), Buffer.alloc(1023), Buffer.of(1)]), E, false],
    ["not with a megabyte", Buffer.alloc(1 << 20, 0xff), E, false],
    ["not with nothing", Buffer.alloc(0), Buffer.alloc(0), false],
    ["not where it can be factored (CVE-2017-15361)", rocaModulus(), E, false],
  ];
  for (const [name, n, e, strong] of cases) {
    test(name, () => {
      expect(isStrongRsa(n, e)).toBe(strong);
    });
  }
});

test("of any set, any algorithm and any identifier at most one key is found, and it is the one that was named", () => {
  const pool = Object.values(KEYS).flatMap((pair) =>
    [undefined, "a", "b"].map((kid) => publicJwk(jwk(pair, kid === undefined ? {} : { kid }))),
  );
  const keys = pool.filter((key) => key !== undefined);
  fc.assert(
    fc.property(
      fc.subarray(keys),
      fc.constantFrom("RS256", "ES256", "ES384", "EdDSA", "HS256", "none", "toString"),
      fc.constantFrom(undefined, "a", "b", "c"),
      (set, alg, kid) => {
        const selection = selectKey(set, alg, kid);
        const matching = set.filter(
          (key) => (kid === undefined || key.kid === kid) && kindOf(alg) === `${key.kty} ${key.crv ?? ""}`,
        );
        expect(selection.outcome === "found").toBe(matching.length === 1);
        if (selection.outcome === "found") expect(selection.key).toBe(matching[0]);
      },
    ),
    { numRuns: RUNS },
  );
});

const kindOf = (alg: string): string | undefined =>
  new Map([
    ["RS256", "RSA "],
    ["ES256", "EC P-256"],
    ["ES384", "EC P-384"],
    ["EdDSA", "OKP Ed25519"],
  ]).get(alg);

/** A number of the shape that the flawed generator gave: 65537^a modulo the product of small primes, 2048 bits, odd. */
function rocaModulus(): Buffer {
  const primes = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
    113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
  ];
  const product = primes.reduce((whole, prime) => whole * BigInt(prime), 1n);
  let value = 1n;
  for (let i = 0; i < 12_345; i++) value = (value * 65_537n) % product;
  value += product * ((1n << 2047n) / product + 2n);
  if (value % 2n === 0n) value += product;
  return Buffer.from(value.toString(16), "hex");
}

test("the octets of this file's own positive control are what they say", () => {
  expect(b64(E)).toBe("AQAB");
  expect(rocaModulus().length).toBe(256);
});
