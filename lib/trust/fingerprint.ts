import { digest } from "#crypto";
import { toHex } from "../bytes/hex.ts";
import type { Certificate } from "../x509/certificate.ts";

/** How an anchor is named everywhere: SHA-256 of the certificate's DER, lower-case hex. */
export function fingerprint({ raw }: Pick<Certificate, "raw">): string {
  return toHex(digest("SHA-256", raw));
}

/** What people copy from a gazette or a browser: either case, colons or spaces between. @returns undefined for anything else */
export function parseFingerprint(text: string): string | undefined {
  const hex = text.replace(/[:\s]/g, "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : undefined;
}
