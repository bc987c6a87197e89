import { toLatin1, toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { octets } from "./octet-string.ts";
import { contents, type Node } from "./read.ts";
import { CONSTRUCTED, TAG } from "./tags.ts";

/**
 * The text of a UTF8String, PrintableString, IA5String, NumericString, VisibleString, TeletexString (read as ISO 8859-1, as
 * everyone writes it), BMPString or UniversalString.
 *
 * PrintableString is taken as ASCII: certificates in circulation have `@`, `*` and `&` in it.
 *
 * @throws Fault `der_malformed`: another type, or octets that are no text of that type
 */
export function text(node: Node): string {
  const found = decode(node.tag & ~CONSTRUCTED, value(node));
  if (found === undefined) throw new Fault("der_malformed", `not a text at ${node.start}`);
  return found;
}

function value(node: Node): Uint8Array {
  // Pieces of a constructed string are OCTET STRINGs in all but name (X.690 §8.23.6).
  return (node.tag & CONSTRUCTED) === 0 ? contents(node) : octets(node, node.tag & ~CONSTRUCTED);
}

function decode(type: number, value: Uint8Array): string | undefined {
  switch (type) {
    case TAG.utf8String:
      return toUtf8(value);
    case TAG.printableString:
    case TAG.numericString:
    case TAG.visibleString:
    case TAG.ia5String:
      return value.every((octet) => octet < 0x80) ? toLatin1(value) : undefined;
    case TAG.teletexString:
      return toLatin1(value);
    case TAG.bmpString:
      return wide(value, 2);
    case TAG.universalString:
      return wide(value, 4);
    default:
      return undefined;
  }
}

/** UCS-2 or UCS-4, big end first; surrogates are no characters (ISO 10646 §9). */
function wide(value: Uint8Array, size: 2 | 4): string | undefined {
  if (value.length % size !== 0) return undefined;
  let found = "";
  for (let i = 0; i < value.length; i += size) {
    let code = 0;
    for (let j = i; j < i + size; j++) code = code * 256 + (value[j] as number);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    found += String.fromCodePoint(code);
  }
  return found;
}
