import * as OID from "../asn1/oids.ts";
import { quietly } from "../fault/quietly.ts";
import { readingOf } from "../path/reading.ts";
import type { Certificate } from "../x509/certificate.ts";
import { extendedKeyUsage } from "../x509/usages.ts";

/** Authorities that are remembered, the last ones asked about; with those of a whole country it is one megabyte. */
const MAX_KEPT = 256;
/** Octets of a certificate that is remembered: those of authorities have one to two thousand. */
const MAX_OCTETS = 4096;

/** By the SHA-256 of the whole certificate: what is remembered is what was read, and nothing else has that name. */
const KEPT = new Map<string, Certificate>();

/**
 * Certificates of CAs, TSAs and responders are met in file after file; with the object everything is remembered that was found out
 * about it. Those of people are not kept.
 */
export function knownAuthority(sha256: string): Certificate | undefined {
  const found = KEPT.get(sha256);
  if (found === undefined) return undefined;
  // To the end of the row: what was not asked for longest goes first.
  KEPT.delete(sha256);
  KEPT.set(sha256, found);
  return found;
}

export function rememberAuthority(sha256: string, certificate: Certificate): void {
  if (certificate.raw.length > MAX_OCTETS || !isAuthority(certificate)) return;
  KEPT.set(sha256, certificate);
  const [oldest] = KEPT.size > MAX_KEPT ? KEPT.keys() : [];
  if (oldest !== undefined) KEPT.delete(oldest);
}

function isAuthority(certificate: Certificate): boolean {
  if (readingOf(certificate).basicConstraints?.ca === true) return true;
  const purposes = quietly(() => extendedKeyUsage(certificate)) ?? [];
  return purposes.includes(OID.timeStamping) || purposes.includes(OID.ocspSigning);
}
