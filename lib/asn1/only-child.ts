import { Fault } from "../fault/fault.ts";
import { children, type Node } from "./read.ts";

/** The one element inside an explicit tag (X.690 §8.14.2). @throws Fault `der_malformed`: none, or several */
export function onlyChild(node: Node): Node {
  const [first, ...more] = children(node);
  if (first === undefined || more.length > 0) throw new Fault("der_malformed", `not one element at ${node.content}`);
  return first;
}
