import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, equal, fromUtf8 } from "../../lib/bytes/bytes.ts";
import { fromHex, toHex } from "../../lib/bytes/hex.ts";
import { HASHES, type HashName } from "../../lib/crypto/algorithms.ts";
import * as node from "../../lib/crypto/backend-node.ts";
import * as web from "../../lib/crypto/backend-web.ts";
import { whenLoaded } from "../../lib/fault/on-demand.ts";
import { RUNS } from "../asn1/help.ts";

// Both backends have the same exports, of the same types.
const BACKENDS: Record<string, typeof node> = { node, web };
const NAMES = Object.keys(HASHES) as HashName[];
// A page loads SHA-3 when it is asked for.
await whenLoaded(() => web.digest("SHA3-256"));

/** Of "abc": FIPS 180-4 and FIPS 202, example values of NIST CSRC. */
const ABC: Record<HashName, string> = {
  "SHA-1": "a9993e364706816aba3e25717850c26c9cd0d89d",
  "SHA-224": "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
  "SHA-256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  "SHA-384": "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
  "SHA-512":
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  "SHA-512/224": "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
  "SHA-512/256": "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
  "SHA3-224": "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
  "SHA3-256": "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
  "SHA3-384": "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
  "SHA3-512":
    "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
  SHAKE256:
    "483366601360a8771c6863080cc4114d8db44530f8f1e1ee4f94ea37e78b5739d5a15bef186a5386c75744c0527e1faa9f8726e462a12a4feb06bd8801e751e4",
};

for (const [name, backend] of Object.entries(BACKENDS)) {
  describe(name, () => {
    for (const hash of NAMES) {
      test(`${hash} of "abc", in one part and in several`, () => {
        expect(toHex(backend.digest(hash, fromUtf8("abc")))).toBe(ABC[hash]);
        expect(toHex(backend.digest(hash, fromUtf8("a"), new Uint8Array(0), fromUtf8("bc")))).toBe(ABC[hash]);
        expect(backend.digest(hash).length).toBe(HASHES[hash].length);
      });
    }

    for (const hash of NAMES) {
      test(`a running digest by ${hash} goes on after each answer`, () => {
        const running = backend.runningDigest(hash);
        running.add(fromUtf8("a"));
        expect(toHex(running.with(fromUtf8("bc")))).toBe(ABC[hash]);
        expect(toHex(running.with(fromUtf8("xyz")))).not.toBe(ABC[hash]);
        running.add(fromUtf8("b"));
        expect(toHex(running.with(fromUtf8("c")))).toBe(ABC[hash]);
      });
    }

    test("a digest is a plain Uint8Array with memory of its own", () => {
      const found = backend.digest("SHA-256", fromUtf8("abc"));
      expect(Object.getPrototypeOf(found)).toBe(Uint8Array.prototype);
      expect(found.buffer.byteLength).toBe(32);
    });
  });
}

test("the digest of a text is that of its UTF-8 octets; a lone surrogate counts as U+FFFD", () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.string({ unit: "binary" }), (hash, text) => {
      const expected = node.digest(hash, fromUtf8(text));
      for (const backend of Object.values(BACKENDS)) expect(backend.digestText(hash, text)).toEqual(expected);
    }),
    { numRuns: RUNS },
  );
});

test("both backends give the same digest and the same MAC, whatever goes in", () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.uint8Array({ maxLength: 200 }), parts, (hash, key, list) => {
      expect(web.digest(hash, ...list)).toEqual(node.digest(hash, ...list));
      expect(web.hmacSha256(key, ...list)).toEqual(node.hmacSha256(key, concat(...list)));
    }),
    { numRuns: RUNS },
  );
});

const HMAC = fileURLToPath(new URL("../../../shared/vectors/wycheproof/hmac_sha256_test.json", import.meta.url));
if (!existsSync(HMAC))
  process.stderr.write("\n*** SKIPPED *** no Wycheproof HMAC vectors at ../shared/vectors/wycheproof\n\n");

test.skipIf(!existsSync(HMAC))("Wycheproof: every valid tag of HMAC-SHA-256 is ours, no invalid one is", () => {
  type Vectors = {
    testGroups: { tagSize: number; tests: { key: string; msg: string; tag: string; result: string }[] }[];
  };
  const vectors = JSON.parse(readFileSync(HMAC, "utf8")) as Vectors;
  let seen = 0;
  for (const { tagSize, tests } of vectors.testGroups) {
    for (const v of tests) {
      const [key, message, tag] = [v.key, v.msg, v.tag].map((text) => fromHex(text) ?? new Uint8Array());
      if (key === undefined || message === undefined || tag === undefined) throw new Error("not hexadecimal");
      for (const backend of Object.values(BACKENDS)) {
        const found = backend.hmacSha256(key, message).subarray(0, tagSize / 8);
        expect(equal(found, tag)).toBe(v.result === "valid");
      }
      seen++;
    }
  }
  expect(seen).toBe(174);
});
