import { digest } from "#crypto";
import type { HashName } from "../crypto/algorithms.ts";
import type { Covered } from "../pades/container.ts";
import type { ByteRange } from "../pades/coverage.ts";
import { atMost, MAX_COVERED } from "./limits.ts";

/**
 * Digests of what signatures cover: computed where the octets lie, once for each pair of ranges and each algorithm.
 *
 * @returns what a signature covers; nothing at all for ranges that lead out of the file
 */
export function newCoverage(pdf: Uint8Array): (byteRange: ByteRange | undefined) => Covered {
  const known = new Map<string, Covered>();
  let hashed = 0;
  const piece = (from: number, length: number) => pdf.subarray(from, from + length);
  const cover = (pieces: readonly Uint8Array[]): Covered => {
    const digests = new Map<HashName, Uint8Array>();
    return {
      pieces,
      digest: (hash) => {
        const found = digests.get(hash);
        if (found !== undefined) return found;
        for (const { length } of pieces) hashed += length;
        atMost(hashed, MAX_COVERED, "octets covered by all signatures together");
        const computed = digest(hash, ...pieces);
        digests.set(hash, computed);
        return computed;
      },
    };
  };
  return (byteRange) => {
    const name = byteRange?.join(" ") ?? "";
    const found = known.get(name);
    if (found !== undefined) return found;
    const covered = cover(byteRange === undefined || leadsOut(byteRange, pdf.length) ? [] : piecesOf(byteRange, piece));
    known.set(name, covered);
    return covered;
  };
}

function leadsOut([from, length, from2, length2]: ByteRange, size: number): boolean {
  return from + length > size || from2 + length2 > size;
}

function piecesOf([from, length, from2, length2]: ByteRange, piece: (from: number, length: number) => Uint8Array) {
  return [piece(from, length), piece(from2, length2)];
}
