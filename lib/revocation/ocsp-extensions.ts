import { digest } from "#crypto";
import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { octets, time } from "../asn1/values.ts";
import { equal } from "../bytes/bytes.ts";
import { hashOf, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";
import type { Certificate } from "../x509/certificate.ts";
import { findExtension, readExtensionValue } from "../x509/extension.ts";
import { readNonce } from "./nonce.ts";
import type { BasicOcspResponse, SingleResponse } from "./ocsp-read.ts";
import type { RevocationProblem } from "./statement.ts";

/** Of a response: processed here, or of no consequence for what it says (RFC 6960 §4.4). */
const OF_RESPONSE: ReadonlySet<string> = new Set([OID.ocspNonce, OID.ocspExtendedRevoke]);
/** Of one answer; those of CRL entries may stand here too (RFC 6960 §4.4.5), but certificateIssuer would make it another's. */
const OF_SINGLE: ReadonlySet<string> = new Set([
  OID.ocspArchiveCutoff,
  OID.ocspCrlReferences,
  OID.certHash,
  OID.reasonCode,
  OID.invalidityDate,
]);

/** What the extensions of a response and of its answer about a certificate keep it from being. */
export function ocspExtensionProblems(
  response: BasicOcspResponse,
  single: SingleResponse,
  { certificate, nonce }: { readonly certificate: Certificate; readonly nonce?: Uint8Array | undefined },
): RevocationProblem[] {
  const problems: RevocationProblem[] = [];
  const strange =
    response.extensions.some(({ oid, critical }) => critical && !OF_RESPONSE.has(oid)) ||
    single.extensions.some(({ oid, critical }) => critical && !OF_SINGLE.has(oid));
  if (strange) problems.push("unknown_critical_extension");
  if (nonce !== undefined && !repeats(response, nonce)) problems.push("nonce_mismatch");
  const hash = certificateHash(single, certificate);
  if (hash === "malformed") problems.push("extension_malformed");
  if (hash === "other") problems.push("certificate_hash_mismatch");
  return problems;
}

function repeats(response: BasicOcspResponse, nonce: Uint8Array): boolean {
  const found = quietly(() => readNonce(findExtension(response, OID.ocspNonce)));
  return found !== undefined && equal(found, nonce);
}

/** CertHash (Common PKI 2.0 Part 4 §3.1.2): the responder knows this very certificate, not its serial number only. */
function certificateHash(single: SingleResponse, certificate: Certificate): "absent" | "same" | "other" | "malformed" {
  try {
    const found = readExtensionValue(single, OID.certHash, (node) => {
      const cursor = fields(node);
      const algorithm = readAlgorithm(cursor.next());
      const value = octets(cursor.next());
      cursor.done();
      return { hash: hashOf(algorithm), value };
    });
    if (found === undefined) return "absent";
    return equal(digest(found.hash, certificate.raw), found.value) ? "same" : "other";
  } catch (error) {
    if (error instanceof Fault) return "malformed";
    throw error;
  }
}

/** ArchiveCutoff (RFC 6960 §4.4.4), ms; a malformed one promises nothing. */
export function archiveCutoff(single: SingleResponse): number | undefined {
  return quietly(() => readExtensionValue(single, OID.ocspArchiveCutoff, (node) => time(node, TAG.generalizedTime)));
}

/** RFC 5280 §5.3.2, as RFC 6960 §4.4.5 lets an answer have it; a malformed one says nothing. */
export function ocspInvalidityDate(single: SingleResponse): number | undefined {
  return quietly(() => readExtensionValue(single, OID.invalidityDate, (node) => time(node, TAG.generalizedTime)));
}
