import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { fromBase64Url } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { fromHex } from "../bytes/hex.ts";
import type { OneTimeKey } from "../ports/ports.ts";

// The types of node:crypto lack the overload that encodes the public key only.
const generate = generateKeyPairSync as unknown as (
  type: "ec",
  options: { readonly namedCurve: "P-256"; readonly publicKeyEncoding: { readonly format: "jwk" } },
) => { readonly publicKey: { readonly x: string; readonly y: string }; readonly privateKey: KeyObject };

/** SubjectPublicKeyInfo of a P-256 key up to the point (RFC 5480 §2): ecPublicKey, prime256v1, a BIT STRING of 66 octets, uncompressed. */
const SPKI_HEAD = fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004") ?? new Uint8Array(0);
const COORDINATE = 32;

/**
 * Makes a P-256 key pair that exists in this process's memory only.
 *
 * `forget` drops the last reference to the private key. OpenSSL clears its memory when the garbage collector frees it (EVP_PKEY_free
 * goes through BN_clear_free); when that happens cannot be forced from JavaScript. See docs/KNOWN-LIMITS.md.
 */
export function generateOneTimeKey(): OneTimeKey {
  // As JWK, since OpenSSL's encoder of SubjectPublicKeyInfo takes longer than making the key does (npm run bench).
  const pair = generate("ec", { namedCurve: "P-256", publicKeyEncoding: { format: "jwk" } });
  let key: KeyObject | undefined = pair.privateKey;
  return {
    spki: spkiOf(pair.publicKey),
    sign(message) {
      if (key === undefined) throw new TypeError("the one-time key was forgotten");
      // A copy: a Buffer's memory may be shared, and its slice() is a view. DER is what a bare key signs in.
      return new Uint8Array(sign("sha256", message, key));
    },
    forget() {
      key = undefined;
    },
  };
}

/** @param jwk coordinates of 32 octets each (RFC 7518 §6.2.1.2) */
function spkiOf({ x, y }: { readonly x: string; readonly y: string }): Bytes {
  const spki = new Uint8Array(SPKI_HEAD.length + 2 * COORDINATE);
  spki.set(SPKI_HEAD);
  [x, y].forEach((text, index) => {
    const coordinate = fromBase64Url(text);
    if (coordinate?.length !== COORDINATE) throw new TypeError("a coordinate of P-256 has 32 octets");
    spki.set(coordinate, SPKI_HEAD.length + index * COORDINATE);
  });
  return spki;
}
