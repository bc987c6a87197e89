import fc from "fast-check";
import { expect, test } from "vitest";
import { tree, writeTree } from "../../lib/asn1/tree.ts";
import { element, explicit, sequence } from "../../lib/asn1/write.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { RUNS } from "../worlds/mutate.ts";

test("a tree is written as the same elements one by one are, on either side of every length form", () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 0xffffff, 0x1000000]) {
    const octets = new Uint8Array(length);
    expect(Buffer.compare(writeTree(tree(4, octets)), element(4, octets))).toBe(0);
  }
});

test("a tree is written as the same elements one by one are, however they are nested", () => {
  const part = fc.uint8Array({ maxLength: 150 });
  fc.assert(
    fc.property(part, part, part, (a, b, c) => {
      const written = writeTree(tree(0x30, a, tree(0xa0, tree(0x30, b)), c, tree(0x30)));
      expect(toHex(written)).toBe(toHex(sequence(a, explicit(0, sequence(b)), c, sequence())));
      expect(written.buffer.byteLength).toBe(written.length);
    }),
    { numRuns: RUNS },
  );
});
