import { children, type Node } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { Fault } from "../fault/fault.ts";

/** The elements of a `SEQUENCE SIZE (1..MAX)`. @throws Fault `x509_malformed`: another type, or empty; `der_malformed` */
export function nonEmptyList(node: Node): Node[] {
  const found = node.tag === TAG.sequence ? children(node) : [];
  if (found.length === 0) throw new Fault("x509_malformed", `not a non-empty list at ${node.start}`);
  return found;
}
