import { digest } from "#crypto";
import { fields } from "../asn1/fields.ts";
import { type Node, raw } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { integerOctets, octets } from "../asn1/values.ts";
import { element, octetString, sequence } from "../asn1/write.ts";
import { type Bytes, equal } from "../bytes/bytes.ts";
import { type HashName, hashAlgorithmNull, hashOf, readAlgorithm } from "../crypto/algorithms.ts";
import { quietly } from "../fault/quietly.ts";
import type { Certificate } from "../x509/certificate.ts";
import { subjectPublicKey } from "../x509/key-identifiers.ts";
import type { Name } from "../x509/name.ts";
import { onceEach } from "./once.ts";

/** CertID (RFC 6960 §4.1.1): which certificate is asked about, by its issuer's name and key and its serial number. */
export type CertId = {
  /** The whole element: a response repeats it octet for octet. */
  readonly raw: Uint8Array;
  /** Undefined where the algorithm is not supported; nothing can be matched then. */
  readonly hash: HashName | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
};

/** @throws Fault `der_malformed` */
export function readCertId(node: Node): CertId {
  const id = fields(node);
  const algorithm = readAlgorithm(id.next());
  const issuerNameHash = octets(id.next());
  const issuerKeyHash = octets(id.next());
  const serial = integerOctets(id.next());
  id.done();
  return { raw: raw(node), hash: quietly(() => hashOf(algorithm)), issuerNameHash, issuerKeyHash, serial };
}

/**
 * The hash here only names an issuer among those that a responder knows; nobody gains by a collision, so SHA-1 is as good as any and
 * is what every client understands.
 *
 * @param serial content octets of the INTEGER, as a parsed certificate has them
 */
export function writeCertId(hash: HashName, issuer: Certificate, serial: Uint8Array): Bytes {
  return sequence(
    // NULL, as OpenSSL and the responders in use write it: caches and clients compare requests octet for octet (RFC 5019 §5).
    hashAlgorithmNull(hash),
    octetString(digest(hash, issuer.subject.raw)),
    octetString(digest(hash, subjectPublicKey(issuer.spki))),
    element(TAG.integer, serial),
  );
}

/**
 * Whether a CertID names an issuer.
 *
 * @param name as the certificate that is asked about writes it: RFC 6960 §4.1.1 hashes that one, others hash the issuer's own, and the two
 *   may be the same name in different octets
 * @throws Fault `der_malformed`: the issuer's key
 */
export function isIssuedBy(id: CertId, issuer: Certificate, name: Name = issuer.subject): boolean {
  const { hash } = id;
  if (hash === undefined || !equal(id.issuerKeyHash, keyHash(issuer, hash))) return false;
  return equal(id.issuerNameHash, nameHash(issuer.subject, hash)) || equal(id.issuerNameHash, nameHash(name, hash));
}

// Computed once: a response may have hundreds of answers, and a file hundreds of responses.
const KEY_HASHES = onceEach((_: Certificate) => new Map<HashName, Bytes>());
const NAME_HASHES = onceEach((_: Name) => new Map<HashName, Bytes>());

function keyHash(issuer: Certificate, hash: HashName): Bytes {
  return remembered(KEY_HASHES(issuer), hash, () => digest(hash, subjectPublicKey(issuer.spki)));
}

function nameHash(name: Name, hash: HashName): Bytes {
  return remembered(NAME_HASHES(name), hash, () => digest(hash, name.raw));
}

function remembered(known: Map<HashName, Bytes>, hash: HashName, compute: () => Bytes): Bytes {
  const found = known.get(hash) ?? compute();
  known.set(hash, found);
  return found;
}
