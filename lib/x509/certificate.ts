import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { onlyChild } from "../asn1/only-child.ts";
import { type Node, raw, readDer } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { bits, integerOctets, smallInteger, time } from "../asn1/values.ts";
import { type Bytes, equal } from "../bytes/bytes.ts";
import { type AlgorithmIdentifier, readAlgorithm } from "../crypto/algorithms.ts";
import { Fault } from "../fault/fault.ts";
import { type Extension, readExtensions } from "./extension.ts";
import { type Name, readName } from "./name.ts";

/** A certificate as received (RFC 5280 §4.1). All octets are views on one copy of the input. */
export type Certificate = {
  readonly raw: Bytes;
  /** What the issuer signed. */
  readonly tbs: Bytes;
  readonly version: 1 | 2 | 3;
  /** Content octets of the INTEGER as received; sign octet included. */
  readonly serial: Bytes;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly issuer: Name;
  /** Milliseconds since 1970; both ends belong to the validity. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: Name;
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Bytes;
  readonly extensions: readonly Extension[];
  readonly signature: Bytes;
};

/** Ordinary ones have 1 to 3 KB, post-quantum ones under 20; the rest is room. */
const MAX_CERTIFICATE = 128 * 1024;

const ISSUER_UNIQUE_ID = contextTag(1, false);
const SUBJECT_UNIQUE_ID = contextTag(2, false);
const EXTENSIONS = contextTag(3, true);

/**
 * Reads a certificate. Strict about the encoding (DER, no second way to write the same thing), silent about policy: whether a serial
 * number is too long or a key usage makes sense is for path validation to say.
 *
 * @param der one certificate and nothing behind it
 * @throws Fault `der_malformed`, `der_limit`, `x509_malformed`
 */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > MAX_CERTIFICATE) throw new Fault("der_limit", `a certificate of ${der.length} octets`);
  const source: Bytes = new Uint8Array(der);
  const outer = fields(readDer(source));
  const tbs = outer.next(TAG.sequence);
  const signatureAlgorithm = readAlgorithm(outer.next());
  const signature = bits(outer.next());
  outer.done();
  const parsed = parseTbs(tbs, source);
  // RFC 5280 §4.1.1.2: the copy that is not signed must say the same as the one that is.
  if (!equal(parsed.signed.raw, signatureAlgorithm.raw))
    throw new Fault("x509_malformed", "the two signature algorithms differ");
  const { signed: _, ...rest } = parsed;
  return { raw: source, tbs: own(source, raw(tbs)), ...rest, signatureAlgorithm, signature: own(source, signature) };
}

function parseTbs(node: Node, source: Bytes) {
  const cursor = fields(node);
  const version = readVersion(cursor.optional(contextTag(0, true)));
  const serial = own(source, integerOctets(cursor.next()));
  const signed = readAlgorithm(cursor.next());
  const issuer = readName(cursor.next());
  const validity = fields(cursor.next());
  const notBefore = time(validity.next());
  const notAfter = time(validity.next());
  validity.done();
  const subject = readName(cursor.next());
  const spki = own(source, raw(cursor.next(TAG.sequence)));
  const unique = [cursor.optional(ISSUER_UNIQUE_ID), cursor.optional(SUBJECT_UNIQUE_ID)];
  const extensionsField = cursor.optional(EXTENSIONS);
  cursor.done();
  if (version === 1 && unique.some((field) => field !== undefined))
    throw new Fault("x509_malformed", "unique identifiers in version 1");
  if (version !== 3 && extensionsField !== undefined)
    throw new Fault("x509_malformed", `extensions in version ${version}`);
  const extensions = extensionsField === undefined ? [] : readExtensions(onlyChild(extensionsField));
  return { version, serial, signed, issuer, notBefore, notAfter, subject, spki, extensions };
}

function readVersion(field: Node | undefined): 1 | 2 | 3 {
  if (field === undefined) return 1;
  const version = smallInteger(onlyChild(field));
  // 0 is version 1, the default, which DER does not write.
  if (version !== 1 && version !== 2) throw new Fault("x509_malformed", `version field ${version}`);
  return version === 1 ? 2 : 3;
}

/** The same octets as seen through `source`, whose type says that the memory is its own. */
function own(source: Bytes, view: Uint8Array): Bytes {
  const from = view.byteOffset - source.byteOffset;
  return source.subarray(from, from + view.length);
}

/** Issuer and subject are the same name, octet for octet; says nothing about who signed it. */
export function isSelfIssued(certificate: Certificate): boolean {
  return equal(certificate.issuer.raw, certificate.subject.raw);
}

/** Whether the certificate has the extension that assures its short term (EN 319 412-1 §5.2.2). */
export function isShortTerm(certificate: Certificate): boolean {
  return certificate.extensions.some(({ oid }) => oid === OID.validityAssuredShortTerm);
}
