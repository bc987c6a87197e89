import { costOf } from "../path/signature-cache.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type CertificateStore, newCertificateStore } from "./certificate-store.ts";
import type { GatherInput } from "./input.ts";
import { atMost, MAX_SIGNATURE_WORK, maxCertificates } from "./limits.ts";
import { type Material, newMaterial } from "./material.ts";

/** What is collected while the signatures of one file are looked at. */
export type Run = {
  readonly certificates: CertificateStore;
  readonly material: Material;
  /** Certificates that stand in no message: of the DSS, given, fetched. */
  readonly outside: readonly Uint8Array[];
  /** Certificates that signed a signature or a timestamp. */
  readonly targets: ReadonlySet<Certificate>;
  /** Enters one of them, by whose key a signature was just verified. @throws Fault `pdf_limit`: that was too much work for one file */
  readonly addTarget: (certificate: Certificate) => void;
  /** How many signatures and timestamps there are. */
  readonly size: number;
};

/** @param dss certificates of the document security store */
export function newRun(input: GatherInput, size: number, dss: readonly Uint8Array[] = []): Run {
  const anchors = input.anchors.map(({ certificate }) => certificate);
  const certificates = newCertificateStore(anchors, maxCertificates(size));
  const targets = new Set<Certificate>();
  let work = 0;
  return {
    certificates,
    material: newMaterial(certificates),
    outside: [...dss, ...(input.certificates ?? []), ...(input.fetched?.certificates ?? [])],
    targets,
    addTarget(certificate) {
      targets.add(certificate);
      work += costOf(certificate.spki);
      atMost(work, MAX_SIGNATURE_WORK, "units of work to verify signatures and timestamps");
    },
    size,
  };
}

/** Enters what is given and was fetched, behind what the file has: where both have it, the file's counts. */
export function addGiven(run: Run, { crls = [], ocsps = [], fetched = {} }: GatherInput): void {
  const { material } = run;
  const [given, asked] = [
    { source: "given", stampedBy: [] },
    { source: "fetched", stampedBy: [] },
  ] as const;
  for (const der of crls) material.addCrl(der, given);
  for (const der of ocsps) material.addOcsp(der, given);
  for (const der of fetched.crls ?? []) material.addCrl(der, asked);
  for (const der of fetched.ocsps ?? []) material.addOcsp(der, asked);
  for (const der of run.outside) run.certificates.add(der);
}
