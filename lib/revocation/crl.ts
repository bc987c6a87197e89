import { fields } from "../asn1/fields.ts";
import { onlyChild } from "../asn1/only-child.ts";
import { type Node, raw, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { bits, smallInteger, time } from "../asn1/values.ts";
import { equal } from "../bytes/bytes.ts";
import { type AlgorithmIdentifier, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { type Extension, readExtensions } from "../x509/extension.ts";
import { type Name, readName } from "../x509/name.ts";
import { type CrlEntries, readCrlEntries } from "./crl-entries.ts";

/** A certificate revocation list as received (RFC 5280 §5.1); nothing about it is proved. Octets are views on the input. */
export type Crl = {
  readonly raw: Uint8Array;
  /** What the issuer signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly issuer: Name;
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  /** Undefined: RFC 5280 demands it, X.509 does not. */
  readonly nextUpdate: number | undefined;
  readonly entries: CrlEntries;
  readonly extensions: readonly Extension[];
  readonly signature: Uint8Array;
};

const EXTENSIONS = contextTag(0, true);

/**
 * Reads a CRL. Strict about the encoding (DER), silent about policy. Its entries are checked, all of them, but not turned into objects.
 *
 * @param der one CRL and nothing behind it, at most 64 MiB
 * @throws Fault `crl_malformed`, `der_malformed`, `der_limit`, `x509_malformed`
 */
export function parseCrl(der: Uint8Array): Crl {
  const root = readDer(der);
  const outer = fields(root);
  const tbs = outer.next(TAG.sequence);
  const signatureAlgorithm = readAlgorithm(outer.next());
  const signature = bits(outer.next());
  outer.done();
  const { signed, ...rest } = parseTbs(tbs);
  // RFC 5280 §5.1.1.2: the copy that is not signed must say the same as the one that is.
  if (!equal(signed.raw, signatureAlgorithm.raw))
    throw new Fault("crl_malformed", "the two signature algorithms differ");
  return { raw: raw(root), tbs: raw(tbs), ...rest, signatureAlgorithm, signature };
}

function parseTbs(node: Node) {
  const cursor = fields(node);
  const versionField = cursor.optional(TAG.integer);
  // §5.1.2.1: version 1 is not written, so that 0 is no version at all.
  if (versionField !== undefined && smallInteger(versionField) !== 1)
    throw new Fault("crl_malformed", "a version that does not exist");
  const version: 1 | 2 = versionField === undefined ? 1 : 2;
  const signed = readAlgorithm(cursor.next());
  const issuer = readName(cursor.next());
  if (issuer.rdns.length === 0) throw new Fault("crl_malformed", "an issuer without a name");
  const thisUpdate = time(cursor.next());
  const nextField = cursor.optional(TAG.utcTime) ?? cursor.optional(TAG.generalizedTime);
  // An empty list should be left out (§5.1.2.6); several CAs write it, and it can be taken for nothing else.
  const list = cursor.optional(TAG.sequence);
  const extensionsField = cursor.optional(EXTENSIONS);
  cursor.done();
  if (version === 1 && extensionsField !== undefined) throw new Fault("crl_malformed", "extensions in version 1");
  return {
    version,
    signed,
    issuer,
    thisUpdate,
    nextUpdate: nextField === undefined ? undefined : time(nextField),
    entries: readCrlEntries(node.source, list?.content ?? 0, list?.contentEnd ?? 0, version === 2),
    extensions: extensionsField === undefined ? [] : readExtensions(onlyChild(extensionsField)),
  };
}
