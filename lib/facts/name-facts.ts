import * as OID from "../asn1/oids.ts";
import { formatName, type Name } from "../x509/name.ts";
import type { NameFacts } from "./facts.ts";

const IDENTIFIERS: ReadonlySet<string> = new Set([OID.userId, OID.organizationIdentifier]);

/** Of attributes that stand in it several times the last one, which is the most specific. */
export function nameFacts(name: Name): NameFacts {
  const values = new Map<string, string | undefined>();
  const identifiers: string[] = [];
  for (const rdn of name.rdns) {
    for (const { type, value } of rdn) {
      values.set(type, value);
      if (IDENTIFIERS.has(type) && value !== undefined) identifiers.push(value);
    }
  }
  return {
    text: formatName(name),
    commonName: values.get(OID.commonName) ?? null,
    organization: values.get(OID.organizationName) ?? null,
    organizationalUnit: values.get(OID.organizationalUnitName) ?? null,
    country: values.get(OID.countryName) ?? null,
    serialNumber: values.get(OID.serialNumber) ?? null,
    identifiers,
  };
}
