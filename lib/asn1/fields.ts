import { Fault } from "../fault/fault.ts";
import { childAt, firstChild, type Node } from "./read.ts";
import { TAG } from "./tags.ts";

/** A cursor over the elements of a SEQUENCE, in the order of its ASN.1. */
export type Fields = {
  /** The next element. @throws Fault `der_malformed`: none is left, or it has another identifier octet than `tag` */
  next(tag?: number): Node;
  /** The next element if its identifier octet is `tag`; otherwise the cursor stays. */
  optional(tag: number): Node | undefined;
  /** All that is left. */
  rest(): Node[];
  /** @throws Fault `der_malformed`: something is left */
  done(): void;
};

/**
 * @param tag the identifier octet that `node` must have; give it where the SEQUENCE is tagged implicitly
 * @throws Fault `der_malformed`: another type
 */
export function fields(node: Node, tag: number = TAG.sequence): Fields {
  if (node.tag !== tag)
    throw new Fault("der_malformed", `tag ${node.tag.toString(16)} at ${node.start}, expected ${tag.toString(16)}`);
  return new Cursor(node);
}

/** A class, for its methods are made once: a certificate takes some twenty cursors. */
class Cursor implements Fields {
  readonly #node: Node;
  #at: number;

  constructor(node: Node) {
    this.#node = node;
    this.#at = firstChild(node);
  }

  next(wanted?: number): Node {
    const at = this.#at;
    if (at >= this.#node.contentEnd) throw new Fault("der_malformed", `an element is missing at ${at}`);
    const child = childAt(this.#node, at);
    if (wanted !== undefined && child.tag !== wanted)
      throw new Fault("der_malformed", `tag ${child.tag.toString(16)} at ${at}, expected ${wanted.toString(16)}`);
    this.#at = child.end;
    return child;
  }

  optional(wanted: number): Node | undefined {
    return this.#at < this.#node.contentEnd && this.#node.source[this.#at] === wanted ? this.next(wanted) : undefined;
  }

  rest(): Node[] {
    const left: Node[] = [];
    while (this.#at < this.#node.contentEnd) left.push(this.next());
    return left;
  }

  done(): void {
    if (this.#at < this.#node.contentEnd) throw new Fault("der_malformed", `an element too many at ${this.#at}`);
  }
}
