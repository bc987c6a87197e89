import { readDer } from "../asn1/read.ts";
import { equal } from "../bytes/bytes.ts";
import { quietly } from "../fault/quietly.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { subjectKeyIdentifier } from "../x509/key-identifiers.ts";
import { readName } from "../x509/name.ts";
import { namesMatch } from "../x509/name-match.ts";
import { type CertificateId, certificateId } from "./certificate-id.ts";
import type { SignerId } from "./read.ts";
import { type EssCertId, namesCertificate } from "./signing-certificate.ts";

/** Which certificate a signer claims. */
export type Claimed = {
  readonly certificate: Uint8Array;
  /** Whether the SignerInfo names it too, or only signing-certificate does. */
  readonly identified: boolean;
};

/**
 * Looks for the certificate of a signer: among those that the SignerInfo names, the one whose hash signing-certificate states, for
 * issuer and serial number can be put on a second certificate by anyone (EN 319 102-1 §5.2.3). Without that attribute, or where no
 * hash fits, the first that is named; a wrong hash is then a fact about it.
 *
 * @param pool certificates in DER; what is no certificate is passed over
 * @returns undefined where there is none
 */
export function findSignerCertificate(
  id: SignerId,
  reference: EssCertId | undefined,
  pool: readonly Uint8Array[],
): Claimed | undefined {
  // A certificate that cannot be read is no candidate.
  const named = pool.filter((certificate) => quietly(() => isNamed(id, certificate)));
  const isReferred = (certificate: Uint8Array) =>
    reference !== undefined && quietly(() => namesCertificate(reference, certificate)) === true;
  const best = named.length === 1 ? named[0] : (named.find(isReferred) ?? named[0]);
  if (best !== undefined) return { certificate: best, identified: true };
  const certificate = pool.find(isReferred);
  return certificate === undefined ? undefined : { certificate, identified: false };
}

/**
 * Whether issuer and serial number are the same. Names are compared by RFC 5280 §7.1 where their octets differ: some signers write
 * the issuer anew with other string types.
 *
 * @throws Fault `der_malformed`, `x509_malformed`
 */
export function sameCertificate(a: CertificateId, b: CertificateId): boolean {
  if (!equal(a.serial, b.serial)) return false;
  return equal(a.issuer, b.issuer) || namesMatch(readName(readDer(a.issuer)), readName(readDer(b.issuer)));
}

function isNamed(id: SignerId, certificate: Uint8Array): boolean {
  if (!("keyId" in id)) return sameCertificate(id, certificateId(certificate));
  const keyId = subjectKeyIdentifier(parseCertificate(certificate));
  return keyId !== undefined && equal(keyId, id.keyId);
}
