import { toBase64Url } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { Random } from "../ports/ports.ts";

/** 128 random bits, base64url. */
export function randomToken(random: Random): string {
  return toBase64Url(random(16));
}

/**
 * A serial number: a positive INTEGER of 16 octets with 126 random bits (RFC 5280 §4.1.2.2 allows 20 octets and wants it
 * positive; a first octet of 0x40 to 0x7f keeps every serial at the same length).
 */
export function randomSerial(random: Random): Bytes {
  const serial = random(16);
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  return serial;
}
