import { type Fields, fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { children, contents, type Node, raw, readBer, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { octets, oid, smallInteger } from "../asn1/values.ts";
import { type AlgorithmIdentifier, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { type Attribute, readAttributes, readSignedAttributes, type SignedAttributes } from "./attributes.ts";
import type { CertificateId } from "./certificate-id.ts";
import { isSorted } from "./der.ts";

/** Most signers of one message. PAdES allows one; other profiles a handful. */
const MAX_SIGNERS = 32;
/** Most certificates, and most CRLs or OCSP responses. The largest archives seen carry about a hundred. */
const MAX_MATERIAL = 512;
/** Most digest algorithms. */
const MAX_ALGORITHMS = 32;

const TAG_0 = contextTag(0, true);
const TAG_1 = contextTag(1, true);
/** SubjectKeyIdentifier, `[0] IMPLICIT OCTET STRING`. */
const TAG_KEY_ID = contextTag(0, false);

/** SignedData (RFC 5652 §5.1) as it was received: every part a view on the input, nothing judged but the grammar. */
export type SignedData = {
  /** The ContentInfo without the padding that may follow it in a PDF. */
  readonly raw: Uint8Array;
  /** DER: minimal lengths, sorted sets, signed attributes throughout. Certificates, CRLs and unsigned values are not looked into. */
  readonly der: boolean;
  readonly version: number;
  readonly digestAlgorithms: readonly AlgorithmIdentifier[];
  readonly contentType: string;
  /** The encapsulated content; absent from a detached signature. */
  readonly content: Uint8Array | undefined;
  /** X.509 certificates in the order of the message; DER only once a parser agrees. */
  readonly certificates: readonly Uint8Array[];
  /** Attribute certificates and other formats, which are not read. */
  readonly otherCertificates: number;
  readonly crls: readonly Uint8Array[];
  /** OCSPResponses (RFC 5940 §2.1). */
  readonly ocspResponses: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
};

/** How a signer names its certificate. */
export type SignerId = CertificateId | { readonly keyId: Uint8Array };

/** SignerInfo (RFC 5652 §5.3). */
export type SignerInfo = {
  readonly version: number;
  readonly id: SignerId;
  readonly digestAlgorithm: AlgorithmIdentifier;
  readonly signedAttributes: SignedAttributes | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  /** Content octets of the signature value: what a signature-time-stamp covers. */
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly Attribute[];
};

/**
 * Reads a CMS message with signatures. Lengths outside certificates may be BER, within the bounds of the reader: one in ten
 * messages in circulation has indefinite lengths.
 *
 * @param bytes a ContentInfo; zero octets may follow, as they do in /Contents of a PDF
 * @throws Fault `cms_malformed`: not SignedData; `der_malformed`, `der_limit`
 */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const outside = readBer(bytes, { trailing: "zeros" });
  const message = raw(outside);
  try {
    return contentInfo(readDer(message), true);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "der_malformed") throw error;
    return contentInfo(outside, false);
  }
}

function contentInfo(root: Node, strict: boolean): SignedData {
  const outer = fields(root);
  if (oid(outer.next()) !== OID.signedData) throw new Fault("cms_malformed", "ContentInfo does not hold SignedData");
  const wrapper = fields(outer.next(TAG_0), TAG_0);
  const inner = fields(wrapper.next());
  wrapper.done();
  outer.done();

  const version = smallInteger(inner.next());
  const algorithms = inner.next(TAG.set);
  const content = encapsulated(inner);
  const certificates = inner.optional(TAG_0);
  const crls = inner.optional(TAG_1);
  const infos = inner.next(TAG.set);
  inner.done();

  const digestAlgorithms = counted(algorithms, MAX_ALGORITHMS);
  const signerNodes = counted(infos, MAX_SIGNERS);
  const certificateNodes = certificates === undefined ? [] : counted(certificates, MAX_MATERIAL);
  const revocationNodes = crls === undefined ? [] : counted(crls, MAX_MATERIAL);
  const x509 = certificateNodes.filter((node) => node.tag === TAG.sequence);
  const sets = [digestAlgorithms, signerNodes, certificateNodes, revocationNodes];
  const signers = signerNodes.map(signerInfo);
  return {
    raw: raw(root),
    der: strict && sets.every(isSorted) && signerNodes.every(unsignedAreSorted) && signers.every(signedAreDer),
    version,
    digestAlgorithms: digestAlgorithms.map((node) => readAlgorithm(node)),
    ...content,
    certificates: x509.map(raw),
    otherCertificates: certificateNodes.length - x509.length,
    crls: revocationNodes.filter((node) => node.tag === TAG.sequence).map(raw),
    ocspResponses: revocationNodes.flatMap(ocspResponse),
    signers,
  };
}

function encapsulated(inner: Fields): Pick<SignedData, "contentType" | "content"> {
  const info = fields(inner.next());
  const contentType = oid(info.next());
  const wrapper = info.optional(TAG_0);
  info.done();
  if (wrapper === undefined) return { contentType, content: undefined };
  const content = fields(wrapper, TAG_0);
  const value = content.next();
  content.done();
  return { contentType, content: octets(value) };
}

function signerInfo(node: Node): SignerInfo {
  const info = fields(node);
  const version = smallInteger(info.next());
  const id = signerId(info.next());
  const digestAlgorithm = readAlgorithm(info.next());
  const signed = info.optional(TAG_0);
  const signatureAlgorithm = readAlgorithm(info.next());
  const signature = octets(info.next());
  const unsigned = info.optional(TAG_1);
  info.done();
  return {
    version,
    id,
    digestAlgorithm,
    signedAttributes: signed === undefined ? undefined : readSignedAttributes(signed),
    signatureAlgorithm,
    signature,
    unsignedAttributes: unsigned === undefined ? [] : readAttributes(unsigned),
  };
}

function signerId(node: Node): SignerId {
  if (node.tag === TAG_KEY_ID || node.tag === TAG_0) return { keyId: octets(node, TAG_KEY_ID) };
  const id = fields(node);
  const issuer = raw(id.next(TAG.sequence));
  const serial = contents(id.next(TAG.integer));
  id.done();
  return { issuer, serial };
}

/** `[1] IMPLICIT OtherRevocationInfoFormat` that holds an OCSPResponse; other formats are skipped. */
function ocspResponse(node: Node): Uint8Array[] {
  if (node.tag !== TAG_1) return [];
  const other = fields(node, TAG_1);
  const format = oid(other.next());
  const value = raw(other.next());
  other.done();
  return format === OID.ocspResponseInCms ? [value] : [];
}

function unsignedAreSorted(node: Node): boolean {
  const last = children(node).at(-1);
  return last === undefined || last.tag !== TAG_1 || isSorted(children(last));
}

function signedAreDer({ signedAttributes }: SignerInfo): boolean {
  return signedAttributes?.der !== false;
}

function counted(set: Node, most: number): Node[] {
  const found = children(set);
  if (found.length > most) throw new Fault("der_limit", `${found.length} elements in one set, at most ${most}`);
  return found;
}
