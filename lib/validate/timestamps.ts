import type { CoverFacts, NameFacts, SignerFacts, TimestampFacts } from "../facts/facts.ts";
import type { FindingCode } from "../text/findings.ts";
import { acceptableUntil, hashUntil } from "./algorithms.ts";
import { type ChainState, judgeChain } from "./chain.ts";
import type { Indication, SubIndication } from "./report.ts";
import { certificateOf, ms, provenBy, type World } from "./world.ts";

/** What a time-stamp token proves (EN 319 102-1 §5.4). */
export type TimestampState = {
  readonly kind: "signature" | "document";
  /** As it says, ms and as written; null where it cannot be read. */
  readonly time: number | null;
  readonly genTime: string | null;
  readonly indication: Indication;
  readonly sub: SubIndication | null;
  readonly finding: FindingCode;
  /** The named key stamped this signature or file: whoever's key that is. */
  readonly sound: boolean;
  readonly chain: ChainState | null;
  readonly authority: NameFacts | null;
};

type Trouble = readonly [sub: SubIndication, finding: FindingCode];

/** EN 319 102-1 §5.1.3, table 6: what is known for bad; everything else may yet be settled. */
const FAILED: readonly SubIndication[] = [
  "FORMAT_FAILURE",
  "HASH_FAILURE",
  "SIG_CRYPTO_FAILURE",
  "REVOKED",
  "EXPIRED",
  "NOT_YET_VALID",
];
export const indicationOf = (sub: SubIndication | null): Indication =>
  sub === null ? "TOTAL_PASSED" : FAILED.includes(sub) ? "TOTAL_FAILED" : "INDETERMINATE";

/**
 * Judges a token: now, or in the past where later document timestamps prove that it existed (§5.6.2.4).
 *
 * @param cover of a document timestamp
 * @param stampedBy document timestamps that cover the token, judged before it
 */
export function judgeTimestamp(
  world: World,
  fact: TimestampFacts,
  cover: CoverFacts | null,
  stampedBy: readonly number[],
): TimestampState {
  const kind = cover === null ? "signature" : "document";
  if (!fact.ok) {
    const trouble: Trouble = ["FORMAT_FAILURE", "timestamp_unreadable"];
    return { kind, time: null, genTime: null, ...said(trouble), sound: false, chain: null, authority: null };
  }
  const { genTime, signer } = fact;
  const certificate = certificateOf(world, signer.certificate);
  const unsound = soundnessTrouble(fact, cover);
  const existed = provenBy(world, stampedBy);
  const chain = certificate === null ? null : chainOf(world, signer.certificate ?? "", ms(genTime), existed);
  const trouble = unsound ?? timeTrouble(world, fact, existed) ?? chainTrouble(chain);
  const authority = certificate?.subject ?? null;
  return { kind, time: ms(genTime), genTime, ...said(trouble), sound: unsound === null, chain, authority };
}

function said(trouble: Trouble | null): Pick<TimestampState, "indication" | "sub" | "finding"> {
  const sub = trouble?.[0] ?? null;
  return { indication: indicationOf(sub), sub, finding: trouble?.[1] ?? "timestamp_passed" };
}

function chainOf(world: World, target: string, genTime: number, existed: number): ChainState {
  const freshAt = world.policy.timestampStatus === "now" ? world.at : genTime;
  const moments = { freshAt, existed, othersExisted: existed };
  const now = judgeChain(world, target, "timestamp", { t: world.at, ...moments });
  return now.sub === null || existed >= world.at
    ? now
    : judgeChain(world, target, "timestamp", { t: existed, ...moments });
}

/** Format, signing certificate and cryptography. */
function soundnessTrouble(fact: Extract<TimestampFacts, { ok: true }>, cover: CoverFacts | null): Trouble | null {
  const { signer, imprint, usage } = fact;
  if (cover !== null && cover.problems.length > 0) return ["FORMAT_FAILURE", "byte_range_wrong"];
  if (imprint === "mismatch") return ["HASH_FAILURE", "timestamp_of_something_else"];
  if (imprint === "unsupported") return ["CRYPTO_CONSTRAINTS_FAILURE", "timestamp_unsupported"];
  const broken = signerTrouble(signer);
  if (broken !== null) return broken;
  if (signer.signingCertificate === "mismatch") return ["NO_SIGNING_CERTIFICATE_FOUND", "timestamp_broken"];
  if (signer.signingCertificate !== "match") return ["SIG_CONSTRAINTS_FAILURE", "timestamp_reference_missing"];
  return usage === "good" ? null : ["SIG_CONSTRAINTS_FAILURE", "timestamp_usage"];
}

function signerTrouble(signer: SignerFacts): Trouble | null {
  const { signature, messageDigest, contentType, signedAttributes, algorithmProtection } = signer;
  if (messageDigest === "mismatch") return ["HASH_FAILURE", "timestamp_broken"];
  if (signature === "invalid") return ["SIG_CRYPTO_FAILURE", "timestamp_broken"];
  if (signature === "unsupported" || messageDigest === "unsupported")
    return ["CRYPTO_CONSTRAINTS_FAILURE", "timestamp_unsupported"];
  if (signature !== "valid") return ["NO_SIGNING_CERTIFICATE_FOUND", "timestamp_certificate_missing"];
  if (algorithmProtection === "mismatch" || algorithmProtection === "malformed")
    return ["SIG_CRYPTO_FAILURE", "timestamp_broken"];
  if (messageDigest !== "match" || contentType !== "match" || signedAttributes !== "der")
    return ["FORMAT_FAILURE", "timestamp_broken"];
  return null;
}

function timeTrouble(world: World, fact: Extract<TimestampFacts, { ok: true }>, existed: number): Trouble | null {
  const { signer } = fact;
  const time = ms(fact.genTime);
  if (time > world.at + world.policy.clockSkew) return ["TRY_LATER", "timestamp_from_future"];
  const certificate = certificateOf(world, signer.certificate);
  if (certificate === null) return ["NO_SIGNING_CERTIFICATE_FOUND", "timestamp_certificate_missing"];
  if (time < ms(certificate.notBefore)) return ["NOT_YET_VALID", "timestamp_outside_certificate"];
  if (time > ms(certificate.notAfter)) return ["EXPIRED", "timestamp_outside_certificate"];
  const { policy } = world;
  if (certificate.keyUsage !== null && !certificate.keyUsage.some((usage) => policy.keyUsage.includes(usage)))
    return ["CHAIN_CONSTRAINTS_FAILURE", "timestamp_usage"];
  const until = Math.min(
    acceptableUntil(policy, signer.signatureAlgorithm, certificate.key),
    signer.digestAlgorithm === null ? Number.POSITIVE_INFINITY : hashUntil(policy, signer.digestAlgorithm),
    fact.imprintHash === null ? Number.NEGATIVE_INFINITY : hashUntil(policy, fact.imprintHash),
  );
  return until < existed ? ["CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "timestamp_weak"] : null;
}

const UNTRUSTED: readonly SubIndication[] = [
  "NO_CERTIFICATE_CHAIN_FOUND",
  "CERTIFICATE_CHAIN_GENERAL_FAILURE",
  "CHAIN_CONSTRAINTS_FAILURE",
];

function chainTrouble(chain: ChainState | null): Trouble | null {
  const sub = chain?.sub ?? null;
  if (sub === null) return null;
  if (UNTRUSTED.includes(sub)) return [sub, "timestamp_untrusted"];
  if (sub.startsWith("REVOKED")) return [sub, "timestamp_revoked"];
  if (sub.startsWith("OUT_OF_BOUNDS") || sub === "NO_CERTIFICATE_CHAIN_FOUND_NO_POE") return [sub, "timestamp_expired"];
  return [sub, sub === "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" ? "timestamp_weak" : "timestamp_status_unknown"];
}

/** Whether somebody who is trusted vouches for it: the axis of its own. */
export function trustOf(chain: ChainState | null): "trusted" | "untrusted" | "indeterminate" {
  if (chain === null) return "untrusted";
  const { sub } = chain;
  if (sub === null) return "trusted";
  return UNTRUSTED.includes(sub) || sub.startsWith("REVOKED") ? "untrusted" : "indeterminate";
}

/** The document timestamps, judged from the last to the first: what a later one covers is proved by it. */
export function judgeDocumentTimestamps(world: World): TimestampState[] {
  const { documentTimestamps } = world.facts;
  const states: TimestampState[] = new Array(documentTimestamps.length);
  const order = documentTimestamps.map((_, index) => index);
  const coveredBy = (index: number): number => documentTimestamps[index]?.cover.stampedBy.length ?? 0;
  order.sort((a, b) => coveredBy(a) - coveredBy(b) || a - b);
  for (const index of order) {
    const fact = documentTimestamps[index];
    if (fact === undefined) continue;
    const state = judgeTimestamp(world, fact.timestamp, fact.cover, fact.cover.stampedBy);
    states[index] = state;
    world.sound[index] = state.sound;
    if (state.sub === null && state.time !== null) world.proofs[index] = Math.min(state.time, world.at);
  }
  return states;
}
