import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Bytes } from "../bytes/bytes.ts";

/**
 * HMAC-SHA-256 (RFC 2104) of the parts, one after the other: 32 octets.
 *
 * The same code on both backends: for a message of a few hundred octets under a raw key, node:crypto spends several times as
 * long on making a key object of it.
 */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Bytes {
  const state = hmac.create(sha256, key);
  for (const part of parts) state.update(part);
  return new Uint8Array(state.digest());
}
