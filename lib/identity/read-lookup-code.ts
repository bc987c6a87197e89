// Apart from what makes codes, so that a page that reads one does not load a hash function.

/** Five bits each, without 0, 1, I and O, which people take for one another on paper. */
export const CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/** Characters of a look-up code, the check character at the end: 55 bits, so that codes cannot be tried out one after the other. */
export const LOOKUP_LENGTH = 12;
/** Characters of an opening code: 30 bits, of which a reader gets a few tries. */
export const OPENING_LENGTH = 6;
/** Characters that are looked at: a code with blanks between all of its characters is shorter. */
const TYPED_LIMIT = 64;
/** Of the address in a QR code: ours have some sixty. */
const ADDRESS_LIMIT = 1024;
/** Blanks, hyphens, and everything that programs make out of a hyphen. */
const BETWEEN = /[\s\u00ad\u2010-\u2015\u2043\u2212\u30fc_.·-]/gu;
const LOOKUP_PATH = "/kiem-tra";

/** @param code as `lookupCode` gives it @returns `K7QF-29XM-8D4T` */
export function formatLookupCode(code: string): string {
  return code.replace(/.{4}(?=.)/g, "$&-");
}

/**
 * What somebody typed, in any case, with blanks and dashes anywhere.
 *
 * @returns the code in its one form; undefined where it is none or its check character does not fit
 */
export function parseLookupCode(text: string): string | undefined {
  const code = typed(text, LOOKUP_LENGTH);
  return code !== undefined && checkCharacter(code.slice(0, -1)) === code.at(-1) ? code : undefined;
}

/** As {@link parseLookupCode}; an opening code has no check character. */
export function parseOpeningCode(text: string): string | undefined {
  return typed(text, OPENING_LENGTH);
}

/**
 * The address that the QR code of a stamp holds: with the look-up code only, as a photograph of it is no key to the document.
 *
 * @param host with its port where it is not the usual one: `kymotlan.vn`, `localhost:8787`
 */
export function lookupUrl(host: string, code: string): string {
  return `${originOf(host)}${LOOKUP_PATH}?ma=${code}`;
}

/**
 * Reads what a QR code holds.
 *
 * @returns "foreign": it is not of this host, and may be a forgery; undefined: it is, but has no look-up code
 */
export function parseQrText(text: string, host: string): { readonly code: string } | "foreign" | undefined {
  if (text.length > ADDRESS_LIMIT || !URL.canParse(text)) return "foreign";
  const url = new URL(text);
  // The origin leaves out a name in front of the host, which makes one host look like another.
  if (url.origin !== new URL(originOf(host)).origin || url.username !== "" || url.password !== "") return "foreign";
  const code = url.pathname === LOOKUP_PATH ? parseLookupCode(url.searchParams.get("ma") ?? "") : undefined;
  return code === undefined ? undefined : { code };
}

/** A machine that serves only itself has no certificate to serve with. */
function originOf(host: string): string {
  return `${/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) ? "http" : "https"}://${host}`;
}

/**
 * A sum over GF(32): the characters, the check character first, times 1, α, α² and so on make zero. As all factors differ, one
 * wrong character and any two that changed places are always found.
 */
export function checkCharacter(data: string): string {
  let sum = 0;
  // Horner's rule, the character in front having the highest power but one: the check character's own is 1.
  for (const character of data) sum = double(sum ^ CODE_ALPHABET.indexOf(character));
  return CODE_ALPHABET[sum] as string;
}

/** Times α in GF(2)[α] / (α⁵ + α² + 1), in which α has the order 31. */
function double(value: number): number {
  return value & 16 ? ((value << 1) & 31) ^ 5 : value << 1;
}

function typed(text: string, length: number): string | undefined {
  if (text.length > TYPED_LIMIT) return undefined;
  // NFKC: full-width letters, which some keyboards write.
  const code = text.normalize("NFKC").replace(BETWEEN, "").toUpperCase();
  return code.length === length && [...code].every((character) => CODE_ALPHABET.includes(character)) ? code : undefined;
}
