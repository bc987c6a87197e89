import type { CertificateFacts, CmsFacts, SignatureFacts, SignerFacts } from "../facts/facts.ts";
import { acceptableUntil, hashUntil } from "./algorithms.ts";
import { type ChainState, judgeChain } from "./chain.ts";
import type { SignatureReport } from "./report.ts";
import { judgeTimestamp, type TimestampState } from "./timestamps.ts";
import { certificateOf, ms, optionalMs, provenBy, type World } from "./world.ts";

/** One signature with everything that rules ask of it. */
export type Subject = {
  readonly world: World;
  readonly signature: SignatureFacts;
  readonly cms: CmsFacts | null;
  readonly signer: SignerFacts | null;
  readonly certificate: CertificateFacts | null;
  readonly integrity: SignatureReport["integrity"];
  readonly coverage: SignatureReport["coverage"];
  /** Over this signature, the document timestamps that cover it included. */
  readonly timestamps: readonly TimestampState[];
  /** What the signer says, ms and as written. */
  readonly claimed: number | null;
  readonly claimedText: string | null;
  /** The earliest proof that the signature existed, ms. */
  readonly proven: number | null;
  /** The anchor of whoever proves the time is of a test. */
  readonly testTime: boolean;
  /** `proven`, or else `at` (EN 319 102-1 §5.5.4: best-signature-time). */
  readonly best: number;
  /** It was made after that moment: it covers what was stamped then. ms; -Infinity where nothing is known. */
  readonly after: number;
  /** Judged for now, and where that fails for `best`. */
  readonly chain: ChainState | null;
  /** Until when the algorithms of the signature itself are acceptable, ms. */
  readonly algorithmsUntil: number;
};

/** What a signature and those before it prove, before it is judged. */
export type Stamped = { readonly signature: SignatureFacts; readonly tokens: readonly TimestampState[] };

export function stampedOf(world: World, signature: SignatureFacts): Stamped {
  const { container, cover } = signature;
  const tokens = container.ok
    ? container.cms.timestamps.map((fact) => judgeTimestamp(world, fact, null, cover.stampedBy))
    : [];
  return { signature, tokens };
}

export function subjectOf(
  world: World,
  { signature, tokens }: Stamped,
  all: readonly Stamped[],
  documents: readonly TimestampState[],
): Subject {
  const cms = signature.container.ok ? signature.container.cms : null;
  const signer = cms?.signer ?? null;
  const certificate = certificateOf(world, signer?.certificate ?? null);
  const timestamps = [...tokens, ...signature.cover.stampedBy.flatMap((index) => documents[index] ?? [])];
  const first = earliest(timestamps);
  const proven = first?.time ?? null;
  const best = proven === null ? world.at : Math.min(proven, world.at);
  const claimedText = signature.claimed?.time ?? signer?.signingTime ?? null;
  return {
    world,
    signature,
    cms,
    signer,
    certificate,
    integrity: integrityOf(signature, cms, signer),
    coverage: coverageOf(signature),
    timestamps,
    claimed: optionalMs(claimedText),
    claimedText,
    proven,
    testTime: first?.chain?.anchor?.test ?? false,
    best,
    after: madeAfter(world, signature, all, documents),
    chain: certificate === null ? null : signerChain(world, signature, signer?.certificate ?? "", best),
    algorithmsUntil:
      signer === null ? Number.NEGATIVE_INFINITY : algorithmsUntil(world, signature, signer, certificate),
  };
}

function signerChain(world: World, signature: SignatureFacts, target: string, best: number): ChainState {
  // A signature timestamp proves the signature and, by its reference, the signer's certificate; the others only what covers the file.
  const moments = { freshAt: best, existed: best, othersExisted: provenBy(world, signature.cover.stampedBy) };
  const now = judgeChain(world, target, "signature", { t: world.at, ...moments });
  return now.sub === null || best >= world.at ? now : judgeChain(world, target, "signature", { t: best, ...moments });
}

function algorithmsUntil(
  { policy }: World,
  { subFilter }: SignatureFacts,
  signer: SignerFacts,
  certificate: CertificateFacts | null,
): number {
  // Whatever the signature uses, this kind takes the SHA-1 of the file.
  const file = subFilter === SHA1_INSIDE ? hashUntil(policy, "SHA-1") : Number.POSITIVE_INFINITY;
  const digest = signer.digestAlgorithm === null ? Number.POSITIVE_INFINITY : hashUntil(policy, signer.digestAlgorithm);
  return Math.min(file, digest, acceptableUntil(policy, signer.signatureAlgorithm, certificate?.key ?? null));
}

function earliest(timestamps: readonly TimestampState[]): TimestampState | null {
  let first: TimestampState | null = null;
  for (const state of timestamps)
    if (state.sub === null && (first === null || (state.time ?? 0) < (first.time ?? 0))) first = state;
  return first;
}

/** A signature over an earlier save covers its timestamps; it is younger than the youngest of them. */
function madeAfter(
  { facts }: World,
  { cover }: SignatureFacts,
  all: readonly Stamped[],
  documents: readonly TimestampState[],
): number {
  let after = Number.NEGATIVE_INFINITY;
  if (cover.revision === null || cover.problems.length > 0) return after;
  const consider = (revision: number | null, state: TimestampState | undefined): void => {
    if (state?.sub === null && state.time !== null && revision !== null && revision < (cover.revision ?? 0))
      after = Math.max(after, state.time);
  };
  for (const { signature, tokens } of all) for (const token of tokens) consider(signature.cover.revision, token);
  for (const [index, { cover: earlier }] of facts.documentTimestamps.entries())
    consider(earlier.revision, documents[index]);
  return after;
}

export function coverageOf({ cover }: SignatureFacts): Subject["coverage"] {
  if (cover.problems.length > 0) return "anomalous";
  if (cover.wholeFile) return "whole-file";
  return cover.revision === null ? "anomalous" : "earlier-revision";
}

/** The only kind of CMS in a PDF that carries what it signs: the SHA-1 of the file (ISO 32000-1 table 252). */
export const SHA1_INSIDE = "adbe.pkcs7.sha1";
/** Detached signatures come without a dictionary. */
const KNOWN = [null, "ETSI.CAdES.detached", "adbe.pkcs7.detached", SHA1_INSIDE];
export const isKnownKind = (subFilter: string | null): boolean => KNOWN.includes(subFilter);

/** Grades of a signed attribute of which there must be one that can be read. */
const BAD_GRADES = ["missing", "repeated", "malformed"];
export const isBadGrade = (grade: string): boolean => BAD_GRADES.includes(grade);

function integrityOf(
  { subFilter, container }: SignatureFacts,
  cms: CmsFacts | null,
  signer: SignerFacts | null,
): Subject["integrity"] {
  if (!isKnownKind(subFilter)) return "unsupported";
  if (cms === null) return !container.ok && container.code === "algorithm_unsupported" ? "unsupported" : "broken";
  if (signer === null || !isWellFormed(subFilter, cms, signer)) return "broken";
  if (signer.messageDigest === "mismatch" || signer.signature === "invalid") return "broken";
  const computed = signer.messageDigest === "match" || signer.messageDigest === "unneeded";
  return computed && signer.signature === "valid" ? "intact" : "unsupported";
}

function isWellFormed(subFilter: string | null, cms: CmsFacts, signer: SignerFacts): boolean {
  return (
    cms.signers === 1 &&
    (!cms.encapsulates || subFilter === SHA1_INSIDE) &&
    signer.signedAttributes !== "not-der" &&
    !signer.confusable &&
    !isBadGrade(signer.contentType) &&
    signer.contentType !== "mismatch" &&
    !isBadGrade(signer.messageDigest) &&
    signer.algorithmProtection !== "mismatch" &&
    signer.algorithmProtection !== "malformed"
  );
}

/** When the certificate at fault was revoked, if that was not after the moment that is told of the signature (App. II 1.1). */
export function wasRevokedAlready({ chain, proven, claimed, world }: Subject): boolean {
  const revoked = chain?.sub === "REVOKED_NO_POE" || chain?.sub === "REVOKED_CA_NO_POE";
  return revoked && chain.since !== null && chain.since <= (proven ?? claimed ?? world.at);
}

export const startOf = (certificate: CertificateFacts): number => ms(certificate.notBefore);
export const endOf = (certificate: CertificateFacts): number => ms(certificate.notAfter);
