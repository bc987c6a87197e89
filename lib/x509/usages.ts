import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { boolean, namedBits, oid, smallInteger } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { nonEmptyList } from "./list.ts";

/** The bits of KeyUsage in their order (RFC 5280 §4.2.1.3); the second was called nonRepudiation. */
export const KEY_USAGES = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

/**
 * RFC 5280 §4.2.1.3.
 *
 * @returns undefined where the extension is absent, which allows every usage
 * @throws Fault `x509_malformed`: also for a list without any bit. Bits that have no name are passed over
 */
export function keyUsage(holder: Extended): readonly KeyUsage[] | undefined {
  return readExtensionValue(holder, OID.keyUsage, (node) => {
    const usages = namedBits(node).map((bit) => KEY_USAGES[bit]);
    if (usages.length === 0) throw new Fault("x509_malformed", "no key usage at all");
    return usages.filter((usage) => usage !== undefined);
  });
}

/** RFC 5280 §4.2.1.12: object identifiers of purposes; undefined where the extension is absent. @throws Fault `x509_malformed` */
export function extendedKeyUsage(holder: Extended): readonly string[] | undefined {
  return readExtensionValue(holder, OID.extendedKeyUsage, (node) => {
    return nonEmptyList(node).map((purpose) => oid(purpose));
  });
}

export type BasicConstraints = { readonly ca: boolean; readonly pathLength: number | undefined };

/**
 * RFC 5280 §4.2.1.9. `cA FALSE` written out is let pass, for the reason given at `readExtensions`.
 *
 * @throws Fault `x509_malformed`
 */
export function basicConstraints(holder: Extended): BasicConstraints | undefined {
  return readExtensionValue(holder, OID.basicConstraints, (node) => {
    const cursor = fields(node);
    const ca = cursor.optional(TAG.boolean);
    const pathLength = cursor.optional(TAG.integer);
    cursor.done();
    const length = pathLength === undefined ? undefined : smallInteger(pathLength);
    if (length !== undefined && length < 0) throw new Fault("x509_malformed", "a negative path length");
    return { ca: ca !== undefined && boolean(ca), pathLength: length };
  });
}
