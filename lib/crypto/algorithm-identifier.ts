import { fields } from "../asn1/fields.ts";
import { contents, type Node, raw } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2) as received. */
export type AlgorithmIdentifier = {
  readonly oid: string;
  readonly parameters: Node | undefined;
  /** The whole element; a view. Two that must agree are compared by it. */
  readonly raw: Uint8Array;
};

/** @throws Fault `der_malformed` */
export function readAlgorithm(node: Node, tag: number = TAG.sequence): AlgorithmIdentifier {
  const cursor = fields(node, tag);
  const identifier = oid(cursor.next());
  const [parameters, ...more] = cursor.rest();
  if (more.length > 0) throw new Fault("der_malformed", `an AlgorithmIdentifier with three fields at ${node.start}`);
  return { oid: identifier, parameters, raw: raw(node) };
}

/** How most algorithms are written: no parameters, or NULL in their place. */
export function absentOrNull({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === undefined || (parameters.tag === TAG.null && contents(parameters).length === 0);
}

export function unsupported(what: string, { oid: identifier }: AlgorithmIdentifier): Fault {
  return new Fault("algorithm_unsupported", `${what} algorithm ${identifier}`);
}
