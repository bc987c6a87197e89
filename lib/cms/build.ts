import * as OID from "../asn1/oids.ts";
import { contents, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { type Tree, tree, writeTree } from "../asn1/tree.ts";
import { integer, oid, setOf, sorted } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
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
  const { signer, content, unsignedAttributes, certificates } = message;
  const info = tree(
    TAG.sequence,
    VERSION[1],
    tree(TAG.sequence, signer.issuer, tree(TAG.integer, signer.serial)),
    SHA_256,
    tree(TAG_0, elementsOf(message.signedAttributes)),
    message.signatureAlgorithm,
    tree(TAG.octetString, message.signature),
    ...(unsignedAttributes.length === 0 ? [] : [tree(TAG_1, ...sorted(unsignedAttributes))]),
  );
  const signedData = tree(
    TAG.sequence,
    VERSION[version],
    tree(TAG.set, SHA_256),
    tree(
      TAG.sequence,
      message.contentType,
      ...(content === undefined ? [] : [tree(TAG_0, tree(TAG.octetString, content))]),
    ),
    ...(certificates.length === 0 ? [] : [tree(TAG_0, ...sorted(certificates))]),
    tree(TAG.set, info),
  );
  return writeTree(tree(TAG.sequence, SIGNED_DATA, tree(TAG_0, signedData)));
}

/** An Attribute with one value (RFC 5652 §5.3). @param type OBJECT IDENTIFIER element */
export function attribute(type: Uint8Array, value: Uint8Array | Tree): Bytes {
  return writeTree(tree(TAG.sequence, type, tree(TAG.set, value)));
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
  const messageDigest = attribute(MESSAGE_DIGEST, tree(TAG.octetString, digest));
  return setOf(attribute(CONTENT_TYPE, contentType), messageDigest, reference);
}

/** What is inside the SET OF: the same octets travel under another tag (RFC 5652 §5.3). */
function elementsOf(signedAttributes: Uint8Array): Uint8Array {
  if (signedAttributes[0] !== TAG.set) throw new TypeError("signed attributes do not start with the tag SET OF");
  return contents(readDer(signedAttributes));
}
