import * as OID from "../asn1/oids.ts";
import { equal } from "../bytes/bytes.ts";
import { findExtension } from "../x509/extension.ts";
import { namesMatch } from "../x509/name-match.ts";
import type { Crl } from "./crl.ts";
import { crlProfile } from "./crl-profile.ts";

/** The newest base is the right one; a few more in case that it is not usable. */
const MAX_BASES = 4;

/**
 * Those complete CRLs that a delta CRL can be combined with, the newest first (RFC 5280 §5.2.4, §6.3.3 (c)): same issuer, same scope, same
 * authority key identifier, a number that is not below the delta's base and below the delta's own.
 */
export function basesOf(delta: Crl, crls: readonly Crl[]): readonly Crl[] {
  const { number, baseNumber } = crlProfile(delta);
  if (number === undefined || baseNumber === undefined) return [];
  return crls
    .flatMap((crl) => {
      const own = crlProfile(crl).number;
      return own === undefined || !isBase(crl, delta) ? [] : [{ crl, own }];
    })
    .filter(({ own }) => compareNumbers(baseNumber, own) <= 0 && compareNumbers(own, number) < 0)
    .sort((a, b) => compareNumbers(b.own, a.own))
    .slice(0, MAX_BASES)
    .map(({ crl }) => crl);
}

function isBase(crl: Crl, delta: Crl): boolean {
  if (crl === delta || crlProfile(crl).isDelta || !namesMatch(crl.issuer, delta.issuer)) return false;
  return (
    sameExtension(crl, delta, OID.issuingDistributionPoint) && sameExtension(crl, delta, OID.authorityKeyIdentifier)
  );
}

/** Both without it, or both with the same octets: DER has one way to write a value. */
function sameExtension(a: Crl, b: Crl, oid: string): boolean {
  const [first, second] = [findExtension(a, oid), findExtension(b, oid)];
  if (first === undefined || second === undefined) return first === second;
  return equal(first.value, second.value);
}

/** Of positive numbers in two's complement the longer is the greater. */
function compareNumbers(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
