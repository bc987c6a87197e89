import { fromBase64Url } from "../bytes/base64.ts";
import { type Bytes, concat, fromLatin1 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { isPublicKey, KEY_AGREEMENT } from "./keys.ts";

/** What the two browsers share and the service does not have. */
export type SharedSecret = {
  /** @param label one purpose, one label @returns octets that nobody else can compute (HKDF-Expand, RFC 5869 §2.3) */
  readonly derive: (label: string, context: Uint8Array, octets: number) => Promise<Bytes>;
};

export type Agreement = {
  /** Of this side; made with {@link KEY_AGREEMENT}. */
  readonly privateKey: CryptoKey;
  /** Both public keys as they are known on both sides: one of them belongs to `privateKey`. */
  readonly officerKey: Uint8Array;
  readonly citizenKey: Uint8Array;
  readonly side: "officer" | "citizen";
  /** Of the assistance, base64url. */
  readonly id: string;
};

/** X-coordinate of the shared point (SP 800-56A §5.7.1.2). */
const SHARED_BITS = 256;

/**
 * ECDH on P-256 and HKDF-SHA-256, salted with both public keys and bound to the assistance (docs/FORMATS.md, "Handover").
 *
 * @throws Fault `handover_malformed`: the other side's key is no point of P-256
 */
export async function agree({ privateKey, officerKey, citizenKey, side, id }: Agreement): Promise<SharedSecret> {
  const identifier = fromBase64Url(id);
  const peer = side === "officer" ? citizenKey : officerKey;
  if (identifier === undefined || !isPublicKey(officerKey) || !isPublicKey(citizenKey))
    throw new Fault("handover_malformed", "an id or a public key has another form");
  const shared = await sharedPoint(privateKey, peer);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const salt = concat(officerKey, citizenKey);
  return {
    derive: async (label, context, octets) => {
      const info = concat(fromLatin1(`motlan/assist/${label}/v1\0`), identifier, context);
      const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, root, 8 * octets);
      return new Uint8Array(bits);
    },
  };
}

async function sharedPoint(privateKey: CryptoKey, peer: Uint8Array): Promise<Bytes> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey("raw", Uint8Array.from(peer), KEY_AGREEMENT, false, []);
  } catch (cause) {
    throw new Fault("handover_malformed", "a public key is not a point of P-256", { cause });
  }
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: key }, privateKey, SHARED_BITS));
}
