import * as OID from "../../lib/asn1/oids.ts";
import type { PolicyMapping } from "../../lib/x509/policies.ts";

/** What one certificate of a path says about policies, the one that the anchor issued first. */
export type PolicyStep = {
  readonly policies: readonly string[] | undefined;
  readonly mappings: readonly PolicyMapping[] | undefined;
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
  readonly inhibitAny: number | undefined;
  readonly selfIssued: boolean;
};

export type PolicyInputs = {
  readonly initial: readonly string[];
  readonly explicitPolicy: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
};

const ANY: string = OID.anyPolicy;

type Leaf = { policy: string; expected: Set<string>; depth: number; parent: Leaf | undefined; children: Leaf[] };

/**
 * Policies by the letter of RFC 5280 §6.1.2 to §6.1.5, with the tree that it draws: slow, without a bound, and nothing but the text.
 *
 * @returns whether the path passes, and user-constrained-policy-set
 */
export function policyTree(steps: readonly PolicyStep[], inputs: PolicyInputs): { ok: boolean; policies: string[] } {
  const n = steps.length;
  let tree: Leaf | undefined = leaf(ANY, [ANY], undefined);
  let explicit = inputs.explicitPolicy ? 0 : n + 1;
  let inhibitAny = inputs.inhibitAny ? 0 : n + 1;
  let mapping = inputs.inhibitMapping ? 0 : n + 1;
  let ok = true;
  for (const [index, step] of steps.entries()) {
    const i = index + 1;
    if (step.policies === undefined) tree = undefined;
    // (d)
    if (tree !== undefined && step.policies !== undefined) {
      const above = atDepth(tree, i - 1);
      for (const p of step.policies.filter((policy) => policy !== ANY)) {
        const matching = above.filter(({ expected }) => expected.has(p));
        for (const node of matching) leaf(p, [p], node);
        if (matching.length === 0) for (const node of above.filter(({ policy }) => policy === ANY)) leaf(p, [p], node);
      }
      if (step.policies.includes(ANY) && (inhibitAny > 0 || (i < n && step.selfIssued)))
        for (const node of above)
          for (const p of node.expected) if (!node.children.some(({ policy }) => policy === p)) leaf(p, [p], node);
      tree = prune(tree, i - 1);
    }
    // (f)
    if (explicit === 0 && tree === undefined) ok = false;
    if (i === n) break;
    // §6.1.4 (a), (b)
    for (const { issuerDomain, subjectDomain } of step.mappings ?? [])
      if (issuerDomain === ANY || subjectDomain === ANY) ok = false;
    for (const issuerDomain of new Set((step.mappings ?? []).map((one) => one.issuerDomain))) {
      const to = (step.mappings ?? [])
        .filter((one) => one.issuerDomain === issuerDomain)
        .map((one) => one.subjectDomain);
      if (tree === undefined) continue;
      const nodes = atDepth(tree, i).filter(({ policy }) => policy === issuerDomain);
      if (mapping > 0) {
        for (const node of nodes) node.expected = new Set(to);
        const any = atDepth(tree, i).find(({ policy }) => policy === ANY);
        if (nodes.length === 0 && any?.parent !== undefined) leaf(issuerDomain, to, any.parent);
      } else {
        for (const node of nodes) remove(node);
        tree = prune(tree, i - 1);
      }
    }
    // (h) to (j)
    if (!step.selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, step.requireExplicit ?? explicit);
    mapping = Math.min(mapping, step.inhibitMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, step.inhibitAny ?? inhibitAny);
  }
  // §6.1.5 (a), (b), (g)
  explicit = Math.max(0, explicit - 1);
  if (steps[n - 1]?.requireExplicit === 0) explicit = 0;
  const policies = constrained(tree, n, inputs.initial);
  return { ok: ok && (explicit > 0 || policies.length > 0), policies: policies.sort() };
}

function constrained(tree: Leaf | undefined, n: number, initial: readonly string[]): string[] {
  if (tree === undefined) return [];
  const nodes = all(tree).filter(({ parent }) => parent?.policy === ANY);
  const set = new Set(nodes.filter(({ policy, depth }) => policy !== ANY || depth === n).map(({ policy }) => policy));
  if (initial.includes(ANY)) return [...set];
  if (set.has(ANY)) return [...new Set(initial)];
  return [...set].filter((policy) => initial.includes(policy));
}

function leaf(policy: string, expected: readonly string[], parent: Leaf | undefined): Leaf {
  const made: Leaf = { policy, expected: new Set(expected), depth: (parent?.depth ?? -1) + 1, parent, children: [] };
  parent?.children.push(made);
  return made;
}

function all(tree: Leaf): Leaf[] {
  return [tree, ...tree.children.flatMap(all)];
}

function atDepth(tree: Leaf, depth: number): Leaf[] {
  return all(tree).filter((node) => node.depth === depth);
}

function remove(node: Leaf): void {
  if (node.parent !== undefined) node.parent.children = node.parent.children.filter((other) => other !== node);
}

/** Nodes of this depth or less that have no children go, again and again. @returns undefined where nothing is left */
function prune(tree: Leaf, depth: number): Leaf | undefined {
  for (let d = depth; d >= 0; d--)
    for (const node of atDepth(tree, d))
      if (node.children.length === 0) {
        if (node === tree) return undefined;
        remove(node);
      }
  return tree;
}
