import * as OID from "../asn1/oids.ts";
import type { Node } from "../asn1/read.ts";
import { octets, oid, time } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { type Attribute, countOf, valuesOf } from "./attributes.ts";
import { type EssCertId, readSigningCertificate } from "./signing-certificate.ts";

/** A value that must be there once: what was found in its place. */
export type Once<T> = { readonly value: T } | "missing" | "repeated" | "malformed";

/**
 * The only value of the only attribute of a type. RFC 5652 §11 allows content-type, message-digest and signing-time one instance
 * with one value; a second one is how two readers are made to see two different things.
 */
export function once<T>(list: readonly Attribute[], type: string, read: (value: Node) => T): Once<T> {
  const [value, ...more] = valuesOf(list, type);
  if (value === undefined) return countOf(list, type) === 0 ? "missing" : "malformed";
  if (more.length > 0 || countOf(list, type) > 1) return "repeated";
  try {
    return { value: read(value) };
  } catch (error) {
    if (error instanceof Fault) return "malformed";
    throw error;
  }
}

/** What the signed attributes say; nothing is compared with anything outside them. */
export type AttributeFacts = {
  readonly contentType: Once<string>;
  readonly messageDigest: Once<Uint8Array>;
  /** Claimed time, ms (RFC 5652 §11.3). PAdES forbids the attribute. */
  readonly signingTime: Once<number>;
  /** References to certificates, the signer's first: of the second version where both are there. */
  readonly signingCertificate: Once<readonly EssCertId[]>;
  readonly signingCertificateVersion: 1 | 2 | undefined;
  /** How many attributes signing-certificate and signing-certificate-v2 there are; AdES wants one. */
  readonly signingCertificates: number;
};

export function readAttributeFacts(list: readonly Attribute[]): AttributeFacts {
  const [v1, v2] = [countOf(list, OID.signingCertificate), countOf(list, OID.signingCertificateV2)];
  const version = v2 > 0 ? 2 : v1 > 0 ? 1 : undefined;
  const type = version === 1 ? OID.signingCertificate : OID.signingCertificateV2;
  return {
    contentType: once(list, OID.contentType, (value) => oid(value)),
    messageDigest: once(list, OID.messageDigest, (value) => octets(value)),
    signingTime: once(list, OID.signingTime, (value) => time(value)),
    signingCertificate: once(list, type, (value) => readSigningCertificate(value, version ?? 2)),
    signingCertificateVersion: version,
    signingCertificates: v1 + v2,
  };
}
