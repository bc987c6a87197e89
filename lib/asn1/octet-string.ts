import type { Bytes } from "../bytes/bytes.ts";
import { primitive } from "./primitive.ts";
import { children, type Node } from "./read.ts";
import { CONSTRUCTED, TAG } from "./tags.ts";

/**
 * The octets of an OCTET STRING. Under BER the pieces of a constructed one are joined (X.690 §8.7.3).
 *
 * @returns a view where it is in one piece, else a copy
 * @throws Fault `der_malformed`
 */
export function octets(node: Node, tag: number = TAG.octetString): Uint8Array {
  if (node.rules === "ber" && node.tag === (tag | CONSTRUCTED)) return joined(node);
  return primitive(node, tag);
}

/** Recursion is no deeper than the reader's MAX_DEPTH. */
function joined(node: Node): Bytes {
  const pieces = children(node).map((piece) => octets(piece));
  // Not `concat(...pieces)`: a call takes only so many arguments, and a hostile string can have more pieces than that.
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
