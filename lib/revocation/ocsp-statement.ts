import { quietly } from "../fault/quietly.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { keyUsage } from "../x509/usages.ts";
import type { Allowance } from "./allowance.ts";
import { archiveCutoff, ocspExtensionProblems, ocspInvalidityDate } from "./ocsp-extensions.ts";
import type { BasicOcspResponse } from "./ocsp-read.ts";
import { type OcspResult, responderOf, singleAbout } from "./ocsp-verify.ts";
import { oncePerIssuer } from "./once.ts";
import { revocationReason } from "./reasons.ts";
import type { RevocationProblem, RevocationStatement } from "./statement.ts";
import { supportedAlgorithm } from "./verifies.ts";

/** The certificate that is asked about, and what may help to answer. */
export type OcspQuestion = {
  readonly certificate: Certificate;
  /** Whose key signed the certificate. */
  readonly issuer: Certificate;
  /** Where the responder's certificate may be, besides the response. */
  readonly candidates: readonly Certificate[];
  /** What was asked with; undefined where nobody asked, as for a response out of a file. */
  readonly nonce?: Uint8Array;
  readonly allowance?: Allowance;
};

/**
 * What an OCSP response says about one certificate (RFC 6960 §3.2), times apart.
 *
 * A certificate that was never issued comes as revoked, on hold, at 1 January 1970 (§2.2, extension extended-revoke).
 *
 * @returns undefined where the response has nothing to say about the certificate
 * @throws Fault `der_malformed`: the issuer's key cannot be read
 */
export async function verifyOcsp(
  response: BasicOcspResponse,
  question: OcspQuestion,
): Promise<RevocationStatement | undefined> {
  const { certificate, issuer } = question;
  const single = singleAbout(response, certificate.serial, issuer, certificate.issuer);
  if (single === undefined) return undefined;
  const { responder, authority, signature, noCheck } = await responderOnce(response, question);
  const problems: RevocationProblem[] = ocspExtensionProblems(response, single, question);
  if (authority === "delegated" && responder !== undefined && !maySign(responder))
    problems.push("no_digital_signature");
  const { status } = single;
  const revoked = problems.length === 0 && status.kind === "revoked" ? status : undefined;
  return {
    kind: "ocsp",
    status: problems.length === 0 ? status.kind : "unknown",
    revokedAt: revoked?.at,
    reason: revoked?.reason === undefined ? undefined : revocationReason(revoked.reason),
    invalidityDate: revoked === undefined ? undefined : ocspInvalidityDate(single),
    thisUpdate: single.thisUpdate,
    nextUpdate: single.nextUpdate,
    base: undefined,
    producedAt: response.producedAt,
    expiredSince: archiveCutoff(single),
    signature,
    signer: responder,
    alternatives: [],
    authority,
    algorithm: supportedAlgorithm(response.signatureAlgorithm),
    missingReasons: [],
    noCheck,
    problems,
  };
}

type Responder = Omit<OcspResult, "single">;

const RESPONDERS = oncePerIssuer<BasicOcspResponse, Promise<Responder>>();

function responderOnce(response: BasicOcspResponse, question: OcspQuestion): Promise<Responder> {
  const { issuer, candidates, allowance } = question;
  return RESPONDERS(response, issuer, candidates, () => {
    const inside = response.certificates.flatMap((octets) => quietly(() => parseCertificate(octets)) ?? []);
    return responderOf(response, issuer, [issuer, ...inside, ...candidates], allowance);
  });
}

/** What RFC 5280 §4.2.1.12 holds consistent with OCSPSigning; without the extension every usage is allowed, with a malformed one none. */
function maySign(responder: Certificate): boolean {
  const allowed = quietly(() => {
    const usages = keyUsage(responder);
    return usages === undefined || usages.includes("digitalSignature") || usages.includes("contentCommitment");
  });
  return allowed === true;
}
