import type { Bytes } from "./bytes.ts";

const PAIR = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Lower-case base16 (RFC 4648 §8). */
export function toHex(octets: Uint8Array): string {
  let text = "";
  for (const octet of octets) text += PAIR[octet];
  return text;
}

/** @returns the octets, or undefined where `text` is not an even number of hexadecimal digits, either case */
export function fromHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const octets = new Uint8Array(text.length / 2);
  for (let i = 0; i < octets.length; i++) octets[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return octets;
}
