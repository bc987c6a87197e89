import * as OID from "../asn1/oids.ts";
import { toLatin1 } from "../bytes/bytes.ts";
import { quietly } from "../fault/quietly.ts";
import type { Crl } from "../revocation/crl.ts";
import type { BasicOcspResponse } from "../revocation/ocsp-read.ts";
import { crlDistributionPoints } from "../x509/access.ts";
import type { Certificate } from "../x509/certificate.ts";
import { nameKey } from "../x509/name-match.ts";
import { extendedKeyUsage } from "../x509/usages.ts";
import type { Material } from "./material.ts";

/** What may say something about a certificate, so that nobody asks every CRL and every response about every certificate. */
export type Candidates = {
  readonly crlsAbout: (certificate: Certificate) => readonly Material["crls"][number][];
  readonly ocspsAbout: (certificate: Certificate) => readonly Material["ocsps"][number][];
  /** Certificates with the name of the CRL's issuer. */
  readonly crlSigners: (crl: Crl) => readonly Certificate[];
  /** Certificates that the issuer meant for OCSP. */
  readonly responders: (issuer: Certificate) => readonly Certificate[];
};

export function newCandidates(
  { crls, ocsps }: Material,
  pool: readonly Certificate[],
  anchors: readonly Certificate[],
): Candidates {
  const crlsByIssuer = groups(crls, ({ value }) => [nameKey(value.issuer)]);
  const ocspsBySerial = groups(ocsps, ({ value }) => serialsOf(value));
  // Without revocation data nobody asks for signers of any.
  const bySubject = crls.length === 0 ? NONE : groups([...pool, ...anchors], ({ subject }) => [nameKey(subject)]);
  const byIssuer = ocsps.length === 0 ? NONE : groups(pool.filter(isForOcsp), ({ issuer }) => [nameKey(issuer)]);
  return {
    crlsAbout: (certificate) => {
      if (crls.length === 0) return [];
      const issuers = new Set([nameKey(certificate.issuer), ...crlIssuers(certificate)]);
      return [...issuers].flatMap((name) => crlsByIssuer.get(name) ?? []);
    },
    ocspsAbout: ({ serial }) => (ocsps.length === 0 ? [] : (ocspsBySerial.get(toLatin1(serial)) ?? [])),
    crlSigners: ({ issuer }) => bySubject.get(nameKey(issuer)) ?? [],
    responders: ({ subject }) => byIssuer.get(nameKey(subject)) ?? [],
  };
}

const NONE: ReadonlyMap<string, readonly Certificate[]> = new Map();

function groups<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = found.get(key);
      if (group === undefined) found.set(key, [item]);
      else group.push(item);
    }
  }
  return found;
}

/** Each once. */
function serialsOf({ singles }: BasicOcspResponse): string[] {
  return [...new Set(singles.map(({ certId }) => toLatin1(certId.serial)))];
}

/** Those to whom the certificate's issuer left it to list what is revoked (RFC 5280 §4.2.1.13). */
function crlIssuers(certificate: Certificate): string[] {
  const points = quietly(() => crlDistributionPoints(certificate)) ?? [];
  return points.flatMap(({ crlIssuer = [] }) =>
    crlIssuer.flatMap((name) => (name.kind === "directory" ? [nameKey(name.name)] : [])),
  );
}

function isForOcsp(certificate: Certificate): boolean {
  return quietly(() => extendedKeyUsage(certificate)?.includes(OID.ocspSigning)) === true;
}
