import { generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fields } from "../../lib/asn1/fields.ts";
import * as OID from "../../lib/asn1/oids.ts";
import { raw, readDer } from "../../lib/asn1/read.ts";
import { integer as readInteger } from "../../lib/asn1/values.ts";
import { bitString, integer, nullValue, oid, sequence } from "../../lib/asn1/write.ts";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { readAlgorithm, type SignatureAlgorithm, signatureAlgorithmOf } from "../../lib/crypto/algorithms.ts";
import * as node from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { inverse, power } from "../../lib/crypto/modular.ts";
import { readPublicKey } from "../../lib/crypto/public-key.ts";
import { RUNS } from "../asn1/help.ts";
import dsaKeys from "../vectors/crypto/dsa-keys.json" with { type: "json" };

const BACKENDS: Record<string, typeof node> = { node, web };
const MESSAGE = fromUtf8("Đơn đăng ký thường trú");
const SHA256: SignatureAlgorithm = { kind: "dsa", hash: "SHA-256" };
const HASHES = { "SHA-1": "sha1", "SHA-224": "sha224", "SHA-256": "sha256" } as const;

const keys = dsaKeys.cases.map(({ name, pkcs8, spki }) => ({
  name,
  privateKey: { key: Buffer.from(pkcs8, "base64"), format: "der", type: "pkcs8" } as const,
  spki: Uint8Array.from(Buffer.from(spki, "base64")),
}));
const [key] = keys as [(typeof keys)[number]];
const signature = sign("sha256", MESSAGE, key.privateKey);

function numbers(of: Uint8Array): { r: bigint; s: bigint } {
  const cursor = fields(readDer(of));
  return { r: readInteger(cursor.next()), s: readInteger(cursor.next()) };
}

/** SubjectPublicKeyInfo of the first key, its numbers changed. */
function spkiWith(change: Partial<Record<"p" | "q" | "g" | "y", bigint>>): Uint8Array {
  const found = readPublicKey(key.spki);
  if (found.kind !== "dsa") throw new Error("no DSA key");
  const { p, q, g, y } = { ...found, ...change };
  return sequence(sequence(oid(OID.dsa), sequence(integer(p), integer(q), integer(g))), bitString(integer(y)));
}

for (const [backendName, backend] of Object.entries(BACKENDS)) {
  describe(backendName, () => {
    for (const { name, privateKey, spki } of keys) {
      test(`a key of ${name}: with each digest, and one changed octet is not signed`, async () => {
        for (const [hash, nodeName] of Object.entries(HASHES)) {
          const algorithm = { kind: "dsa", hash: hash as keyof typeof HASHES } as const;
          const signed = sign(nodeName, MESSAGE, privateKey);
          expect(await backend.verifySignature(algorithm, spki, MESSAGE, signed), hash).toBe(true);
          expect(await backend.verifySignature(algorithm, spki, fromUtf8("khác"), signed), hash).toBe(false);
        }
      });
    }

    test("numbers out of range, or not in DER, verify nothing", async () => {
      const { r, s } = numbers(signature);
      const { q } = readPublicKey(key.spki) as { q: bigint };
      const check = (octets: Uint8Array) => backend.verifySignature(SHA256, key.spki, MESSAGE, octets);
      expect(await check(sequence(integer(r), integer(s)))).toBe(true);
      for (const pair of [
        [0n, s],
        [r, 0n],
        [r + q, s],
        [r, s + q],
        [r, -s],
        [q, s],
      ] as const)
        expect(await check(sequence(...pair.map(integer)))).toBe(false);
      expect(await check(sequence(integer(r), integer(s), integer(1)))).toBe(false);
      expect(await check(Uint8Array.of(...signature, 0))).toBe(false);
      expect(await check(new Uint8Array(0))).toBe(false);
    });

    test("a key of another kind verifies nothing, and a DSA key nothing of another kind", async () => {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const ec = publicKey.export({ format: "der", type: "spki" });
      expect(await backend.verifySignature(SHA256, ec, MESSAGE, sign("sha256", MESSAGE, privateKey))).toBe(false);
      expect(await backend.verifySignature({ kind: "ecdsa", hash: "SHA-256" }, key.spki, MESSAGE, signature)).toBe(
        false,
      );
    });
  });
}

test("both backends say the same of any signature with an octet changed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Uint8Array.from(signature);
      changed[at] = (changed[at] as number) ^ change;
      for (const backend of Object.values(BACKENDS))
        expect(await backend.verifySignature(SHA256, key.spki, MESSAGE, changed)).toBe(false);
    }),
    { numRuns: Math.min(RUNS, 2000) },
  );
});

test("keys that are refused", () => {
  const { p, q } = readPublicKey(key.spki) as { p: bigint; q: bigint };
  expect(readPublicKey(spkiWith({}))).toEqual(readPublicKey(key.spki));
  const unsound = [{ p: -p }, { p: p - 1n }, { p: p >> 1n }, { q: q - 1n }, { q: q >> 2n }, { g: 1n }, { g: p - 1n }];
  for (const change of [...unsound, { y: 0n }, { y: 1n }, { y: p }, { y: -2n }, { p: p << 4096n }])
    expect(() => readPublicKey(spkiWith(change))).toThrow(expect.objectContaining({ code: "algorithm_unsupported" }));
});

test("a key that leaves its parameters to the issuer says nothing on its own", () => {
  const own = fields(readDer(key.spki));
  own.next();
  const bare = raw(own.next());
  for (const algorithm of [sequence(oid(OID.dsa)), sequence(oid(OID.dsa), nullValue())])
    expect(() => readPublicKey(sequence(algorithm, bare))).toThrow(
      expect.objectContaining({ code: "algorithm_unsupported" }),
    );
});

test("the algorithms by their identifiers", () => {
  const of = (dotted: string) => signatureAlgorithmOf(readAlgorithm(readDer(sequence(oid(dotted)))));
  expect([OID.dsaWithSha1, OID.dsaWithSha224, OID.dsaWithSha256].map(of)).toEqual(
    Object.keys(HASHES).map((hash) => ({ kind: "dsa", hash })),
  );
});

test("power and inverse keep their definitions", () => {
  fc.assert(
    fc.property(fc.bigInt(2n, 999n), fc.bigInt(0n, 200n), fc.bigInt(2n, 999n), (base, exponent, modulus) => {
      expect(power(base, exponent, modulus)).toBe(base ** exponent % modulus);
      const found = inverse(base, modulus);
      const slow = Array.from({ length: Number(modulus) }, (_, i) => BigInt(i)).find(
        (x) => (x * base) % modulus === 1n,
      );
      expect(found).toBe(slow);
    }),
    { numRuns: RUNS },
  );
});
