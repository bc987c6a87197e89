import { digest } from "#crypto";
import * as OID from "../../lib/asn1/oids.ts";
import { contextTag, TAG } from "../../lib/asn1/tags.ts";
import {
  element,
  explicit,
  implicit,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
  sorted,
  time,
} from "../../lib/asn1/write.ts";
import { type Bytes, concat } from "../../lib/bytes/bytes.ts";
import { certificateId } from "../../lib/cms/certificate-id.ts";
import { type HashName, hashAlgorithm } from "../../lib/crypto/algorithms.ts";
import { subjectKeyIdentifier } from "../../lib/x509/key-identifiers.ts";
import { type AnyParty, keyOf } from "./parties.ts";
import type { Party } from "./world.ts";

/** One SignerInfo as somebody might write it. */
export type SignerOptions = {
  readonly party: Party | AnyParty;
  /** The key's usual one unless given. */
  readonly hash?: HashName;
  readonly id?: "issuer-serial" | "key-id";
  /** ms; the attribute is left out unless given. */
  readonly signingTime?: number;
  /** Version of the attribute signing-certificate. */
  readonly ess?: 1 | 2 | "none";
  /** Of version 2; written where it is not SHA-256. */
  readonly essHash?: HashName;
  /** What the attribute names instead of the signer's certificate. */
  readonly essCertificate?: Uint8Array;
  /** False: the signature covers the content itself. */
  readonly signedAttributes?: boolean;
  /** AlgorithmIdentifiers instead of the right ones. */
  readonly digestAlgorithm?: Uint8Array;
  readonly signatureAlgorithm?: Uint8Array;
  /** Further attributes. */
  readonly signed?: readonly Uint8Array[];
  readonly unsigned?: readonly Uint8Array[];
  /** Tokens over the signature value, each an attribute of its own. */
  readonly timestamps?: (signature: Bytes) => Promise<readonly Uint8Array[]>;
};

/** A CMS message as somebody might write it. */
export type MessageOptions = {
  /** What the message digest is taken of. */
  readonly content: Uint8Array;
  readonly signers: readonly SignerOptions[];
  /** In this order under BER, sorted under DER. */
  readonly certificates: readonly Uint8Array[];
  readonly contentType?: string;
  /** eContent. */
  readonly encapsulate?: Uint8Array;
  /** Elements for the set `crls`. */
  readonly crls?: readonly Uint8Array[];
  /** `ber`: indefinite lengths, unsorted sets, all but the signed attributes and the certificates. */
  readonly container?: "der" | "ber";
};

/** @returns ContentInfo */
export async function newMessage(options: MessageOptions): Promise<Bytes> {
  const { content, signers, encapsulate, certificates, crls = [], contentType = OID.data } = options;
  const ber = options.container === "ber";
  const wrap = ber ? indefinite : element;
  const set = (tag: number, parts: readonly Uint8Array[]) => wrap(tag, ...(ber ? parts : sorted(parts)));
  const infos = await Promise.all(signers.map((signer) => signerInfo(signer, content, contentType, wrap)));
  const algorithms = new Map(signers.map((signer) => [String(digestOf(signer)), digestOf(signer)]));
  const eContent =
    encapsulate === undefined ? [] : [wrap(contextTag(0, true), ber ? pieces(encapsulate) : octetString(encapsulate))];
  const signedData = wrap(
    TAG.sequence,
    integer(contentType === OID.data && signers.every(({ id }) => id !== "key-id") ? 1 : 3),
    set(TAG.set, [...algorithms.values()]),
    wrap(TAG.sequence, oid(contentType), ...eContent),
    ...(certificates.length === 0 ? [] : [set(contextTag(0, true), certificates)]),
    ...(crls.length === 0 ? [] : [set(contextTag(1, true), crls)]),
    set(TAG.set, infos),
  );
  return wrap(TAG.sequence, oid(OID.signedData), wrap(contextTag(0, true), signedData));
}

/** An Attribute. */
export function attributeOf(type: string, ...values: readonly Uint8Array[]): Bytes {
  return sequence(oid(type), setOf(...values));
}

/** adbe-revocationInfoArchival: goes among the signed attributes (ISO 32000-2 §12.8.3.3.2). */
export function archivalAttribute(crls: readonly Uint8Array[], ocsps: readonly Uint8Array[]): Bytes {
  const value = sequence(
    ...(crls.length === 0 ? [] : [explicit(0, sequence(...crls))]),
    ...(ocsps.length === 0 ? [] : [explicit(1, sequence(...ocsps))]),
  );
  return attributeOf(OID.adobeRevocationInfoArchival, value);
}

async function signerInfo(
  signer: SignerOptions,
  content: Uint8Array,
  contentType: string,
  wrap: typeof element,
): Promise<Bytes> {
  const key = keyOf(signer.party);
  const hash = signer.hash ?? key.hash;
  const attributes =
    signer.signedAttributes === false ? undefined : signedAttributes(signer, content, contentType, hash);
  const signature = key.sign(attributes ?? content, hash);
  const tokens = (await signer.timestamps?.(signature)) ?? [];
  const unsigned = [...tokens.map((token) => attributeOf(OID.signatureTimestamp, token)), ...(signer.unsigned ?? [])];
  return wrap(
    TAG.sequence,
    integer(signer.id === "key-id" ? 3 : 1),
    signerId(signer),
    digestOf(signer),
    ...(attributes === undefined ? [] : [implicit(0, attributes)]),
    signer.signatureAlgorithm ?? key.algorithm(hash),
    octetString(signature),
    ...(unsigned.length === 0 ? [] : [wrap(contextTag(1, true), ...sorted(unsigned))]),
  );
}

function digestOf(signer: SignerOptions): Uint8Array {
  return signer.digestAlgorithm ?? hashAlgorithm(signer.hash ?? keyOf(signer.party).hash);
}

function signerId({ party, id }: SignerOptions): Bytes {
  if (id === "key-id") {
    const identifier = subjectKeyIdentifier(party.certificate);
    if (identifier === undefined) throw new TypeError("the certificate has no key identifier");
    return implicit(0, octetString(identifier));
  }
  const { issuer, serial } = certificateId(party.certificate.raw);
  return sequence(issuer, element(TAG.integer, serial));
}

function signedAttributes(signer: SignerOptions, content: Uint8Array, contentType: string, hash: HashName): Bytes {
  const { signingTime, ess = 2 } = signer;
  return setOf(
    attributeOf(OID.contentType, oid(contentType)),
    attributeOf(OID.messageDigest, octetString(digest(hash, content))),
    ...(signingTime === undefined ? [] : [attributeOf(OID.signingTime, time(signingTime))]),
    ...(ess === "none" ? [] : [essAttribute(signer, ess)]),
    ...(signer.signed ?? []),
  );
}

function essAttribute({ party, essHash = "SHA-256", essCertificate }: SignerOptions, version: 1 | 2): Bytes {
  const certificate = essCertificate ?? party.certificate.raw;
  if (version === 1) {
    const id = sequence(octetString(digest("SHA-1", certificate)));
    return attributeOf(OID.signingCertificate, sequence(sequence(id)));
  }
  const algorithm = essHash === "SHA-256" ? [] : [hashAlgorithm(essHash)];
  const id = sequence(...algorithm, octetString(digest(essHash, certificate)));
  return attributeOf(OID.signingCertificateV2, sequence(sequence(id)));
}

/** Indefinite length (X.690 §8.1.3.6). */
function indefinite(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  return concat(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0));
}

/** An OCTET STRING in two pieces (X.690 §8.7.3). */
function pieces(octets: Uint8Array): Bytes {
  const half = octets.length >> 1;
  return indefinite(0x24, octetString(octets.subarray(0, half)), octetString(octets.subarray(half)));
}
