import { digest } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { type Bytes, concat } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { signedAttributes, signedData } from "../cms/sign.ts";
import { Fault } from "../fault/fault.ts";
import { byteRangeDigest, embedSignature, prepareSignature } from "../pades/prepare.ts";
import type { Clock, Random, Signer } from "../ports/ports.ts";
import { type ReportInput, reportPage } from "../report/page.ts";
import { SEAL_REASON } from "../text/report.ts";
import { issueToken } from "../tsp/token.ts";
import type { Verification } from "../validate/report.ts";
import { readBack } from "../verify/read-back.ts";
import { serialFrom } from "../x509/issue.ts";
import { nameAttribute } from "../x509/name.ts";
import { POLICY } from "../x509/policy-arc.ts";
import type { Pki } from "./pki.ts";

export type SealPorts = {
  /** @throws Fault `ca_not_initialised` */
  readonly pki: () => Promise<Pki>;
  /** The report key: it signs nothing but what {@link sealReport} hands it. */
  readonly reportSeal: Signer;
  readonly tsa: Signer;
  readonly clock: Clock;
  readonly random: Random;
};

/** Of the clock that the seal's claimed time shows. */
const OFFSET_MINUTES = 420;
/** Octets of CMS: a seal with two certificates and a timestamp takes some 2,500. */
const RESERVE = 4096;
/** Octets of a timestamp's serial. */
const SERIAL = 16;

/**
 * The report on a file, sealed: the page of lib/report under the service's own signature and timestamp (PAdES B-T), read back before
 * anybody gets it.
 *
 * @throws Fault `report_key_missing`, `ca_not_initialised`, `key_unavailable`, `result_not_verified`
 */
export async function sealedReport(
  ports: SealPorts,
  verification: Verification,
  input: Omit<ReportInput, "sealed" | "generatedAt">,
): Promise<Bytes> {
  // Before the page is drawn: where there is no seal to put on, nothing is said to be sealed.
  await reportCertificate(ports);
  const page = reportPage(verification, { ...input, generatedAt: ports.clock(), sealed: true });
  return sealReport(ports, page);
}

/**
 * Seals one page. Only for what this service has drawn itself: the seal says that the service found what the page says.
 *
 * @returns the whole file
 */
export async function sealReport(ports: SealPorts, page: Uint8Array): Promise<Bytes> {
  const { pki, certificate } = await reportCertificate(ports);
  const now = Math.floor(ports.clock() / 1000) * 1000;
  const prepared = prepareSignature(page, {
    fieldId: `seal-${toHex(digest("SHA-256", page).subarray(0, 8))}`,
    claimedTime: now,
    offsetMinutes: OFFSET_MINUTES,
    name: nameAttribute(certificate.subject, OID.commonName) ?? "",
    reason: SEAL_REASON,
    reserve: RESERVE,
  });
  const covered = byteRangeDigest(page, prepared);
  const attributes = signedAttributes({ digest: covered, signerCertificate: certificate.raw });
  const signature = await ports.reportSeal.sign(attributes);
  const timestampToken = await issueToken(
    {
      hash: "SHA-256",
      imprint: digest("SHA-256", signature),
      serial: serialFrom(ports.random(SERIAL)),
      genTime: Math.floor(ports.clock() / 1000) * 1000,
      policy: POLICY.timestamp,
      certificate: pki.tsa,
      chain: [],
      includeCertificates: true,
    },
    ports.tsa,
  );
  const cms = signedData({ signedAttributes: attributes, signature, certificates: [certificate.raw], timestampToken });
  const sealed = concat(page, embedSignature(prepared, cms));
  await readBack(sealed, { fieldName: prepared.fieldName, digest: covered, root: pki.root, at: ports.clock() });
  return sealed;
}

async function reportCertificate({ pki: read }: SealPorts) {
  const pki = await read();
  if (pki.report === undefined)
    throw new Fault("report_key_missing", "no certificate for the report key: motlan ca init --add-report");
  return { pki, certificate: pki.report };
}
