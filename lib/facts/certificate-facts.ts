import * as OID from "../asn1/oids.ts";
import { toHex } from "../bytes/hex.ts";
import { signatureAlgorithmOf } from "../crypto/algorithms.ts";
import { readPublicKey } from "../crypto/public-key.ts";
import { quietly } from "../fault/quietly.ts";
import { readingOf } from "../path/reading.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import { authorityInfoAccess, crlDistributionPoints } from "../x509/access.ts";
import type { Certificate } from "../x509/certificate.ts";
import { findExtension } from "../x509/extension.ts";
import { qcStatements } from "../x509/qc-statements.ts";
import { extendedKeyUsage } from "../x509/usages.ts";
import type { AnchorFacts, CertificateFacts, PathFacts } from "./facts.ts";
import { nameFacts } from "./name-facts.ts";
import { algorithmFacts, isoTime, optionalTime } from "./plain.ts";

/** What a certificate says about itself. An extension that cannot be read says nothing here, and breaks every path with it. */
export function certificateFacts(
  certificate: Certificate,
  { anchor, paths }: { readonly anchor: boolean; readonly paths: readonly PathFacts[] },
): CertificateFacts {
  const own = KNOWN.get(certificate) ?? ownFacts(certificate);
  KNOWN.set(certificate, own);
  return { ...own, anchor, paths };
}

type OwnFacts = Omit<CertificateFacts, "anchor" | "paths">;

/** Anchors and other authorities stay for the next file. */
const KNOWN = new WeakMap<Certificate, OwnFacts>();

function ownFacts(certificate: Certificate): OwnFacts {
  const reading = readingOf(certificate);
  const has = (oid: string) => findExtension(certificate, oid) !== undefined;
  return {
    subject: nameFacts(certificate.subject),
    issuer: nameFacts(certificate.issuer),
    serial: toHex(certificate.serial),
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    key: keyFacts(certificate),
    signatureAlgorithm: algorithmFacts(quietly(() => signatureAlgorithmOf(certificate.signatureAlgorithm))),
    selfIssued: reading.selfIssued,
    keyUsage: reading.keyUsage ?? null,
    extendedKeyUsage: quietly(() => extendedKeyUsage(certificate)) ?? null,
    policies: reading.policies?.map(({ policy }) => policy) ?? [],
    qcStatements: quietly(() => qcStatements(certificate))?.map(({ id }) => id) ?? [],
    shortTerm: has(OID.validityAssuredShortTerm),
    noRevAvail: has(OID.noRevAvail),
    ocspNoCheck: has(OID.ocspNoCheck),
    crlUris: crlUris(certificate),
    ...access(certificate),
  };
}

export function anchorFacts(anchor: TrustAnchor): AnchorFacts {
  const { certificate } = anchor;
  return {
    subject: nameFacts(certificate.subject),
    class: anchor.class,
    source: anchor.source,
    from: optionalTime(anchor.from),
    until: optionalTime(anchor.until),
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    managingUnit: anchor.managingUnit ?? null,
    test: anchor.test,
    uses: anchor.uses,
  };
}

function keyFacts({ spki }: Certificate): CertificateFacts["key"] {
  const key = quietly(() => readPublicKey(spki));
  if (key === undefined) return null;
  return { kind: key.kind, bits: key.bits, curve: "curve" in key ? key.curve : null };
}

function crlUris(certificate: Certificate): string[] {
  const points = quietly(() => crlDistributionPoints(certificate)) ?? [];
  return points.flatMap(({ fullName = [] }) => fullName.flatMap((name) => (name.kind === "uri" ? [name.value] : [])));
}

function access(certificate: Certificate): Pick<CertificateFacts, "ocspUris" | "caIssuersUris"> {
  const ocspUris: string[] = [];
  const caIssuersUris: string[] = [];
  for (const { method, location } of quietly(() => authorityInfoAccess(certificate)) ?? []) {
    if (location.kind !== "uri") continue;
    if (method === OID.ocsp) ocspUris.push(location.value);
    if (method === OID.caIssuers) caIssuersUris.push(location.value);
  }
  return { ocspUris, caIssuersUris };
}
