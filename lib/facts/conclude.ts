import { newSignatureCache } from "../path/signature-cache.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import type { Certificate } from "../x509/certificate.ts";
import { fingerprint } from "../x509/fingerprint.ts";
import { newCandidates } from "./candidates.ts";
import { anchorFacts, certificateFacts } from "./certificate-facts.ts";
import type { AnchorFacts, CertificateFacts, Facts } from "./facts.ts";
import { newPaths, type Paths, pathFacts } from "./path-facts.ts";
import { revocationFacts } from "./revocation-facts.ts";
import type { Run } from "./run.ts";

/** Facts, and the certificates that they name, by SHA-256 in hex. */
export type Gathered = { readonly facts: Facts; readonly certificates: ReadonlyMap<string, Certificate> };

export type Concluded = Pick<Facts, "certificates" | "revocation" | "anchors"> & {
  readonly parsed: Gathered["certificates"];
};

/** Signatures of certificates, in units of the cache, besides those for each signature. */
const VERIFICATIONS = 2048;
const VERIFICATIONS_EACH = 8;

/** Looks for ways from all who signed anything to the anchors, and for what is said about the certificates on the way. */
export async function conclude(run: Run, anchors: readonly TrustAnchor[]): Promise<Concluded> {
  const { pool } = run.certificates;
  const trusted = anchors.map(({ certificate }) => certificate);
  const cache = newSignatureCache(VERIFICATIONS + VERIFICATIONS_EACH * run.size);
  const paths = newPaths(pool, trusted, cache);
  const found = [];
  for (const target of run.targets) found.push(...(await paths.find(target)));
  const candidates = newCandidates(run.material, pool, trusted);
  const { facts, signers } = await revocationFacts(found, { material: run.material, candidates, paths, cache });
  return { revocation: facts, ...named([...run.targets, ...signers], paths, anchors) };
}

/** Facts about every certificate that anything names. */
function named(
  signers: readonly Certificate[],
  paths: Paths,
  anchors: readonly TrustAnchor[],
): Omit<Concluded, "revocation"> {
  const parsed = new Map<string, Certificate>();
  const enter = (certificate: Certificate) => parsed.set(fingerprint(certificate), certificate);
  const ends = new Set<string>();
  for (const signer of signers) enter(signer);
  for (const { chain, anchor } of [...paths.known.values()].flat()) {
    for (const certificate of chain) enter(certificate);
    enter(anchor);
    ends.add(fingerprint(anchor));
  }
  const trusted = new Map(anchors.map((anchor) => [fingerprint(anchor.certificate), anchor]));
  const certificates: Record<string, CertificateFacts> = {};
  for (const [id, certificate] of parsed) {
    const ways = (paths.known.get(certificate) ?? []).map(pathFacts);
    certificates[id] = certificateFacts(certificate, { anchor: trusted.has(id), paths: ways });
  }
  const reached: Record<string, AnchorFacts> = {};
  for (const id of ends) {
    const anchor = trusted.get(id);
    if (anchor !== undefined) reached[id] = anchorFacts(anchor);
  }
  return { certificates, anchors: reached, parsed };
}
