import { Fault } from "../fault/fault.ts";
import type { Certificate } from "../x509/certificate.ts";
import { namesMatch } from "../x509/name-match.ts";
import type { Crl } from "./crl.ts";
import { MAX_SAME_SERIAL } from "./crl-entries.ts";
import type { CrlEntry } from "./crl-entry.ts";
import { hasDirectoryName } from "./point-names.ts";
import { reasonNumber } from "./reasons.ts";
import type { RevocationProblem } from "./statement.ts";

export type Listing = {
  /** Undefined: not on the list. `removed` only in a delta CRL: it was revoked, and is no longer (RFC 5280 §5.3.1). */
  readonly entry: (CrlEntry & { readonly removed: boolean }) | undefined;
  readonly problem: RevocationProblem | undefined;
};

const REMOVED = reasonNumber("removeFromCRL");

/**
 * The entry about a certificate (RFC 5280 §6.3.3 (i), (j), (k)). Where there are several, a revocation goes before a removal, and the
 * earlier before the later.
 */
export function listing(
  crl: Crl,
  certificate: Certificate,
  { indirect, isDelta }: { readonly indirect: boolean; readonly isDelta: boolean },
): Listing {
  const { entries } = crl;
  // An extension that has no business here: which certificates are meant by which entries is not certain then.
  if (!indirect && entries.hasIssuers) return { entry: undefined, problem: "extension_malformed" };
  const places = entries.find(certificate.serial);
  if (places.length > MAX_SAME_SERIAL) return { entry: undefined, problem: "too_many_entries" };
  try {
    let found: Listing["entry"];
    for (const at of places) {
      if (indirect && !isIssuer(crl, at, certificate)) continue;
      const read = entries.read(at);
      const entry = { ...read, removed: read.reason === REMOVED };
      if (entry.removed && !isDelta) return { entry: undefined, problem: "entry_malformed" };
      if (found === undefined || isGraver(entry, found)) found = entry;
    }
    return { entry: found, problem: undefined };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { entry: undefined, problem: error.code === "der_limit" ? "too_many_entries" : "entry_malformed" };
  }
}

function isIssuer(crl: Crl, at: number, { issuer }: Certificate): boolean {
  const names = crl.entries.issuerOf(at)?.certificateIssuer;
  return names === undefined ? namesMatch(crl.issuer, issuer) : hasDirectoryName(names, issuer);
}

type Found = NonNullable<Listing["entry"]>;

function isGraver(a: Found, b: Found): boolean {
  return a.removed === b.removed ? a.revokedAt < b.revokedAt : b.removed;
}
