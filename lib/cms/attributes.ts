import { fields } from "../asn1/fields.ts";
import { children, type Node, raw } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid } from "../asn1/values.ts";
import { type Bytes, concat } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { isDer } from "./der.ts";

/** Most attributes in one set, and most values in one attribute. CAdES knows about thirty kinds. */
const MAX_ATTRIBUTES = 128;

/** An Attribute (RFC 5652 §5.3). */
export type Attribute = {
  readonly type: string;
  /** Views; a set of values is never empty in a well-formed attribute, but may be here. */
  readonly values: readonly Node[];
};

/** Signed attributes as facts for a validator: read even where DER was broken, so that it can say what was wrong. */
export type SignedAttributes = {
  /** What the signature covers: the octets as received under the tag SET OF. A copy, because one octet differs. */
  readonly octets: Bytes;
  /** Minimal lengths, no indefinite form, attributes and values in ascending order (RFC 5652 §5.3 demands DER). */
  readonly der: boolean;
  readonly list: readonly Attribute[];
};

/**
 * Reads signedAttrs of a SignerInfo.
 *
 * The signed octets differ from the received ones in the identifier octet only (RFC 5652 §5.4). Length and content stay as they
 * came: encoding them anew would let a signature verify over octets that nobody sent.
 *
 * @param travelling the element under its tag `[0] IMPLICIT`
 * @throws Fault `der_malformed`, `der_limit`: no attributes can be made out
 */
export function readSignedAttributes(travelling: Node): SignedAttributes {
  const octets = concat(raw(travelling));
  octets[0] = TAG.set;
  return { octets, der: isDer(octets), list: readAttributes(travelling) };
}

/** @param set SET OF Attribute under any constructed tag. @throws Fault `der_malformed`, `der_limit` */
export function readAttributes(set: Node): Attribute[] {
  const nodes = children(set);
  if (nodes.length > MAX_ATTRIBUTES) throw new Fault("der_limit", `more than ${MAX_ATTRIBUTES} attributes`);
  return nodes.map((node) => {
    const attribute = fields(node);
    const type = oid(attribute.next());
    const values = children(attribute.next(TAG.set));
    attribute.done();
    if (values.length > MAX_ATTRIBUTES) throw new Fault("der_limit", `more than ${MAX_ATTRIBUTES} values of ${type}`);
    return { type, values };
  });
}

/** @returns every value of every attribute of this type: a second one is for the caller to see, not for us to hide */
export function valuesOf(attributes: readonly Attribute[], type: string): Node[] {
  return attributes.filter((attribute) => attribute.type === type).flatMap((attribute) => attribute.values);
}

/** @returns how many attributes of this type there are */
export function countOf(attributes: readonly Attribute[], type: string): number {
  return attributes.reduce((count, attribute) => count + (attribute.type === type ? 1 : 0), 0);
}

/** The types in their order, each as often as it is there: what a baseline level demands or forbids (EN 319 142-1 §6.3). */
export function typesOf(attributes: readonly Attribute[]): string[] {
  return attributes.map(({ type }) => type);
}
