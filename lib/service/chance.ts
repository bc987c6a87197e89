import { toBase64Url } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { Random } from "../ports/ports.ts";
import { serialFrom } from "../x509/issue.ts";

/** Octets of what tells two leases apart, and of what serial numbers are made of. */
const TOKEN_OCTETS = 16;
const SERIAL_OCTETS = 16;
/** Octets of the salt of a leaf. */
const SALT_OCTETS = 32;

/** Chance is asked for once and cut up: a question to the system costs as much as a hash. */
export function leaseChances(random: Random): { readonly token: string; readonly serial: Bytes } {
  const octets = random(TOKEN_OCTETS + SERIAL_OCTETS);
  return {
    token: toBase64Url(octets.subarray(0, TOKEN_OCTETS)),
    serial: serialFrom(octets.subarray(TOKEN_OCTETS)),
  };
}

/** @returns a salt, and a serial number for the timestamp of each document */
export function signatureChances(
  random: Random,
  documents: number,
): { readonly salt: Bytes; readonly serials: readonly Bytes[] } {
  const octets = random(SALT_OCTETS + documents * SERIAL_OCTETS);
  const serials: Bytes[] = [];
  for (let from = SALT_OCTETS; from < octets.length; from += SERIAL_OCTETS)
    serials.push(serialFrom(octets.subarray(from, from + SERIAL_OCTETS)));
  return { salt: octets.slice(0, SALT_OCTETS), serials };
}
