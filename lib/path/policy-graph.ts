import * as OID from "../asn1/oids.ts";
import type { PolicyMapping } from "../x509/policies.ts";

// The tree of RFC 5280 §6.1.2 doubles with every certificate that maps two policies to two (CVE-2023-0464). RFC 9618 draws the same
// tree as a graph in which a policy stands once a level: the same answers, never more nodes than policies, nor edges than mappings.

type PolicyNode = {
  readonly policy: string;
  /** Policies that the next certificate may name to stay below this node; a mapping sets it anew. */
  expected: readonly string[];
  /** Nodes of the level above. */
  readonly parents: readonly PolicyNode[];
};

/** The deepest level of the graph by policy. Empty: the graph is NULL, and stays so. */
export type PolicyLevel = Map<string, PolicyNode>;

const ANY: string = OID.anyPolicy;

/** RFC 9618 §5.2: anyPolicy at depth 0. */
export function rootLevel(): PolicyLevel {
  return new Map([[ANY, { policy: ANY, expected: [ANY], parents: [] }]]);
}

/**
 * The level below, for a certificate with these policies (RFC 9618 §5.3, step d).
 *
 * @param anyCounts anyPolicy among them may be taken for what it says
 */
export function nextLevel(level: PolicyLevel, policies: readonly string[], anyCounts: boolean): PolicyLevel {
  const expecting = new Map<string, PolicyNode[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const others = expecting.get(policy);
      if (others === undefined) expecting.set(policy, [node]);
      else others.push(node);
    }
  }
  const next: PolicyLevel = new Map();
  const add = (policy: string, parents: readonly PolicyNode[]) =>
    next.set(policy, { policy, expected: [policy], parents });
  const any = level.get(ANY);
  for (const policy of policies) {
    if (policy === ANY) continue;
    const parents = expecting.get(policy) ?? (any === undefined ? undefined : [any]);
    if (parents !== undefined) add(policy, parents);
  }
  if (anyCounts && policies.includes(ANY)) {
    for (const [policy, parents] of expecting) if (!next.has(policy)) add(policy, parents);
  }
  return next;
}

/**
 * Policy mappings of a certificate that is not the last (RFC 9618 §5.4, step b).
 *
 * @param level is changed
 * @param allowed policy_mapping is above 0; otherwise mapped policies end here
 */
export function mapPolicies(level: PolicyLevel, mappings: readonly PolicyMapping[], allowed: boolean): void {
  const targets = new Map<string, Set<string>>();
  for (const { issuerDomain, subjectDomain } of mappings) {
    const known = targets.get(issuerDomain);
    if (known === undefined) targets.set(issuerDomain, new Set([subjectDomain]));
    else known.add(subjectDomain);
  }
  const any = level.get(ANY);
  for (const [policy, expected] of targets) {
    const node = level.get(policy);
    if (!allowed) level.delete(policy);
    else if (node !== undefined) node.expected = [...expected];
    // Beside anyPolicy, below the same anyPolicy above.
    else if (any !== undefined) level.set(policy, { policy, expected: [...expected], parents: any.parents });
  }
}

/**
 * The policies, in the words of the anchor's domain, that the whole path is good for (RFC 9618 §5.5, steps g.2 to g.4): those of the
 * nodes right below anyPolicy from which the last level is reached, and anyPolicy where the last level has it.
 */
export function authorityPolicies(level: PolicyLevel): Set<string> {
  const found = new Set<string>();
  if (level.has(ANY)) found.add(ANY);
  const seen = new Set<PolicyNode>(level.values());
  // A set hands out what is added while it is walked.
  for (const node of seen) {
    for (const parent of node.parents) {
      if (parent.policy === ANY && node.policy !== ANY) found.add(node.policy);
      seen.add(parent);
    }
  }
  return found;
}

/**
 * @param initial what the user asks for; undefined, or with anyPolicy among them, for every policy
 * @returns user-constrained-policy-set; anyPolicy in it stands for every policy
 */
export function userPolicies(authority: ReadonlySet<string>, initial: readonly string[] | undefined): string[] {
  if (initial === undefined || initial.includes(ANY)) return [...authority];
  const asked = [...new Set(initial)];
  return authority.has(ANY) ? asked : asked.filter((policy) => authority.has(policy));
}
