import { digest } from "#crypto";
import { fields } from "../asn1/fields.ts";
import { type Node, raw } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { integerOctets, octets } from "../asn1/values.ts";
import { element, octetString, sequence } from "../asn1/write.ts";
import { type Bytes, equal } from "../bytes/bytes.ts";
import { type HashName, hashAlgorithmNull, hashOf, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import { subjectPublicKey } from "../x509/key-identifiers.ts";
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
  return { raw: raw(node), hash: supportedHash(algorithm), issuerNameHash, issuerKeyHash, serial };
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

/** Whether a CertID names an issuer. @throws Fault `der_malformed`: the issuer's key */
export function isIssuedBy(id: CertId, issuer: Certificate): boolean {
  if (id.hash === undefined) return false;
  const { name, key } = hashesOf(issuer, id.hash);
  return equal(id.issuerNameHash, name) && equal(id.issuerKeyHash, key);
}

type IssuerHashes = { readonly name: Bytes; readonly key: Bytes };
const HASHES_OF = onceEach((_: Certificate) => new Map<HashName, IssuerHashes>());

/** Computed once: a response may have hundreds of answers, and a file hundreds of responses. */
function hashesOf(issuer: Certificate, hash: HashName): IssuerHashes {
  const known = HASHES_OF(issuer);
  const found = known.get(hash) ?? {
    name: digest(hash, issuer.subject.raw),
    key: digest(hash, subjectPublicKey(issuer.spki)),
  };
  known.set(hash, found);
  return found;
}

function supportedHash(algorithm: ReturnType<typeof readAlgorithm>): HashName | undefined {
  try {
    return hashOf(algorithm);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
