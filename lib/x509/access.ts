import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import { onlyChild } from "../asn1/only-child.ts";
import type { Node } from "../asn1/read.ts";
import { namedBits, oid } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { type GeneralName, readGeneralName, readGeneralNames } from "./general-name.ts";
import { nonEmptyList } from "./list.ts";

export type AccessDescription = { readonly method: string; readonly location: GeneralName };

/** RFC 5280 §4.2.2.1. @throws Fault `x509_malformed` */
export function authorityInfoAccess(holder: Extended): readonly AccessDescription[] | undefined {
  return readExtensionValue(holder, OID.authorityInfoAccess, (node) =>
    nonEmptyList(node).map((child) => {
      const cursor = fields(child);
      const method = oid(cursor.next());
      const location = readGeneralName(cursor.next());
      cursor.done();
      return { method, location };
    }),
  );
}

/** The URIs that AIA gives for a method, in order (`OID.ocsp`, `OID.caIssuers`). @throws Fault `x509_malformed` */
export function accessUris(holder: Extended, method: string): string[] {
  const found: string[] = [];
  for (const access of authorityInfoAccess(holder) ?? []) {
    if (access.method === method && access.location.kind === "uri") found.push(access.location.value);
  }
  return found;
}

/** DistributionPoint (RFC 5280 §4.2.1.13). A name relative to the issuer is kept as the node of its relative name. */
export type DistributionPoint = {
  readonly fullName: readonly GeneralName[] | undefined;
  readonly relativeName: Node | undefined;
  /** Bit numbers of ReasonFlags; undefined means all reasons. */
  readonly reasons: readonly number[] | undefined;
  readonly crlIssuer: readonly GeneralName[] | undefined;
};

/** RFC 5280 §4.2.1.13. @throws Fault `x509_malformed` */
export function crlDistributionPoints(holder: Extended): readonly DistributionPoint[] | undefined {
  return readExtensionValue(holder, OID.crlDistributionPoints, (node) => nonEmptyList(node).map(readDistributionPoint));
}

/** RFC 5280 §4.2.1.15: where the delta CRLs are. @throws Fault `x509_malformed` */
export function freshestCrl(holder: Extended): readonly DistributionPoint[] | undefined {
  return readExtensionValue(holder, OID.freshestCrl, (node) => nonEmptyList(node).map(readDistributionPoint));
}

function readDistributionPoint(node: Node): DistributionPoint {
  const cursor = fields(node);
  const point = cursor.optional(0xa0);
  const reasons = cursor.optional(0x81);
  const issuer = cursor.optional(0xa2);
  cursor.done();
  return {
    ...readDistributionPointName(point),
    reasons: reasons === undefined ? undefined : namedBits(reasons, 0x81),
    crlIssuer: issuer === undefined ? undefined : readGeneralNames(issuer, 0xa2),
  };
}

/**
 * DistributionPointName in its explicit `[0]`, which IssuingDistributionPoint of a CRL has too (RFC 5280 §5.2.5).
 *
 * @throws Fault `der_malformed`, `x509_malformed`
 */
export function readDistributionPointName(
  node: Node | undefined,
): Pick<DistributionPoint, "fullName" | "relativeName"> {
  if (node === undefined) return { fullName: undefined, relativeName: undefined };
  const choice = onlyChild(node);
  if (choice.tag === 0xa0) return { fullName: readGeneralNames(choice, 0xa0), relativeName: undefined };
  if (choice.tag === 0xa1) return { fullName: undefined, relativeName: choice };
  throw new Fault("x509_malformed", `not a DistributionPointName at ${node.start}`);
}
