import { Fault } from "../fault/fault.ts";

/** A place in the octets. Functions below move `at`, never the octets. */
export type Scanner = {
  readonly source: Uint8Array;
  at: number;
  /** Nothing at or behind this offset is read. */
  readonly end: number;
  /** Values read since the scanner was made. */
  items: number;
  /** A dictionary with a key that it has twice was read. */
  repeats: boolean;
  /** Strings met are encrypted. */
  readonly sealed: boolean;
  /** Offsets of strings mean something: `source` is the file itself. */
  readonly file: boolean;
};

export const REGULAR = 0;
const SPACE = 1;
const DELIMITER = 2;

/** ISO 32000-2 §7.2.3, tables 1 and 2. */
const CLASS = new Uint8Array(256);
for (const octet of [0, 9, 10, 12, 13, 32]) CLASS[octet] = SPACE;
for (const character of "()<>[]{}/%") CLASS[character.charCodeAt(0)] = DELIMITER;

export function scannerOf(
  source: Uint8Array,
  at: number,
  options?: { end?: number; sealed?: boolean; file?: boolean },
): Scanner {
  return {
    source,
    at,
    end: Math.min(options?.end ?? source.length, source.length),
    items: 0,
    repeats: false,
    sealed: options?.sealed ?? false,
    file: options?.file ?? true,
  };
}

/** @returns 0 for a regular octet, another number for white space, a delimiter and the end of the octets */
export function classAt(s: Scanner, at: number): number {
  return at < s.end ? (CLASS[s.source[at] as number] as number) : SPACE;
}

export function isSpace(octet: number | undefined): boolean {
  return octet !== undefined && CLASS[octet] === SPACE;
}

export function isDigit(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x30 && octet <= 0x39;
}

/** Skips white space and comments (§7.2.4). */
export function skipSpace(s: Scanner): void {
  const { source, end } = s;
  let at = s.at;
  while (at < end) {
    const octet = source[at] as number;
    if (CLASS[octet] === SPACE) at++;
    else if (octet === 0x25) {
      while (at < end && source[at] !== 10 && source[at] !== 13) at++;
    } else break;
  }
  s.at = at;
}

/**
 * An unsigned integer of at most 15 digits, white space before it skipped. What follows is not looked at.
 *
 * @returns undefined, with the scanner at the first octet that is not white space, where no digit stands there
 */
export function readUnsigned(s: Scanner): number | undefined {
  skipSpace(s);
  const { source, end } = s;
  const from = s.at;
  let at = from;
  let value = 0;
  for (; at < end; at++) {
    const digit = (source[at] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  // Fifteen digits are exact as a number; no offset, length or count has more.
  if (at === from || at - from > 15) return undefined;
  s.at = at;
  return value;
}

/** Whether the ASCII `word` stands at `at`; what is around it is not looked at. */
export function startsWith(source: Uint8Array, at: number, word: string): boolean {
  if (at < 0 || at + word.length > source.length) return false;
  for (let i = 0; i < word.length; i++) if (source[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** Steps over `word` as a whole token, white space before it skipped. @returns whether it was there */
export function takeKeyword(s: Scanner, word: string): boolean {
  skipSpace(s);
  if (!startsWith(s.source, s.at, word) || s.at + word.length > s.end) return false;
  if (classAt(s, s.at + word.length) === REGULAR) return false;
  s.at += word.length;
  return true;
}

/** The last place of the ASCII `word` in [from, to), or -1. */
export function lastIndexOf(source: Uint8Array, word: string, from: number, to: number): number {
  for (let at = to - word.length; at >= from; at--) if (startsWith(source, at, word)) return at;
  return -1;
}

/** Stretches shorter than that are searched by a plain loop: a call of the engine's search costs as much. */
const SHORT = 256;
/** Letters that lead nowhere, after which the search goes on by a plain loop. */
const MISSES = 64;

/** The first place at or behind `from` where the ASCII `word` stands and ends at or before `to`, or -1. */
export function indexOf(source: Uint8Array, word: string, from: number, to: number): number {
  const last = word.length - 1;
  const [first, letter] = [word.charCodeAt(0), word.charCodeAt(last)];
  const end = Math.min(to, source.length);
  let at = from + last;
  if (end - at > SHORT) {
    // The last letters of the words looked for (obj, stream) are rare, and the engine's own search for one octet is three
    // times faster than a loop; in octets made of that letter only, it is thirty times slower.
    const view = end < source.length ? source.subarray(0, end) : source;
    for (let misses = 0; misses < MISSES; misses++, at++) {
      at = view.indexOf(letter, at);
      if (at < 0) return -1;
      if (source[at - last] === first && startsWith(source, at - last, word)) return at - last;
    }
  }
  for (; at < end; at++) {
    if (source[at] === letter && source[at - last] === first && startsWith(source, at - last, word)) return at - last;
  }
  return -1;
}

export function damaged(what: string, at?: number): Fault {
  return new Fault("pdf_invalid", at === undefined ? what : `${what} at offset ${at}`);
}
