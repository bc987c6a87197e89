import * as OID from "../asn1/oids.ts";
import type { Certificate } from "../x509/certificate.ts";
import { namesMatch } from "../x509/name-match.ts";
import { anchorMayIssue, anchorRules } from "./anchor-rules.ts";
import { checkNames } from "./name-check.ts";
import { addRules, type NameRules } from "./name-rules.ts";
import {
  authorityPolicies,
  mapPolicies,
  nextLevel,
  type PolicyLevel,
  rootLevel,
  userPolicies,
} from "./policy-graph.ts";
import { type Reading, readingOf } from "./reading.ts";
import { newSignatureCache, type SignatureCache, type SignatureState } from "./signature-cache.ts";
import type { PathViolation, PathViolationCode } from "./violation.ts";
import { workingKey } from "./working-key.ts";

/** The inputs of RFC 5280 §6.1.1 but the time. */
export type PathInput = {
  /** From the target to the certificate that the anchor issued. Empty: the target is the anchor itself, trusted directly. */
  readonly chain: readonly Certificate[];
  readonly anchor: Certificate;
  /** user-initial-policy-set, OIDs; without it any-policy. */
  readonly initialPolicies?: readonly string[];
  readonly explicitPolicy?: boolean;
  readonly inhibitPolicyMapping?: boolean;
  readonly inhibitAnyPolicy?: boolean;
};

export type PathResult = {
  /** In the order of the path from the anchor on; empty for a good path. */
  readonly violations: readonly PathViolation[];
  /** user-constrained-policy-set, OIDs; anyPolicy in it stands for every policy. */
  readonly policies: readonly string[];
};

/** Certificates of a path, the anchor apart. Real paths have four at most; those of NIST's tests six. */
export const MAX_CHAIN = 16;

/**
 * Validates a path by RFC 5280 §6.1 (policies by RFC 9618), everything but time and revocation: those are judged from facts. Goes on
 * after a violation, so that all are named. Constraints that the anchor's own certificate sets are kept as well (RFC 5937).
 *
 * What a certificate says is never an exception.
 */
export async function checkPath(input: PathInput, cache: SignatureCache = newSignatureCache()): Promise<PathResult> {
  if (input.chain.length > MAX_CHAIN) return { violations: [{ code: "too_long", certificate: 0 }], policies: [] };
  return walk(input, await checkSignatures(input.chain, input.anchor, cache), cache);
}

/** By index in the chain. */
async function checkSignatures(
  chain: readonly Certificate[],
  anchor: Certificate,
  cache: SignatureCache,
): Promise<SignatureState[]> {
  const states: SignatureState[] = [];
  let key: Uint8Array = anchor.spki;
  for (let index = chain.length - 1; index >= 0; index--) {
    const certificate = chain[index] as Certificate;
    states[index] = await cache.check(certificate, key);
    key = workingKey(certificate.spki, key);
  }
  return states;
}

/** Everything that RFC 5280 §6.1.2 carries from one certificate to the next. */
type State = {
  issuer: Certificate;
  level: PolicyLevel;
  names: NameRules;
  explicitPolicy: number;
  policyMapping: number;
  anyPolicy: number;
  pathLength: number;
};

type Report = (code: PathViolationCode) => void;

const SIGNATURE_VIOLATIONS = {
  valid: undefined,
  invalid: "signature_invalid",
  unsupported: "signature_unsupported",
  unchecked: "too_complex",
} as const satisfies Record<SignatureState, PathViolationCode | undefined>;

function walk(input: PathInput, signatures: readonly SignatureState[], cache: SignatureCache): PathResult {
  const { chain, anchor } = input;
  const violations: PathViolation[] = [];
  const n = chain.length;
  const { pathLength, names } = anchorRules(anchor);
  const state: State = {
    issuer: anchor,
    level: rootLevel(),
    names,
    explicitPolicy: input.explicitPolicy ? 0 : n + 1,
    policyMapping: input.inhibitPolicyMapping ? 0 : n + 1,
    anyPolicy: input.inhibitAnyPolicy ? 0 : n + 1,
    pathLength: Math.min(n, pathLength ?? n),
  };
  for (let index = n - 1; index >= 0; index--) {
    const certificate = chain[index] as Certificate;
    const report: Report = (code) => {
      // The graph stays NULL once it is; the first certificate is the one that lacks the policy.
      const said = ({ code: known, certificate: at }: PathViolation) =>
        known === code && (at === index || code === "policy_required");
      if (!violations.some(said)) violations.push({ code, certificate: index });
    };
    if (index === n - 1 && !anchorMayIssue(anchor)) report("anchor_not_a_ca");
    const signature = SIGNATURE_VIOLATIONS[signatures[index] ?? "unchecked"];
    if (signature !== undefined) report(signature);
    const reading = readingOf(certificate);
    basic(certificate, reading, state, index === 0, report, cache);
    if (index > 0) prepare(certificate, reading, state, report, cache);
    else wrapUp(reading, state);
  }
  const policies = userPolicies(authorityPolicies(state.level), input.initialPolicies);
  // §6.1.5 (g): a policy is demanded, and none that the user asked for is left. Said already where the graph became NULL before.
  const required = n > 0 && state.explicitPolicy === 0 && policies.length === 0;
  if (required && !violations.some(({ code }) => code === "policy_required"))
    violations.push({ code: "policy_required", certificate: 0 });
  return { violations, policies };
}

/** RFC 5280 §6.1.3; time and revocation (a) (2), (3) are judged elsewhere. */
function basic(
  certificate: Certificate,
  reading: Reading,
  state: State,
  last: boolean,
  report: Report,
  cache: SignatureCache,
): void {
  if (!namesMatch(certificate.issuer, state.issuer.subject)) report("name_chaining");
  // Before the policies: §6.1.4 (o) and §6.1.5 (f) come later and depend on nothing.
  if (reading.unknownCritical) report("unknown_critical_extension");
  if (reading.malformed) report("extension_malformed");
  if (last || !reading.selfIssued) for (const code of checkNames(certificate, state.names, cache.spend)) report(code);
  const { policies } = reading;
  const anyCounts = state.anyPolicy > 0 || (!last && reading.selfIssued);
  if (policies === undefined) state.level = new Map();
  else if (cache.spend(policies.length + state.level.size)) {
    state.level = nextLevel(
      state.level,
      policies.map(({ policy }) => policy),
      anyCounts,
    );
  } else {
    state.level = new Map();
    report("too_complex");
  }
  if (state.explicitPolicy === 0 && state.level.size === 0) report("policy_required");
}

/** RFC 5280 §6.1.4: what a certificate lays upon those below it. */
function prepare(
  certificate: Certificate,
  reading: Reading,
  state: State,
  report: Report,
  cache: SignatureCache,
): void {
  const { mappings, policyConstraints, basicConstraints } = reading;
  if (mappings !== undefined) {
    const mapsAny = ({ issuerDomain, subjectDomain }: (typeof mappings)[number]) =>
      issuerDomain === OID.anyPolicy || subjectDomain === OID.anyPolicy;
    if (mappings.some(mapsAny)) report("policy_mapping_any");
    if (cache.spend(mappings.length)) mapPolicies(state.level, mappings, state.policyMapping > 0);
    else report("too_complex");
  }
  state.issuer = certificate;
  state.names = addRules(state.names, reading.nameRules);
  if (!reading.selfIssued) {
    state.explicitPolicy = Math.max(0, state.explicitPolicy - 1);
    state.policyMapping = Math.max(0, state.policyMapping - 1);
    state.anyPolicy = Math.max(0, state.anyPolicy - 1);
  }
  state.explicitPolicy = Math.min(state.explicitPolicy, policyConstraints?.requireExplicitPolicy ?? Infinity);
  state.policyMapping = Math.min(state.policyMapping, policyConstraints?.inhibitPolicyMapping ?? Infinity);
  state.anyPolicy = Math.min(state.anyPolicy, reading.inhibitAnyPolicy ?? Infinity);
  // (k): a certificate of version 1 or 2 has no extensions at all, and nobody vouches for it out of band.
  if (basicConstraints?.ca !== true) report("not_a_ca");
  if (!reading.selfIssued) {
    if (state.pathLength === 0) report("path_length");
    else state.pathLength--;
  }
  state.pathLength = Math.min(state.pathLength, basicConstraints?.pathLength ?? Infinity);
  if (reading.keyUsage?.includes("keyCertSign") === false) report("no_cert_sign");
}

/** RFC 5280 §6.1.5 (a), (b). */
function wrapUp(reading: Reading, state: State): void {
  state.explicitPolicy = Math.max(0, state.explicitPolicy - 1);
  if (reading.policyConstraints?.requireExplicitPolicy === 0) state.explicitPolicy = 0;
}
