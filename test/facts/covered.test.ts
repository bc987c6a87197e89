import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "#crypto";
import { concat } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { newCoverage } from "../../lib/facts/covered.ts";
import { RUNS } from "../worlds/mutate.ts";

const ranges = fc.tuple(fc.nat(40), fc.nat(300), fc.nat(300), fc.nat(300));
const hashes = fc.constantFrom("SHA-1", "SHA-256", "SHA-512", "SHA3-256", "SHAKE256");

describe("what signatures cover", () => {
  test("has the digest of its octets put together, whatever was asked before and in whatever order", () => {
    const questions = fc.array(
      fc.tuple(
        fc.oneof(
          ranges,
          ranges.map(([, b, c, d]) => [0, b, c, d] as const),
        ),
        hashes,
      ),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 200, maxLength: 300 }),
        fc.boolean(),
        questions,
        (file, several, asked) => {
          const coverage = newCoverage(file, several);
          for (const [[a, b, c, d], hash] of asked) {
            const inside = a + b <= file.length && c + d <= file.length;
            const octets = inside ? concat(file.subarray(a, a + b), file.subarray(c, c + d)) : new Uint8Array(0);
            expect(toHex(coverage([a, b, c, d]).digest(hash))).toBe(toHex(digest(hash, octets)));
            expect(concat(...coverage([a, b, c, d]).pieces)).toEqual(octets);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  test("is nothing without ranges", () => {
    const covered = newCoverage(new Uint8Array(10), true)(undefined);
    expect(covered.digest("SHA-256")).toEqual(digest("SHA-256", new Uint8Array(0)));
  });

  test("is hashed once for a thousand signatures that follow each other, and refused where they share nothing", () => {
    const file = new Uint8Array(8 * 1024 * 1024);
    const follow = newCoverage(file, true);
    for (let i = 0; i < 1000; i++) follow([0, 8000 * i, 8000 * i + 4000, 4000]).digest("SHA-256");
    const apart = newCoverage(file, true);
    expect(() => {
      for (let i = 0; i < 1000; i++) apart([1, i, 1000 + i, file.length - 2000]).digest("SHA-256");
    }).toThrow(expect.objectContaining({ code: "pdf_limit" }));
  });
});
