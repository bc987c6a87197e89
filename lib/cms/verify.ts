import { digest, verifySignature } from "#crypto";
import * as OID from "../asn1/oids.ts";
import { concat, equal } from "../bytes/bytes.ts";
import { type HashName, hashOf, type SignatureAlgorithm, signatureAlgorithmOf } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";
import { type Certificate, parseCertificate } from "../x509/certificate.ts";
import { algorithmProtection } from "./algorithm-protection.ts";
import { type AttributeFacts, type Once, readAttributeFacts } from "./attribute-facts.ts";
import { certificateId } from "./certificate-id.ts";
import { looksLikeSignedAttributes } from "./confusion.ts";
import type { SignedData, SignerInfo } from "./read.ts";
import { type Claimed, findSignerCertificate, sameCertificate } from "./signer-certificate.ts";
import type { SignerResult } from "./signer-result.ts";
import { type EssCertId, namesCertificate } from "./signing-certificate.ts";

/** What was signed, and certificates that the message itself does not carry (a DSS dictionary has them). */
export type VerifyInput = {
  /** One of the message's signers; the first unless given. */
  readonly signer?: SignerInfo;
  /** Detached content, in one piece or several. Given, it counts; what the message encapsulates does not. */
  readonly content?: Uint8Array | readonly Uint8Array[];
  /**
   * The digest of the content, or what computes it, so that nobody hashes twice. Alone it is not enough for a signer without signed
   * attributes; beside `content` it is taken for that content's.
   */
  readonly contentDigest?: Uint8Array | ((hash: HashName) => Uint8Array);
  readonly certificates?: readonly Uint8Array[];
  /** Reads a certificate, for callers that have read it before. */
  readonly parse?: (der: Uint8Array) => Certificate;
};

/**
 * Checks one signer of a message (RFC 5652 §5.4, §5.6; RFC 5035 §5.4). Bad signatures are results, never exceptions.
 *
 * @throws Fault `cms_malformed`: the message has no signer
 */
export async function verifySigner(signedData: SignedData, input: VerifyInput): Promise<SignerResult> {
  const signer = input.signer ?? signedData.signers[0];
  if (signer === undefined) throw new Fault("cms_malformed", "a message without a signer");
  const attributes = signer.signedAttributes && readAttributeFacts(signer.signedAttributes.list);
  const reference = held(attributes?.signingCertificate)?.[0];
  const pool = [...signedData.certificates, ...(input.certificates ?? [])];
  const claimed = findSignerCertificate(signer.id, reference, pool);
  const certificate = claimed && quietly(() => (input.parse ?? parseCertificate)(claimed.certificate));
  const digestAlgorithm = quietly(() => hashOf(signer.digestAlgorithm));
  const signatureAlgorithm = quietly(() => signatureAlgorithmOf(signer.signatureAlgorithm, digestAlgorithm));
  const content = signer.signedAttributes === undefined ? wholeContent(signedData, input) : undefined;
  const message = signer.signedAttributes?.octets ?? content;
  return {
    certificate,
    identified: claimed?.identified ?? false,
    digestAlgorithm,
    signatureAlgorithm,
    algorithmsAgree: agree(signedData, signer, digestAlgorithm, signatureAlgorithm),
    algorithmProtection: algorithmProtection(signer),
    signedAttributes:
      signer.signedAttributes === undefined ? "absent" : signer.signedAttributes.der ? "der" : "not-der",
    attributes,
    contentType: contentTypeFact(signedData, attributes),
    messageDigest: messageDigestFact(signedData, input, attributes, digestAlgorithm),
    signature: await signatureFact(claimed, certificate, signatureAlgorithm, message, signer.signature),
    signingCertificate: referenceFact(attributes, reference, claimed),
    issuerSerial: hintFact(reference, claimed),
    confusable: content !== undefined && looksLikeSignedAttributes(content),
  };
}

async function signatureFact(
  claimed: Claimed | undefined,
  certificate: Certificate | undefined,
  algorithm: SignatureAlgorithm | undefined,
  message: Uint8Array | undefined,
  signature: Uint8Array,
): Promise<SignerResult["signature"]> {
  if (claimed === undefined) return "no-certificate";
  if (certificate === undefined) return "bad-certificate";
  if (algorithm === undefined) return "unsupported";
  if (message === undefined) return "no-content";
  try {
    return (await verifySignature(algorithm, certificate.spki, message, signature)) ? "valid" : "invalid";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.code === "algorithm_unsupported" ? "unsupported" : "bad-certificate";
  }
}

function contentTypeFact(
  { contentType }: SignedData,
  attributes: AttributeFacts | undefined,
): SignerResult["contentType"] {
  // Signed attributes may be left out for id-data only (RFC 5652 §5.3).
  if (attributes === undefined) return contentType === OID.data ? "unneeded" : "missing";
  const found = attributes.contentType;
  if (typeof found === "string") return found;
  return found.value === contentType ? "match" : "mismatch";
}

function messageDigestFact(
  signedData: SignedData,
  input: VerifyInput,
  attributes: AttributeFacts | undefined,
  hash: HashName | undefined,
): SignerResult["messageDigest"] {
  if (attributes === undefined) return "unneeded";
  const found = attributes.messageDigest;
  if (typeof found === "string") return found;
  if (hash === undefined) return "unsupported";
  const computed = digestOfContent(signedData, input, hash);
  if (computed === undefined) return "no-content";
  return equal(computed, found.value) ? "match" : "mismatch";
}

function digestOfContent(signedData: SignedData, input: VerifyInput, hash: HashName): Uint8Array | undefined {
  const { content, contentDigest } = input;
  if (contentDigest !== undefined) return typeof contentDigest === "function" ? contentDigest(hash) : contentDigest;
  if (content instanceof Uint8Array) return digest(hash, content);
  if (content !== undefined) return digest(hash, ...content);
  return signedData.content && digest(hash, signedData.content);
}

function wholeContent(signedData: SignedData, { content, contentDigest }: VerifyInput): Uint8Array | undefined {
  if (content instanceof Uint8Array) return content;
  if (content !== undefined) return concat(...content);
  return contentDigest === undefined ? signedData.content : undefined;
}

function referenceFact(
  attributes: AttributeFacts | undefined,
  reference: EssCertId | undefined,
  claimed: Claimed | undefined,
): SignerResult["signingCertificate"] {
  const found = attributes?.signingCertificate ?? "missing";
  if (typeof found === "string") return found;
  if (reference === undefined) return "malformed";
  if (claimed === undefined) return "unknown";
  const names = quietly(() => namesCertificate(reference, claimed.certificate));
  return names === undefined ? "unsupported" : names ? "match" : "mismatch";
}

function hintFact(reference: EssCertId | undefined, claimed: Claimed | undefined): SignerResult["issuerSerial"] {
  const hint = reference?.issuerSerial;
  if (hint === undefined) return "absent";
  if (hint === "malformed" || claimed === undefined) return "mismatch";
  return quietly(() => sameCertificate(hint, certificateId(claimed.certificate))) ? "match" : "mismatch";
}

function agree(
  { digestAlgorithms }: SignedData,
  { digestAlgorithm }: SignerInfo,
  hash: HashName | undefined,
  signature: SignatureAlgorithm | undefined,
): boolean {
  if (hash === undefined || signature === undefined) return false;
  // EdDSA hashes on its own; the digest is that of the content (RFC 8419 §3).
  const same = signature.kind === "eddsa" || signature.hash === hash;
  return same && digestAlgorithms.some((announced) => announced.oid === digestAlgorithm.oid);
}

function held<T>(found: Once<T> | undefined): T | undefined {
  return typeof found === "object" ? found.value : undefined;
}
