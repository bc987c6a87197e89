import { fields } from "../asn1/fields.ts";
import { children, type Node, readDer } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { boolean, octets, oid } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";

/** One extension (RFC 5280 §4.1.2.9) of a certificate, CRL, OCSP message or time stamp. */
export type Extension = {
  readonly oid: string;
  readonly critical: boolean;
  /** The octets inside extnValue: DER of the extension's own type. A view. */
  readonly value: Uint8Array;
};

/** Anything with extensions: a certificate, a CRL, one of its entries, an OCSP response. */
export type Extended = { readonly extensions: readonly Extension[] };

/**
 * A non-empty list of extensions, none twice (RFC 5280 §4.2).
 *
 * `critical FALSE` written out is let pass: X.690 §11.5 forbids it, certificates in circulation have it, and it changes nothing.
 *
 * @param node the SEQUENCE, not its explicit tag
 * @throws Fault `der_malformed`, `x509_malformed`
 */
export function readExtensions(node: Node): Extension[] {
  if (node.tag !== TAG.sequence) throw new Fault("x509_malformed", `no list of extensions at ${node.start}`);
  const found = children(node).map(readExtension);
  if (found.length === 0) throw new Fault("x509_malformed", "an empty list of extensions");
  const seen = new Set<string>();
  for (const { oid: identifier } of found) {
    if (seen.has(identifier)) throw new Fault("x509_malformed", `extension ${identifier} appears twice`);
    seen.add(identifier);
  }
  return found;
}

function readExtension(node: Node): Extension {
  const cursor = fields(node);
  const identifier = oid(cursor.next());
  const critical = cursor.optional(TAG.boolean);
  const value = octets(cursor.next());
  cursor.done();
  return { oid: identifier, critical: critical !== undefined && boolean(critical), value };
}

export function findExtension(holder: Extended, identifier: string): Extension | undefined {
  return holder.extensions.find((extension) => extension.oid === identifier);
}

/**
 * Reads the value of an extension where it is present.
 *
 * @param read gets the root element of the value
 * @throws Fault `x509_malformed`: the value is not what the extension's type says
 */
export function readExtensionValue<T>(holder: Extended, identifier: string, read: (node: Node) => T): T | undefined {
  const extension = findExtension(holder, identifier);
  if (extension === undefined) return undefined;
  try {
    return read(readDer(extension.value));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault("x509_malformed", `extension ${identifier}: ${error.message}`, { cause: error });
  }
}
