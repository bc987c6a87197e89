import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import type { Certificate } from "../../lib/x509/certificate.ts";

/** An operator's word for a certificate: for every use, for ever, of no legal effect. */
export function trusted(certificate: Certificate, more: Partial<Omit<TrustAnchor, "certificate">> = {}): TrustAnchor {
  return {
    certificate,
    class: "OTHER_CONFIRMATION",
    source: "https://example.test/root.cer",
    test: true,
    uses: ["signature", "timestamp"],
    ...more,
  };
}
