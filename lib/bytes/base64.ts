import type { Bytes } from "./bytes.ts";

/** Character codes by value, and values by character code. */
type Alphabet = { readonly codes: Uint8Array; readonly values: Uint8Array };

const NO_DIGIT = 0xff;
/** Octets below 0x80 only, which are the same in UTF-8: a decoder is many times faster than joining characters. */
const ASCII = new TextDecoder();

const STANDARD = alphabet("+/");
const URL_SAFE = alphabet("-_");

function alphabet(last: string): Alphabet {
  const digits = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${last}`;
  const codes = Uint8Array.from(digits, (digit) => digit.charCodeAt(0));
  const values = new Uint8Array(128).fill(NO_DIGIT);
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
  const octets = decode(text.slice(0, text.length - padding), STANDARD);
  return octets !== undefined && toBase64(octets) === text ? octets : undefined;
}

/** Strict base64url: no padding, unused bits zero. @returns undefined where `text` is anything else */
export function fromBase64Url(text: string): Bytes | undefined {
  return decode(text, URL_SAFE);
}

function encode(octets: Uint8Array, alphabet: Alphabet): string {
  const { codes } = alphabet;
  const text = new Uint8Array(Math.ceil((octets.length * 4) / 3));
  let at = 0;
  for (let i = 0; i < octets.length; i += 3) {
    const group = ((octets[i] as number) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    // Characters beyond the last octet fall outside the array, which swallows them.
    text[at++] = codes[group >> 18] as number;
    text[at++] = codes[(group >> 12) & 63] as number;
    text[at++] = codes[(group >> 6) & 63] as number;
    text[at++] = codes[group & 63] as number;
  }
  return ASCII.decode(text);
}

function decode(text: string, alphabet: Alphabet): Bytes | undefined {
  if (text.length % 4 === 1) return undefined;
  const { values } = alphabet;
  const octets = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i)] ?? NO_DIGIT;
    if (value === NO_DIGIT) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      octets[at++] = (bits >> held) & 0xff;
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? octets : undefined;
}
