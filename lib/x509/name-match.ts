import { equal } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import type { Name, NameAttribute } from "./name.ts";

/**
 * Whether two names are the same by RFC 5280 §7.1: letter case and runs of white space do not count, nor does the string type, nor the
 * order inside a multi-valued relative name.
 */
export function namesMatch(a: Name, b: Name): boolean {
  if (a.rdns.length !== b.rdns.length) return false;
  return equal(a.raw, b.raw) || nameStartsWith(a, b);
}

/** Whether the relative names of `prefix` are the first ones of `name`: how a directory name lies in a subtree (RFC 5280 §7.1). */
export function nameStartsWith(name: Name, prefix: Name): boolean {
  if (prefix.rdns.length > name.rdns.length) return false;
  // Most names that differ do so in the kinds of their attributes, which costs nothing to see.
  if (prefix.rdns.some((rdn, i) => kind(rdn) !== kind(name.rdns[i] ?? []))) return false;
  const keys = relativeKeys(name);
  return relativeKeys(prefix).every((key, i) => key === keys[i]);
}

/** A type that the first attribute has alone: in a set, which may stand in any order, none says anything. */
function kind(rdn: readonly NameAttribute[]): string | number {
  return rdn.length === 1 ? (rdn[0]?.type ?? 0) : rdn.length;
}

/** A text that two names share exactly where they match: what names are looked up by. */
export function nameKey(name: Name): string {
  // No prepared text has a control character.
  return relativeKeys(name).join("\0");
}

const KNOWN = new WeakMap<Name, readonly string[]>();

/** Preparing a text takes microseconds, and a search for paths compares the same names again and again. */
function relativeKeys(name: Name): readonly string[] {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const keys = name.rdns.map(relativeKey);
  KNOWN.set(name, keys);
  return keys;
}

/** A text that two relative names share exactly where they match. */
function relativeKey(rdn: readonly NameAttribute[]): string {
  const [only] = rdn;
  if (rdn.length === 1 && only !== undefined) return attributeKey(only);
  return JSON.stringify(rdn.map(attributeKey).sort());
}

function attributeKey({ type, value, raw }: NameAttribute): string {
  return value === undefined ? `${type}#${toHex(raw)}` : `${type}=${prepare(value)}`;
}

/** What most values are: visible ASCII, single spaces inside. Preparing it folds its case and nothing else. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * String preparation of RFC 4518 §2 as far as it matters: what is invisible goes, compatibility forms and case fold, white space
 * shrinks to single spaces and vanishes at the ends.
 */
function prepare(value: string): string {
  if (PLAIN.test(value)) return value.toLowerCase();
  const folded = value
    .replace(/\p{Cf}|\u034f|[\ufe00-\ufe0f]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC");
  return folded.replace(/[\s\p{Z}\p{Cc}]+/gu, " ").trim();
}
