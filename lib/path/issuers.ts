import { equal } from "../bytes/bytes.ts";
import type { Certificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import { type Candidate, type Candidates, candidatesFor, isOtherKey } from "./candidates.ts";
import type { SignatureCache } from "./signature-cache.ts";
import { lacksParameters } from "./working-key.ts";

/** Where the search can go on from a certificate. */
export type Issuers = {
  /** Their key signed it, or cannot be told before the whole path is known. The likeliest first. */
  readonly signed: readonly Candidate[];
  /** Of its issuer's name, and not said to have another key; but theirs did not sign it, or that cannot be computed. */
  readonly unsigned: readonly Candidate[];
};

/**
 * Different keys under one name that are tried on one certificate, the likeliest first: as many as a file may have certificates. An
 * authority has a handful in its life, and certificates without key identifiers are rare; what all this may cost a run, its
 * `SignatureCache` bounds.
 */
const MAX_KEYS = 512;

/** A certificate is verified until a key fits: it cannot have been signed by two, so that candidates with other keys are left alone. */
export async function findIssuers(
  certificate: Certificate,
  candidates: Candidates,
  cache: SignatureCache,
): Promise<Issuers> {
  // That a certificate signed itself leads nowhere.
  const self = fingerprint(certificate);
  const all = candidatesFor(certificate, candidates).filter((other) => fingerprint(other.certificate) !== self);
  const unsigned: Candidate[] = [];
  const tried: Uint8Array[] = [];
  for (const candidate of all) {
    const { spki } = candidate.certificate;
    if (tried.some((key) => equal(key, spki))) continue;
    if (tried.length === MAX_KEYS) break;
    tried.push(spki);
    if (lacksParameters(spki) || (await cache.check(certificate, spki)) === "valid")
      return { signed: all.filter((other) => equal(other.certificate.spki, spki)), unsigned: [] };
    if (!isOtherKey(certificate, candidate.certificate)) unsigned.push(candidate);
  }
  return { signed: [], unsigned };
}
