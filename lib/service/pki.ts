import type { Certificate } from "../x509/certificate.ts";

/** Closed set of signature classes (Law 20/2023 art. 22–27, as docs/decisions/signature-class.md reads it). */
export const SIGNATURE_CLASSES = [
  "PUBLIC_CA",
  "CIVIL_SERVICE",
  "DEDICATED_SECURED",
  "DEDICATED",
  "FOREIGN_RECOGNISED",
  "FOREIGN_OTHER",
  "OTHER_CONFIRMATION",
] as const;
export type SignatureClass = (typeof SIGNATURE_CLASSES)[number];

/** The certificates that this installation signs under. */
export type Pki = {
  readonly root: Certificate;
  readonly issuingCa: Certificate;
  readonly tsa: Certificate;
  readonly ocsp: Certificate;
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
}
