import { digest } from "#crypto";
import { toHex } from "../bytes/hex.ts";
import type { Certificate } from "./certificate.ts";

const KNOWN = new WeakMap<Certificate, string>();

/** SHA-256 of the whole certificate, lower-case hex: the same certificate read twice has the same. Computed once an object. */
export function fingerprint(certificate: Certificate): string {
  const known = KNOWN.get(certificate);
  if (known !== undefined) return known;
  const found = toHex(digest("SHA-256", certificate.raw));
  KNOWN.set(certificate, found);
  return found;
}

/** For whoever has computed it already, from the octets that the certificate was read from. @param sha256 lower-case hex */
export function rememberFingerprint(certificate: Certificate, sha256: string): void {
  KNOWN.set(certificate, sha256);
}
