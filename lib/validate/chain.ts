import type { AnchorFacts, PathFacts } from "../facts/facts.ts";
import type { FindingCode } from "../text/findings.ts";
import { acceptableUntil } from "./algorithms.ts";
import type { SubIndication } from "./report.ts";
import { isSettled, type Status, statusOf } from "./revocation.ts";
import { certificateOf, ms, optionalMs, type World } from "./world.ts";

export type AnchorUse = AnchorFacts["uses"][number];

/** For which moments a path is judged, ms. */
export type Moments = {
  /** Everything is valid then, by the shell model. */
  readonly t: number;
  /** Revocation data is fresh for then. */
  readonly freshAt: number;
  /** The certificate at the end, and what it signed, is proved to have existed then. */
  readonly existed: number;
  /** The certificates above it are proved to have existed then. */
  readonly othersExisted: number;
};

/** What a path is worth (EN 319 102-1 §5.2.6). */
export type ChainState = {
  /** Null: passed. */
  readonly sub: SubIndication | null;
  readonly path: PathFacts | null;
  readonly anchor: AnchorFacts | null;
  /** When the certificate that is at fault was revoked, ms; for REVOKED_NO_POE and REVOKED_CA_NO_POE. */
  readonly since: number | null;
  /** The trouble is a suspension, which may be lifted. */
  readonly hold: boolean;
  readonly notes: readonly FindingCode[];
};

/** The heaviest first: what is said of one path, and which of several bad paths is passed over. */
const WEIGHTS: readonly SubIndication[] = [
  "NO_CERTIFICATE_CHAIN_FOUND",
  "CERTIFICATE_CHAIN_GENERAL_FAILURE",
  "CHAIN_CONSTRAINTS_FAILURE",
  "REVOKED_NO_POE",
  "REVOKED_CA_NO_POE",
  "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
  "OUT_OF_BOUNDS_NO_POE",
  "OUT_OF_BOUNDS_NOT_REVOKED",
  "REVOCATION_OUT_OF_BOUNDS_NO_POE",
  "TRY_LATER",
  "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
];

/** What RFC 5280 §6.1 calls constraints; everything else breaks the path itself. */
const CONSTRAINTS = [
  "path_length",
  "name_not_permitted",
  "name_excluded",
  "name_form_unsupported",
  "policy_required",
  "policy_mapping_any",
];

const NO_CHAIN: ChainState = {
  sub: "NO_CERTIFICATE_CHAIN_FOUND",
  path: null,
  anchor: null,
  since: null,
  hold: false,
  notes: [],
};

/** The best of a certificate's paths to an anchor for this use. */
export function judgeChain(world: World, target: string, use: AnchorUse, moments: Moments): ChainState {
  let best = NO_CHAIN;
  for (const path of certificateOf(world, target)?.paths ?? []) {
    const anchor = world.facts.anchors[path.anchor];
    if (anchor === undefined) continue;
    if (!anchor.uses.includes(use)) {
      if (best === NO_CHAIN) best = { ...NO_CHAIN, notes: ["anchor_not_for_this"] };
      continue;
    }
    const state = judgePath(world, path, anchor, moments);
    if (state.sub === null) return state;
    if (best.path === null || weight(state.sub) > weight(best.sub)) best = state;
  }
  return best;
}

function judgePath(world: World, path: PathFacts, anchor: AnchorFacts, moments: Moments): ChainState {
  const base = { path, anchor, since: null, hold: false };
  if (path.violations.length > 0) {
    const constrained = path.violations.every(({ code }) => CONSTRAINTS.includes(code));
    const sub = constrained ? "CHAIN_CONSTRAINTS_FAILURE" : "CERTIFICATE_CHAIN_GENERAL_FAILURE";
    return { ...base, sub, notes: [] };
  }
  const draft: Draft = { sub: null, since: null, hold: false, notes: [], control: Number.POSITIVE_INFINITY };
  if (!isInForce(anchor, moments)) blame(draft, "NO_CERTIFICATE_CHAIN_FOUND_NO_POE");
  if (path.certificates.length === 0) draft.notes.push("directly_trusted");
  // From the anchor down: what a revoked CA signed about others counts only as far as it existed before.
  for (let index = path.certificates.length - 1; index >= 0; index -= 1)
    judgeCertificate(world, path, index, moments, draft);
  return { ...base, sub: draft.sub, since: draft.since, hold: draft.hold, notes: draft.notes };
}

type Draft = {
  sub: SubIndication | null;
  since: number | null;
  hold: boolean;
  readonly notes: FindingCode[];
  control: number;
};

function isInForce(anchor: AnchorFacts, { t, existed }: Moments): boolean {
  const from = optionalMs(anchor.from) ?? Number.NEGATIVE_INFINITY;
  const until = optionalMs(anchor.until) ?? Number.POSITIVE_INFINITY;
  return existed >= from && t <= until && t >= ms(anchor.notBefore) && t <= ms(anchor.notAfter);
}

function judgeCertificate(world: World, path: PathFacts, index: number, moments: Moments, draft: Draft): void {
  const certificate = certificateOf(world, path.certificates[index] ?? "");
  if (certificate === null) {
    blame(draft, "NO_CERTIFICATE_CHAIN_FOUND");
    return;
  }
  const { t, freshAt } = moments;
  const status = statusOf(world, path, index, { t, freshAt, control: draft.control });
  const inTime = t >= ms(certificate.notBefore) && t <= ms(certificate.notAfter);
  judgeStatus(world, status, index, draft);
  if (!inTime) {
    const known = index === 0 && status.kind === "good" && status.current && draft.sub === null;
    blame(draft, known ? "OUT_OF_BOUNDS_NOT_REVOKED" : "OUT_OF_BOUNDS_NO_POE");
  }
  const existed = index === 0 ? moments.existed : moments.othersExisted;
  const issuer = certificateOf(world, path.certificates[index + 1] ?? path.anchor);
  if (acceptableUntil(world.policy, certificate.signatureAlgorithm, issuer?.key ?? null) < existed)
    blame(draft, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
}

function judgeStatus(world: World, status: Status, index: number, draft: Draft): void {
  const leaf = index === 0;
  if (status.kind === "revoked") {
    if (blame(draft, leaf ? "REVOKED_NO_POE" : "REVOKED_CA_NO_POE")) draft.since = status.since;
    return;
  }
  if (status.kind === "hold") {
    if (blame(draft, "TRY_LATER")) draft.hold = true;
    return;
  }
  if (status.kind === "good" && status.later !== null) {
    draft.notes.push(leaf ? "revoked_later" : "ca_revoked_later");
    draft.control = Math.min(draft.control, status.later);
  }
  if (status.kind === "no-source") draft.notes.push("revocation_no_source");
  if (status.kind === "not-needed" && leaf) draft.notes.push("revocation_not_needed");
  if (isSettled(world, status)) {
    if (!SETTLED.includes(status.kind)) draft.notes.push("revocation_not_checked");
    return;
  }
  if (status.kind === "orphaned") blame(draft, "REVOKED_CA_NO_POE");
  else if (status.kind === "expired") blame(draft, "REVOCATION_OUT_OF_BOUNDS_NO_POE");
  else {
    blame(draft, "TRY_LATER");
    const { kind } = status;
    draft.notes.push(kind === "stale" || kind === "unknown" ? `revocation_${kind}` : "revocation_missing");
  }
}

const SETTLED: readonly Status["kind"][] = ["good", "not-needed", "no-source"];

/** Keeps the heavier of two troubles. @returns whether this is the one */
function blame(draft: Draft, sub: SubIndication): boolean {
  if (draft.sub !== null && weight(draft.sub) <= weight(sub)) return false;
  draft.sub = sub;
  draft.since = null;
  draft.hold = false;
  return true;
}

const weight = (sub: SubIndication | null): number => (sub === null ? WEIGHTS.length : WEIGHTS.indexOf(sub));
