import * as OID from "../asn1/oids.ts";
import { equal } from "../bytes/bytes.ts";
import { quietly } from "../fault/quietly.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { findExtension } from "../x509/extension.ts";
import type { Name } from "../x509/name.ts";
import { namesMatch } from "../x509/name-match.ts";
import { extendedKeyUsage } from "../x509/usages.ts";
import type { Allowance } from "./allowance.ts";
import { isIssuedBy } from "./cert-id.ts";
import type { BasicOcspResponse, SingleResponse } from "./ocsp-read.ts";
import { responderKeyHash } from "./ocsp-response.ts";
import { onceEach } from "./once.ts";
import { verifies } from "./verifies.ts";

/** Most certificates with the responder's name or key that are tried; each costs two signature checks. */
const MAX_CANDIDATES = 8;

/** Facts about a response on one certificate; whether it is fresh enough is judged elsewhere. */
export type OcspResult = {
  /** What it says about the certificate: undefined where it says nothing. A revocation counts before all else, then the newest. */
  readonly single: SingleResponse | undefined;
  /** Who signed, by what the response says. */
  readonly responder: Certificate | undefined;
  /**
   * Why the responder may answer (RFC 6960 §4.2.2.2): it is the issuer, or the issuer certified it for that purpose itself.
   * `none`: neither, whoever signed.
   */
  readonly authority: "issuer" | "delegated" | "none";
  readonly signature: "valid" | "invalid" | "unsupported" | "no-certificate";
  /** id-pkix-ocsp-nocheck: the issuer asks not to check the responder's own revocation (§4.2.2.2.1). */
  readonly noCheck: boolean;
  /** producedAt lies in the validity of the responder's certificate. */
  readonly withinValidity: boolean;
};

/**
 * Checks a response about one certificate.
 *
 * Throws Fault `der_malformed` only for an issuer whose key cannot be read.
 *
 * @param input.serial content octets of the INTEGER
 * @param input.issuer of the certificate that is asked about; trusted or not is for path validation to say
 * @param input.certificates where the responder's certificate may be, besides the response
 * @param input.candidates the same, read already
 * @param input.allowance what may be spent on signatures; when it is used up, they are `unsupported`
 */
export async function verifyOcspResponse(
  response: BasicOcspResponse,
  input: {
    readonly serial: Uint8Array;
    readonly issuer: Certificate;
    readonly certificates?: readonly Uint8Array[];
    readonly candidates?: readonly Certificate[];
    readonly allowance?: Allowance | undefined;
  },
): Promise<OcspResult> {
  const { issuer, certificates = [], candidates = [] } = input;
  const pool = [...response.certificates, ...certificates].flatMap(readable);
  return {
    single: singleAbout(response, input.serial, issuer),
    ...(await responderOf(response, issuer, [issuer, ...pool, ...candidates], input.allowance)),
  };
}

/**
 * The answer about a certificate: a revocation before all else, then the newest.
 *
 * @param name the issuer's, as the certificate writes it
 * @throws Fault `der_malformed`: the issuer's key
 */
export function singleAbout(
  response: BasicOcspResponse,
  serial: Uint8Array,
  issuer: Certificate,
  name: Name = issuer.subject,
): SingleResponse | undefined {
  const about = response.singles.filter(
    ({ certId }) => equal(certId.serial, serial) && isIssuedBy(certId, issuer, name),
  );
  const revoked = about.find(({ status }) => status.kind === "revoked");
  return revoked ?? about.sort((a, b) => b.thisUpdate - a.thisUpdate)[0];
}

/** Who signed, and why it may; the same for every certificate of one issuer. */
export async function responderOf(
  response: BasicOcspResponse,
  issuer: Certificate,
  pool: readonly Certificate[],
  allowance?: Allowance,
): Promise<Omit<OcspResult, "single">> {
  const named = pool.filter((candidate) => isNamed(response, candidate)).slice(0, MAX_CANDIDATES);
  let best: Pick<OcspResult, "responder" | "authority" | "signature"> | undefined;
  // More than one may carry the name or the key: the first that is authorised and whose key signed, else the first at all.
  for (const responder of named) {
    const signature = await signatureFact(responder, response, allowance);
    const authority = await authorityFact(responder, issuer, allowance);
    const found = { responder, authority, signature };
    if (authority !== "none" && signature === "valid") {
      best = found;
      break;
    }
    best ??= found;
  }
  const responder = best?.responder;
  return {
    responder,
    authority: best?.authority ?? "none",
    signature: best?.signature ?? "no-certificate",
    noCheck: responder !== undefined && findExtension(responder, OID.ocspNoCheck) !== undefined,
    withinValidity:
      responder !== undefined &&
      responder.notBefore <= response.producedAt &&
      response.producedAt <= responder.notAfter,
  };
}

/** Whether an authorised responder signed this response about the certificate. Says nothing about its age. */
export function isOcspIntact(result: OcspResult): boolean {
  return result.single !== undefined && result.signature === "valid" && result.authority !== "none";
}

function isNamed({ responder }: BasicOcspResponse, candidate: Certificate): boolean {
  if ("key" in responder) return isSame(responder.key, keyHashOf(candidate));
  return equal(responder.name.raw, candidate.subject.raw) || namesMatch(responder.name, candidate.subject);
}

/** Undefined for a key that cannot be read. */
const keyHashOf = onceEach((candidate: Certificate) => quietly(() => responderKeyHash(candidate)));

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && equal(a, b);
}

async function authorityFact(
  responder: Certificate,
  issuer: Certificate,
  allowance: Allowance | undefined,
): Promise<OcspResult["authority"]> {
  if (equal(responder.spki, issuer.spki) && namesMatch(responder.subject, issuer.subject)) return "issuer";
  if (!isForOcsp(responder) || !namesMatch(responder.issuer, issuer.subject)) return "none";
  return (await isSignedBy(responder, issuer, allowance)) ? "delegated" : "none";
}

async function isSignedBy(
  certificate: Certificate,
  issuer: Certificate,
  allowance: Allowance | undefined,
): Promise<boolean> {
  if (allowance?.check !== undefined) return (await allowance.check(certificate, issuer.spki)) === "valid";
  const { signatureAlgorithm, tbs, signature } = certificate;
  return (await verifies(signatureAlgorithm, issuer.spki, tbs, signature, allowance)) === true;
}

/** anyExtendedKeyUsage does not do: the delegation must be explicit (RFC 6960 §4.2.2.2). */
function isForOcsp(responder: Certificate): boolean {
  return quietly(() => extendedKeyUsage(responder)?.includes(OID.ocspSigning)) === true;
}

async function signatureFact(
  responder: Certificate,
  response: BasicOcspResponse,
  allowance: Allowance | undefined,
): Promise<OcspResult["signature"]> {
  const { signatureAlgorithm, tbs, signature } = response;
  const valid = await verifies(signatureAlgorithm, responder.spki, tbs, signature, allowance);
  return valid === undefined ? "unsupported" : valid ? "valid" : "invalid";
}

/** @returns nothing for one that cannot be read */
function readable(certificate: Uint8Array): Certificate[] {
  const parsed = quietly(() => parseCertificate(certificate));
  return parsed === undefined ? [] : [parsed];
}
