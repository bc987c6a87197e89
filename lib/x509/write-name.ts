import * as OID from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { tree, writeTree } from "../asn1/tree.ts";
import { ia5String, oid, printableString, utf8String } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";

export type AttributeInput = { readonly type: string; readonly value: string };

/** Upper bounds, characters (RFC 5280 App. A.1; X.520 §6.2 to §6.4). */
const BOUNDS: ReadonlyMap<string, number> = new Map([
  [OID.commonName, 64],
  [OID.serialNumber, 64],
  [OID.countryName, 2],
  [OID.localityName, 128],
  [OID.stateOrProvinceName, 128],
  [OID.organizationName, 64],
  [OID.organizationalUnitName, 64],
  [OID.title, 64],
  [OID.surname, 32_768],
  [OID.givenName, 32_768],
  [OID.name, 32_768],
  [OID.pseudonym, 128],
  // X.520 sets no bound; EN 319 412-1 values are short.
  [OID.organizationIdentifier, 128],
]);
/** For any other type. */
const ANY_BOUND = 1024;

/** Types whose syntax is PrintableString only (RFC 5280 App. A.1). */
const PRINTABLE: ReadonlySet<string> = new Set([OID.countryName, OID.serialNumber, OID.dnQualifier]);
/** Types whose syntax is IA5String only. */
const IA5: ReadonlySet<string> = new Set([OID.emailAddress, OID.domainComponent]);

/** CN's bound, which names of people can exceed. */
export const MAX_COMMON_NAME = 64;

/**
 * A Name of one attribute each relative name, in the order given (most general first). Text is put into NFC; what PrintableString cannot
 * say is UTF8String.
 *
 * @returns DER
 * @throws RangeError: empty, too long, with a character that {@link isNameText} refuses, or outside the type's string
 */
export function writeName(attributes: readonly AttributeInput[]): Bytes {
  const relative = attributes.map(({ type, value }) =>
    tree(TAG.set, tree(TAG.sequence, oid(type), writeValue(type, value))),
  );
  return writeTree(tree(TAG.sequence, ...relative));
}

function writeValue(type: string, value: string): Bytes {
  const text = value.normalize("NFC");
  if (!isNameText(text)) throw new RangeError(`an empty text or a forbidden character in a name, type ${type}`);
  if (isLonger(text, BOUNDS.get(type) ?? ANY_BOUND)) throw new RangeError(`a name's text is too long, type ${type}`);
  if (type === OID.countryName && !/^[A-Z]{2}$/.test(text))
    throw new RangeError("a country is two capital letters (ISO 3166-1)");
  if (PRINTABLE.has(type)) return printableString(text);
  return IA5.has(type) ? ia5String(text) : utf8String(text);
}

/**
 * Whether a text may stand in a name: not empty, no white space around it, no control characters, nothing invisible and nothing that
 * changes the direction of writing, by which one name could be shown as another. Parsers of requests ask this first.
 */
export function isNameText(text: string): boolean {
  if (text.trim() !== text || text === "") return false;
  return LATIN.test(text) || (text.isWellFormed() && !FORBIDDEN.test(text));
}

/** Latin letters, Vietnamese ones among them, with what stands between them: nothing is forbidden there, and one look is enough. */
const LATIN = /^[ -~\xa0-\xac\xae-\u024f\u1e00-\u1eff]*$/;
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;

/** What marks a common name that was cut. */
const CUT = "…";

/**
 * The attributes that carry a person's full name. Up to 64 characters it is the common name. A longer one is in `name` (X.520 §6.2.1, up
 * to 32,768 characters) in full; the common name then has its beginning, cut between words, and `…` so that nobody takes it for the whole.
 */
export function fullNameAttributes(fullName: string): AttributeInput[] {
  const text = fullName.normalize("NFC");
  if (!isLonger(text, MAX_COMMON_NAME)) return [{ type: OID.commonName, value: text }];
  const all = characters(text);
  const beginning = all.slice(0, MAX_COMMON_NAME - 1).join("");
  const space = all[MAX_COMMON_NAME - 1] === " " ? beginning.length : beginning.lastIndexOf(" ");
  const commonName = `${(space > 0 ? beginning.slice(0, space) : beginning).trimEnd()}${CUT}`;
  return [
    { type: OID.commonName, value: commonName },
    { type: OID.name, value: text },
  ];
}

/** A character takes one or two units, so that a short text need not be taken apart. */
function isLonger(text: string, bound: number): boolean {
  return text.length > bound && characters(text).length > bound;
}

/** Code points: what X.520's bounds count. */
function characters(text: string): string[] {
  return Array.from(text);
}
