import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, type Node } from "../asn1/read.ts";
import { smallInteger } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";

export type NameConstraints = {
  readonly permitted: readonly GeneralName[] | undefined;
  readonly excluded: readonly GeneralName[] | undefined;
};

/** RFC 5280 §4.2.1.10: bases of subtrees; `minimum` must be 0 and `maximum` absent. @throws Fault `x509_malformed` */
export function nameConstraints(holder: Extended): NameConstraints | undefined {
  return readExtensionValue(holder, OID.nameConstraints, (node) => {
    const cursor = fields(node);
    const permitted = cursor.optional(0xa0);
    const excluded = cursor.optional(0xa1);
    cursor.done();
    if (permitted === undefined && excluded === undefined) throw new Fault("x509_malformed", "empty name constraints");
    return { permitted: permitted && subtrees(permitted), excluded: excluded && subtrees(excluded) };
  });
}

function subtrees(node: Node): GeneralName[] {
  const found = children(node).map((child) => {
    const cursor = fields(child);
    const base = readGeneralName(cursor.next());
    const minimum = cursor.optional(0x80);
    cursor.done();
    if (minimum !== undefined && smallInteger(minimum, 0x80) !== 0)
      throw new Fault("x509_malformed", "a subtree with a minimum");
    return base;
  });
  if (found.length === 0) throw new Fault("x509_malformed", "an empty list of subtrees");
  return found;
}
