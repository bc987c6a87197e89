import { deflateSync } from "node:zlib";
import { fromLatin1 } from "../../lib/bytes/bytes.ts";

export const MB = 1024 * 1024;
/** As large as a file may be. */
export const FULL = 50 * MB;

export type Body = string | Uint8Array;
export type Numbered = readonly (readonly [number, Body])[];

export type FileOptions = {
  /** Further keys of the trailer. */
  readonly trailer?: string;
  /** Octets that this save follows. */
  readonly after?: Uint8Array;
  readonly root?: number;
};

/** A file, or one more save of one, with a classic table; made for a hundred thousand objects. */
export function file(objects: Numbered, { trailer = "", after, root = 1 }: FileOptions = {}): Uint8Array {
  const parts: Buffer[] = [after === undefined ? Buffer.from("%PDF-1.7\n", "latin1") : Buffer.from(after)];
  let length = parts[0]?.length ?? 0;
  const add = (part: Body): void => {
    const octets = typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part);
    parts.push(octets);
    length += octets.length;
  };
  const offsets: (readonly [number, number])[] = [];
  for (const [number, body] of objects) {
    offsets.push([number, length]);
    add(`${number} 0 obj\n`);
    add(body);
    add("\nendobj\n");
  }
  offsets.sort(([a], [b]) => a - b);
  const size = (offsets.at(-1)?.[0] ?? 0) + 1;
  const tail = after === undefined ? "" : Buffer.from(after.subarray(-64)).toString("latin1");
  const previous = /startxref\s+(\d+)/.exec(tail)?.[1];
  const start = length;
  add(`xref\n${tableOf(offsets)}trailer\n<</Size ${Math.max(size, 500)}/Root ${root} 0 R`);
  add(`${previous === undefined ? "" : `/Prev ${previous}`}${trailer}>>\nstartxref\n${start}\n%%EOF\n`);
  return joined(parts);
}

/** Objects of consecutive numbers in one run, as programs write them. */
function tableOf(offsets: readonly (readonly [number, number])[]): string {
  const runs: string[][] = [];
  let next = -1;
  for (const [number, offset] of offsets) {
    if (number !== next) runs.push([`${number}`]);
    runs.at(-1)?.push(`${String(offset).padStart(10, "0")} 00000 n \n`);
    next = number + 1;
  }
  return runs.map(([first, ...rows]) => `${first} ${rows.length}\n${rows.join("")}`).join("");
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = Buffer.concat(parts);
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length);
}

export const stream = (data: Body, keys = ""): Uint8Array => {
  const octets = typeof data === "string" ? fromLatin1(data) : data;
  return joined([
    Buffer.from(`<<${keys}/Length ${octets.length}>>\nstream\n`, "latin1"),
    octets,
    Buffer.from("\nendstream", "latin1"),
  ]);
};

/** `length` octets of the same words. */
export const filled = (word: string, length: number): Uint8Array =>
  new Uint8Array(Buffer.alloc(length, word, "latin1"));

/** Zeros that were packed so many times. */
export function bomb(octets: number, times = 1): Uint8Array {
  let packed: Uint8Array = deflateSync(Buffer.alloc(octets));
  for (let i = 1; i < times; i++) packed = deflateSync(packed);
  return new Uint8Array(packed);
}

export const times = (count: number, word: string | ((i: number) => string)): string =>
  Array.from({ length: count }, (_, i) => (typeof word === "string" ? word : word(i))).join("");
