import * as OID from "../asn1/oids.ts";
import { TAG } from "../asn1/tags.ts";
import { integerOctets, time } from "../asn1/values.ts";
import { Fault } from "../fault/fault.ts";
import { quietly } from "../fault/quietly.ts";
import { findExtension, readExtensionValue } from "../x509/extension.ts";
import type { GeneralName } from "../x509/general-name.ts";
import { authorityKeyIdentifier } from "../x509/key-identifiers.ts";
import type { Crl } from "./crl.ts";
import { type IssuingPoint, issuingPoint } from "./issuing-point.ts";
import { onceEach } from "./once.ts";
import { pointNames } from "./point-names.ts";

/** Extensions of CRLs that are processed here, or that change nothing about what a CRL says (RFC 5280 §5.2, X.509 §9.5.2.8). */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.authorityKeyIdentifier,
  OID.issuerAltName,
  OID.crlNumber,
  OID.deltaCrlIndicator,
  OID.issuingDistributionPoint,
  OID.freshestCrl,
  OID.authorityInfoAccess,
  OID.expiredCertsOnCrl,
]);

/** Most octets of an extension that is read, and most names of an issuing distribution point: honest ones have a name or two. */
const MAX_EXTENSION = 16 * 1024;
export const MAX_POINT_NAMES = 16;

/** What a CRL says of itself; read once. */
export type CrlProfile = {
  /** It has a critical extension that is not understood: it must not be used (RFC 5280 §5.2). */
  readonly strange: boolean;
  /** Undefined where the extension is malformed. */
  readonly scope: ScopeOfCrl | undefined;
  readonly authorityKey: Uint8Array | undefined;
  /** CRLNumber, a sign octet and up to 20 others; undefined where it is absent, malformed or negative. */
  readonly number: Uint8Array | undefined;
  /** Has a deltaCRLIndicator, readable or not (RFC 5280 §5.2.4). */
  readonly isDelta: boolean;
  /** BaseCRLNumber; undefined likewise. */
  readonly baseNumber: Uint8Array | undefined;
  /** ExpiredCertsOnCRL, ms; a malformed one promises nothing. */
  readonly expiredSince: number | undefined;
};

export type ScopeOfCrl = {
  /** Undefined where the extension is absent. */
  readonly point: IssuingPoint | undefined;
  /** In full; undefined where the point has no name. */
  readonly names: readonly GeneralName[] | undefined;
};

export const crlProfile: (crl: Crl) => CrlProfile = onceEach((crl: Crl) => {
  // What is too long to be read is not read: it is absent for those that only help, and malformed for those that bind.
  const extensions = crl.extensions.filter(({ value }) => value.length <= MAX_EXTENSION);
  const read = { extensions };
  const number = (type: string) => {
    const found = quietly(() => readExtensionValue(read, type, (node) => integerOctets(node)));
    return found !== undefined && (found[0] as number) < 0x80 ? found : undefined;
  };
  return {
    strange: crl.extensions.some(({ oid, critical }) => critical && !UNDERSTOOD.has(oid)),
    scope: quietly(() => scopeOf(crl, read)),
    authorityKey: quietly(() => authorityKeyIdentifier(read))?.keyIdentifier,
    number: number(OID.crlNumber),
    isDelta: findExtension(crl, OID.deltaCrlIndicator) !== undefined,
    baseNumber: number(OID.deltaCrlIndicator),
    expiredSince: quietly(() =>
      readExtensionValue(read, OID.expiredCertsOnCrl, (node) => time(node, TAG.generalizedTime)),
    ),
  };
});

function scopeOf(crl: Crl, read: Pick<Crl, "extensions">): ScopeOfCrl {
  const isThere = findExtension(crl, OID.issuingDistributionPoint) !== undefined;
  const point = issuingPoint(read);
  const names = point === undefined ? undefined : pointNames(point, crl.issuer);
  if ((isThere && point === undefined) || (names?.length ?? 0) > MAX_POINT_NAMES)
    throw new Fault("x509_malformed", "an issuing distribution point that is too long");
  return { point, names };
}
