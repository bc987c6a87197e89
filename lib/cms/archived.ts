import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { onlyChild } from "../asn1/only-child.ts";
import { children, type Node, raw } from "../asn1/read.ts";
import { contextTag, TAG } from "../asn1/tags.ts";
import { enumerated, explicit, octetString, oid, sequence } from "../asn1/write.ts";
import { Fault } from "../fault/fault.ts";
import { type Attribute, valuesOf } from "./attributes.ts";

/** Material for validation that travels inside a message. Nobody has looked whether it is what it should be. */
export type Archived = {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** OCSPResponses, whole. */
  readonly ocsps: readonly Uint8Array[];
  /** Values of the attributes, or items in them, that cannot be read or are of another kind. */
  readonly unread: number;
};

/** Items of one kind; the largest archives seen have about a hundred of all kinds. */
const MAX_ITEMS = 512;
const TAG_0 = contextTag(0, true);
const TAG_1 = contextTag(1, true);
const TAG_2 = contextTag(2, true);

type Collecting = { certificates: Uint8Array[]; crls: Uint8Array[]; ocsps: Uint8Array[]; unread: number };

/**
 * Adobe's attribute adbe-revocationInfoArchival (ISO 32000-2 §12.8.3.3.2), which stands among the signed attributes: `[0]` CRLs,
 * `[1]` OCSP responses, `[2]` others.
 *
 * @param attributes of a SignerInfo, signed or not
 */
export function readRevocationArchival(attributes: readonly Attribute[]): Archived {
  const found = nothing();
  for (const value of valuesOf(attributes, OID.adobeRevocationInfoArchival)) {
    tolerant(found, () => readLists(found, value, (node) => raw(node)));
  }
  return found;
}

/**
 * The unsigned attributes certificate-values and revocation-values of CAdES (RFC 5126 §6.3.3, §6.3.4; EN 319 122-1 §A.1.1): PAdES has
 * the DSS in their place, but signers and TSAs write them all the same.
 */
export function readArchivedValues(attributes: readonly Attribute[]): Archived {
  const found = nothing();
  for (const value of valuesOf(attributes, OID.certificateValues)) {
    tolerant(found, () => found.certificates.push(...items(found, value, raw)));
  }
  for (const value of valuesOf(attributes, OID.revocationValues))
    tolerant(found, () => readLists(found, value, wrapped));
  return found;
}

function nothing(): Collecting {
  return { certificates: [], crls: [], ocsps: [], unread: 0 };
}

/** Both attributes have the same shape; they differ in what an OCSP response is. */
function readLists(found: Collecting, value: Node, ocsp: (node: Node) => Uint8Array): void {
  const lists = fields(value);
  const crls = lists.optional(TAG_0);
  const ocsps = lists.optional(TAG_1);
  const others = lists.optional(TAG_2);
  lists.done();
  if (crls !== undefined) tolerant(found, () => found.crls.push(...items(found, onlyChild(crls), raw)));
  if (ocsps !== undefined) tolerant(found, () => found.ocsps.push(...items(found, onlyChild(ocsps), ocsp)));
  if (others !== undefined) found.unread++;
}

function items(found: Collecting, list: Node, read: (node: Node) => Uint8Array): Uint8Array[] {
  if (list.tag !== TAG.sequence) throw new Fault("cms_malformed", "a list that is no SEQUENCE");
  const nodes = children(list);
  if (nodes.length > MAX_ITEMS) found.unread += nodes.length - MAX_ITEMS;
  const usable = nodes.slice(0, MAX_ITEMS).filter(({ tag }) => tag === TAG.sequence);
  found.unread += Math.min(nodes.length, MAX_ITEMS) - usable.length;
  return usable.map(read);
}

const OCSP_BASIC = oid(OID.ocspBasic);
const SUCCESSFUL = enumerated(0);

/** revocation-values has the BasicOCSPResponse alone; around it goes what says that the responder did answer (RFC 6960 §4.2.1). */
function wrapped(node: Node): Uint8Array {
  const response = raw(node);
  // Some writers put the whole response there.
  if (children(node)[0]?.tag === TAG.enumerated) return response;
  return sequence(SUCCESSFUL, explicit(0, sequence(OCSP_BASIC, octetString(response))));
}

function tolerant(found: Collecting, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    found.unread++;
  }
}
