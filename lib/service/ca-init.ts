import type { Clock, Random, Signer } from "../ports/ports.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { assembleCertificate, certificateTbs, type TbsFields } from "../x509/issue.ts";
import { issuingCaProfile, ocspResponderProfile, rootProfile, tsaProfile } from "../x509/profiles.ts";
import { randomSerial } from "./chance.ts";
import type { Pki, SignatureClass } from "./pki.ts";
import type { CertificateUrls } from "./urls.ts";

/** A key that is to be certified: its public half and who can sign with it. */
export type CaKey = { readonly spki: Uint8Array; readonly signer: Signer };

export type CaInput = {
  /** Offline: the signer is used here and never again by the service. */
  readonly root: CaKey;
  readonly issuingCa: CaKey;
  readonly tsa: { readonly spki: Uint8Array };
  readonly ocsp: { readonly spki: Uint8Array };
  /** Stands in every subject. */
  readonly organisation: string;
  readonly signatureClass: SignatureClass;
  /** Demo subjects say DEMO. */
  readonly demo: boolean;
  readonly urls: CertificateUrls;
};

const DAY_MS = 86_400_000;
const ROOT_DAYS = 20 * 365;
/** Longer than any one-time certificate and its timestamps need; renewed by hand (docs/RUNBOOK.md). */
const ISSUED_DAYS = 5 * 365;
/** Room for clocks that are behind ours. */
const BACKDATE_MS = 300_000;

/**
 * The certificates of a new installation: the root certifies itself, the issuing CA and the TSA; the issuing CA certifies
 * the OCSP responder, since only a responder that the issuing CA itself delegated is authorised (RFC 6960 §4.2.2.2).
 */
export async function initCa(input: CaInput, clock: Clock, random: Random): Promise<Pki> {
  const begin = Math.floor((clock() - BACKDATE_MS) / 1000) * 1000;
  const subject = (role: string) => ({
    commonName: `${input.demo ? "DEMO " : ""}${input.organisation} ${role}`,
    organization: `${input.demo ? "DEMO " : ""}${input.organisation}`,
    country: "VN",
  });
  const common = (days: number) => ({
    serial: randomSerial(random),
    notBefore: begin,
    notAfter: begin + days * DAY_MS,
    urls: input.urls,
  });
  const root = await certify(
    rootProfile({ ...common(ROOT_DAYS), subject: subject("Root CA"), spki: input.root.spki }),
    input.root.signer,
  );
  const issuingCa = await certify(
    issuingCaProfile({ ...common(ISSUED_DAYS), subject: subject("Issuing CA"), spki: input.issuingCa.spki, issuer: root }),
    input.root.signer,
  );
  const tsa = await certify(
    tsaProfile({ ...common(ISSUED_DAYS), subject: subject("TSA"), spki: input.tsa.spki, issuer: root }),
    input.root.signer,
  );
  const ocsp = await certify(
    ocspResponderProfile({ ...common(ISSUED_DAYS), subject: subject("OCSP"), spki: input.ocsp.spki, issuer: issuingCa }),
    input.issuingCa.signer,
  );
  return { root, issuingCa, tsa, ocsp, signatureClass: input.signatureClass, demo: input.demo };
}

async function certify(fields: TbsFields, signer: Signer): Promise<Certificate> {
  const tbs = certificateTbs(fields);
  return parseCertificate(assembleCertificate(tbs, await signer.sign(tbs)));
}
