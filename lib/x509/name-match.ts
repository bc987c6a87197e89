import { toHex } from "../bytes/hex.ts";
import type { Name, NameAttribute } from "./name.ts";

/**
 * Whether two names are the same by RFC 5280 §7.1: letter case and runs of white space do not count, nor does the string type, nor the
 * order inside a multi-valued relative name.
 */
export function namesMatch(a: Name, b: Name): boolean {
  return a.rdns.length === b.rdns.length && nameStartsWith(a, b);
}

/** Whether the relative names of `prefix` are the first ones of `name`: how a directory name lies in a subtree (RFC 5280 §7.1). */
export function nameStartsWith(name: Name, prefix: Name): boolean {
  return prefix.rdns.every((rdn, i) => {
    const other = name.rdns[i];
    return other !== undefined && key(rdn) === key(other);
  });
}

/** A text that two relative names share exactly where they match. */
function key(rdn: readonly NameAttribute[]): string {
  return rdn
    .map(({ type, value, raw }) =>
      JSON.stringify([type, value === undefined ? `#${toHex(raw)}` : ` ${prepare(value)}`]),
    )
    .sort()
    .join();
}

/**
 * String preparation of RFC 4518 §2 as far as it matters: what is invisible goes, compatibility forms and case fold, white space
 * shrinks to single spaces and vanishes at the ends.
 */
function prepare(value: string): string {
  const folded = value
    .replace(/\p{Cf}|\u034f|[\ufe00-\ufe0f]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFKC");
  return folded.replace(/[\s\p{Z}\p{Cc}]+/gu, " ").trim();
}
