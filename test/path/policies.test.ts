import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as OID from "../../lib/asn1/oids.ts";
import { checkPath, type PathInput } from "../../lib/path/check-path.ts";
import { newSignatureCache } from "../../lib/path/signature-cache.ts";
import { RUNS } from "../worlds/mutate.ts";
import {
  type ExtensionOf,
  inhibitAny,
  isCa,
  issue,
  type Member,
  mappings,
  newKey,
  policies,
  policyConstraints,
  usage,
} from "./authority.ts";
import { type PolicyInputs, type PolicyStep, policyTree } from "./policy-tree.ts";

const CA = [isCa(), usage("keyCertSign")];
const ANY = OID.anyPolicy;
const P = (i: number) => `1.3.6.1.4.1.99999.1.${i}`;

// Few policies, so that they meet often.
const named = fc.integer({ min: 1, max: 4 }).map(P);
const policyList = fc.uniqueArray(
  fc.oneof({ weight: 4, arbitrary: named }, { weight: 1, arbitrary: fc.constant(ANY) }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, odds: number) => fc.option(arbitrary, { nil: undefined, freq: odds });
const skip = fc.integer({ min: 0, max: 3 });
const mapping = fc.record({ issuerDomain: named, subjectDomain: named });
const step: fc.Arbitrary<PolicyStep> = fc.record({
  policies: fc.option(policyList, { nil: undefined, freq: 12 }),
  mappings: sometimes(fc.array(mapping, { minLength: 1, maxLength: 4 }), 1),
  requireExplicit: fc.option(skip, { nil: undefined, freq: 1 }),
  inhibitMapping: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: skip }),
  inhibitAny: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: skip }),
  selfIssued: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
const inputs: fc.Arbitrary<PolicyInputs> = fc.record({
  initial: fc.oneof(fc.constant([ANY]), policyList),
  explicitPolicy: fc.boolean(),
  inhibitMapping: fc.nat(4).map((n) => n === 0),
  inhibitAny: fc.nat(4).map((n) => n === 0),
});

function extensionsOf(one: PolicyStep): ExtensionOf[] {
  const found: ExtensionOf[] = [];
  if (one.policies !== undefined) found.push(policies(one.policies));
  if (one.mappings !== undefined)
    found.push(mappings(...one.mappings.map((pair) => [pair.issuerDomain, pair.subjectDomain] as const)));
  const { requireExplicit: explicit, inhibitMapping: mapped } = one;
  if (explicit !== undefined || mapped !== undefined)
    found.push(
      policyConstraints({
        ...(explicit === undefined ? {} : { explicit }),
        ...(mapped === undefined ? {} : { mapping: mapped }),
      }),
    );
  if (one.inhibitAny !== undefined) found.push(inhibitAny(one.inhibitAny));
  return found;
}

const ROOT = issue({ name: "Root", extensions: CA });
const KEYS = Array.from({ length: 6 }, newKey);

/** Certificates that say exactly that, one below the other. */
function pathOf(steps: readonly PolicyStep[]): Pick<PathInput, "chain" | "anchor"> {
  const members: Member[] = [ROOT];
  for (const [i, one] of steps.entries()) {
    const by = members[members.length - 1] as Member;
    const key = KEYS[i] ?? newKey();
    members.push(
      issue({ name: one.selfIssued ? by.name : `CA ${i}`, key, by, extensions: [...CA, ...extensionsOf(one)] }),
    );
  }
  const [, ...chain] = members.map(({ certificate }) => certificate);
  return { chain: chain.reverse(), anchor: ROOT.certificate };
}

async function graph(steps: readonly PolicyStep[], given: PolicyInputs) {
  const { violations, policies: found } = await checkPath({
    ...pathOf(steps),
    initialPolicies: given.initial,
    explicitPolicy: given.explicitPolicy,
    inhibitPolicyMapping: given.inhibitMapping,
    inhibitAnyPolicy: given.inhibitAny,
  });
  const others = violations.filter(({ code }) => code !== "policy_required" && code !== "policy_mapping_any");
  return { ok: violations.length === 0, policies: [...found].sort(), others };
}

describe("the graph of RFC 9618 says what the tree of RFC 5280 says", () => {
  test("of any certificates and inputs", async () => {
    let passed = 0;
    let some = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), inputs, async (steps, given) => {
        const slow = policyTree(steps, given);
        expect(await graph(steps, given)).toEqual({ ...slow, others: [] });
        passed += slow.ok ? 1 : 0;
        some += slow.policies.length > 0 ? 1 : 0;
      }),
      { numRuns: 5 * RUNS },
    );
    // Not all of them dull.
    expect(Math.min(passed, some)).toBeGreaterThan(RUNS / 4);
    expect(passed).toBeLessThan(5 * RUNS);
  });
});

describe("floods of policies", () => {
  const flood = (policyCount: number, depth: number): Pick<PathInput, "chain" | "anchor"> => {
    const names = Array.from({ length: policyCount }, (_, i) => P(i));
    const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));
    const members = [ROOT];
    for (let i = 0; i < depth; i++) {
      const by = members[members.length - 1] as Member;
      members.push(issue({ name: `Flood ${i}`, by, extensions: [...CA, policies(names), mappings(...pairs)] }));
    }
    const by = members[members.length - 1] as Member;
    members.push(issue({ name: "Target", by, extensions: [policies([P(0)])] }));
    const [, ...chain] = members.map(({ certificate }) => certificate);
    return { chain: chain.reverse(), anchor: ROOT.certificate };
  };

  test("two policies mapped to two at each step (CVE-2023-0464), fourteen steps deep", async () => {
    const start = performance.now();
    const found = await checkPath({ ...flood(2, 14), explicitPolicy: true });
    expect(performance.now() - start).toBeLessThan(500);
    expect(found).toEqual({ violations: [], policies: [P(0), P(1)] });
  });

  test("sixty mapped to sixty, fourteen steps deep", async () => {
    const input = flood(60, 14);
    const start = performance.now();
    const found = await checkPath({ ...input, explicitPolicy: true });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(found.policies).toHaveLength(60);
  });

  test("a run that has spent all it may on policies refuses the path", async () => {
    const cache = newSignatureCache();
    while (cache.spend(1 << 16));
    const { violations } = await checkPath(flood(2, 1), cache);
    expect(violations.map(({ code }) => code)).toContain("too_complex");
  });
});
