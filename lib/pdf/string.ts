import { type Bytes, fromLatin1 } from "../bytes/bytes.ts";
import type { PdfString } from "./object.ts";
import { isSpace } from "./scanner.ts";

const HEX = "0123456789abcdef";
/** The two digits of every octet, as one number. */
const DIGITS = Uint16Array.from({ length: 256 }, (_, i) => (HEX.charCodeAt(i >> 4) << 8) | HEX.charCodeAt(i & 15));
/** What a backslash makes of these letters (ISO 32000-2 table 3). */
const ESCAPES = new Map([..."nrtbf()\\"].map((letter, i) => [letter.charCodeAt(0), [10, 13, 9, 8, 12, 40, 41, 92][i]]));

/** The octets that a string stands for (§7.3.4); still encrypted where the string is sealed. */
export function stringOctets(string: PdfString): Bytes {
  return string.raw[0] === 0x28 ? literalOctets(string.raw) : hexOctets(string.raw);
}

/** A literal string, not sealed. @param text one character for each octet, none beyond U+00FF */
export function literalString(text: string): PdfString {
  // A bare CR would be read as LF (§7.3.4.2).
  const plain = !/[()\\\r]/.test(text);
  const inner = plain ? text : text.replace(/[()\\]/g, "\\$&").replaceAll("\r", "\\r");
  return { kind: "string", raw: fromLatin1(`(${inner})`), at: -1, sealed: false };
}

/** A hexadecimal string of these octets, not sealed. */
export function hexString(octets: Uint8Array): PdfString {
  const raw = new Uint8Array(2 * octets.length + 2);
  raw[0] = 0x3c;
  writeHex(octets, raw, 1);
  raw[raw.length - 1] = 0x3e;
  return { kind: "string", raw, at: -1, sealed: false };
}

/** Writes two hexadecimal digits an octet. */
export function writeHex(octets: Uint8Array, into: Uint8Array, at: number): void {
  // Through a view, which takes four digits at a time at any place: twice as fast as one by one.
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  const even = octets.length & ~1;
  for (let i = 0; i < even; i += 2) {
    const four = ((DIGITS[octets[i] as number] as number) << 16) | (DIGITS[octets[i + 1] as number] as number);
    view.setUint32(at + 2 * i, four);
  }
  if (even < octets.length) view.setUint16(at + 2 * even, DIGITS[octets[even] as number] as number);
}

function literalOctets(raw: Uint8Array): Bytes {
  const octets = new Uint8Array(raw.length);
  const end = raw.length - 1;
  let length = 0;
  for (let at = 1; at < end; ) {
    let octet = raw[at++] as number;
    if (octet === 13) {
      if (raw[at] === 10) at++;
      octet = 10;
    } else if (octet === 0x5c) {
      const next = raw[at] as number;
      if (next >= 0x30 && next <= 0x37) {
        octet = 0;
        for (let digits = 0; digits < 3 && at < end && isOctal(raw[at]); digits++)
          octet = octet * 8 + (raw[at++] as number) - 0x30;
        octet &= 0xff;
      } else {
        at++;
        if (next === 13 && raw[at] === 10) at++;
        // A backslash at the end of a line joins it with the next one.
        if (next === 13 || next === 10) continue;
        octet = ESCAPES.get(next) ?? next;
      }
    }
    octets[length++] = octet;
  }
  return octets.subarray(0, length);
}

function isOctal(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x30 && octet <= 0x37;
}

/** White space between digits is skipped; an odd last digit is followed by 0 (§7.3.4.3). Other octets count as nothing. */
function hexOctets(raw: Uint8Array): Bytes {
  const octets = new Uint8Array((raw.length + 1) >> 1);
  const zeros = zerosFrom(raw);
  let nibbles = 0;
  let at = 1;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  // Digits without space between: two at a time.
  for (; at + 1 < zeros; at += 2, nibbles += 2) {
    const octet = PAIRS[view.getUint16(at)] as number;
    if (octet < 0) break;
    octets[nibbles >> 1] = octet;
  }
  for (; at < zeros; at++) {
    const value = VALUES[raw[at] as number] as number;
    if (value < 0) continue;
    const octet = nibbles >> 1;
    octets[octet] = nibbles % 2 === 0 ? value << 4 : (octets[octet] as number) | value;
    nibbles++;
  }
  return octets.subarray(0, (nibbles + Math.max(0, raw.length - 1 - zeros) + 1) >> 1);
}

/** Where the zeros begin that a hexadecimal string ends with. Most of /Contents of a signature is padding. */
function zerosFrom(raw: Uint8Array): number {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  let at = raw.length - 1;
  while (at > 8 && view.getFloat64(at - 8) === EIGHT_ZEROS) at -= 8;
  while (at > 1 && raw[at - 1] === 0x30) at--;
  return at;
}

/** `00000000`, as eight octets are read quickest. */
const EIGHT_ZEROS = new DataView(Uint8Array.from({ length: 8 }, () => 0x30).buffer).getFloat64(0);
/** What an octet is worth as a digit in either case; -1 for those that are none. */
const VALUES = Int8Array.from({ length: 256 }, (_, octet) =>
  octet > 0x20 ? HEX.indexOf(String.fromCharCode(octet).toLowerCase()) : -1,
);
/** The same for two digits, as one number of 16 bits. */
const PAIRS = pairs();

function pairs(): Int16Array {
  const table = new Int16Array(0x10000).fill(-1);
  const digits = Array.from("0123456789abcdefABCDEF", (digit) => digit.charCodeAt(0));
  for (const first of digits) {
    for (const second of digits)
      table[(first << 8) | second] = ((VALUES[first] as number) << 4) | (VALUES[second] as number);
  }
  return table;
}

/**
 * Whether the string is `<`, at least one hexadecimal digit in any case, white space between them at most, `>`: what /Contents has to be.
 *
 * @param octets what {@link stringOctets} made of it
 */
export function isPureHex({ raw }: PdfString, octets: Uint8Array): boolean {
  if (raw[0] !== 0x3c || octets.length === 0) return false;
  // Two octets of text for each octet and the delimiters: then each of them was a digit. What every writer makes.
  if (raw.length === 2 * octets.length + 2) return true;
  const zeros = zerosFrom(raw);
  for (let at = 1; at < zeros; at++) {
    if ((VALUES[raw[at] as number] as number) < 0 && !isSpace(raw[at])) return false;
  }
  return true;
}
