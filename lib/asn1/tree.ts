import type { Bytes } from "../bytes/bytes.ts";

/**
 * A DER element that is not written yet. What lies deep (a certificate in a token in a message) is copied once when the whole is
 * written, not once a level: with `sequence(explicit(…))` a signature spends a tenth of its time in copies.
 */
export type Tree = {
  /** Identifier octet. */
  readonly tag: number;
  /** Elements that are written already, and others that are not. */
  readonly parts: readonly (Uint8Array | Tree)[];
  /** Of the content, octets. */
  readonly length: number;
};

export function tree(tag: number, ...parts: readonly (Uint8Array | Tree)[]): Tree {
  let length = 0;
  for (const part of parts) length += part.length + (part instanceof Uint8Array ? 0 : headerLength(part.length));
  return { tag, parts, length };
}

/** The element in memory of its own. */
export function writeTree(root: Tree): Bytes {
  const whole = new Uint8Array(headerLength(root.length) + root.length);
  write(root, whole, 0);
  return whole;
}

/** @returns the offset behind the element */
function write({ tag, parts, length }: Tree, whole: Bytes, start: number): number {
  const header = headerLength(length);
  whole[start] = tag;
  whole[start + 1] = header === 2 ? length : 0x80 | (header - 2);
  for (let i = header - 1, left = length; i > 1; i--, left = Math.floor(left / 256)) whole[start + i] = left % 256;
  let at = start + header;
  for (const part of parts) {
    if (part instanceof Uint8Array) {
      whole.set(part, at);
      at += part.length;
    } else at = write(part, whole, at);
  }
  return at;
}

/** Identifier octet and minimal length octets (X.690 §10.1). */
function headerLength(length: number): number {
  return length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x10000 ? 4 : length < 0x1000000 ? 5 : 6;
}
