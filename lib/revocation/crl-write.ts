import * as OID from "../asn1/oids.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { type Tree, tree, writeTree } from "../asn1/tree.ts";
import {
  boolean,
  element,
  enumerated,
  explicit,
  generalizedTime,
  ia5String,
  implicit,
  integer,
  namedBitString,
  octetString,
  oid,
  sequence,
  time,
} from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { toHex } from "../bytes/hex.ts";
import { ecdsaWithSha256 } from "../crypto/algorithms.ts";
import type { Signer } from "../ports/ports.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { ExtensionInput } from "../x509/issue.ts";
import { keyIdentifierOf, subjectKeyIdentifier } from "../x509/key-identifiers.ts";
import { writeAuthorityKeyIdentifier } from "../x509/write-extensions.ts";
import { type ReasonFlag, type RevocationReason, reasonBits, reasonNumber } from "./reasons.ts";

/** RFC 5280 §5.2.3, sign octet included. */
const MAX_NUMBER_OCTETS = 20;

const VERSION_2 = integer(1);
const ECDSA_WITH_SHA256 = ecdsaWithSha256();

/** A certificate that is on the list; times in ms since 1970, cut to whole seconds. */
export type RevokedInput = {
  /** Content octets of the INTEGER, as a parsed certificate has them. */
  readonly serial: Uint8Array;
  readonly at: number;
  /** Not written where it is `unspecified` (RFC 5280 §5.3.1: should be absent). */
  readonly reason?: RevocationReason;
  readonly invalidityDate?: number;
};

export type CrlInput = {
  /** Who signs: subject and key identifier go into the CRL. */
  readonly issuer: Certificate;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** CRLNumber: one more each time. */
  readonly number: number | bigint;
  readonly revoked: readonly RevokedInput[];
  /** What the CRL is about; absent: every certificate of the issuer, for every reason. */
  readonly scope?: {
    /** As the certificates' distribution points have it. */
    readonly uri?: string;
    readonly only?: "user-certificates" | "ca-certificates";
    readonly reasons?: readonly ReasonFlag[];
  };
  /** Of the complete CRL that a delta CRL goes out from (RFC 5280 §5.2.4). */
  readonly base?: number | bigint;
};

/**
 * Issues a CRL of version 2 (RFC 5280 §5), signed by ECDSA with SHA-256. DER.
 *
 * @param signer signs at most 4,096 octets at once by its contract (ports.ts), which is a list of some 90 certificates
 * @throws RangeError: a list that ends before it begins, a certificate twice, `removeFromCRL` in a complete CRL, a number out of range,
 *   an empty scope
 * @throws Fault `key_unavailable`
 */
export async function issueCrl(input: CrlInput, signer: Signer): Promise<Bytes> {
  const tbs = writeTree(certList(input));
  return sequence(tbs, ECDSA_WITH_SHA256, element(TAG.bitString, Uint8Array.of(0), await signer.sign(tbs)));
}

function certList(input: CrlInput): Tree {
  const { issuer, revoked, scope, base } = input;
  if (!(input.thisUpdate < input.nextUpdate)) throw new RangeError("a list that ends before it begins");
  if (new Set(revoked.map(({ serial }) => toHex(serial))).size < revoked.length)
    throw new RangeError("a certificate is on the list twice");
  const extensions = [
    writeAuthorityKeyIdentifier(subjectKeyIdentifier(issuer) ?? keyIdentifierOf(issuer.spki)),
    { oid: OID.crlNumber, critical: false, value: crlNumber(input.number) },
    ...(base === undefined ? [] : [{ oid: OID.deltaCrlIndicator, critical: true, value: crlNumber(base) }]),
    ...(scope === undefined ? [] : [{ oid: OID.issuingDistributionPoint, critical: true, value: writeScope(scope) }]),
  ];
  const entries = revoked.map((one) => writeEntry(one, base !== undefined));
  return tree(
    TAG.sequence,
    VERSION_2,
    ECDSA_WITH_SHA256,
    issuer.subject.raw,
    time(input.thisUpdate),
    time(input.nextUpdate),
    // Absent where nothing is revoked (§5.1.2.6).
    ...(entries.length === 0 ? [] : [tree(TAG.sequence, ...entries)]),
    tree(contextTag(0, true), tree(TAG.sequence, ...extensions.map(writeExtension))),
  );
}

function writeEntry({ serial, at, reason, invalidityDate }: RevokedInput, isDelta: boolean): Bytes {
  if (reason === "removeFromCRL" && !isDelta) throw new RangeError("removeFromCRL in a complete CRL");
  const extensions: ExtensionInput[] = [];
  if (reason !== undefined && reason !== "unspecified")
    extensions.push({ oid: OID.reasonCode, critical: false, value: enumerated(reasonNumber(reason)) });
  if (invalidityDate !== undefined)
    extensions.push({ oid: OID.invalidityDate, critical: false, value: generalizedTime(invalidityDate) });
  const list = extensions.length === 0 ? [] : [sequence(...extensions.map(writeExtension))];
  return sequence(element(TAG.integer, serial), time(at), ...list);
}

/** IssuingDistributionPoint (RFC 5280 §5.2.5). */
function writeScope({ uri, only, reasons }: NonNullable<CrlInput["scope"]>): Bytes {
  const parts: Bytes[] = [];
  if (uri !== undefined) parts.push(explicit(0, implicit(0, sequence(implicit(6, ia5String(uri))))));
  if (only !== undefined) parts.push(implicit(only === "user-certificates" ? 1 : 2, boolean(true)));
  if (reasons !== undefined) parts.push(implicit(3, namedBitString(reasonBits(reasons))));
  if (parts.length === 0 || reasons?.length === 0) throw new RangeError("a scope that says nothing");
  return sequence(...parts);
}

function crlNumber(value: number | bigint): Bytes {
  const written = integer(value);
  if (value < 0 || written.length > 2 + MAX_NUMBER_OCTETS) throw new RangeError("not a CRL number");
  return written;
}

function writeExtension({ oid: type, critical, value }: ExtensionInput): Bytes {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}
