import type { TrustAnchor } from "../trust/anchor.ts";
import type { Pki } from "./pki.ts";

/** The root of this installation, trusted for what it signs and stamps itself, in the class that it signs in. */
export function ownAnchor({ root, signatureClass, demo }: Pki, source: string): TrustAnchor {
  return { certificate: root, class: signatureClass, source, test: demo, uses: ["signature", "timestamp"] };
}
