import type { NameFacts } from "../facts/facts.ts";
import type { FindingCode } from "../text/findings.ts";
import { changeListOf } from "./changes.ts";
import { findingsOf } from "./findings.ts";
import { levelOf } from "./level.ts";
import type { Indication, RuleResult, SignatureReport, SigningTime, SubIndication, TimestampReport } from "./report.ts";
import type { Rule, Seen } from "./rule.ts";
import { RULES } from "./rules.ts";
import { endOf, type Subject, startOf, wasRevokedAlready } from "./subject.ts";
import { indicationOf, type TimestampState, trustOf } from "./timestamps.ts";

/** Rules of the third axis: algorithms, key sizes, usage. A failure that blocks nothing counts here all the same. */
const POLICY_AXIS = [
  "policy.available",
  "cryptography.supported",
  "chain.algorithms",
  "chain.key-usage",
  "acceptance.algorithms-when-made",
  "acceptance.algorithms",
  "acceptance.purpose",
];

type Asked = {
  readonly results: readonly RuleResult[];
  readonly findings: readonly FindingCode[];
  readonly sub: SubIndication | null;
  readonly refused: boolean;
  readonly policy: SignatureReport["policy"];
};

function ask(subject: Subject): Asked {
  const results: RuleResult[] = [];
  const findings: FindingCode[] = [];
  let failed: SubIndication | null = null;
  let open: SubIndication | null = null;
  let refused = false;
  let policy: SignatureReport["policy"] = "met";
  for (const rule of RULES) {
    const { id, source, sub } = rule;
    const seen = rule.see(subject);
    if (seen === undefined) {
      results.push({ id, source, result: "skipped", saw: null });
      continue;
    }
    if (rule.good(seen, subject)) {
      results.push({ id, source, result: "passed", saw: seen });
      continue;
    }
    findings.push(rule.finding);
    if (POLICY_AXIS.includes(id)) policy = "not-met";
    refused ||= rule.refuse?.(subject) ?? false;
    results.push(failure(rule, seen));
    if (sub === null) continue;
    if (indicationOf(sub) === "TOTAL_FAILED") failed ??= sub;
    else open ??= sub;
  }
  return { results, findings, sub: failed ?? open, refused, policy };
}

function failure({ id, source, sub }: Rule, saw: Seen): RuleResult {
  if (sub === null) return { id, source, result: "warning", saw };
  return { id, source, result: "failed", saw, indication: indicationOf(sub), subIndication: sub };
}

export function reportSignature(subject: Subject): SignatureReport {
  const { signature, certificate, integrity, coverage, chain, signer } = subject;
  const asked = ask(subject);
  const indication = indicationOf(asked.sub);
  const trust = isOutOfTime(asked.sub) ? "untrusted" : trustOf(chain);
  const changes = changesOf(subject);
  const verdict = verdictOf(subject, indication, asked.refused, trust, changes);
  const sound = chain?.path?.violations.length === 0 ? chain.anchor : null;
  const test = (sound?.test ?? false) || subject.testTime;
  const signatureClass = sound?.class ?? null;
  const equivalentToHandwritten =
    verdict === "VALID" && !test && signatureClass !== null && subject.world.policy.equivalent.includes(signatureClass);
  const level = levelOf(subject);
  const said = { verdict, changes, level, test, equivalentToHandwritten, asked };
  return {
    fieldName: signature.fieldName,
    verdict,
    integrity,
    coverage,
    changes,
    changeList: changeListOf(signature.changes.items),
    trust,
    policy: asked.policy,
    indication,
    subIndication: asked.sub,
    level,
    subFilter: signature.subFilter,
    certifies: signature.certifies,
    class: signatureClass,
    equivalentToHandwritten,
    test,
    sevenFields: {
      issuer: certificate && displayName(certificate.issuer),
      signer: certificate && displayName(certificate.subject),
      managingUnit: sound?.managingUnit ?? null,
      signingTime: signingTime(subject),
      integrity,
      validAtSigningTime: validWhenSigned(subject, indication, asked.refused),
      certificateValidity: certificate && { notBefore: certificate.notBefore, notAfter: certificate.notAfter },
    },
    reason: signature.reason,
    location: signature.location,
    algorithms: {
      signature: signer?.signatureAlgorithm?.kind ?? null,
      digest: signer?.digestAlgorithm ?? null,
      key: keyName(subject),
    },
    timestamps: subject.timestamps.map(reportTimestamp),
    chain: chainLinks(subject),
    rules: asked.results,
    findings: findingsOf(allFindings(subject, said)),
  };
}

/** The certificate was surely not in force when the signature was made. */
const isOutOfTime = (sub: SubIndication | null): boolean => sub === "NOT_YET_VALID" || sub === "EXPIRED";

/** Octets behind the last proper save are changes of which nothing can be said. */
function changesOf({ world, signature }: Subject): SignatureReport["changes"] {
  const { result } = signature.changes;
  const stray = world.facts.document.strayOctets > 0 && !signature.cover.wholeFile;
  return stray && (result === "none" || result === "permitted") ? "unknown" : result;
}

function verdictOf(
  { integrity, coverage }: Subject,
  indication: Indication,
  refused: boolean,
  trust: SignatureReport["trust"],
  changes: SignatureReport["changes"],
): SignatureReport["verdict"] {
  if (indication === "TOTAL_FAILED" || refused) return "INVALID";
  if (integrity === "broken" || coverage === "anomalous" || changes === "forbidden") return "INVALID";
  const passed = indication === "TOTAL_PASSED" && integrity === "intact" && trust === "trusted";
  return passed && (changes === "none" || changes === "permitted") ? "VALID" : "CANNOT_TELL";
}

function validWhenSigned(
  subject: Subject,
  indication: Indication,
  refused: boolean,
): SignatureReport["sevenFields"]["validAtSigningTime"] {
  const { integrity, coverage, proven, claimed } = subject;
  if (indication === "TOTAL_FAILED" || refused || integrity === "broken" || coverage === "anomalous") return "invalid";
  // Passed for the moment of checking, but not for the one that the signer claims.
  if (proven === null && claimed !== null && claimTroubles(claimed, subject).length > 0) return "unknown";
  return indication === "TOTAL_PASSED" && integrity === "intact" ? "valid" : "unknown";
}

function signingTime({ proven, claimedText, timestamps }: Subject): SigningTime {
  const first = timestamps.find(({ sub, time }) => sub === null && time === proven && proven !== null);
  const provenText = first?.genTime ?? null;
  return {
    time: provenText ?? claimedText,
    source: provenText !== null ? "timestamp" : claimedText !== null ? "claimed" : null,
    proven: provenText,
    logged: null,
    claimed: claimedText,
  };
}

/** Name and organisation, as people write them; the whole name where there is neither. */
export function displayName({ commonName, organization, text }: NameFacts): string {
  if (commonName === null || organization === null || commonName === organization)
    return commonName ?? organization ?? text;
  return `${commonName}, ${organization}`;
}

function keyName({ certificate }: Subject): string | null {
  const key = certificate?.key ?? null;
  if (key === null) return null;
  return key.curve ?? `${key.kind.toUpperCase()}-${key.bits}`;
}

function chainLinks({ world: { facts }, chain, signer }: Subject): SignatureReport["chain"] {
  const path = chain?.path ?? null;
  const ids = path?.certificates ?? (signer?.certificate ? [signer.certificate] : []);
  const links = ids.flatMap((sha256) => {
    const certificate = facts.certificates[sha256];
    return certificate === undefined ? [] : [{ subject: certificate.subject.text, sha256, anchor: false }];
  });
  const anchor = path && facts.anchors[path.anchor];
  return anchor ? [...links, { subject: anchor.subject.text, sha256: path.anchor, anchor: true }] : links;
}

export function reportTimestamp(state: TimestampState): TimestampReport {
  const { kind, genTime, indication, sub, authority, chain } = state;
  return {
    kind,
    genTime,
    indication,
    subIndication: sub,
    authority: authority && displayName(authority),
    trust: trustOf(chain),
    findings: findingsOf([state.finding, ...(chain?.notes ?? [])]),
  };
}

type Said = Pick<SignatureReport, "verdict" | "changes" | "level" | "test" | "equivalentToHandwritten"> & {
  readonly asked: Asked;
};

function allFindings(subject: Subject, said: Said): FindingCode[] {
  const { asked, changes, verdict } = said;
  const { signature, chain, coverage } = subject;
  const already = wasRevokedAlready(subject);
  const codes: FindingCode[] = asked.findings.map((code) =>
    already && (code === "revoked" || code === "ca_revoked") ? "revoked_when_signed" : code,
  );
  codes.push(...(chain?.notes ?? []), ...timeFindings(subject, asked));
  if (signature.certifies !== null) codes.push(CERTIFIES[signature.certifies]);
  if (signature.certifies !== null && !isFirst(subject)) codes.push("certification_not_first");
  if (coverage === "earlier-revision") codes.push("earlier_revision");
  if (changes !== "none") codes.push(`changes_${changes}`);
  if (said.test) codes.push("test_anchor");
  if (verdict === "VALID") codes.push(said.equivalentToHandwritten ? "equivalent" : "recipient_decides");
  // A message that stands alone has no dictionary, and so no level.
  if (said.level === null && subject.world.facts.document.size > 0)
    codes.push(signature.subFilter?.startsWith("ETSI.") ? "below_baseline" : "not_pades");
  return codes;
}

/** A certification comes before all other signatures (ISO 32000-2 §12.8.2.2.1). */
function isFirst({ world, signature: { cover } }: Subject): boolean {
  const { revision } = cover;
  return revision === null || world.facts.signatures.every((other) => (other.cover.revision ?? revision) >= revision);
}

/** DocMDP permissions (ISO 32000-2 table 257). */
const CERTIFIES = { 1: "certifies_nothing_more", 2: "certifies_forms", 3: "certifies_comments" } as const;

function timeFindings(subject: Subject, asked: Asked): FindingCode[] {
  const { proven, claimed, timestamps, certificate, world, best, algorithmsUntil } = subject;
  const codes: FindingCode[] = [];
  if (proven !== null) codes.push("time_proven");
  else codes.push(claimed === null ? "time_unknown" : "time_only_claimed");
  if (proven !== null && claimed !== null && claimed > proven + world.policy.clockSkew)
    codes.push("claimed_after_proven");
  if (proven === null && claimed !== null) codes.push(...claimTroubles(claimed, subject));
  if (timestamps.some(({ sub }) => sub !== null)) codes.push("timestamp_not_used");
  if (asked.sub === null && certificate !== null && world.at > endOf(certificate)) codes.push("expired_proven");
  if (asked.sub === null && algorithmsUntil < world.at && algorithmsUntil >= best) codes.push("algorithm_weak_proven");
  return codes;
}

/** What is told of a time cannot be right. */
function claimTroubles(claimed: number, { certificate, world }: Subject): FindingCode[] {
  const { clockSkew } = world.policy;
  if (claimed > world.at + clockSkew) return ["claimed_in_future"];
  if (certificate === null) return [];
  const outside = claimed + clockSkew < startOf(certificate) || claimed > endOf(certificate) + clockSkew;
  return outside ? ["claimed_outside_certificate"] : [];
}
