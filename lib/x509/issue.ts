import { contextTag, TAG } from "../asn1/tags.ts";
import { tree, writeTree } from "../asn1/tree.ts";
import { boolean, explicit, integer, octetString, oid, sequence, time } from "../asn1/write.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { ecdsaWithSha256 } from "../crypto/algorithms.ts";

export type ExtensionInput = {
  readonly oid: string;
  readonly critical: boolean;
  /** DER of the extension's own type. */
  readonly value: Uint8Array;
};

/** What a certificate is to say. */
export type TbsFields = {
  /** Unsigned magnitude; see {@link serialFrom}. */
  readonly serial: Uint8Array;
  /** DER Name: the issuing certificate's subject, octet for octet. */
  readonly issuer: Uint8Array;
  /** Milliseconds since 1970, cut to whole seconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** DER Name. */
  readonly subject: Uint8Array;
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly extensions: readonly ExtensionInput[];
};

/** RFC 5280 §4.1.2.2, sign octet included. */
const MAX_SERIAL_OCTETS = 20;

/**
 * TBSCertificate, version 3, to be signed by ECDSA with SHA-256 (RFC 5280 §4.1.2).
 *
 * @throws RangeError: a serial number that is zero or too long, an empty validity, an extension twice
 */
export function certificateTbs(fields: TbsFields): Bytes {
  const serial = integer(fields.serial);
  // Two octets of header, then the contents.
  if (serial.length > 2 + MAX_SERIAL_OCTETS) throw new RangeError("a serial number of more than 20 octets");
  if (fields.serial.every((octet) => octet === 0)) throw new RangeError("a serial number that is not positive");
  if (!(fields.notBefore < fields.notAfter)) throw new RangeError("a validity that ends before it begins");
  if (fields.extensions.some(({ oid: type }, index, all) => all.findIndex((other) => other.oid === type) < index))
    throw new RangeError("an extension twice");
  return writeTree(
    tree(
      TAG.sequence,
      VERSION_3,
      serial,
      ECDSA_WITH_SHA256,
      fields.issuer,
      tree(TAG.sequence, time(fields.notBefore), time(fields.notAfter)),
      fields.subject,
      fields.spki,
      tree(contextTag(3, true), tree(TAG.sequence, ...fields.extensions.map(writeExtension))),
    ),
  );
}

const VERSION_3 = explicit(0, integer(2));
/** How a BIT STRING of whole octets begins (X.690 §8.6.2). */
const NO_UNUSED_BITS = Uint8Array.of(0);
const ECDSA_WITH_SHA256 = ecdsaWithSha256();

/** Most extensions of a one-time certificate are the same objects each time (profiles.ts). */
const WRITTEN = new WeakMap<ExtensionInput, Bytes>();

function writeExtension(extension: ExtensionInput): Bytes {
  const known = WRITTEN.get(extension);
  if (known !== undefined) return known;
  // FALSE is the default, which DER does not write (X.690 §11.5).
  const critical = extension.critical ? [boolean(true)] : [];
  const written = sequence(oid(extension.oid), ...critical, octetString(extension.value));
  WRITTEN.set(extension, written);
  return written;
}

/**
 * @param tbs what {@link certificateTbs} gave
 * @param signature DER Ecdsa-Sig-Value over `tbs`
 * @returns DER Certificate
 */
export function assembleCertificate(tbs: Uint8Array, signature: Uint8Array): Bytes {
  return writeTree(tree(TAG.sequence, tbs, ECDSA_WITH_SHA256, tree(TAG.bitString, NO_UNUSED_BITS, signature)));
}

/**
 * A serial number out of chance: positive, never with a leading zero, always as long as the input (RFC 5280 §4.1.2.2). 126 of 128 bits
 * stay random; two certificates out of 2^48 share a number with a chance below 2^-30.
 *
 * @param random 16 octets from a cryptographically secure source
 */
export function serialFrom(random: Uint8Array): Bytes {
  if (random.length !== 16) throw new RangeError("a serial number is made of 16 octets");
  const serial = new Uint8Array(random);
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  return serial;
}
