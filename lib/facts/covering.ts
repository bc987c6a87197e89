import type { FoundSignature } from "../pades/find.ts";

/** What a document timestamp covers: all in front of its end but its own value. Undefined where its ranges are of no use. */
type Stamp = { readonly index: number; readonly gap: readonly [number, number]; readonly end: number };

/** Tells which document timestamps of a file cover a place in it. */
export type Covering = {
  /** @param from to: offsets of the first octet and behind the last. @returns indexes, ascending */
  readonly place: (from: number, to: number) => readonly number[];
  /** Those that cover a signature's value and all that it covers; never itself. */
  readonly signature: (found: FoundSignature) => readonly number[];
};

/** @param timestamps in the order that the indexes count */
export function coveringOf(timestamps: readonly FoundSignature[]): Covering {
  const stamps = timestamps.flatMap(({ byteRange, contentsRange, problems }, index): Stamp[] => {
    if (byteRange === undefined || contentsRange === undefined || problems.length > 0) return [];
    return [{ index, gap: contentsRange, end: byteRange[2] + byteRange[3] }];
  });
  const place = (from: number, to: number, last: number): number[] =>
    stamps.flatMap(({ index, gap, end }) => {
      const apart = to <= gap[0] || from >= gap[1];
      return apart && Math.max(to, last) <= end ? [index] : [];
    });
  return {
    place: (from, to) => place(from, to, to),
    signature: ({ byteRange, contentsRange }) => {
      if (contentsRange === undefined || byteRange === undefined) return [];
      return place(...contentsRange, byteRange[2] + byteRange[3]);
    },
  };
}
