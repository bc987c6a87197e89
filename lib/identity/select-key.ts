import { type PublicJwk, publicJwk } from "./public-jwk.ts";
import { TOKEN_ALGORITHMS } from "./token-algorithms.ts";

/** Large providers publish some ten keys; nobody needs more than this, and each one costs an import. */
export const MAX_KEYS = 64;

export type Selection =
  | { readonly outcome: "found"; readonly key: PublicJwk }
  /** No key has this identifier: it may have been published after the set was read. */
  | { readonly outcome: "unknown" }
  /** A key has this identifier, and it is not one for this algorithm. */
  | { readonly outcome: "unfit" }
  /** More than one key would do, so that none is named. */
  | { readonly outcome: "ambiguous" };

/**
 * @param value JWK Set (RFC 7517 §5), parsed
 * @returns the keys in it that can verify tokens, in their order; undefined where it is not a JWK Set or is too large
 */
export function readKeySet(value: unknown): readonly PublicJwk[] | undefined {
  const keys: unknown = typeof value === "object" && value !== null ? (value as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(keys) || keys.length > MAX_KEYS) return undefined;
  return keys.map(publicJwk).filter((key) => key !== undefined);
}

/**
 * The one key that a token names. Trying several in turn would let any of them vouch for a token that names another.
 *
 * @param alg one of {@link TOKEN_ALGORITHMS}
 * @param kid as in the header of the token (RFC 7515 §4.1.4), where it has one
 */
export function selectKey(keys: readonly PublicJwk[], alg: string, kid: string | undefined): Selection {
  const named = kid === undefined ? keys : keys.filter((key) => key.kid === kid);
  const fit = named.filter((key) => fits(key, alg));
  const [key] = fit;
  if (key === undefined) return { outcome: named.length === 0 || kid === undefined ? "unknown" : "unfit" };
  return fit.length === 1 ? { outcome: "found", key } : { outcome: "ambiguous" };
}

/** RFC 7517 §4.4: a key that names its algorithm serves no other. */
export function fits(key: PublicJwk, alg: string): boolean {
  const needed = TOKEN_ALGORITHMS.get(alg);
  if (needed === undefined || key.kty !== needed.kty) return false;
  return (needed.crv === undefined || key.crv === needed.crv) && (key.alg === undefined || key.alg === alg);
}
