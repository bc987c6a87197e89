import type { FindingCode } from "../text/findings.ts";
import type { SubIndication } from "./report.ts";
import { isNot, no, type Rule, yes } from "./rule.ts";
import { endOf, type Subject, startOf, wasRevokedAlready } from "./subject.ts";

const CHAIN = "EN 319 102-1 §5.2.6";
/** Of what is not known to be younger than anything. */
const UNKNOWN = Number.NEGATIVE_INFINITY;
const TIME = "EN 319 102-1 §5.5.4";

/** A rule about how the path to an anchor ended. */
function chainRule(id: string, sub: SubIndication, finding: FindingCode, more: Partial<Rule> = {}): Rule {
  const see = ({ chain }: Subject) => (chain === null ? undefined : (chain.sub ?? "passed"));
  return { id, source: CHAIN, sub, finding, see, good: isNot(sub), ...more };
}

/** Path, revocation and times, for now or for the proven time. */
export const CHAIN_RULES: readonly Rule[] = [
  // X.509 certificate validation, for now or for the proven time
  chainRule("chain.found", "NO_CERTIFICATE_CHAIN_FOUND", "no_chain"),
  chainRule("chain.sound", "CERTIFICATE_CHAIN_GENERAL_FAILURE", "chain_broken", { source: `${CHAIN}; RFC 5280 §6.1` }),
  chainRule("chain.constraints", "CHAIN_CONSTRAINTS_FAILURE", "chain_constrained", {
    source: `${CHAIN}; RFC 5280 §6.1`,
  }),
  {
    id: "chain.signed-before-revocation",
    source: "EN 319 102-1 §5.3.4",
    sub: "REVOKED",
    finding: "signed_after_revocation",
    see: ({ chain, after }) =>
      chain?.sub === "REVOKED_NO_POE" && chain.since !== null && after > UNKNOWN ? after >= chain.since : undefined,
    good: no,
  },
  chainRule("chain.not-revoked", "REVOKED_NO_POE", "revoked", { refuse: wasRevokedAlready }),
  chainRule("chain.ca-not-revoked", "REVOKED_CA_NO_POE", "ca_revoked", { refuse: wasRevokedAlready }),
  chainRule("chain.anchor-in-force", "NO_CERTIFICATE_CHAIN_FOUND_NO_POE", "anchor_not_in_force"),
  {
    id: "time.not-too-early",
    source: TIME,
    sub: "NOT_YET_VALID",
    finding: "signed_before_validity",
    see: ({ certificate, best }) => (certificate === null ? undefined : best < startOf(certificate)),
    good: no,
  },
  {
    id: "time.not-too-late",
    source: "EN 319 102-1 §5.3.4",
    sub: "EXPIRED",
    finding: "signed_after_expiry",
    see: ({ certificate, after }) => (certificate === null ? undefined : after > endOf(certificate)),
    good: no,
  },
  chainRule("chain.in-time", "OUT_OF_BOUNDS_NO_POE", "expired_unproven"),
  chainRule("chain.in-time-not-revoked", "OUT_OF_BOUNDS_NOT_REVOKED", "expired_unproven"),
  chainRule("chain.revocation-data-lasting", "REVOCATION_OUT_OF_BOUNDS_NO_POE", "revocation_data_expired"),
  {
    id: "chain.not-suspended",
    source: CHAIN,
    sub: "TRY_LATER",
    finding: "suspended",
    see: ({ chain }) => (chain === null ? undefined : chain.sub === "TRY_LATER" && chain.hold),
    good: no,
  },
  {
    id: "chain.status-known",
    source: `${CHAIN}; EN 319 102-1 §5.2.5`,
    sub: "TRY_LATER",
    finding: "status_unknown",
    see: ({ chain }) => (chain === null ? undefined : chain.sub === "TRY_LATER" && !chain.hold),
    good: no,
  },
  chainRule("chain.algorithms", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "chain_weak"),
  {
    id: "chain.key-usage",
    source: "RFC 5280 §4.2.1.3; Circular 15/2025/TT-BKHCN appendix II",
    sub: "CHAIN_CONSTRAINTS_FAILURE",
    finding: "key_usage_wrong",
    see: ({ certificate }) => certificate?.keyUsage?.join(" "),
    good: (seen, { world }) =>
      String(seen)
        .split(" ")
        .some((usage) => world.policy.keyUsage.includes(usage)),
  },
  // Times
  {
    id: "time.order",
    source: `${TIME}; RFC 3161 §2.4.2`,
    sub: "TIMESTAMP_ORDER_FAILURE",
    finding: "timestamps_contradict",
    see: (subject) => isOrdered(subject),
    good: yes,
  },
  {
    id: "time.proven",
    source: "EN 319 102-1 §5.6.2.3",
    sub: "NO_POE",
    finding: "time_not_proven",
    see: ({ world, proven }) => (world.policy.provenTime === "required" ? proven !== null : undefined),
    good: yes,
  },
];

/** Later saves were stamped later; and nothing was signed before what it covers. */
function isOrdered({ timestamps, after, best, proven, world }: Subject): boolean | undefined {
  const tolerance = world.policy.orderTolerance;
  if (proven !== null && best + tolerance < after) return false;
  const passed = timestamps.filter(({ sub }) => sub === null);
  if (passed.length < 2) return proven === null ? undefined : true;
  const last = (kind: string, pick: (...times: number[]) => number): number =>
    pick(...passed.filter((state) => state.kind === kind).map(({ time }) => time ?? 0));
  return last("document", Math.min) + tolerance >= last("signature", Math.max);
}
