import { asciiText, type Bytes } from "./bytes.ts";

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Lower-case base16 (RFC 4648 §8). */
export function toHex(octets: Uint8Array): string {
  const text = new Uint8Array(2 * octets.length);
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i] as number;
    text[2 * i] = DIGITS[octet >> 4] as number;
    text[2 * i + 1] = DIGITS[octet & 15] as number;
  }
  return asciiText(text);
}

/** @returns the octets, or undefined where `text` is not an even number of hexadecimal digits, either case */
export function fromHex(text: string): Bytes | undefined {
  if (text.length % 2 !== 0) return undefined;
  const octets = new Uint8Array(text.length / 2);
  for (let i = 0; i < octets.length; i++) {
    const octet = (valueAt(text, 2 * i) << 4) | valueAt(text, 2 * i + 1);
    if (octet > 0xff) return undefined;
    octets[i] = octet;
  }
  return octets;
}

/** @returns 0 … 15, or 256 for what is no digit: it shows above the octet, whichever digit of it this is */
function valueAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  // The bit by which the cases differ.
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : 0x100;
}
