import * as OID from "../asn1/oids.ts";
import { onlyChild } from "../asn1/only-child.ts";
import { children, contents, type Node } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid } from "../asn1/values.ts";
import { toLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { type Name, readName } from "./name.ts";

/** GeneralName (RFC 5280 §4.2.1.6); the kinds that nobody compares keep their octets. */
export type GeneralName =
  | { readonly kind: "email" | "dns" | "uri"; readonly value: string }
  | { readonly kind: "directory"; readonly name: Name }
  | { readonly kind: "ip"; readonly octets: Uint8Array }
  | { readonly kind: "registered"; readonly oid: string }
  | { readonly kind: "other" | "x400" | "edi"; readonly octets: Uint8Array };

/** @throws Fault `der_malformed`, `x509_malformed` */
export function readGeneralName(node: Node): GeneralName {
  switch (node.tag) {
    case 0xa0:
      return { kind: "other", octets: contents(node) };
    case 0x81:
      return { kind: "email", value: ascii(node) };
    case 0x82:
      return { kind: "dns", value: ascii(node) };
    case 0xa3:
      return { kind: "x400", octets: contents(node) };
    case 0xa4:
      // A CHOICE is tagged explicitly (X.680 §31.2.7).
      return { kind: "directory", name: readName(onlyChild(node)) };
    case 0xa5:
      return { kind: "edi", octets: contents(node) };
    case 0x86:
      return { kind: "uri", value: ascii(node) };
    case 0x87:
      return { kind: "ip", octets: contents(node) };
    case 0x88:
      return { kind: "registered", oid: oid(node, 0x88) };
    default:
      throw new Fault("x509_malformed", `not a GeneralName at ${node.start}`);
  }
}

function ascii(node: Node): string {
  const octets = contents(node);
  if (octets.some((octet) => octet >= 0x80)) throw new Fault("x509_malformed", `not an IA5String at ${node.start}`);
  return toLatin1(octets);
}

/** A non-empty list; `tag` where it is tagged implicitly. @throws Fault `der_malformed`, `x509_malformed` */
export function readGeneralNames(node: Node, tag: number = TAG.sequence): GeneralName[] {
  if (node.tag !== tag) throw new Fault("x509_malformed", `no list of names at ${node.start}`);
  const names = children(node).map(readGeneralName);
  if (names.length === 0) throw new Fault("x509_malformed", `an empty list of names at ${node.start}`);
  return names;
}

/** RFC 5280 §4.2.1.6. @throws Fault `x509_malformed` */
export function subjectAltName(holder: Extended): readonly GeneralName[] | undefined {
  return readExtensionValue(holder, OID.subjectAltName, (node) => readGeneralNames(node));
}
