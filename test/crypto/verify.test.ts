import { constants, createPublicKey, privateEncrypt, publicDecrypt, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { bitString, explicit, integer, nullValue, oid, sequence } from "../../lib/asn1/write.ts";
import { concat, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { type HashName, hashAlgorithm, type SignatureAlgorithm } from "../../lib/crypto/algorithms.ts";
import * as node from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { readEcdsaSignature } from "../../lib/crypto/ecdsa-signature.ts";
import { CURVES, type CurveName, readPublicKey } from "../../lib/crypto/public-key.ts";
import { verifyPkcs1, verifyPss } from "../../lib/crypto/rsa.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { RUNS } from "../asn1/help.ts";
import { ecKey, edKey, pssKey, rsaKey } from "./keys.ts";

const BACKENDS: Record<string, typeof node> = { node, web };
const MESSAGE = fromUtf8("Đơn đăng ký thường trú");
/** SHAKE256 signs under algorithms that nothing here uses. */
type SigningHash = Exclude<HashName, "SHAKE256">;
const NAMES: Record<SigningHash, string> = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
  "SHA-512/224": "sha512-224",
  "SHA-512/256": "sha512-256",
  "SHA3-224": "sha3-224",
  "SHA3-256": "sha3-256",
  "SHA3-384": "sha3-384",
  "SHA3-512": "sha3-512",
};
const HASH_NAMES = Object.keys(NAMES) as SigningHash[];

type Signed = { algorithm: SignatureAlgorithm; spki: Uint8Array; signature: Uint8Array };

const ecKeys = new Map((Object.keys(CURVES) as CurveName[]).map((curve) => [curve, ecKey(curve)]));
const rsa = rsaKey(1024);
const edKeys = { Ed25519: edKey("Ed25519"), Ed448: edKey("Ed448") };

const ecdsa = (curve: CurveName, hash: SigningHash): Signed => {
  const { spki, privateKey } = ecKeys.get(curve) ?? ecKey(curve);
  return { algorithm: { kind: "ecdsa", hash }, spki, signature: sign(NAMES[hash], MESSAGE, privateKey) };
};
const pkcs1 = (hash: SigningHash): Signed => ({
  algorithm: { kind: "rsa-pkcs1", hash },
  spki: rsa.spki,
  signature: sign(NAMES[hash], MESSAGE, rsa.privateKey),
});
const pssSign = ({ privateKey }: { privateKey: typeof rsa.privateKey }, hash: SigningHash, saltLength: number) =>
  sign(NAMES[hash], MESSAGE, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
const pss = (hash: SigningHash, saltLength: number): Signed => ({
  algorithm: { kind: "rsa-pss", hash, mgfHash: hash, saltLength },
  spki: rsa.spki,
  signature: pssSign(rsa, hash, saltLength),
});
const eddsa = (curve: "Ed25519" | "Ed448"): Signed => ({
  algorithm: { kind: "eddsa", curve },
  spki: edKeys[curve].spki,
  signature: sign(null, MESSAGE, edKeys[curve].privateKey),
});

function rsaNumbers(spki: Uint8Array): { modulus: Uint8Array; exponent: bigint } {
  const key = readPublicKey(spki);
  if (key.kind !== "rsa") throw new Error("not RSA");
  return key;
}

/** The RSA key as one for RSASSA-PSS only. */
function tiedTo(...parameters: readonly Uint8Array[]): Uint8Array {
  const { modulus, exponent } = rsaNumbers(rsa.spki);
  return sequence(
    sequence(oid(OID.rsassaPss), ...parameters),
    bitString(sequence(integer(modulus), integer(exponent))),
  );
}

/** One of each kind. */
const SIGNED: readonly Signed[] = [
  ecdsa("P-256", "SHA-256"),
  pkcs1("SHA-256"),
  pss("SHA-256", 32),
  eddsa("Ed25519"),
  eddsa("Ed448"),
];

for (const [name, backend] of Object.entries(BACKENDS)) {
  const check = ({ algorithm, spki, signature }: Signed, message: Uint8Array = MESSAGE) =>
    backend.verifySignature(algorithm, spki, message, signature);

  describe(name, () => {
    test("every curve with every digest", async () => {
      for (const curve of Object.keys(CURVES) as CurveName[]) {
        for (const hash of HASH_NAMES) expect(await check(ecdsa(curve, hash)), `${curve} ${hash}`).toBe(true);
      }
    });

    test("RSA with every digest, both paddings", async () => {
      for (const hash of HASH_NAMES) {
        expect(await check(pkcs1(hash)), hash).toBe(true);
        expect(await check(pss(hash, 20)), hash).toBe(true);
        expect(await check(pss(hash, 0)), hash).toBe(true);
      }
    });

    test("RSA keys of 512 and 768 bits, which policy judges and not arithmetic", async () => {
      for (const bits of [512, 768]) {
        const { spki, privateKey } = rsaKey(bits);
        const algorithm = { kind: "rsa-pkcs1", hash: "SHA-256" } as const;
        const signed = { algorithm, spki, signature: sign("sha256", MESSAGE, privateKey) };
        expect(await check(signed)).toBe(true);
        expect(await check(signed, fromUtf8("another"))).toBe(false);
      }
      // No room for the digest and its padding: false, never an error.
      const { spki } = rsaKey(512);
      const algorithm = { kind: "rsa-pkcs1", hash: "SHA-512" } as const;
      expect(await check({ algorithm, spki, signature: new Uint8Array(64).fill(1) })).toBe(false);
    });

    test("RSASSA-PSS with a mask digest of its own, by a key tied to it", async () => {
      const key = pssKey("sha256", "sha1", 16);
      const algorithm = { kind: "rsa-pss", hash: "SHA-256", mgfHash: "SHA-1", saltLength: 24 } as const;
      const signed = { algorithm, spki: key.spki, signature: pssSign(key, "SHA-256", 24) };
      expect(await check(signed)).toBe(true);
      expect(await check({ ...signed, algorithm: { ...algorithm, mgfHash: "SHA-256" } })).toBe(false);
      expect(await check({ ...signed, algorithm: { ...algorithm, saltLength: 8 } })).toBe(false);
      expect(await check({ ...signed, algorithm: { kind: "rsa-pkcs1", hash: "SHA-256" } })).toBe(false);
    });

    test("a key for RSASSA-PSS only does not verify the older padding, although the numbers would", async () => {
      const signed = pkcs1("SHA-256");
      expect(await check({ ...signed, spki: tiedTo() })).toBe(false);
      expect(await check({ ...pss("SHA-256", 32), spki: tiedTo() })).toBe(true);
    });

    test("a key tied to parameters refuses others, although the numbers would verify (RFC 4055 §3.3)", async () => {
      const parameters = (hash: HashName, mgfHash: HashName, salt: number) => [
        sequence(
          explicit(0, hashAlgorithm(hash)),
          explicit(1, sequence(oid(OID.mgf1), hashAlgorithm(mgfHash))),
          explicit(2, integer(salt)),
        ),
      ];
      const signed = pss("SHA-256", 32);
      const by = (...tied: Parameters<typeof parameters>) => check({ ...signed, spki: tiedTo(...parameters(...tied)) });
      expect(await by("SHA-256", "SHA-256", 32)).toBe(true);
      expect(await by("SHA-256", "SHA-256", 20)).toBe(true);
      expect(await by("SHA-256", "SHA-256", 33)).toBe(false);
      expect(await by("SHA-256", "SHA-1", 32)).toBe(false);
      expect(await by("SHA-512", "SHA-256", 32)).toBe(false);
    });

    test("a plain RSA key verifies RSASSA-PSS with a mask digest of its own", async () => {
      const key = pssKey("sha256", "sha1", 16);
      const { modulus, exponent } = rsaNumbers(key.spki);
      const numbers = sequence(integer(modulus), integer(exponent));
      const spki = sequence(sequence(oid(OID.rsaEncryption), nullValue()), bitString(numbers));
      const algorithm = { kind: "rsa-pss", hash: "SHA-256", mgfHash: "SHA-1", saltLength: 24 } as const;
      const signature = pssSign(key, "SHA-256", 24);
      expect(await check({ algorithm, spki, signature })).toBe(true);
      expect(await check({ algorithm: { ...algorithm, mgfHash: "SHA-256" }, spki, signature })).toBe(false);
    });

    test("an EdDSA signature by one curve does not count where the other curve is named", async () => {
      for (const [named, other] of [
        ["Ed25519", "Ed448"],
        ["Ed448", "Ed25519"],
      ] as const) {
        expect(await check({ ...eddsa(other), algorithm: { kind: "eddsa", curve: named } })).toBe(false);
      }
    });

    test("a key of another kind or curve verifies nothing, and that is no error", async () => {
      for (const { algorithm, signature } of SIGNED) {
        for (const other of SIGNED) {
          if (
            other.algorithm.kind.split("-")[0] !== algorithm.kind.split("-")[0] ||
            (algorithm.kind === "eddsa" && other.algorithm !== algorithm)
          ) {
            expect(await check({ algorithm, spki: other.spki, signature })).toBe(false);
          }
        }
      }
    });

    test("a point that is not on its curve verifies nothing, and that is no error", async () => {
      const { algorithm, spki, signature } = ecdsa("P-256", "SHA-256");
      const off = Uint8Array.from(spki);
      off[off.length - 1] = (off[off.length - 1] as number) ^ 1;
      expect(await check({ algorithm, spki: off, signature })).toBe(false);
    });

    test("a key that is not read is a Fault, not a bad signature", async () => {
      const compressed = sequence(
        sequence(oid(OID.ecPublicKey), oid(OID.p256)),
        bitString(concat(Uint8Array.of(2), new Uint8Array(32))),
      );
      const attempt = async () => check({ ...ecdsa("P-256", "SHA-256"), spki: compressed });
      await expect(attempt()).rejects.toMatchObject({ code: "algorithm_unsupported" });
    });

    test("one bit turned in message, signature or key: never true", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...SIGNED),
          fc.constantFrom("message", "signature", "spki"),
          fc.nat(),
          async (signed, where, pick) => {
            const parts = {
              message: Uint8Array.from(MESSAGE),
              signature: Uint8Array.from(signed.signature),
              spki: Uint8Array.from(signed.spki),
            };
            const bit = pick % (parts[where].length * 8);
            parts[where][bit >> 3] = (parts[where][bit >> 3] as number) ^ (0x80 >> (bit & 7));
            try {
              expect(await backend.verifySignature(signed.algorithm, parts.spki, parts.message, parts.signature)).toBe(
                false,
              );
            } catch (error) {
              if (!(error instanceof Fault)) throw error;
            }
          },
        ),
        { numRuns: RUNS / 2 },
      );
    });

    test("any octets for a signature: false, never an error", async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...SIGNED), fc.uint8Array({ maxLength: 160 }), async (signed, signature) => {
          expect(await check({ ...signed, signature })).toBe(false);
        }),
        { numRuns: RUNS / 2 },
      );
    });

    test("octets that lie inside a larger buffer, or are a Buffer, are taken as they are", async () => {
      for (const { algorithm, spki, signature } of SIGNED) {
        const inside = (octets: Uint8Array) =>
          concat(new Uint8Array(5), octets, new Uint8Array(3)).subarray(5, 5 + octets.length);
        expect(await backend.verifySignature(algorithm, inside(spki), inside(MESSAGE), inside(signature))).toBe(true);
        expect(
          await backend.verifySignature(algorithm, Buffer.from(spki), Buffer.from(MESSAGE), Buffer.from(signature)),
        ).toBe(true);
      }
    });
  });
}

describe("where WebCrypto is absent", () => {
  test("the web backend still verifies ECDSA", async () => {
    const crypto = Object.getOwnPropertyDescriptor(globalThis, "crypto");
    Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
    try {
      const { algorithm, spki, signature } = ecdsa("P-256", "SHA-256");
      expect(await web.verifySignature(algorithm, spki, MESSAGE, signature)).toBe(true);
      expect(await web.verifySignature(algorithm, spki, fromUtf8("x"), signature)).toBe(false);
    } finally {
      if (crypto !== undefined) Object.defineProperty(globalThis, "crypto", crypto);
    }
  });
});

describe("our own RSA agrees with OpenSSL", () => {
  const key = readPublicKey(rsa.spki);
  if (key.kind !== "rsa") throw new Error("not RSA");

  test("on good signatures and on damaged ones", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<SigningHash>("SHA-1", "SHA-256", "SHA-384"),
        fc.nat(20),
        fc.option(fc.nat(1023)),
        (hash, saltLength, bit) => {
          for (const { algorithm, spki, signature } of [pkcs1(hash), pss(hash, saltLength)]) {
            const damaged = Uint8Array.from(signature);
            if (bit !== null) damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (0x80 >> (bit & 7));
            const own =
              algorithm.kind === "rsa-pss"
                ? verifyPss(key, algorithm, MESSAGE, damaged, node.digest)
                : algorithm.kind === "rsa-pkcs1" && verifyPkcs1(key, algorithm.hash, MESSAGE, damaged, node.digest);
            expect(own).toBe(bit === null);
            expect(own).toBe(node.verifySignature(algorithm, spki, MESSAGE, damaged));
          }
        },
      ),
      { numRuns: Math.min(RUNS, 100) },
    );
  });

  test("a modulus whose length is one more than a multiple of eight bits, where the encoded message is an octet shorter (RFC 8017 §9.1.1)", () => {
    const small = rsaKey(1025);
    const odd = readPublicKey(small.spki);
    if (odd.kind !== "rsa") throw new Error("not RSA");
    const signature = pssSign(small, "SHA-256", 32);
    expect(
      verifyPss(
        odd,
        { kind: "rsa-pss", hash: "SHA-256", mgfHash: "SHA-256", saltLength: 32 },
        MESSAGE,
        signature,
        node.digest,
      ),
    ).toBe(true);
  });

  test("a recovered number with a bit above the encoded message is refused, although the rest is right", () => {
    const key1025 = rsaKey(1025);
    const odd = readPublicKey(key1025.spki);
    if (odd.kind !== "rsa") throw new Error("not RSA");
    const algorithm = { kind: "rsa-pss", hash: "SHA-256", mgfHash: "SHA-256", saltLength: 32 } as const;
    const raw = { padding: constants.RSA_NO_PADDING };
    const publicKey = createPublicKey({ key: Buffer.from(key1025.spki), format: "der", type: "spki" });
    for (let attempt = 0; attempt < 200; attempt++) {
      const encoded = publicDecrypt({ key: publicKey, ...raw }, pssSign(key1025, "SHA-256", 32));
      encoded[0] = 1;
      if (Buffer.compare(encoded, odd.modulus) >= 0) continue;
      const forged = privateEncrypt({ key: key1025.privateKey, ...raw }, encoded);
      expect(verifyPss(odd, algorithm, MESSAGE, forged, node.digest)).toBe(false);
      return;
    }
    throw new Error("no encoded message was small enough");
  });

  test("a digest too long for a small key verifies nothing", () => {
    const { signature } = pss("SHA-512", 20);
    expect(
      verifyPss(
        key,
        { kind: "rsa-pss", hash: "SHA-512", mgfHash: "SHA-512", saltLength: 63 },
        MESSAGE,
        signature,
        node.digest,
      ),
    ).toBe(false);
  });
});

test("an ECDSA signature is read into r and s of full length, or not at all", () => {
  const { signature } = ecdsa("P-521", "SHA-512");
  expect(readEcdsaSignature(signature, "P-521")?.length).toBe(132);
  const order = CURVES["P-256"].order;
  const of = (r: bigint, s: bigint) => readEcdsaSignature(sequence(integer(r), integer(s)), "P-256");
  expect(of(1n, order - 1n)?.length).toBe(64);
  for (const [r, s] of [
    [0n, 1n],
    [1n, 0n],
    [order, 1n],
    [1n, order],
    [-1n, 1n],
    [1n, 1n << 256n],
  ] as const)
    expect(of(r, s)).toBeUndefined();
});
