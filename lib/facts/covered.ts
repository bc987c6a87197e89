import { digest, runningDigest } from "#crypto";
import type { HashName, RunningDigest } from "../crypto/algorithms.ts";
import type { Covered } from "../pades/container.ts";
import type { ByteRange } from "../pades/coverage.ts";
import { atMost, MAX_COVERED } from "./limits.ts";

/** The beginning of the file up to and without `to`, hashed. */
type Beginning = { readonly state: RunningDigest; to: number };

/**
 * Digests of what signatures cover, computed where the octets lie, once for each pair of ranges and each algorithm. Each signature of a file
 * covers what the one before it covers, and more: the beginning that they share is hashed once for all of them.
 *
 * @param several more than one signature is asked about
 * @returns what a signature covers; nothing at all for ranges that lead out of the file
 */
export function newCoverage(pdf: Uint8Array, several: boolean): (byteRange: ByteRange | undefined) => Covered {
  const known = new Map<string, Covered>();
  const beginnings = new Map<HashName, Beginning>();
  let hashed = 0;
  const count = (octets: number) => {
    hashed += octets;
    atMost(hashed, MAX_COVERED, "octets covered by all signatures together");
  };
  /** @param to offsets at which the first range ends, and the second range */
  const shared = (hash: HashName, to: number, rest: Uint8Array): Uint8Array => {
    let beginning = beginnings.get(hash);
    // A file written in another order than its fields: from the beginning once more.
    if (beginning === undefined || beginning.to > to) beginning = { state: runningDigest(hash), to: 0 };
    beginnings.set(hash, beginning);
    count(to - beginning.to + rest.length);
    beginning.state.add(pdf.subarray(beginning.to, to));
    beginning.to = to;
    return beginning.state.with(rest);
  };
  const compute = (hash: HashName, [from, length, from2, length2]: ByteRange): Uint8Array => {
    const rest = pdf.subarray(from2, from2 + length2);
    if (several && from === 0) return shared(hash, length, rest);
    count(length + length2);
    return digest(hash, pdf.subarray(from, from + length), rest);
  };
  const cover = (byteRange: ByteRange | undefined): Covered => {
    const digests = new Map<HashName, Uint8Array>();
    const usable = byteRange === undefined || leadsOut(byteRange, pdf.length) ? NOTHING : byteRange;
    const [from, length, from2, length2] = usable;
    return {
      pieces: [pdf.subarray(from, from + length), pdf.subarray(from2, from2 + length2)],
      digest: (hash) => {
        const found = digests.get(hash) ?? compute(hash, usable);
        digests.set(hash, found);
        return found;
      },
    };
  };
  return (byteRange) => {
    const name = byteRange?.join(" ") ?? "";
    const found = known.get(name) ?? cover(byteRange);
    known.set(name, found);
    return found;
  };
}

const NOTHING: ByteRange = [0, 0, 0, 0];

function leadsOut([from, length, from2, length2]: ByteRange, size: number): boolean {
  return from + length > size || from2 + length2 > size;
}
