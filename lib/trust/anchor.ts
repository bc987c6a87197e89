import type { Certificate } from "../x509/certificate.ts";
import type { SignatureClass } from "./signature-class.ts";

/** A certificate that an operator trusts, and for what. Received files never bring one. */
export type TrustAnchor = {
  readonly certificate: Certificate;
  readonly class: SignatureClass;
  /** Where it was taken from, for auditors: a URL, a gazette, a ceremony. */
  readonly source: string;
  /** It counts from and until these moments, ms; undefined is without end. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** The body that manages certificates below it (Circular 15/2025 article 6), in the words of the profile. */
  readonly managingUnit?: string | undefined;
  /** Of a demonstration or a test: never of legal effect. */
  readonly test: boolean;
  readonly uses: readonly ("signature" | "timestamp")[];
};
