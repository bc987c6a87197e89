import type { CryptoKey, KeyObject } from "jose";
import { Fault } from "../fault/fault.ts";
import { type PublicJwk, publicJwk } from "./public-jwk.ts";
import type { TokenHeader, TokenParts } from "./read-token.ts";
import { fits, readKeySet, type Selection, selectKey } from "./select-key.ts";

/** jose refuses a CryptoKey or KeyObject that is not public or not for the algorithm. */
export type VerificationKey = PublicJwk | CryptoKey | KeyObject;

/**
 * Finds the key of a token that is not verified yet. The header holds `alg` and `kid` only.
 *
 * @returns JWK, JWK Set, CryptoKey or KeyObject, at once or later. A Fault that it throws is passed on, jose's "no matching
 *   key" becomes `token_key_unknown`, anything else means that the provider cannot be asked.
 */
export type KeyResolver = (header: TokenHeader, token: TokenParts) => unknown;

/**
 * @throws Fault token_key_unknown: no key, or more than one, or one that cannot verify anything
 * @throws Fault token_algorithm: the key that the token names serves another algorithm
 * @throws Fault identity_provider_unavailable: the resolver failed
 */
export async function resolveKey(
  jwks: { readonly keys: readonly unknown[] } | KeyResolver,
  header: TokenHeader,
  parts: TokenParts,
): Promise<VerificationKey> {
  const answer = typeof jwks === "function" ? await ask(jwks, header, parts) : jwks;
  if (typeof answer !== "object" || answer === null || ArrayBuffer.isView(answer)) {
    throw new Fault("token_key_unknown", "there is no public key for the token");
  }
  if ("keys" in answer) return keyOf(selectKey(readKeySet(answer) ?? [], header.alg, header.kid));
  if (!("kty" in answer)) return answer as CryptoKey | KeyObject;
  const key = publicJwk(answer);
  if (key === undefined) throw new Fault("token_key_unknown", "the key that was found cannot verify a token");
  // A resolver may answer with a key that has no identifier; one with another identifier is another key.
  if (key.kid !== undefined && header.kid !== undefined && key.kid !== header.kid) return keyOf({ outcome: "unknown" });
  return keyOf(fits(key, header.alg) ? { outcome: "found", key } : { outcome: "unfit" });
}

/** @throws Fault token_key_unknown, token_algorithm: every outcome but "found" */
export function keyOf(selection: Selection): PublicJwk {
  switch (selection.outcome) {
    case "found":
      return selection.key;
    case "unfit":
      throw new Fault("token_algorithm", "the key that the token names serves another algorithm");
    case "ambiguous":
      throw new Fault("token_key_unknown", "the token does not say which of several keys signed it");
    case "unknown":
      throw new Fault("token_key_unknown", "the issuer has no key that the token names");
  }
}

/** Codes of jose's errors for a set that holds no key or several; compared as text, for the resolver may bring its own jose. */
const NO_KEY = new Set<unknown>(["ERR_JWKS_NO_MATCHING_KEY", "ERR_JWKS_MULTIPLE_MATCHING_KEYS"]);

async function ask(resolver: KeyResolver, header: TokenHeader, parts: TokenParts): Promise<unknown> {
  try {
    return await resolver(header, parts);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof Error && "code" in error && NO_KEY.has(error.code)) {
      throw new Fault("token_key_unknown", "the issuer has no key that the token names, or several");
    }
    throw new Fault("identity_provider_unavailable", "the keys of the identity provider cannot be read", {
      cause: error,
    });
  }
}
