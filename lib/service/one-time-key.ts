import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { OneTimeKey } from "../ports/ports.ts";

// The types of node:crypto lack the overload that encodes the public key only.
const generate = generateKeyPairSync as unknown as (
  type: "ec",
  options: {
    readonly namedCurve: "P-256";
    readonly publicKeyEncoding: { readonly format: "der"; readonly type: "spki" };
  },
) => { readonly publicKey: Uint8Array; readonly privateKey: KeyObject };

/**
 * Makes a P-256 key pair that exists in this process's memory only.
 *
 * `forget` drops the last reference to the private key. OpenSSL clears its memory when the garbage collector frees it (EVP_PKEY_free
 * goes through BN_clear_free); when that happens cannot be forced from JavaScript. See docs/KNOWN-LIMITS.md.
 */
export function generateOneTimeKey(): OneTimeKey {
  // Asking for the public key here costs nothing; exporting it from a fresh key afterwards costs as much as all the rest.
  const pair = generate("ec", { namedCurve: "P-256", publicKeyEncoding: { format: "der", type: "spki" } });
  let key: KeyObject | undefined = pair.privateKey;
  return {
    // A copy: a Buffer's memory may be shared, and its slice() is a view.
    spki: new Uint8Array(pair.publicKey),
    sign(message) {
      if (key === undefined) throw new TypeError("the one-time key was forgotten");
      return new Uint8Array(sign("sha256", message, { key, dsaEncoding: "der" }));
    },
    forget() {
      key = undefined;
    },
  };
}
