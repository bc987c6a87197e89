import * as OID from "../asn1/oids.ts";
import { equal } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock, Random, Signer } from "../ports/ports.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { assembleCertificate, certificateTbs, serialFrom, type TbsFields } from "../x509/issue.ts";
import { nameAttribute } from "../x509/name.ts";
import { issuingCaProfile, ocspResponderProfile, rootProfile, sealProfile, tsaProfile } from "../x509/profiles.ts";
import type { Pki, SignatureClass } from "./pki.ts";
import { COUNTRY } from "./pseudonym.ts";
import type { CertificateUrls } from "./urls.ts";

/** A key that is to be certified: its public half and who can sign with it. */
export type CaKey = { readonly spki: Uint8Array; readonly signer: Signer };

export type CaInput = {
  /** Offline: the signer is used here and never again by the service. */
  readonly root: CaKey;
  readonly issuingCa: CaKey;
  readonly tsa: { readonly spki: Uint8Array };
  readonly ocsp: { readonly spki: Uint8Array };
  readonly report: { readonly spki: Uint8Array };
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
const SEAL_ROLE = "Report seal";
/** Room for clocks that are behind ours. */
const BACKDATE_MS = 300_000;

/**
 * The certificates of a new installation: the root certifies itself, the issuing CA, the TSA and the seal of reports; the issuing CA certifies
 * the OCSP responder, since only a responder that the issuing CA itself delegated is authorised (RFC 6960 §4.2.2.2).
 */
export async function initCa(input: CaInput, clock: Clock, random: Random): Promise<Pki> {
  const begin = Math.floor((clock() - BACKDATE_MS) / 1000) * 1000;
  const { organisation: organization, demo, urls } = input;
  const common = (role: string, days: number) => ({
    serial: serialFrom(random(16)),
    name: { commonName: `${organization} ${role}`, organization, country: COUNTRY, demo },
    notBefore: begin,
    notAfter: begin + days * DAY_MS,
  });
  const byRoot = { caIssuers: urls.rootCertificate, cps: urls.cps };
  const byIssuingCa = { caIssuers: urls.caIssuers, cps: urls.cps };
  const { signer: rootSigner, spki: rootSpki } = input.root;
  const root = await certify(rootProfile({ ...common("Root CA", ROOT_DAYS), spki: rootSpki }), rootSigner);
  const issuingCa = await certify(
    issuingCaProfile({ ...common("Issuing CA", ISSUED_DAYS), spki: input.issuingCa.spki, issuer: root, urls: byRoot }),
    rootSigner,
  );
  const tsa = await certify(
    tsaProfile({ ...common("TSA", ISSUED_DAYS), spki: input.tsa.spki, issuer: root, urls: byRoot }),
    rootSigner,
  );
  const ocsp = await certify(
    ocspResponderProfile({
      ...common("OCSP", ISSUED_DAYS),
      spki: input.ocsp.spki,
      issuer: issuingCa,
      urls: byIssuingCa,
    }),
    input.issuingCa.signer,
  );
  const report = await certify(
    sealProfile({ ...common(SEAL_ROLE, ISSUED_DAYS), spki: input.report.spki, issuer: root, urls: byRoot }),
    rootSigner,
  );
  return { root, issuingCa, tsa, ocsp, report, signatureClass: input.signatureClass, demo };
}

/**
 * The certificate of the report key for an installation that was made without one. Names follow the root's.
 *
 * @throws Fault `root_key_mismatch`: the key is not the one of the published root
 */
export async function certifyReport(
  pki: Pki,
  input: { readonly root: CaKey; readonly report: { readonly spki: Uint8Array }; readonly urls: CertificateUrls },
  clock: Clock,
  random: Random,
): Promise<Certificate> {
  const { root, demo } = pki;
  if (!equal(root.spki, input.root.spki)) throw new Fault("root_key_mismatch", "the root certificate has another key");
  const organization = nameAttribute(root.subject, OID.organizationName);
  if (organization === undefined) throw new TypeError("a root that initCa made names its organisation");
  const notBefore = Math.floor((clock() - BACKDATE_MS) / 1000) * 1000;
  const fields = sealProfile({
    serial: serialFrom(random(16)),
    name: { commonName: `${organization} ${SEAL_ROLE}`, organization, country: COUNTRY, demo },
    notBefore,
    // No longer than the root: nothing could prove it afterwards.
    notAfter: Math.min(notBefore + ISSUED_DAYS * DAY_MS, root.notAfter),
    spki: input.report.spki,
    issuer: root,
    urls: { caIssuers: input.urls.rootCertificate, cps: input.urls.cps },
  });
  return certify(fields, input.root.signer);
}

async function certify(fields: TbsFields, signer: Signer): Promise<Certificate> {
  const tbs = certificateTbs(fields);
  return parseCertificate(assembleCertificate(tbs, await signer.sign(tbs)));
}
