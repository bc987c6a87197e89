import { OID } from "../asn1/oids.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { element, explicit, integer, octetString, oid, sequence, setOf, sorted } from "../asn1/write.ts";
import { type Bytes, concat } from "../bytes/bytes.ts";
import { hashAlgorithm } from "../crypto/algorithms.ts";
import type { CertificateId } from "./certificate-id.ts";

const SIGNED_DATA = oid(OID.signedData);
const CONTENT_TYPE = oid(OID.contentType);
const MESSAGE_DIGEST = oid(OID.messageDigest);
const VERSION = { 1: integer(1), 3: integer(3) };
/** What this service digests with; parameters absent (RFC 5754 §2). */
const SHA_256 = hashAlgorithm("SHA-256");
const DIGEST_OCTETS = 32;
const TAG_0 = contextTag(0, true);
const TAG_1 = contextTag(1, true);

/** A message of one signer, as parts that are already DER. */
export type Message = {
  /** OBJECT IDENTIFIER of the content. */
  readonly contentType: Uint8Array;
  /** Absent for a detached signature. */
  readonly content?: Uint8Array;
  /** Set of signed attributes under the tag SET OF. */
  readonly signedAttributes: Uint8Array;
  readonly signer: CertificateId;
  /** AlgorithmIdentifier. */
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  /** Attributes, in any order. */
  readonly unsignedAttributes: readonly Uint8Array[];
};

/**
 * ContentInfo of SignedData with one SignerInfo, DER throughout (RFC 5652 §5.1, §5.3): digest SHA-256, every set sorted.
 * The version is 1 for id-data, else 3 (§5.1); the SignerInfo is version 1, for it names its certificate by issuer and serial number.
 */
export function assemble(message: Message, version: 1 | 3): Bytes {
  const { signer, content } = message;
  const info = sequence(
    VERSION[1],
    sequence(signer.issuer, element(TAG.integer, signer.serial)),
    SHA_256,
    retagged(TAG_0, message.signedAttributes),
    message.signatureAlgorithm,
    octetString(message.signature),
    ...(message.unsignedAttributes.length === 0 ? [] : [element(TAG_1, ...sorted(message.unsignedAttributes))]),
  );
  const encapsulated = content === undefined ? [] : [explicit(0, octetString(content))];
  const signedData = sequence(
    VERSION[version],
    element(TAG.set, SHA_256),
    sequence(message.contentType, ...encapsulated),
    ...(message.certificates.length === 0 ? [] : [element(TAG_0, ...sorted(message.certificates))]),
    element(TAG.set, info),
  );
  return sequence(SIGNED_DATA, explicit(0, signedData));
}

/** An Attribute with one value (RFC 5652 §5.3). @param type OBJECT IDENTIFIER element */
export function attribute(type: Uint8Array, value: Uint8Array): Bytes {
  return sequence(type, element(TAG.set, value));
}

/**
 * Signed attributes as they are signed (RFC 5652 §5.4): DER SET OF content-type, message-digest and a reference to the certificate.
 *
 * @param contentType OBJECT IDENTIFIER element
 * @param digest SHA-256 of the content, 32 octets
 * @param reference the attribute signing-certificate-v2
 * @throws TypeError: the digest has another length
 */
export function attributeSet(contentType: Uint8Array, digest: Uint8Array, reference: Uint8Array): Bytes {
  if (digest.length !== DIGEST_OCTETS) throw new TypeError("the digest is not 32 octets long");
  return setOf(attribute(CONTENT_TYPE, contentType), attribute(MESSAGE_DIGEST, octetString(digest)), reference);
}

function retagged(tag: number, part: Uint8Array): Bytes {
  if (part[0] !== TAG.set) throw new TypeError("signed attributes do not start with the tag SET OF");
  const copy = concat(part);
  copy[0] = tag;
  return copy;
}
