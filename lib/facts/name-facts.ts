import { OID } from "../asn1/oids.ts";
import { formatName, type Name, nameAttribute } from "../x509/name.ts";
import type { NameFacts } from "./facts.ts";

const IDENTIFIERS: ReadonlySet<string> = new Set([OID.userId, OID.organizationIdentifier]);

export function nameFacts(name: Name): NameFacts {
  return {
    text: formatName(name),
    commonName: nameAttribute(name, OID.commonName) ?? null,
    organization: nameAttribute(name, OID.organizationName) ?? null,
    organizationalUnit: nameAttribute(name, OID.organizationalUnitName) ?? null,
    country: nameAttribute(name, OID.countryName) ?? null,
    serialNumber: nameAttribute(name, OID.serialNumber) ?? null,
    identifiers: name.rdns
      .flat()
      .flatMap(({ type, value }) => (IDENTIFIERS.has(type) && value !== undefined ? [value] : [])),
  };
}
