import { toBase64Url } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { Random } from "../ports/ports.ts";
import { serialFrom } from "../x509/issue.ts";

/** 128 random bits, base64url. */
export function randomToken(random: Random): string {
  return toBase64Url(random(16));
}

export function randomSerial(random: Random): Bytes {
  return serialFrom(random(16));
}
