import { equal } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import { authorityKeyIdentifier, subjectKeyIdentifier } from "../x509/key-identifiers.ts";
import { nameKey, namesMatch } from "../x509/name-match.ts";
import { basicConstraints } from "../x509/usages.ts";

/** A certificate that may have issued another. Anchors come from the caller's list only, whatever the file holds. */
export type Candidate = { readonly certificate: Certificate; readonly anchor: boolean };

/** By the names of their subjects (RFC 5280 §7.1). */
export type Candidates = ReadonlyMap<string, readonly Candidate[]>;

/** Each certificate once, however often the pool has it; one that is also an anchor is the anchor. */
export function newCandidates(pool: readonly Certificate[], anchors: readonly Certificate[]): Candidates {
  const found = new Map<string, Candidate[]>();
  const seen = new Set<string>();
  const add = (certificate: Certificate, anchor: boolean) => {
    const identity = fingerprint(certificate);
    if (seen.has(identity)) return;
    seen.add(identity);
    const name = nameKey(certificate.subject);
    const others = found.get(name);
    if (others === undefined) found.set(name, [{ certificate, anchor }]);
    else others.push({ certificate, anchor });
  };
  for (const certificate of anchors) add(certificate, true);
  for (const certificate of pool) add(certificate, false);
  return found;
}

/** Those whose subject is the issuer of a certificate, the likeliest first. */
export function candidatesFor(certificate: Certificate, candidates: Candidates): readonly Candidate[] {
  const found = candidates.get(nameKey(certificate.issuer)) ?? [];
  if (found.length < 2) return found;
  const ranked = found.map((candidate) => ({ candidate, rank: rankOf(certificate, candidate) }));
  // Sorting keeps the order of equals: anchors stand first.
  return ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ candidate }) => candidate);
}

/**
 * What tells likely issuers from unlikely ones; less is better. None of it decides anything: identifiers are hints (RFC 5280 §4.2.1.1),
 * and an issuer whose validity had not begun, or was over, when it issued is looked at last, not left out.
 */
function rankOf(certificate: Certificate, { certificate: issuer, anchor }: Candidate): readonly number[] {
  const { authority } = linksOf(certificate);
  const { subjectKey, isCa } = linksOf(issuer);
  const covers = issuer.notBefore <= certificate.notBefore && certificate.notBefore <= issuer.notAfter;
  return [
    keyRank(authority?.keyIdentifier, subjectKey),
    serialRank(certificate, issuer),
    anchor ? 0 : 1,
    isCa ? 0 : 1,
    covers ? 0 : 1,
    -issuer.notAfter,
  ];
}

/** Named and the same; not to be told; named and another. */
function keyRank(wanted: Uint8Array | undefined, has: Uint8Array | undefined): number {
  if (wanted === undefined || has === undefined) return 1;
  return equal(wanted, has) ? 0 : 2;
}

function serialRank(certificate: Certificate, issuer: Certificate): number {
  const { serial, issuer: names } = linksOf(certificate).authority ?? {};
  if (serial === undefined || names === undefined) return 1;
  // The one name there ever is.
  const [name] = names;
  const named = name?.kind === "directory" && namesMatch(name.name, issuer.issuer);
  return named && equal(serial, issuer.serial) ? 0 : 2;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

type Links = {
  readonly authority: ReturnType<typeof authorityKeyIdentifier>;
  readonly subjectKey: Uint8Array | undefined;
  readonly isCa: boolean;
};

const KNOWN = new WeakMap<Certificate, Links>();

/** What cannot be read is no hint; that it cannot be read is a violation, found by `checkPath`. */
function linksOf(certificate: Certificate): Links {
  const known = KNOWN.get(certificate);
  if (known !== undefined) return known;
  const attempt = <T>(reader: (holder: Certificate) => T): T | undefined => {
    try {
      return reader(certificate);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return undefined;
    }
  };
  const links = {
    authority: attempt(authorityKeyIdentifier),
    subjectKey: attempt(subjectKeyIdentifier),
    isCa: attempt(basicConstraints)?.ca === true,
  };
  KNOWN.set(certificate, links);
  return links;
}

/** An issuer that the certificate names by another key than it has. */
export function isOtherKey(certificate: Certificate, issuer: Certificate): boolean {
  return keyRank(linksOf(certificate).authority?.keyIdentifier, linksOf(issuer).subjectKey) === 2;
}
