import type { Bytes } from "./bytes.ts";

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Octets below 0x80 only, which are the same in UTF-8: a decoder is many times faster than joining characters. */
const ASCII = new TextDecoder();

/** Lower-case base16 (RFC 4648 §8). */
export function toHex(octets: Uint8Array): string {
  const text = new Uint8Array(2 * octets.length);
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i] as number;
    text[2 * i] = DIGITS[octet >> 4] as number;
    text[2 * i + 1] = DIGITS[octet & 15] as number;
  }
  return ASCII.decode(text);
}

/** @returns the octets, or undefined where `text` is not an even number of hexadecimal digits, either case */
export function fromHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const octets = new Uint8Array(text.length / 2);
  for (let i = 0; i < octets.length; i++) octets[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return octets;
}
