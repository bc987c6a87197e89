import { readFileSync } from "node:fs";
import type { TrustAnchor } from "../trust/anchor.ts";
import { parseTrustProfile } from "../trust/profile.ts";
import { mergeAnchors } from "../trust/read-anchors.ts";
import { ownAnchor } from "./own-anchor.ts";
import type { Pki } from "./pki.ts";

/**
 * Whom this service trusts when it verifies: its own root, in the class that it signs in, and what the operator's profile says. The
 * profile may speak of the service's own root as well; then it decides.
 *
 * @param trustFile a trust profile, read once
 * @throws Fault `trust_malformed`, and whatever the file system throws: a service that cannot read it must not start
 */
export function serviceAnchors(
  ports: { readonly pki: () => Promise<Pki> },
  { trustFile, publicUrl }: { readonly trustFile: string | undefined; readonly publicUrl: string },
): () => Promise<readonly TrustAnchor[]> {
  const told = trustFile === undefined ? [] : parseTrustProfile(new Uint8Array(readFileSync(trustFile)));
  let held: { readonly pki: Pki; readonly anchors: readonly TrustAnchor[] } | undefined;
  return async () => {
    const pki = await ports.pki();
    if (held?.pki === pki) return held.anchors;
    const anchors = mergeAnchors([
      { anchors: [ownAnchor(pki, `${publicUrl}/pki/root.cer`)], unreadable: 0, profile: false },
      { anchors: told, unreadable: 0, profile: true },
    ]);
    held = { pki, anchors };
    return anchors;
  };
}
