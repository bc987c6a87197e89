import { equal } from "../bytes/bytes.ts";
import { type Certificate, isSelfIssued } from "../x509/certificate.ts";
import { namesMatch } from "../x509/name-match.ts";
import { type Candidates, newCandidates } from "./candidates.ts";
import { checkPath, MAX_CHAIN, type PathResult } from "./check-path.ts";
import { findIssuers, type Issuers } from "./issuers.ts";
import { newSignatureCache, type SignatureCache } from "./signature-cache.ts";

export type FoundPath = PathResult & {
  /** From the target to the certificate that the anchor issued. Empty: the target is the anchor itself, trusted directly. */
  readonly chain: readonly Certificate[];
  readonly anchor: Certificate;
};

/** Ways that are kept for one target. Whoever judges time and revocation wants a choice, not a list. */
const MAX_PATHS = 16;
/** Where no way is signed all along, some are kept to say what is wrong with them. */
const MAX_BROKEN_PATHS = 2;
/** Beginnings of ways that are followed for one target: a mesh of cross-certificates has no end of them. */
const MAX_STEPS = 512;
/** A step costs about as much as this many comparisons. */
const STEP_WORK = 16;

/**
 * Ways from a certificate to one of the anchors, by issuers' names and signatures. Shorter ones are found first, so that a flood of
 * certificates hides nothing that is near; the bounds are constants of this file.
 *
 * @param pool certificates that may lie between, in any order, however often and whatever they say; none of them is an anchor
 * @param anchors the only ones. One that the pool has too is no less an anchor
 * @param cache give the same for everything of one run
 * @returns best first: fewest violations, then shortest. None where no name leads to an anchor, or the run has spent all it may
 */
export async function findPaths(
  target: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
  cache: SignatureCache = newSignatureCache(),
): Promise<FoundPath[]> {
  const search = searchOf(pool, anchors, cache);
  const ways: Way[] = [];
  const direct = anchors.find((anchor) => equal(anchor.raw, target.raw));
  if (direct !== undefined) ways.push({ chain: [], anchor: direct });
  // A root that is trusted has no way but itself; another anchor may be certified by somebody else too.
  if (direct === undefined || !isSelfIssued(target)) ways.push(...(await follow(target, search, "signed", cache)));
  if (ways.length === 0) ways.push(...(await follow(target, search, "unsigned", cache)));
  const found: FoundPath[] = [];
  for (const way of ways) found.push({ ...way, ...(await checkPath(way, cache)) });
  // Sorting keeps the order of equals.
  return found.sort((a, b) => a.violations.length - b.violations.length || a.chain.length - b.chain.length);
}

type Way = { readonly chain: readonly Certificate[]; readonly anchor: Certificate };

type Search = {
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly size: number;
  readonly candidates: Candidates;
  readonly issuers: Map<Certificate, Promise<Issuers>>;
};

/** What a run's last search knows of its pool: a file's certificates are looked for in the same one. */
const SEARCHES = new WeakMap<SignatureCache, Search>();

function searchOf(pool: readonly Certificate[], anchors: readonly Certificate[], cache: SignatureCache): Search {
  const known = SEARCHES.get(cache);
  const size = pool.length + anchors.length;
  if (known !== undefined && known.pool === pool && known.anchors === anchors && known.size === size) return known;
  const search = { pool, anchors, size, candidates: newCandidates(pool, anchors), issuers: new Map() };
  SEARCHES.set(cache, search);
  return search;
}

/** Breadth first. @param kind `unsigned` follows names where no signature fits */
async function follow(
  target: Certificate,
  { candidates, issuers }: Search,
  kind: keyof Issuers,
  cache: SignatureCache,
): Promise<Way[]> {
  const ways: Way[] = [];
  const most = kind === "signed" ? MAX_PATHS : MAX_BROKEN_PATHS;
  const queue: (readonly Certificate[])[] = [[target]];
  // An array hands out what is added while it is walked.
  for (const chain of queue) {
    const last = chain[chain.length - 1] as Certificate;
    let found = issuers.get(last);
    if (found === undefined) {
      found = findIssuers(last, candidates, cache);
      issuers.set(last, found);
    }
    const { signed, unsigned } = await found;
    const next = signed.length > 0 || kind === "signed" ? signed : unsigned;
    if (!cache.spend(STEP_WORK + next.length * chain.length)) break;
    for (const { certificate, anchor } of next) {
      if (anchor && !isDetour(chain, certificate)) ways.push({ chain, anchor: certificate });
      if (ways.length === most) return ways;
      if (anchor || queue.length >= MAX_STEPS || chain.length >= MAX_CHAIN) continue;
      if (!chain.some((known) => isSameKey(known, certificate))) queue.push([...chain, certificate]);
    }
  }
  return ways;
}

/** The anchor's own name and key stand on the way already: the way without that certificate is the same, and shorter. */
function isDetour(chain: readonly Certificate[], anchor: Certificate): boolean {
  return chain.some((certificate, index) => index > 0 && isSameKey(certificate, anchor));
}

/** Two certificates about one name and key (RFC 4158 §2.4.1): a way that passes both runs in a circle. */
function isSameKey(a: Certificate, b: Certificate): boolean {
  return equal(a.spki, b.spki) && namesMatch(a.subject, b.subject);
}
