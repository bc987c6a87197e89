import { concat, fromLatin1 } from "../../lib/bytes/bytes.ts";

export type JpegBuild = {
  /** Rows of blocks of 8x8 pixels; a block has one value a component, 0 … 255, as it is stored (no colour conversion). */
  readonly blocks: readonly (readonly (readonly number[])[])[];
  readonly progressive?: boolean;
  /** Segments before the tables. */
  readonly before?: readonly Uint8Array[];
  /** What follows the end. */
  readonly after?: Uint8Array;
  /** Component names; 1, 2, 3 … unless given. */
  readonly names?: readonly number[];
};

export function segment(marker: number, content: Uint8Array): Uint8Array {
  const length = content.length + 2;
  return concat(Uint8Array.of(0xff, marker, length >> 8, length & 255), content);
}

/** APP14: how colours are stored. @param transform 0 as they are, 1 YCbCr, 2 YCCK */
export const adobe = (transform: number): Uint8Array =>
  segment(0xee, concat(fromLatin1("Adobe"), Uint8Array.of(0, 100, 0, 0, 0, 0, transform)));

/** APP1 with an orientation, and a place where it was taken that nobody should get to know. */
export function exif(orientation: number, little = false): Uint8Array {
  const two = (v: number): number[] => (little ? [v & 255, v >> 8] : [v >> 8, v & 255]);
  const four = (v: number): number[] => (little ? [...two(v), 0, 0] : [0, 0, ...two(v)]);
  const entry = (tag: number, type: number, value: number[]): number[] => [
    ...two(tag),
    ...two(type),
    ...four(1),
    ...value,
  ];
  const tiff = [
    ...(little ? [0x49, 0x49] : [0x4d, 0x4d]),
    ...two(42),
    ...four(8),
    ...two(2),
    ...entry(0x0112, 3, [...two(orientation), 0, 0]),
    ...entry(0x8825, 4, four(38)),
    ...four(0),
  ];
  return segment(0xe1, concat(fromLatin1("Exif\0\0"), Uint8Array.from(tiff), fromLatin1("GPS 21.0285 N 105.8542 E")));
}

/** A JPEG of flat blocks, written by the rules of T.81 alone: one DC coefficient each. */
export function buildJpeg({ blocks, progressive = false, before = [], after, names }: JpegBuild): Uint8Array {
  const count = blocks[0]?.[0]?.length ?? 0;
  const ids = Array.from({ length: count }, (_, i) => names?.[i] ?? i + 1);
  const [height, width] = [8 * blocks.length, 8 * (blocks[0]?.length ?? 0)];
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, count, ...ids.flatMap((id) => [id, 0x11, 0])];
  const spectral = progressive ? [0, 0, 0] : [0, 63, 0];
  return concat(
    Uint8Array.of(0xff, 0xd8),
    ...before,
    // A step of 8 for the DC coefficient makes it the mean of the block.
    segment(0xdb, Uint8Array.of(0, 8, ...new Array(63).fill(1))),
    segment(progressive ? 0xc2 : 0xc0, Uint8Array.from(frame)),
    // Twelve sizes in codes of four bits.
    segment(
      0xc4,
      Uint8Array.of(0x00, 0, 0, 0, 12, ...new Array(12).fill(0), ...Array.from({ length: 12 }, (_, i) => i)),
    ),
    // "Nothing more in this block" in one bit.
    segment(0xc4, Uint8Array.of(0x10, 1, ...new Array(15).fill(0), 0)),
    segment(0xda, Uint8Array.of(count, ...ids.flatMap((id) => [id, 0x00]), ...spectral)),
    coded(blocks, !progressive),
    Uint8Array.of(0xff, 0xd9),
    after ?? new Uint8Array(0),
  );
}

function coded(blocks: JpegBuild["blocks"], withEnds: boolean): Uint8Array {
  let bits = "";
  const last: number[] = [];
  for (const block of blocks.flat())
    for (const [i, value] of block.entries()) {
      const difference = value - 128 - (last[i] ?? 0);
      last[i] = value - 128;
      const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      bits += size.toString(2).padStart(4, "0");
      const shifted = difference < 0 ? difference + 2 ** size - 1 : difference;
      if (size > 0) bits += shifted.toString(2).padStart(size, "0");
      if (withEnds) bits += "0";
    }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, "1");
  const octets = bits.match(/.{8}/g)?.map((octet) => Number.parseInt(octet, 2)) ?? [];
  return Uint8Array.from(octets.flatMap((octet) => (octet === 0xff ? [0xff, 0] : [octet])));
}

/** Six shades of grey, three rows of two: no two of its eight orientations look alike. */
export const SIX: readonly (readonly (readonly number[])[])[] = [
  [[20], [60]],
  [[100], [140]],
  [[180], [220]],
];
