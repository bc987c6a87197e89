import type { Certificate } from "../x509/certificate.ts";
import { type CertificateStore, newCertificateStore } from "./certificate-store.ts";
import type { GatherInput } from "./input.ts";
import { maxCertificates } from "./limits.ts";
import { type Material, newMaterial } from "./material.ts";

/** What is collected while the signatures of one file are looked at. */
export type Run = {
  readonly certificates: CertificateStore;
  readonly material: Material;
  /** Certificates that stand in no message: of the DSS, given, fetched. */
  readonly outside: readonly Uint8Array[];
  /** Certificates that signed a signature or a timestamp. */
  readonly targets: Set<Certificate>;
  /** How many signatures and timestamps there are. */
  readonly size: number;
};

/** @param dss certificates of the document security store */
export function newRun(input: GatherInput, size: number, dss: readonly Uint8Array[] = []): Run {
  const anchors = input.anchors.map(({ certificate }) => certificate);
  const certificates = newCertificateStore(anchors, maxCertificates(size));
  return {
    certificates,
    material: newMaterial(certificates),
    outside: [...dss, ...(input.certificates ?? []), ...(input.fetched?.certificates ?? [])],
    targets: new Set(),
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
