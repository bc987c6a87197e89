import type { CertificateFacts, PathFacts, RevocationFacts } from "../facts/facts.ts";
import { acceptableUntil } from "./algorithms.ts";
import { certificateOf, MAX_LOOKED, ms, optionalMs, provenBy, type World } from "./world.ts";

/** What is known of a certificate's revocation for one moment. */
export type Status =
  /** `current`: by data that is still fresh at `at`. `later`: when it was revoked or suspended after the moment, ms. */
  | { readonly kind: "good"; readonly current: boolean; readonly later: number | null }
  | { readonly kind: "revoked" | "hold"; readonly since: number; readonly reason: string | null }
  /** `orphaned`: only data of a CA that was revoked before anything proves the data; `expired`: of a signer that expired before. */
  | { readonly kind: "not-needed" | "no-source" | "missing" | "stale" | "unknown" | "orphaned" | "expired" };

export type Question = {
  /** Revoked from then on or before counts, ms. */
  readonly t: number;
  /** Data must be as new as needed for this moment, ms. */
  readonly freshAt: number;
  /** Data must be proved to have existed before this moment, when its CA was revoked, ms. */
  readonly control: number;
};

/** Responders and CRL signers have certificates of their own, and those again. */
const MAX_DEPTH = 3;

/**
 * The status of one certificate of a path (RFC 5280 §6.3, RFC 6960 §3.2, EN 319 102-1 §5.2.5).
 *
 * @param index its place in the path
 */
export function statusOf(world: World, path: PathFacts, index: number, question: Question, depth = 0): Status {
  const id = path.certificates[index] ?? "";
  const certificate = certificateOf(world, id);
  const known = world.revocation.get(id) ?? [];
  const found = certificate === null ? NOTHING : read(world, certificate, known, path, index, question, depth);
  if (world.looked > MAX_LOOKED) return { kind: "missing" };
  if (found.revoked !== null && found.revoked.since <= question.t) return { kind: "revoked", ...found.revoked };
  if (found.hold !== null && found.hold.since <= question.t) return { kind: "hold", ...found.hold };
  if (found.doubt !== null) return { kind: found.doubt };
  // What says that it was revoked later says that it was not yet.
  const later = found.revoked?.since ?? found.hold?.since ?? null;
  if (later !== null || found.good) return { kind: "good", current: found.current, later };
  if (certificate?.shortTerm || certificate?.noRevAvail || certificate?.ocspNoCheck) return { kind: "not-needed" };
  if (found.why !== null) return { kind: found.why };
  if (found.any) return { kind: "missing" };
  const named = certificate !== null && certificate.crlUris.length + certificate.ocspUris.length > 0;
  return { kind: named || world.policy.revocation === "required" ? "missing" : "no-source" };
}

type Revoked = { readonly since: number; readonly reason: string | null };
type Found = {
  revoked: Revoked | null;
  hold: Revoked | null;
  good: boolean;
  current: boolean;
  /** There is data, usable or not: whoever gave it expected it to be looked at. */
  any: boolean;
  /** Somebody who may not be believed any more says that it was revoked: not proved, and not to be passed over either. */
  doubt: "orphaned" | "expired" | null;
  why: "stale" | "unknown" | "orphaned" | "expired" | null;
};
const NOTHING: Found = { revoked: null, hold: null, good: false, current: false, any: false, doubt: null, why: null };

function read(
  world: World,
  certificate: CertificateFacts,
  known: readonly RevocationFacts[],
  path: PathFacts,
  index: number,
  question: Question,
  depth: number,
): Found {
  const found: Found = { ...NOTHING };
  let latestGood = Number.NEGATIVE_INFINITY;
  let latestHold = Number.NEGATIVE_INFINITY;
  let open: readonly string[] | null = null;
  for (const fact of known) {
    world.looked += 1;
    if (world.looked > MAX_LOOKED) break;
    const issued = ms(fact.thisUpdate);
    // What did not exist yet says nothing, but that somebody was revoked by then.
    const future = issued > world.at + world.policy.clockSkew;
    if (!future) found.any = true;
    const sound = soundness(world, fact, path, index, question, depth);
    if (sound === "orphaned" || sound === "expired") {
      found.why = sound;
      if (fact.status === "revoked" && (optionalMs(fact.revokedAt) ?? question.t) <= question.t) found.doubt = sound;
    }
    if (sound !== "sound") continue;
    if (fact.status === "revoked" && fact.reason === "removeFromCRL") {
      // Only a delta CRL may say so (RFC 5280 §5.3.1), and none is taken.
      found.why ??= "unknown";
    } else if (fact.status === "revoked") {
      const since = optionalMs(fact.revokedAt) ?? Number.NEGATIVE_INFINITY;
      if (future && since > world.at) continue;
      if (fact.reason !== "certificateHold") {
        if (found.revoked === null || since < found.revoked.since) found.revoked = { since, reason: fact.reason };
      } else if (issued > latestHold) {
        latestHold = issued;
        found.hold = { since, reason: fact.reason };
      }
    } else if (future || issued > ms(certificate.notAfter)) {
      // From later than the moment that is asked about; or from after the end, when a CA may have dropped it from its list.
    } else if (fact.status === "unknown") {
      found.why ??= "unknown";
    } else {
      latestGood = Math.max(latestGood, issued);
      if (!isFresh(world, fact, question.freshAt)) found.why ??= "stale";
      else {
        const left: readonly string[] = fact.missingReasons;
        open = open === null ? left : open.filter((reason) => left.includes(reason));
        if (isFresh(world, fact, world.at)) found.current = true;
      }
    }
  }
  // A hold that was lifted since (RFC 5280 §5.3.1).
  if (latestGood > latestHold) found.hold = null;
  found.good = open !== null && open.length === 0;
  return found;
}

/** EN 319 102-1 §5.2.5.4: issued after the moment, or before it and not yet due to be replaced. */
function isFresh({ policy }: World, fact: RevocationFacts, moment: number): boolean {
  const age = moment - ms(fact.thisUpdate);
  if (age <= 0) return true;
  if (policy.maxResponseAge !== null && age > policy.maxResponseAge) return false;
  return fact.nextUpdate === null ? age <= policy.undatedResponseAge : moment <= ms(fact.nextUpdate);
}

type Soundness = "sound" | "unsound" | "orphaned" | "expired";

/** Whether what a CRL or response says may be believed: by whom it is signed, and whether that still counts. */
function soundness(
  world: World,
  fact: RevocationFacts,
  path: PathFacts,
  index: number,
  question: Question,
  depth: number,
): Soundness {
  const { signature, authority, problems, signer } = fact;
  if (signature !== "valid" || authority === "none" || problems.length > 0 || signer === null) return "unsound";
  const existed = provenBy(world, fact.stampedBy);
  if (existed >= question.control) return "orphaned";
  const issuer = path.certificates[index + 1];
  const anchor = world.facts.anchors[path.anchor];
  const own = authority === "issuer";
  const certificate = certificateOf(world, own ? (issuer ?? path.anchor) : signer);
  if (acceptableUntil(world.policy, fact.algorithm, certificate?.key ?? null) < existed) return "unsound";
  const period = own && issuer === undefined ? anchor : certificate;
  if (period === undefined || period === null) return "unsound";
  if (existed > ms(period.notAfter)) return "expired";
  return own || isDelegate(world, fact, signer, path, index, existed, depth) ? "sound" : "unsound";
}

/** A responder or CRL signer with a key of its own: in time when it signed, not revoked, and below the same anchor. */
function isDelegate(
  world: World,
  fact: RevocationFacts,
  signer: string,
  path: PathFacts,
  index: number,
  existed: number,
  depth: number,
): boolean {
  const certificate = certificateOf(world, signer);
  if (certificate === null || depth >= MAX_DEPTH) return false;
  const signed = ms(fact.producedAt ?? fact.thisUpdate);
  if (signed < ms(certificate.notBefore) || signed > ms(certificate.notAfter)) return false;
  const question = { t: existed, freshAt: signed, control: Number.POSITIVE_INFINITY };
  const settled = (way: PathFacts, place: number): boolean =>
    isSettled(world, statusOf(world, way, place, question, depth + 1));
  if (fact.authority === "delegated")
    return settled({ ...path, certificates: [signer, ...path.certificates.slice(index + 1)] }, 0);
  return certificate.paths.some(
    (way) =>
      way.anchor === path.anchor &&
      way.violations.length === 0 &&
      way.certificates.every((_, place) => settled(way, place)),
  );
}

/** Whether a status lets a path stand. */
export function isSettled({ policy }: World, { kind }: Status): boolean {
  if (kind === "revoked" || kind === "hold") return false;
  return kind === "good" || kind === "not-needed" || kind === "no-source" || policy.revocation === "warn";
}
