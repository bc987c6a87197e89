import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, type Node, raw } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid, text } from "../asn1/values.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";

/** AttributeTypeAndValue (RFC 5280 §4.1.2.4). */
export type NameAttribute = {
  readonly type: string;
  /** The text; undefined where the value is no string, or no well-formed one. */
  readonly value: string | undefined;
  /** The value's element, a view. */
  readonly raw: Uint8Array;
};

/** A distinguished name: relative names in the order of their encoding, most of them with one attribute. */
export type Name = {
  /** The whole element as received, a view. What must be the same name octet for octet is compared by it. */
  readonly raw: Uint8Array;
  readonly rdns: readonly (readonly NameAttribute[])[];
};

/** @throws Fault `der_malformed`, `x509_malformed`: a relative name without an attribute */
export function readName(node: Node): Name {
  if (node.tag !== TAG.sequence) throw new Fault("x509_malformed", `not a Name at ${node.start}`);
  return { raw: raw(node), rdns: children(node).map(readRelativeName) };
}

function readRelativeName(node: Node): NameAttribute[] {
  const attributes = node.tag === TAG.set ? children(node).map(readAttribute) : [];
  if (attributes.length === 0) throw new Fault("x509_malformed", `not a relative name at ${node.start}`);
  return attributes;
}

function readAttribute(node: Node): NameAttribute {
  const cursor = fields(node);
  const type = oid(cursor.next());
  const value = cursor.next();
  cursor.done();
  return { type, value: quietly(() => text(value)), raw: raw(value) };
}

/** The text of the last attribute of a type, which is the most specific one; undefined where there is none. */
export function nameAttribute(name: Name, type: string): string | undefined {
  return name.rdns.flat().findLast((attribute) => attribute.type === type)?.value;
}

/** Short names of attribute types (RFC 4514 §3, RFC 4519); others are written as numbers. */
const SHORT: ReadonlyMap<string, string> = new Map([
  [OID.commonName, "CN"],
  [OID.localityName, "L"],
  [OID.stateOrProvinceName, "ST"],
  [OID.organizationName, "O"],
  [OID.organizationalUnitName, "OU"],
  [OID.countryName, "C"],
  [OID.streetAddress, "STREET"],
  [OID.domainComponent, "DC"],
  [OID.userId, "UID"],
  [OID.surname, "sn"],
  [OID.serialNumber, "serialNumber"],
  [OID.givenName, "givenName"],
  [OID.name, "name"],
  [OID.title, "title"],
  [OID.pseudonym, "pseudonym"],
  [OID.organizationIdentifier, "organizationIdentifier"],
]);

/**
 * RFC 4514 §2: last relative name first, `+` inside a multi-valued one. Control and format characters are escaped too, so that a name
 * cannot pass for another on a screen.
 */
export function formatName(name: Name): string {
  return name.rdns
    .toReversed()
    .map((rdn) => rdn.map(formatAttribute).join("+"))
    .join(",");
}

function formatAttribute({ type, value, raw: element }: NameAttribute): string {
  const short = SHORT.get(type);
  // §2.4: without a short name, or without a text, the value is its encoding in hexadecimal.
  if (short === undefined || value === undefined) return `${short ?? type}=#${toHex(element)}`;
  return `${short}=${escapeValue(value)}`;
}

/** Letters, digits and marks that mean nothing, single spaces inside: most values. */
const PLAIN = /^[\p{L}\p{N}.:/@'()-]+(?: [\p{L}\p{N}.:/@'()-]+)*$/u;

function escapeValue(value: string): string {
  if (PLAIN.test(value)) return value;
  return value
    .replace(/["+,;<>\\]/g, "\\$&")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
      const octets = new TextEncoder().encode(character);
      return Array.from(octets, (octet) => `\\${octet.toString(16).padStart(2, "0")}`).join("");
    })
    .replace(/^[ #]| $/g, "\\$&");
}
