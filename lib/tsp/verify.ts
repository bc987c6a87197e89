import * as OID from "../asn1/oids.ts";
import { equal } from "../bytes/bytes.ts";
import { parseSignedData, type SignedData } from "../cms/read.ts";
import { isIntact, type SignerResult } from "../cms/signer-result.ts";
import { verifySigner } from "../cms/verify.ts";
import type { HashName } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import { findExtension } from "../x509/extension.ts";
import { extendedKeyUsage } from "../x509/usages.ts";
import { readTimestampInfo, type TimestampInfo } from "./info.ts";

/** A time-stamp token that was read; nothing about it is proved. */
export type TimestampToken = { readonly signedData: SignedData; readonly info: TimestampInfo };

/**
 * Reads a TimeStampToken (RFC 3161 §2.4.2).
 *
 * @param bytes ContentInfo; zero octets may follow, as they do in /Contents of a PDF
 * @throws Fault `tsp_malformed`: other content, or not one signer; `cms_malformed`, `der_malformed`, `der_limit`, `x509_malformed`
 */
export function readToken(bytes: Uint8Array): TimestampToken {
  const signedData = parseSignedData(bytes);
  const { contentType, content, signers } = signedData;
  if (contentType !== OID.tstInfo || content === undefined) throw new Fault("tsp_malformed", "no TSTInfo inside");
  // Only the TSA may sign a token.
  if (signers.length !== 1) throw new Fault("tsp_malformed", `${signers.length} signers of a time stamp`);
  return { signedData, info: readTimestampInfo(content) };
}

/** Facts about a token; path, revocation and policy are judged elsewhere. */
export type TokenResult = {
  readonly signer: SignerResult;
  readonly imprint: "match" | "mismatch" | "unsupported";
  /** RFC 3161 §2.3: the TSA's certificate has the purpose timeStamping, as the only one, and critical. */
  readonly usage: "good" | "not-critical" | "not-sole" | "missing" | "malformed" | "no-certificate";
  /** genTime lies in the validity of the TSA's certificate. */
  readonly withinValidity: boolean;
};

/**
 * Checks a token against what it is said to cover (RFC 3161 §2.2).
 *
 * @param input.imprint the digest, or what computes it by the token's algorithm
 * @param input.certificates that the token does not carry
 * @param input.parse reads a certificate, for callers that have read it before
 */
export async function verifyToken(
  token: TimestampToken,
  input: {
    readonly imprint: Uint8Array | ((hash: HashName) => Uint8Array);
    readonly certificates?: readonly Uint8Array[];
    readonly parse?: (der: Uint8Array) => Certificate;
  },
): Promise<TokenResult> {
  const signer = await verifySigner(token.signedData, {
    certificates: input.certificates ?? [],
    ...(input.parse && { parse: input.parse }),
  });
  const { certificate } = signer;
  const { genTime } = token.info;
  return {
    signer,
    imprint: imprintFact(token.info, input.imprint),
    usage: certificate === undefined ? "no-certificate" : usageFact(certificate),
    withinValidity: certificate !== undefined && certificate.notBefore <= genTime && genTime <= certificate.notAfter,
  };
}

/** Whether the named key stamped this digest, and its certificate is meant for that. Says nothing about whose key it is. */
export function isTokenIntact(result: TokenResult): boolean {
  return (
    isIntact(result.signer) &&
    result.signer.signingCertificate === "match" &&
    result.imprint === "match" &&
    result.usage === "good"
  );
}

function imprintFact(
  { imprint }: TimestampInfo,
  expected: Uint8Array | ((hash: HashName) => Uint8Array),
): TokenResult["imprint"] {
  if (imprint.hash === undefined) return "unsupported";
  const computed = typeof expected === "function" ? expected(imprint.hash) : expected;
  return equal(computed, imprint.digest) ? "match" : "mismatch";
}

function usageFact(certificate: Certificate): TokenResult["usage"] {
  const extension = findExtension(certificate, OID.extendedKeyUsage);
  try {
    const purposes = extendedKeyUsage(certificate) ?? [];
    if (!purposes.includes(OID.timeStamping)) return "missing";
    if (purposes.length > 1) return "not-sole";
    return extension?.critical === true ? "good" : "not-critical";
  } catch (error) {
    if (error instanceof Fault) return "malformed";
    throw error;
  }
}
