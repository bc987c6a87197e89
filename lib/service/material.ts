import { fields } from "../asn1/fields.ts";
import { readBer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { toUtf8 } from "../bytes/bytes.ts";
import { parseSignedData } from "../cms/read.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";
import { parseCrl } from "../revocation/crl.ts";
import { basicResponseIn } from "../revocation/ocsp-read.ts";
import { fromPem } from "../x509/pem.ts";

const PEM_START = /-----BEGIN [A-Z0-9 ]+-----/;

/** What PEM calls each kind (RFC 7468 §5.1, §6.1; OpenSSL's OCSP has no label of its own in any standard). */
const LABELS = {
  certificate: ["CERTIFICATE", "X509 CERTIFICATE"],
  crl: ["X509 CRL", "CRL"],
  ocsp: ["OCSP RESPONSE", "OCSPRESPONSE"],
} as const;

/**
 * Certificates, CRLs or OCSP responses out of a file or an answer: DER, PEM with any number of blocks, for certificates also a CMS
 * that only carries them (RFC 5280 §4.2.2.1, `.p7c`). Whether they can be read any further is for the reader of each to say.
 */
export function readMaterial(kind: keyof typeof LABELS, octets: Uint8Array): readonly Uint8Array[] {
  const text = octets.length > 0 && octets[0] !== TAG.sequence ? toUtf8(octets) : undefined;
  if (text !== undefined && PEM_START.test(text)) {
    const labels: readonly string[] = LABELS[kind];
    return fromPem(text)
      .filter(({ label }) => labels.includes(label))
      .map((block) => block.octets);
  }
  if (kind === "certificate") return certificatesOf(octets) ?? [octets];
  return [octets];
}

/**
 * The same, of a file that a person gave to be used: one that says nothing must not pass for one that says nothing bad.
 *
 * @throws Fault `crl_malformed`, `ocsp_malformed`, `x509_malformed`, `der_malformed`, `der_limit`: none inside, or one that cannot be read
 */
export function readGiven(kind: "crl" | "ocsp", octets: Uint8Array): readonly Uint8Array[] {
  const found = readMaterial(kind, octets);
  if (found.length === 0) throw new Fault(`${kind}_malformed`, "the file has none");
  for (const one of found) PARSE[kind](one);
  return found;
}

const PARSE = { crl: parseCrl, ocsp: basicResponseIn } as const;

function certificatesOf(octets: Uint8Array): readonly Uint8Array[] | undefined {
  return quietly(() => {
    // A ContentInfo begins with an OID, a certificate with a SEQUENCE.
    if (fields(readBer(octets)).next().tag !== TAG.oid) return undefined;
    return parseSignedData(octets).certificates;
  });
}
