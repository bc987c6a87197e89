import { children, type Node, readDer } from "../asn1/read.ts";
import { CONSTRUCTED, TAG } from "../asn1/tags.ts";
import { Fault } from "../fault/fault.ts";

/**
 * Most elements that {@link isDer} visits. Signed attributes have under a hundred; only those with whole CRLs inside (Adobe's
 * revocation archive) have more, and what is behind the first few thousand there changes no verdict.
 */
const MAX_VISITED = 20_000;

/**
 * Whether octets are one DER element through and through (X.690 §10, §11.6): minimal definite lengths, primitive strings, the
 * elements of every SET in ascending order. Values of primitive types are not looked into.
 */
export function isDer(octets: Uint8Array): boolean {
  try {
    const open = [readDer(octets)];
    for (let visited = 0; visited < MAX_VISITED; visited++) {
      const node = open.pop();
      if (node === undefined) return true;
      if ((node.tag & CONSTRUCTED) === 0) continue;
      const inside = children(node);
      if (node.tag === TAG.set && !isSorted(inside)) return false;
      for (const child of inside) open.push(child);
    }
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

/** Whether elements stand in the order that DER gives to a SET OF: ascending encodings (X.690 §11.6). */
export function isSorted(elements: readonly Node[]): boolean {
  for (let i = 1; i < elements.length; i++) {
    if (compare(elements[i - 1] as Node, elements[i] as Node) > 0) return false;
  }
  return true;
}

/** In place, without copies. No DER element is the beginning of another, so none needs padding. */
function compare(a: Node, b: Node): number {
  const length = Math.min(a.end - a.start, b.end - b.start);
  for (let i = 0; i < length; i++) {
    const difference = (a.source[a.start + i] as number) - (b.source[b.start + i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
