import type { Bytes } from "../bytes/bytes.ts";

/** A key that signs and never leaves where it lives. */
export interface Signer {
  /**
   * Signs `message` with ECDSA on P-256 over SHA-256 (FIPS 186-5 §6.4). The adapter hashes, so that no caller can hash twice.
   *
   * @param message octets to be signed, at most 4,096 (the limit of KMS for `MessageType: RAW`)
   * @returns DER Ecdsa-Sig-Value (RFC 3279 §2.2.3)
   * @throws RangeError no octet, or more than 4,096
   * @throws Fault `key_unavailable` after the adapter's own retries; nothing was signed as far as the caller can tell
   */
  sign(message: Uint8Array): Promise<Bytes>;
}

/** A secret that turns identifiers into pseudonyms. */
export interface Mac {
  /**
   * HMAC-SHA-256 (RFC 2104) under a key that never leaves where it lives.
   *
   * @param message at most 4,096 octets
   * @returns 32 octets
   * @throws RangeError no octet, or more than 4,096
   * @throws Fault `key_unavailable`
   */
  mac(message: Uint8Array): Promise<Bytes>;
}

/** A key pair that lives in memory for one approval. */
export type OneTimeKey = {
  /** DER SubjectPublicKeyInfo, P-256 (RFC 5480 §2). */
  readonly spki: Bytes;
  /** ECDSA P-256 over SHA-256; DER Ecdsa-Sig-Value. @throws TypeError after {@link forget} */
  sign(message: Uint8Array): Bytes;
  /** Drops the private key. Calling it twice is harmless. */
  forget(): void;
};

/** @returns milliseconds since 1970-01-01T00:00:00Z */
export type Clock = () => number;

/** @returns `octets` octets from a cryptographically secure source */
export type Random = (octets: number) => Bytes;
