import type { CertificateFacts } from "../../lib/facts/facts.ts";
import type { FaultCode } from "../../lib/text/faults.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import type { Verification } from "../../lib/validate/report.ts";

/** An anchor on its way into the worker. */
export type SentAnchor = Omit<TrustAnchor, "certificate"> & { readonly certificate: Uint8Array };

/** What the worker is asked. The file is a handle: its octets are read there, and nowhere else. */
export type Question = {
  readonly file: Blob;
  readonly anchors: readonly SentAnchor[];
  /** The moment that the verdict is for, ms. */
  readonly at: number;
};

/** What is told of a certificate beside its names. */
export type CertificateDetail = Pick<CertificateFacts, "serial" | "notBefore" | "notAfter" | "key" | "policies"> & {
  readonly organization: string | null;
};

/** What the octets of a file say beside the answer, by the number of the signature. */
export type SignatureExtra = {
  /** Octets from the beginning of the file that the signature vouches for; null where it covers no state of it. */
  readonly signedSize: number | null;
};

export type DeviceAnswer = {
  readonly verification: Verification;
  /** Of the file, hex. */
  readonly sha256: string;
  readonly extras: readonly SignatureExtra[];
  /** By SHA-256 of the certificate, hex: those of the chains. */
  readonly certificates: Readonly<Record<string, CertificateDetail>>;
};

/** What the worker says, in this order: parts read (0 … 1), that it judges, and one of the last two. */
export type Told =
  | { readonly kind: "reading"; readonly part: number }
  | { readonly kind: "judging" }
  | { readonly kind: "answer"; readonly answer: DeviceAnswer }
  | { readonly kind: "fault"; readonly code: FaultCode };
