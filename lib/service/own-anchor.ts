import * as OID from "../asn1/oids.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import { nameAttribute } from "../x509/name.ts";
import type { Pki } from "./pki.ts";

/**
 * The root of this installation, trusted for what it signs and stamps itself, in the class that it signs in. Its operator manages the
 * certificates below it.
 */
export function ownAnchor({ root, signatureClass, demo }: Pki, source: string): TrustAnchor {
  const managingUnit = nameAttribute(root.subject, OID.organizationName);
  return {
    certificate: root,
    class: signatureClass,
    source,
    managingUnit,
    test: demo,
    uses: ["signature", "timestamp"],
  };
}
