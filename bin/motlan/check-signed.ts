import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { type Bytes, concat } from "../../lib/bytes/bytes.ts";
import { toHex } from "../../lib/bytes/hex.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { readBack } from "../../lib/verify/read-back.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { nameAttribute } from "../../lib/x509/name.ts";

export type Checked = { readonly certificateSha256: string; readonly signer: string; readonly genTime: number };

/** A root certificate has one or two kilobytes. */
const MAX_ROOT = 16_384;

/** Reads the signed file back against the root that the service publishes. @throws Fault `result_not_verified` */
export async function checkSigned(
  pdf: Uint8Array,
  appended: Uint8Array,
  expected: { readonly fieldName: string; readonly digest: Uint8Array; readonly rootUrl: string },
): Promise<Checked> {
  // Once more: a connection that was kept can end in the moment in which it is used.
  const root = parseCertificate(await fetchRoot(expected.rootUrl).catch(() => fetchRoot(expected.rootUrl)));
  const { certificate, genTime } = await readBack(concat(pdf, appended), { ...expected, root, at: Date.now() });
  return {
    certificateSha256: toHex(digest("SHA-256", certificate.raw)),
    signer: nameAttribute(certificate.subject, OID.commonName) ?? "",
    genTime,
  };
}

async function fetchRoot(url: string): Promise<Bytes> {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    const octets = new Uint8Array(await response.arrayBuffer());
    if (response.ok && octets.length <= MAX_ROOT) return octets;
  } catch (cause) {
    throw new Fault("server_unreachable", "the root certificate cannot be fetched", { cause });
  }
  throw new Fault("server_unreachable", "the service gave no root certificate");
}
