import { digest } from "#crypto";
import { fromBase64Url } from "../bytes/base64.ts";
import { fromLatin1 } from "../bytes/bytes.ts";
import { CODE_ALPHABET, checkCharacter, LOOKUP_LENGTH, OPENING_LENGTH } from "./read-lookup-code.ts";

/** Of a character: there are 32. */
const BITS = 5;
/** Octets of a transaction's id. */
const ID_LENGTH = 16;

/**
 * The code under which everybody can look up that a signature was made: 11 characters out of the transaction's id and a check
 * character. Nobody gets from it back to the id, nor to the {@link openingCode}.
 *
 * @param id of the transaction: base64url of 16 octets
 * @returns 12 characters of `23456789ABCDEFGHJKLMNPQRSTUVWXYZ`
 * @throws RangeError an id of another form
 */
export function lookupCode(id: string): string {
  const data = characters("motlan/lookup/v1", id, LOOKUP_LENGTH - 1);
  return data + checkCharacter(data);
}

/** The second code, which is printed only on the document itself and shows what it says. @throws RangeError as {@link lookupCode} */
export function openingCode(id: string): string {
  return characters("motlan/opening/v1", id, OPENING_LENGTH);
}

/** The first bits of SHA-256 over purpose, a zero octet and id, five a character. */
function characters(purpose: string, id: string, length: number): string {
  const octets = fromBase64Url(id);
  if (octets?.length !== ID_LENGTH) throw new RangeError("the id of a transaction");
  const hash = digest("SHA-256", fromLatin1(`${purpose}\0`), octets);
  let text = "";
  for (let at = 0; at < length * BITS; at += BITS) {
    const pair = ((hash[at >> 3] as number) << 8) | (hash[(at >> 3) + 1] as number);
    text += CODE_ALPHABET[(pair >> (16 - BITS - (at & 7))) & 31];
  }
  return text;
}
