import { Fault } from "../fault/fault.ts";

/** Certificates of one file besides those of {@link CERTIFICATES_EACH}: an archive of a long chain has about a hundred. */
const CERTIFICATES = 512;
/** Certificates for each signature and each timestamp: a signer's own, and a chain that nobody else has. */
const CERTIFICATES_EACH = 8;

/** Timestamps over one signature: renewed once a year for a generation. */
export const MAX_TIMESTAMPS = 32;

/** Document timestamps of one file: each needs the one before it, and that once in some years. */
export const MAX_DOCUMENT_TIMESTAMPS = 128;

/** CRLs and OCSP responses of one file, each counted once. */
export const MAX_REVOCATION_OBJECTS = 1024;
/** Octets of all of them together: a CRL of a national CA has some megabytes. */
export const MAX_REVOCATION_OCTETS = 128 * 1024 * 1024;

/** Statements about certificates that CRLs and responses make. Five hundred signers with three each are far below. */
export const MAX_STATEMENTS = 16_384;

/**
 * Octets that are hashed for all signatures of one file together, some three seconds of SHA-256. What signatures have in common from the
 * beginning of the file is counted once; a file of which they have nothing in common was made to cost time.
 */
export const MAX_COVERED = 4 * 1024 ** 3;

/**
 * Units of verification (lib/path/signature-cache.ts) for the signatures and timestamps of one file, those of certificates apart: one each
 * with ordinary keys, so that a thousand signatures may have five timestamps each; 17 with the largest RSA keys, some five seconds.
 */
export const MAX_SIGNATURE_WORK = 6000;

export function maxCertificates(signatures: number): number {
  return CERTIFICATES + CERTIFICATES_EACH * signatures;
}

/** @throws Fault `pdf_limit` */
export function atMost(count: number, most: number, of: string): void {
  if (count > most) throw new Fault("pdf_limit", `${count} ${of}, at most ${most}`);
}
