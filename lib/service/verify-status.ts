import type { CertificateFacts, Facts, RevocationFacts, SignerFacts, TimestampFacts } from "../facts/facts.ts";

/** What a verdict lacks and a network could give. Certificates are named by the SHA-256 of their DER, hex. */
export type Wanted =
  | {
      readonly kind: "ocsp";
      readonly certificate: string;
      readonly issuer: string;
      /** Content octets of the INTEGER, hex. */
      readonly serial: string;
      readonly urls: readonly string[];
    }
  | { readonly kind: "crl"; readonly certificate: string; readonly urls: readonly string[] }
  | { readonly kind: "issuer"; readonly certificate: string; readonly urls: readonly string[] };

/** Where nothing else is known, a statement without an end is good for a day (RFC 5019 §6.1 has responders say when). */
const WITHOUT_END_MS = 86_400_000;

/**
 * What is missing in the facts: statuses of certificates on the way from a signer to an anchor, and issuers where no way was found. Each
 * certificate once; signers before timestamps before those who vouch for statuses.
 *
 * @param at the moment that a verdict is asked for, ms
 */
export function wantedStatus(facts: Facts, at: number): readonly Wanted[] {
  const wanted: Wanted[] = [];
  const seen = new Set<string>();
  const queue = signersOf(facts);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { certificate, issuer } = next;
    const found = facts.certificates[certificate];
    if (seen.has(certificate) || found === undefined || found.anchor) continue;
    seen.add(certificate);
    const statements = facts.revocation.filter((one) => one.certificate === certificate && isUsable(one));
    for (const { signer } of statements) if (signer !== null) queue.push({ certificate: signer });
    const [path] = found.paths;
    if (path === undefined || path.violations.length > 0) {
      const urls = onTheWeb(found.caIssuersUris);
      if (urls.length > 0 && path === undefined) wanted.push({ kind: "issuer", certificate, urls });
      continue;
    }
    const above = issuer ?? path.certificates[1] ?? path.anchor;
    path.certificates.slice(1).forEach((name, index) => {
      queue.push({ certificate: name, issuer: path.certificates[index + 2] ?? path.anchor });
    });
    if (needsStatus(found) && !statements.some((one) => isFresh(one, at)))
      wanted.push(...asked(certificate, above, found));
  }
  return wanted;
}

type Named = { readonly certificate: string; readonly issuer?: string };

function signersOf({ signatures, documentTimestamps }: Facts): Named[] {
  const people: (string | null)[] = [];
  const stamps: (string | null)[] = [];
  const signerOf = ({ certificate }: SignerFacts) => certificate;
  const stamp = (token: TimestampFacts) => (token.ok ? signerOf(token.signer) : null);
  for (const { container } of signatures) {
    if (!container.ok) continue;
    if (container.cms.signer !== null) people.push(signerOf(container.cms.signer));
    stamps.push(...container.cms.timestamps.map(stamp));
  }
  stamps.push(...documentTimestamps.map(({ timestamp }) => stamp(timestamp)));
  return [...people, ...stamps].flatMap((certificate) => (certificate === null ? [] : [{ certificate }]));
}

/** A certificate whose issuer says that nobody need ask, or names nobody to ask, is not asked about. */
function needsStatus({ shortTerm, noRevAvail, ocspNoCheck }: CertificateFacts): boolean {
  return !shortTerm && !noRevAvail && !ocspNoCheck;
}

function asked(certificate: string, issuer: string, found: CertificateFacts): Wanted[] {
  const [ocsp, crl] = [onTheWeb(found.ocspUris), onTheWeb(found.crlUris)];
  return [
    ...(ocsp.length === 0 ? [] : [{ kind: "ocsp", certificate, issuer, serial: found.serial, urls: ocsp } as const]),
    ...(crl.length === 0 ? [] : [{ kind: "crl", certificate, urls: crl } as const]),
  ];
}

const onTheWeb = (uris: readonly string[]): readonly string[] => uris.filter((uri) => /^https?:\/\//i.test(uri));

function isUsable({ signature, authority, problems, status }: RevocationFacts): boolean {
  return signature === "valid" && authority !== "none" && problems.length === 0 && status !== "unknown";
}

/** Revoked is revoked for ever; what says "good" says so for its time. */
function isFresh({ status, nextUpdate, thisUpdate }: RevocationFacts, at: number): boolean {
  const until = nextUpdate === null ? Date.parse(thisUpdate) + WITHOUT_END_MS : Date.parse(nextUpdate);
  return status === "revoked" || until >= at;
}
