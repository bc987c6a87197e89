import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { raw, readDer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid, sequence } from "../asn1/write.ts";
import { equal } from "../bytes/bytes.ts";
import { absentOrNull } from "../crypto/algorithm-identifier.ts";
import { readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";

/** How `id-dsa` begins in an AlgorithmIdentifier: almost every key is seen not to be DSA without being read. */
const DSA = oid(OID.dsa);

/**
 * The key that a certificate's subject signs with: for DSA without parameters, the issuer's are taken over (RFC 5280 §6.1.4 (f), RFC 3279
 * §2.3.2). Every other key is given back as it is.
 *
 * @param spki DER SubjectPublicKeyInfo of the certificate
 * @param issuerSpki the key that the issuer works with
 */
export function workingKey(spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array {
  if (!lacksParameters(spki)) return spki;
  const issuer = readDsa(issuerSpki);
  const own = readDsa(spki);
  if (issuer === undefined || own === undefined || absentOrNull(issuer.algorithm)) return spki;
  return sequence(issuer.algorithm.raw, own.key);
}

/** The key says nothing without its issuer's parameters. */
export function lacksParameters(spki: Uint8Array): boolean {
  const found = readDsa(spki);
  return found !== undefined && absentOrNull(found.algorithm);
}

/** @returns undefined where it is no DSA key, or no key at all */
function readDsa(spki: Uint8Array) {
  if (!looksLikeDsa(spki)) return undefined;
  try {
    const cursor = fields(readDer(spki));
    const algorithm = readAlgorithm(cursor.next());
    const key = raw(cursor.next(TAG.bitString));
    cursor.done();
    return { algorithm, key };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return undefined;
  }
}

/** The OID stands behind two headers of two to five octets each. */
function looksLikeDsa(spki: Uint8Array): boolean {
  for (let at = 4; at <= 10; at++)
    if (spki[at] === DSA[0] && equal(spki.subarray(at, at + DSA.length), DSA)) return true;
  return false;
}
