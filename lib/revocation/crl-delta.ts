import { OID } from "../asn1/oids.ts";
import { equal } from "../bytes/bytes.ts";
import { findExtension } from "../x509/extension.ts";
import { namesMatch } from "../x509/name-match.ts";
import type { Crl } from "./crl.ts";
import { compareNumbers, numberExtension } from "./crl-extensions.ts";
import { quietly } from "./quietly.ts";

/** The numbers of a delta CRL; undefined where one is missing or malformed. */
export type DeltaBase = { readonly number: Uint8Array | undefined; readonly base: Uint8Array | undefined };

/** @returns undefined for a complete CRL: one without deltaCRLIndicator (RFC 5280 §5.2.4) */
export function deltaBase(crl: Crl): DeltaBase | undefined {
  if (findExtension(crl, OID.deltaCrlIndicator) === undefined) return undefined;
  return { number: numberOf(crl, OID.crlNumber), base: numberOf(crl, OID.deltaCrlIndicator) };
}

/**
 * Those complete CRLs that a delta CRL can be combined with, the newest first (RFC 5280 §5.2.4, §6.3.3 (c)): same issuer, same scope, same
 * authority key identifier, a number that is not below the delta's base and below the delta's own.
 */
export function baseOf(delta: Crl, crls: readonly Crl[]): readonly Crl[] {
  const { number, base } = deltaBase(delta) ?? {};
  if (number === undefined || base === undefined) return [];
  return crls
    .flatMap((crl) => {
      const own = numberOf(crl, OID.crlNumber);
      return own === undefined || !isBase(crl, delta) ? [] : [{ crl, own }];
    })
    .filter(({ own }) => compareNumbers(base, own) <= 0 && compareNumbers(own, number) < 0)
    .sort((a, b) => compareNumbers(b.own, a.own))
    .map(({ crl }) => crl);
}

function isBase(crl: Crl, delta: Crl): boolean {
  if (crl === delta || deltaBase(crl) !== undefined || !namesMatch(crl.issuer, delta.issuer)) return false;
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

/** @returns undefined where it is absent, malformed or negative */
function numberOf(crl: Crl, oid: string): Uint8Array | undefined {
  const number = quietly(() => numberExtension(crl, oid));
  return number !== undefined && (number[0] as number) < 0x80 ? number : undefined;
}
