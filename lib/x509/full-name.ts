import * as OID from "../asn1/oids.ts";
import { type Name, nameAttribute } from "./name.ts";

/** A person's full name: `name` where the common name was cut (see `fullNameAttributes`), else the common name. */
export function fullName(name: Name): string | undefined {
  const commonName = nameAttribute(name, OID.commonName);
  return commonName?.endsWith("…") ? (nameAttribute(name, OID.name) ?? commonName) : commonName;
}
