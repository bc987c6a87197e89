import { KEY_AGREEMENT } from "../../lib/assist/keys.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";

export type KeyPair = { readonly privateKey: CryptoKey; readonly publicKey: Bytes };

/** A key pair for one assistance; the private key cannot leave this page. */
export async function newKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(KEY_AGREEMENT, false, ["deriveBits"]);
  return { privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)) };
}
