import { fields } from "../asn1/fields.ts";
import type { Node } from "../asn1/read.ts";
import { octets } from "../asn1/values.ts";
import { octetString, sequence } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import {
  type AlgorithmIdentifier,
  HASHES,
  type HashName,
  hashAlgorithm,
  hashOf,
  readAlgorithm,
} from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";

/** MessageImprint (RFC 3161 §2.4.1): the digest of what is stamped. */
export type MessageImprint = {
  readonly algorithm: AlgorithmIdentifier;
  /** Undefined where the algorithm is not supported. */
  readonly hash: HashName | undefined;
  readonly digest: Uint8Array;
};

/**
 * @throws Fault `der_malformed`, `tsp_malformed`: the digest is not as long as its algorithm makes them
 */
export function readMessageImprint(node: Node): MessageImprint {
  const imprint = fields(node);
  const algorithm = readAlgorithm(imprint.next());
  const digest = octets(imprint.next());
  imprint.done();
  const hash = quietly(() => hashOf(algorithm));
  if (hash !== undefined && digest.length !== HASHES[hash].length)
    throw new Fault("tsp_malformed", `an imprint of ${digest.length} octets by ${hash}`);
  return { algorithm, hash, digest };
}

/**
 * @param algorithm AlgorithmIdentifier; without parameters unless given
 * @throws TypeError: a digest of another length
 */
export function writeMessageImprint(hash: HashName, digest: Uint8Array, algorithm?: Uint8Array): Bytes {
  if (digest.length !== HASHES[hash].length) throw new TypeError(`an imprint of ${digest.length} octets by ${hash}`);
  return sequence(algorithm ?? hashAlgorithm(hash), octetString(digest));
}
