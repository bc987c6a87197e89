import { type Bytes, concat, fromLatin1, fromUtf8 } from "../bytes/bytes.ts";
import { CONSTRUCTED, contextTag, TAG } from "./tags.ts";

// Everything here writes DER (X.690 §10, §11). Arguments that no DER exists for are a programmer's misuse: RangeError.

/** One element: identifier octet, minimal length, the parts as content. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const lengthOctets = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const whole = new Uint8Array(2 + lengthOctets + length);
  whole[0] = tag;
  if (lengthOctets === 0) whole[1] = length;
  else {
    whole[1] = 0x80 | lengthOctets;
    for (let i = 0, left = length; i < lengthOctets; i++, left = Math.floor(left / 256))
      whole[1 + lengthOctets - i] = left % 256;
  }
  let at = 2 + lengthOctets;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sequence(...parts: readonly Uint8Array[]): Bytes {
  return element(TAG.sequence, ...parts);
}

/** SET OF: the elements in ascending order of their encodings (X.690 §11.6). */
export function setOf(...parts: readonly Uint8Array[]): Bytes {
  return element(TAG.set, ...sorted(parts));
}

/** The order of a SET OF under DER; for a SET OF that is tagged implicitly. */
export function sorted(parts: readonly Uint8Array[]): Uint8Array[] {
  return [...parts].sort(compare);
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    // The shorter is taken as padded with zero octets.
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `[n] EXPLICIT`. */
export function explicit(n: number, part: Uint8Array): Bytes {
  return element(contextTag(n, true), part);
}

/**
 * `[n] IMPLICIT`: the element with its identifier octet replaced.
 *
 * @param part a whole DER element
 * @param constructed by default what the part was
 */
export function implicit(n: number, part: Uint8Array, constructed?: boolean): Bytes {
  const copy = Uint8Array.from(part);
  const first = copy[0];
  if (first === undefined) throw new RangeError("nothing to tag");
  copy[0] = contextTag(n, constructed ?? (first & CONSTRUCTED) !== 0);
  return copy;
}

/** @param value a number, or an unsigned magnitude of any length (leading zeros are dropped, a sign octet is added) */
export function integer(value: number | bigint | Uint8Array): Bytes {
  return element(TAG.integer, typeof value === "object" ? unsigned(value) : signed(BigInt(value)));
}

export function enumerated(value: number): Bytes {
  return element(TAG.enumerated, signed(BigInt(value)));
}

function unsigned(magnitude: Uint8Array): Bytes {
  let from = 0;
  while (from < magnitude.length - 1 && magnitude[from] === 0) from++;
  const digits = magnitude.subarray(from);
  return (digits[0] ?? 0x80) >= 0x80 ? concat(Uint8Array.of(0), digits) : concat(digits);
}

function signed(value: bigint): Bytes {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length++;
  const octets = new Uint8Array(length);
  for (let i = length - 1, left = BigInt.asUintN(length * 8, value); i >= 0; i--, left >>= 8n)
    octets[i] = Number(left & 0xffn);
  return octets;
}

/** Encodings of object identifiers that were asked for before: nearly all are constants, and making one takes longer than the rest of its element. */
const KNOWN = new Map<string, Bytes>();
/** More than this service has constants; what comes from outside cannot make it grow further. */
const MAX_KNOWN = 256;

/** @param dotted "1.2.840…" (X.690 §8.19) */
export function oid(dotted: string): Bytes {
  const known = KNOWN.get(dotted);
  // A copy: the caller may write into it.
  if (known !== undefined) return known.slice();
  const made = element(TAG.oid, oidContents(dotted));
  if (KNOWN.size < MAX_KNOWN) KNOWN.set(dotted, made.slice());
  return made;
}

function oidContents(dotted: string): Bytes {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) throw new RangeError("not an object identifier");
  const [first = 0n, second = 0n, ...rest] = dotted.split(".").map(BigInt);
  if (first < 2n && second > 39n) throw new RangeError("the second arc exceeds 39");
  return Uint8Array.from([first * 40n + second, ...rest].flatMap(base128));
}

function base128(value: bigint): number[] {
  const digits = [Number(value & 0x7fn)];
  for (let left = value >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80);
  return digits;
}

export function octetString(octets: Uint8Array): Bytes {
  return element(TAG.octetString, octets);
}

/** @param unused number of bits at the end that do not count; they must be zero (X.690 §11.2.1) */
export function bitString(octets: Uint8Array, unused = 0): Bytes {
  const last = octets[octets.length - 1] ?? 0;
  if (unused < 0 || unused > 7 || (octets.length === 0 && unused !== 0) || (last & ((1 << unused) - 1)) !== 0) {
    throw new RangeError("unused bits are not zero");
  }
  return element(TAG.bitString, Uint8Array.of(unused), octets);
}

/** @param bits numbers of the bits that are set; trailing zero bits are left out (X.690 §11.2.2) */
export function namedBitString(bits: readonly number[]): Bytes {
  const highest = Math.max(-1, ...bits);
  const octets = new Uint8Array((highest >> 3) + 1);
  for (const bit of bits) octets[bit >> 3] = (octets[bit >> 3] as number) | (0x80 >> (bit & 7));
  return bitString(octets, highest < 0 ? 0 : 7 - (highest & 7));
}

/** @throws RangeError a lone surrogate, for which no UTF-8 exists */
export function utf8String(text: string): Bytes {
  if (!text.isWellFormed()) throw new RangeError("the text has a lone surrogate");
  return element(TAG.utf8String, fromUtf8(text));
}

/** @throws RangeError a character outside X.680 §41.4, table 10 */
export function printableString(text: string): Bytes {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw new RangeError("a character is not printable");
  return element(TAG.printableString, fromLatin1(text));
}

/** @throws RangeError a character that is not ASCII */
export function ia5String(text: string): Bytes {
  const octets = fromLatin1(text);
  if (octets.some((octet) => octet >= 0x80)) throw new RangeError("a character is not ASCII");
  return element(TAG.ia5String, octets);
}

export function boolean(value: boolean): Bytes {
  return element(TAG.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function nullValue(): Bytes {
  return element(TAG.null);
}

/** `YYYYMMDDHHMMSSZ` (RFC 5280 §4.1.2.5.2). @param ms since 1970; a part of a second is dropped */
export function generalizedTime(ms: number): Bytes {
  return element(TAG.generalizedTime, stamp(ms));
}

/** GeneralizedTime with milliseconds where they are not zero (RFC 3161 §2.4.2): no zero ends the fraction. */
export function preciseTime(ms: number): Bytes {
  const milliseconds = ((Math.floor(ms) % 1000) + 1000) % 1000;
  if (milliseconds === 0) return generalizedTime(ms);
  const fraction = String(milliseconds).padStart(3, "0").replace(/0+$/, "");
  return element(TAG.generalizedTime, stamp(ms).subarray(0, -1), fromLatin1(`.${fraction}Z`));
}

/** UTCTime through 2049, GeneralizedTime from 2050 and before 1950 (RFC 5280 §4.1.2.5). @param ms since 1970 */
export function time(ms: number): Bytes {
  const year = new Date(Math.floor(ms)).getUTCFullYear();
  return year >= 1950 && year < 2050 ? element(TAG.utcTime, stamp(ms).subarray(2)) : generalizedTime(ms);
}

/** The years that four digits can say. */
const FIRST_MS = -62_167_219_200_000;
const BEHIND_LAST_MS = Date.UTC(10000, 0, 1);

/** `YYYYMMDDHHMMSSZ`. */
function stamp(ms: number): Bytes {
  if (!(ms >= FIRST_MS && ms < BEHIND_LAST_MS)) throw new RangeError("the year has not four digits");
  const date = new Date(Math.floor(ms));
  const octets = new Uint8Array(15);
  const put = (at: number, value: number): void => {
    octets[at] = 0x30 + Math.floor(value / 10);
    octets[at + 1] = 0x30 + (value % 10);
  };
  put(0, Math.floor(date.getUTCFullYear() / 100));
  put(2, date.getUTCFullYear() % 100);
  put(4, date.getUTCMonth() + 1);
  put(6, date.getUTCDate());
  put(8, date.getUTCHours());
  put(10, date.getUTCMinutes());
  put(12, date.getUTCSeconds());
  octets[14] = 0x5a;
  return octets;
}
