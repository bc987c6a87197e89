import type { Certificate } from "../x509/certificate.ts";

/**
 * Whether every certificate of a path, the anchor's included, is within its validity at a time (RFC 5280 §6.1.3 (a) (2)).
 *
 * @param at ms; both ends of a validity belong to it
 * @returns the index in the chain of the first that is not, the chain's length for the anchor; undefined where all are
 */
export function isTimely(chain: readonly Certificate[], anchor: Certificate, at: number): number | undefined {
  const found = [...chain, anchor].findIndex(({ notBefore, notAfter }) => at < notBefore || at > notAfter);
  return found === -1 ? undefined : found;
}
