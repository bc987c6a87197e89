import { digest } from "#crypto";
import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, contents, type Node, raw } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { tree } from "../asn1/tree.ts";
import { octets } from "../asn1/values.ts";
import { oid } from "../asn1/write.ts";
import { type Bytes, equal } from "../bytes/bytes.ts";
import { type AlgorithmIdentifier, hashOf, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { attribute } from "./build.ts";
import { type CertificateId, certificateId } from "./certificate-id.ts";

const SIGNING_CERTIFICATE_V2 = oid(OID.signingCertificateV2);
/** Most certificates that one attribute may name: the signer's and a long chain. */
const MAX_IDS = 32;
/** directoryName, the only GeneralName that an IssuerSerial of a public-key certificate has (RFC 5035 §4). */
const DIRECTORY_NAME = contextTag(4, true);

/** A reference to a certificate: ESSCertID (RFC 2634 §5.4.1) or ESSCertIDv2 (RFC 5035 §4). */
export type EssCertId = {
  /** Undefined for SHA-1 of the first version, and for SHA-256 by default in the second. */
  readonly hashAlgorithm: AlgorithmIdentifier | undefined;
  readonly version: 1 | 2;
  readonly hash: Uint8Array;
  /** Undefined where absent; `malformed` where it is not one directoryName and a serial number. */
  readonly issuerSerial: CertificateId | "malformed" | undefined;
};

/**
 * The attribute signing-certificate-v2 (RFC 5035 §3), which binds a signature to one certificate.
 *
 * The hash is SHA-256, whose AlgorithmIdentifier is the DEFAULT and so absent under DER. issuerSerial is present: RFC 5035 §4 says it
 * SHOULD be for the signer's certificate, OpenSSL, DSS and pyHanko write it, and DSS compares it. Only the signer's own certificate
 * is named, so that the chain may be completed or renewed by whoever validates.
 *
 * @param certificate DER
 * @throws Fault `der_malformed`
 */
export function signingCertificateV2(certificate: Uint8Array): Bytes {
  const { issuer, serial } = certificateId(certificate);
  const issuerName = tree(TAG.sequence, tree(DIRECTORY_NAME, issuer));
  const issuerSerial = tree(TAG.sequence, issuerName, tree(TAG.integer, serial));
  const hash = tree(TAG.octetString, digest("SHA-256", certificate));
  const certIds = tree(TAG.sequence, tree(TAG.sequence, hash, issuerSerial));
  return attribute(SIGNING_CERTIFICATE_V2, tree(TAG.sequence, certIds));
}

/**
 * Reads the value of signing-certificate or signing-certificate-v2.
 *
 * @returns the certificates it names, the signer's first
 * @throws Fault `der_malformed`, `der_limit`
 */
export function readSigningCertificate(value: Node, version: 1 | 2): EssCertId[] {
  const attributeValue = fields(value);
  const nodes = children(attributeValue.next(TAG.sequence));
  attributeValue.optional(TAG.sequence);
  attributeValue.done();
  if (nodes.length > MAX_IDS) throw new Fault("der_limit", `a reference to ${nodes.length} certificates`);
  return nodes.map((node) => essCertId(node, version));
}

/**
 * Whether a reference names this certificate. The hash alone binds; the hint is judged by {@link hintFits}.
 *
 * @throws Fault `algorithm_unsupported`
 */
export function namesCertificate(id: EssCertId, certificate: Uint8Array): boolean {
  const hash = id.hashAlgorithm === undefined ? (id.version === 1 ? "SHA-1" : "SHA-256") : hashOf(id.hashAlgorithm);
  return equal(digest(hash, certificate), id.hash);
}

function essCertId(node: Node, version: 1 | 2): EssCertId {
  const id = fields(node);
  const algorithm = version === 2 ? id.optional(TAG.sequence) : undefined;
  const hash = octets(id.next());
  const issuerSerial = id.optional(TAG.sequence);
  id.done();
  return {
    hashAlgorithm: algorithm === undefined ? undefined : readAlgorithm(algorithm),
    version,
    hash,
    issuerSerial: issuerSerial === undefined ? undefined : readIssuerSerial(issuerSerial),
  };
}

function readIssuerSerial(node: Node): CertificateId | "malformed" {
  try {
    const issuerSerial = fields(node);
    const [name, ...others] = children(issuerSerial.next(TAG.sequence));
    const serial = contents(issuerSerial.next(TAG.integer));
    // A third field, issuerUID, was possible in RFC 2634 and is not looked at.
    if (name === undefined || others.length > 0) return "malformed";
    return { issuer: raw(fields(name, DIRECTORY_NAME).next(TAG.sequence)), serial };
  } catch (error) {
    if (error instanceof Fault) return "malformed";
    throw error;
  }
}
