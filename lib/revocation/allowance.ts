import type { Certificate } from "../x509/certificate.ts";

/**
 * What one run (one file, say) may still spend on signatures, so that a file with thousands of responses by made-up responders costs
 * seconds and no more. The cache of signatures in lib/path is one.
 */
export type Allowance = {
  /** Takes work, in units of about 0.1 µs. False when the allowance is used up. */
  spend(work: number): boolean;
  /** Whether a key signed a certificate, `valid` or anything else: where it is there, nobody computes that a second time. */
  check?(certificate: Certificate, spki: Uint8Array): string | Promise<string>;
};

/** An ECDSA verification, or an RSA one of up to 3,072 bits, takes some 100 µs; RSA grows with the square of the key. */
const VERIFICATION = 1000;
/** Octets that are hashed in the time of one unit. */
const HASHED = 64;

export function costOfVerifying(spki: Uint8Array, message: Uint8Array): number {
  return VERIFICATION * (1 + Math.floor((spki.length / 512) ** 2)) + Math.ceil(message.length / HASHED);
}
