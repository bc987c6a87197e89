import type { Bytes } from "../bytes/bytes.ts";

/** A revision that is ready to be signed: all of the signed file but the CMS. */
export type Prepared = {
  /** They follow the file's own octets. */
  readonly appended: Bytes;
  /** ISO 32000-2 §12.8.1: offset and length of what comes before /Contents and of what comes after it. */
  readonly byteRange: readonly [number, number, number, number];
  /** Absolute offset of the `<` of /Contents. */
  readonly contentsStart: number;
  /** Octets of CMS that fit. */
  readonly reserved: number;
  readonly fieldName: string;
};
