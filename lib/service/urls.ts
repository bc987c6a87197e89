/** The addresses inside certificates; absolute, without a slash at their end. */
export type CertificateUrls = {
  /** AIA caIssuers: DER certificate of the issuing CA (RFC 5280 §4.2.2.1). */
  readonly caIssuers: string;
  /** The root's certificate, DER, for what the root certifies. */
  readonly rootCertificate: string;
  /** AIA OCSP (RFC 6960). */
  readonly ocsp: string;
  /** Certification practice statement. */
  readonly cps: string;
  /** PKI disclosure statement (ETSI EN 319 411-1 Annex A). */
  readonly pds: string;
  /** The body that names the scheme of serialNumber (RFC 3739 §3.2.6.1 nameRegistrationAuthorities). */
  readonly nameRegistration: string;
};

/** @param base public URL of the service, without a slash at its end */
export function certificateUrls(base: string): CertificateUrls {
  return {
    caIssuers: `${base}/pki/issuing-ca.cer`,
    rootCertificate: `${base}/pki/root.cer`,
    ocsp: `${base}/ocsp`,
    cps: `${base}/pki/cps`,
    pds: `${base}/pki/pds`,
    nameRegistration: `${base}/pki/pairwise`,
  };
}
