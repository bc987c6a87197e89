import type { SignatureClass } from "../trust/signature-class.ts";
import type { Certificate } from "../x509/certificate.ts";

export type { SignatureClass };

/** The certificates that this installation signs under. */
export type Pki = {
  readonly root: Certificate;
  readonly issuingCa: Certificate;
  readonly tsa: Certificate;
  readonly ocsp: Certificate;
  /** Seals validation reports; absent where the installation is older than that and nobody has added it (`ca init --add-report`). */
  readonly report?: Certificate | undefined;
  /** The class that the trust profile grants to what the issuing CA certifies. */
  readonly signatureClass: SignatureClass;
  /** True for keys and certificates that exist to try the service out: everything they sign is a test document. */
  readonly demo: boolean;
};

/** Where the certificates are published; the keys are elsewhere. */
export interface PkiStore {
  /** @returns undefined before `ca init`. @throws Fault `store_unavailable` */
  read(): Promise<Pki | undefined>;
  /** Publishes, unless something is published already. @returns false where it is. @throws Fault `store_unavailable` */
  publish(pki: Pki): Promise<boolean>;
  /**
   * Adds the certificate of the report key to what is published, unless there is one.
   *
   * @returns false where there is one, or nothing is published
   */
  addReport(certificate: Certificate): Promise<boolean>;
}
