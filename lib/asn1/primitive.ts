import { Fault } from "../fault/fault.ts";
import { contents, type Node } from "./read.ts";
import { CONSTRUCTED } from "./tags.ts";

/**
 * The content octets of a primitive element.
 *
 * @param tag the identifier octet that it must have
 * @throws Fault `der_malformed`
 */
export function primitive(node: Node, tag: number): Uint8Array {
  if (node.tag !== tag)
    throw new Fault("der_malformed", `tag ${node.tag.toString(16)} at ${node.start}, expected ${tag.toString(16)}`);
  if ((tag & CONSTRUCTED) !== 0) throw new TypeError("a value has a primitive tag");
  return contents(node);
}

export function malformed(node: Node, type: string): Fault {
  return new Fault("der_malformed", `not a ${type} at ${node.start}`);
}
