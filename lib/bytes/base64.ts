import { asciiText, type Bytes } from "./bytes.ts";

/** Character codes by value, and values by character code. */
type Alphabet = { readonly codes: Uint8Array; readonly values: Uint8Array };

const NO_DIGIT = 0xff;

const STANDARD = alphabet("+/");
const URL_SAFE = alphabet("-_");

function alphabet(last: string): Alphabet {
  const digits = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`;
  const codes = Uint8Array.from(digits, (digit) => digit.charCodeAt(0));
  const values = new Uint8Array(256).fill(NO_DIGIT);
  codes.forEach((code, value) => {
    values[code] = value;
  });
  return { codes, values };
}

/** Base64 with padding (RFC 4648 §4). */
export function toBase64(octets: Uint8Array): string {
  return encode(octets, STANDARD) + "=".repeat((3 - (octets.length % 3)) % 3);
}

/** Base64url without padding (RFC 4648 §5, RFC 7515 §2). */
export function toBase64Url(octets: Uint8Array): string {
  return encode(octets, URL_SAFE);
}

/**
 * Strict base64 (RFC 4648 §3.2, §3.5): padding required, no white space, unused bits zero, so that one value has one text.
 *
 * @returns undefined where `text` is anything else
 */
export function fromBase64(text: string): Bytes | undefined {
  // At most two can be right. A pattern that looks for any number would take time that grows as the square of hostile input.
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  // A whole number of groups: then the padding is the one that the digits ask for.
  return text.length % 4 === 0 ? decode(text, text.length - padding, STANDARD) : undefined;
}

/** Strict base64url: no padding, unused bits zero. @returns undefined where `text` is anything else */
export function fromBase64Url(text: string): Bytes | undefined {
  return decode(text, text.length, URL_SAFE);
}

function encode(octets: Uint8Array, alphabet: Alphabet): string {
  const { codes } = alphabet;
  const text = new Uint8Array(Math.ceil((octets.length * 4) / 3));
  let at = 0;
  let i = 0;
  for (; i + 3 <= octets.length; i += 3) {
    const group = ((octets[i] as number) << 16) | ((octets[i + 1] as number) << 8) | (octets[i + 2] as number);
    text[at++] = codes[group >> 18] as number;
    text[at++] = codes[(group >> 12) & 63] as number;
    text[at++] = codes[(group >> 6) & 63] as number;
    text[at++] = codes[group & 63] as number;
  }
  // One or two octets that are left make two or three digits; the engine writes no index that is beyond an array quickly.
  if (i < octets.length) {
    const group = ((octets[i] as number) << 16) | ((octets[i + 1] ?? 0) << 8);
    text[at++] = codes[group >> 18] as number;
    text[at++] = codes[(group >> 12) & 63] as number;
    if (i + 1 < octets.length) text[at] = codes[(group >> 6) & 63] as number;
  }
  return asciiText(text);
}

/** @param length how many characters of `text` are digits */
function decode(text: string, length: number, { values }: Alphabet): Bytes | undefined {
  if (length % 4 === 1) return undefined;
  const octets = new Uint8Array(Math.floor((length * 3) / 4));
  const digit = (i: number): number => values[text.charCodeAt(i)] ?? NO_DIGIT;
  let at = 0;
  let i = 0;
  // Four digits make three octets; what is no digit shows in the bits that a digit never has.
  for (; i + 4 <= length; i += 4) {
    const a = digit(i);
    const b = digit(i + 1);
    const c = digit(i + 2);
    const d = digit(i + 3);
    if ((a | b | c | d) > 63) return undefined;
    octets[at++] = (a << 2) | (b >> 4);
    octets[at++] = (b << 4) | (c >> 2);
    octets[at++] = (c << 6) | d;
  }
  if (i === length) return octets;
  const [a, b, c] = [digit(i), digit(i + 1), i + 2 < length ? digit(i + 2) : 0];
  if ((a | b | c) > 63) return undefined;
  octets[at++] = (a << 2) | (b >> 4);
  const unused = i + 2 < length ? c & 3 : b & 15;
  if (i + 2 < length) octets[at] = (b << 4) | (c >> 2);
  return unused === 0 ? octets : undefined;
}
