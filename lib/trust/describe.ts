import { fingerprint } from "../x509/fingerprint.ts";
import { formatName } from "../x509/name.ts";
import type { TrustAnchor } from "./anchor.ts";

/** An anchor for people and programs who want to know whom a verdict rests on (R3). */
export type DescribedAnchor = {
  readonly subject: string;
  /** SHA-256 of the certificate, hex. */
  readonly sha256: string;
  readonly class: TrustAnchor["class"];
  readonly source: string;
  /** ISO 8601; null is without end. */
  readonly from: string | null;
  readonly until: string | null;
  readonly managingUnit: string | null;
  readonly test: boolean;
  readonly uses: TrustAnchor["uses"];
  /** The certificate's own validity. */
  readonly notBefore: string;
  readonly notAfter: string;
};

export function describeAnchor(anchor: TrustAnchor): DescribedAnchor {
  const { certificate, class: signatureClass, source, from, until, managingUnit, test, uses } = anchor;
  const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
  return {
    subject: formatName(certificate.subject),
    sha256: fingerprint(certificate),
    class: signatureClass,
    source,
    from: iso(from),
    until: iso(until),
    managingUnit: managingUnit ?? null,
    test,
    uses,
    notBefore: new Date(certificate.notBefore).toISOString(),
    notAfter: new Date(certificate.notAfter).toISOString(),
  };
}
