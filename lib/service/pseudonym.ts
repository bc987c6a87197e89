import { fromUtf8 } from "../bytes/bytes.ts";
import type { Identity } from "../identity/issuers.ts";
import type { Mac } from "../ports/ports.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** 160 of the 256 bits: beyond guessing and collision, and 32 characters that fit a certificate's serialNumber (64). */
const OCTETS = 20;

/**
 * The opaque identifier that one person of one identity provider has here: the same each time, tied to no number that the
 * state gave, and not to be computed without the key in KMS (R26).
 *
 * Shape of ETSI EN 319 412-1 §5.1.3: a national scheme (`PW:`), the country, a hyphen, the identifier (RFC 4648 §6 base32).
 */
export async function pseudonymOf(pairwise: Mac, identity: Pick<Identity, "issuer" | "subject">): Promise<string> {
  const mac = await pairwise.mac(fromUtf8(`motlan/pairwise/v1\n${identity.issuer}\n${identity.subject}`));
  let text = "";
  let held = 0;
  let bits = 0;
  for (const octet of mac.subarray(0, OCTETS)) {
    held = (held << 8) | octet;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return `PW:VN-${text}`;
}
