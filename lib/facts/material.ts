import { digest } from "#crypto";
import { basicResponseIn, parseCrl } from "#revocation";
import { toHex } from "../bytes/hex.ts";
import { readArchivedValues, readRevocationArchival } from "../cms/archived.ts";
import type { SignedData, SignerInfo } from "../cms/read.ts";
import { quietly } from "../fault/quietly.ts";
import type { Crl } from "../revocation/crl.ts";
import type { BasicOcspResponse } from "../revocation/ocsp-read.ts";
import type { CertificateStore } from "./certificate-store.ts";
import type { RevocationFacts } from "./facts.ts";
import { atMost, MAX_REVOCATION_OBJECTS, MAX_REVOCATION_OCTETS } from "./limits.ts";

type Origin = Pick<RevocationFacts, "source" | "stampedBy">;
/** One CRL or response; found in several places, it has the first source and every timestamp. */
type Held<T> = {
  readonly id: string;
  readonly value: T;
  readonly source: RevocationFacts["source"];
  readonly stampedBy: Set<number>;
};

/** CRLs and OCSP responses of one run, each read once. */
export type Material = {
  readonly crls: readonly Held<Crl>[];
  readonly ocsps: readonly Held<BasicOcspResponse>[];
  /** What cannot be read, and a response without an answer, is passed over. @throws Fault `pdf_limit` */
  readonly addCrl: (der: Uint8Array, origin: Origin) => void;
  readonly addOcsp: (der: Uint8Array, origin: Origin) => void;
};

export function newMaterial(certificates: CertificateStore): Material {
  const crls: Held<Crl>[] = [];
  const ocsps: Held<BasicOcspResponse>[] = [];
  const known = new Map<string, Held<unknown> | undefined>();
  let size = 0;
  const add = <T>(
    list: Held<T>[],
    der: Uint8Array,
    origin: Origin,
    read: (id: string) => Omit<Held<T>, keyof Origin> | undefined,
  ) => {
    const place = toHex(digest("SHA-256", der));
    let held = known.get(place);
    if (held === undefined && !known.has(place)) {
      size += der.length;
      atMost(known.size + 1, MAX_REVOCATION_OBJECTS, "CRLs and OCSP responses");
      atMost(size, MAX_REVOCATION_OCTETS, "octets of CRLs and OCSP responses");
      const found = read(place);
      if (found !== undefined) {
        const fresh: Held<T> = { ...found, source: origin.source, stampedBy: new Set() };
        list.push(fresh);
        held = fresh;
      }
      known.set(place, held);
    }
    for (const index of origin.stampedBy) held?.stampedBy.add(index);
  };
  return {
    crls,
    ocsps,
    addCrl: (der, origin) =>
      add(crls, der, origin, (id) => {
        const value = quietly(() => parseCrl(der));
        return value && { id, value };
      }),
    addOcsp: (der, origin) =>
      add(ocsps, der, origin, () => {
        const value = quietly(() => basicResponseIn(der));
        if (value === undefined) return undefined;
        for (const certificate of value.certificates) certificates.add(certificate);
        return { id: toHex(digest("SHA-256", value.raw)), value };
      }),
  };
}

/** Everything for validation that travels inside a message, the certificates too. */
export function addFromMessage(
  { crls, ocspResponses, certificates }: SignedData,
  signer: SignerInfo | undefined,
  stampedBy: readonly number[],
  into: { readonly material: Material; readonly certificates: CertificateStore },
): void {
  const { material } = into;
  for (const der of certificates) into.certificates.add(der);
  for (const der of crls) material.addCrl(der, { source: "cms", stampedBy });
  for (const der of ocspResponses) material.addOcsp(der, { source: "cms", stampedBy });
  if (signer === undefined) return;
  const values = readArchivedValues(signer.unsignedAttributes);
  for (const der of values.certificates) into.certificates.add(der);
  for (const der of values.crls) material.addCrl(der, { source: "cms", stampedBy });
  for (const der of values.ocsps) material.addOcsp(der, { source: "cms", stampedBy });
  for (const list of [signer.signedAttributes?.list ?? [], signer.unsignedAttributes]) {
    const archived = readRevocationArchival(list);
    for (const der of archived.crls) material.addCrl(der, { source: "archival", stampedBy });
    for (const der of archived.ocsps) material.addOcsp(der, { source: "archival", stampedBy });
  }
}
