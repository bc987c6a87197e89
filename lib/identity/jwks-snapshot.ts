import { digest } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import { canonicalJson } from "../json/canonical.ts";
import { parseJson } from "../json/strict-parse.ts";
import type { PublicJwk } from "./public-jwk.ts";
import { readKeySet } from "./select-key.ts";

/** Key sets of large providers, certificate chains included, are some 40 KiB. */
const MAX_SET = 256 * 1024;

/**
 * The keys of an identity provider as they were when a token was verified. Kept with the proof, it lets anybody verify the token
 * again long after the provider has changed its keys.
 */
export type JwksSnapshot = {
  /** {@link snapshotId} of the keys. */
  readonly id: string;
  readonly jwks: { readonly keys: readonly PublicJwk[] };
  /** When the set was asked for, milliseconds since 1970-01-01T00:00:00Z. */
  readonly fetchedAt: number;
};

/** base64url of SHA-256 over the RFC 8785 text of the set with the public members that count, in the provider's order. */
export function snapshotId(jwks: { readonly keys: readonly PublicJwk[] }): string {
  const keys = jwks.keys.map((key) => ({ ...key }));
  return toBase64Url(digest("SHA-256", fromUtf8(canonicalJson({ keys }))));
}

/**
 * @param answer of the provider: the text or octets of a JWK Set, which are parsed strictly, or the set already parsed
 * @returns undefined where it is not a JWK Set or holds too many keys. A set without a usable key is one: a provider may have
 *   withdrawn all its keys.
 * @throws Fault json_malformed
 */
export function takeSnapshot(answer: unknown, fetchedAt: number): JwksSnapshot | undefined {
  const isText = typeof answer === "string" || answer instanceof Uint8Array;
  const keys = readKeySet(isText ? parseJson(answer, { length: MAX_SET }) : answer);
  if (keys === undefined) return undefined;
  const jwks = Object.freeze({ keys: Object.freeze(keys) });
  return Object.freeze({ id: snapshotId(jwks), jwks, fetchedAt });
}
