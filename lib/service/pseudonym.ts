import { fromUtf8 } from "../bytes/bytes.ts";
import type { Identity } from "../identity/identity.ts";
import type { Mac } from "../ports/ports.ts";
import { pairwiseSerialNumber } from "../x509/profiles.ts";

/** ISO 3166-1: the country whose people this service signs for. */
export const COUNTRY = "VN";

/**
 * The opaque identifier that one person of one identity provider has here: the same each time, tied to no number that the
 * state gave, and not to be computed without the key in KMS (R26).
 */
export async function pseudonymOf(
  pairwise: Mac,
  { issuer, subject }: Pick<Identity, "issuer" | "subject">,
): Promise<string> {
  // A line end is in no issuer URL, so that two pairs never give one message.
  return pairwiseSerialNumber(await pairwise.mac(fromUtf8(`motlan/pairwise/v1\n${issuer}\n${subject}`)), COUNTRY);
}
