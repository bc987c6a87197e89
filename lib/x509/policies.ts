import { fields } from "../asn1/fields.ts";
import * as OID from "../asn1/oids.ts";
import type { Node } from "../asn1/read.ts";
import { TAG } from "../asn1/tags.ts";
import { oid, smallInteger, text } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Extended, readExtensionValue } from "./extension.ts";
import { nonEmptyList } from "./list.ts";

export type PolicyInformation = {
  readonly policy: string;
  /** URIs of certification practice statements among the qualifiers. */
  readonly cps: readonly string[];
  /** There is a qualifier other than a practice statement or a user notice: a critical extension must not have it (RFC 5280 §4.2.1.4). */
  readonly otherQualifiers?: true;
};

/** RFC 5280 §4.2.1.4; a policy must not appear twice. @throws Fault `x509_malformed` */
export function certificatePolicies(holder: Extended): readonly PolicyInformation[] | undefined {
  return readExtensionValue(holder, OID.certificatePolicies, (node) => {
    const found = nonEmptyList(node).map(readPolicy);
    if (new Set(found.map(({ policy }) => policy)).size !== found.length)
      throw new Fault("x509_malformed", "a policy appears twice");
    return found;
  });
}

function readPolicy(node: Node): PolicyInformation {
  const cursor = fields(node);
  const policy = oid(cursor.next());
  const qualifiers = cursor.optional(TAG.sequence);
  cursor.done();
  const cps: string[] = [];
  let others = false;
  for (const qualifier of qualifiers === undefined ? [] : nonEmptyList(qualifiers)) {
    const inner = fields(qualifier);
    const type = oid(inner.next());
    const value = inner.next();
    inner.done();
    if (type === OID.cps) cps.push(text(value));
    else if (type !== OID.userNotice) others = true;
  }
  return others ? { policy, cps, otherQualifiers: true } : { policy, cps };
}

export type PolicyMapping = { readonly issuerDomain: string; readonly subjectDomain: string };

/** RFC 5280 §4.2.1.5. @throws Fault `x509_malformed` */
export function policyMappings(holder: Extended): readonly PolicyMapping[] | undefined {
  return readExtensionValue(holder, OID.policyMappings, (node) =>
    nonEmptyList(node).map((child) => {
      const cursor = fields(child);
      const issuerDomain = oid(cursor.next());
      const subjectDomain = oid(cursor.next());
      cursor.done();
      return { issuerDomain, subjectDomain };
    }),
  );
}

export type PolicyConstraints = {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
};

/** RFC 5280 §4.2.1.11: one of the two at least. @throws Fault `x509_malformed` */
export function policyConstraints(holder: Extended): PolicyConstraints | undefined {
  return readExtensionValue(holder, OID.policyConstraints, (node) => {
    const cursor = fields(node);
    const explicit = cursor.optional(0x80);
    const mapping = cursor.optional(0x81);
    cursor.done();
    if (explicit === undefined && mapping === undefined) throw new Fault("x509_malformed", "empty policy constraints");
    return {
      requireExplicitPolicy: explicit === undefined ? undefined : skipCerts(explicit, 0x80),
      inhibitPolicyMapping: mapping === undefined ? undefined : skipCerts(mapping, 0x81),
    };
  });
}

/** RFC 5280 §4.2.1.14: number of certificates after which anyPolicy counts no more. @throws Fault `x509_malformed` */
export function inhibitAnyPolicy(holder: Extended): number | undefined {
  return readExtensionValue(holder, OID.inhibitAnyPolicy, (node) => skipCerts(node, TAG.integer));
}

function skipCerts(node: Node, tag: number): number {
  const value = smallInteger(node, tag);
  if (value < 0) throw new Fault("x509_malformed", "a negative number of certificates");
  return value;
}
