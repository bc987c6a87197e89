import type { Mac } from "../ports/ports.ts";
import type { Authenticator } from "./authenticate.ts";
import type { ProofPerson, ProofToken } from "./proof.ts";
import { pseudonymOf } from "./pseudonym.ts";

/** Who signs, as it was found out for one transaction, and what shows it. */
export type Signatory = {
  readonly person: ProofPerson;
  readonly evidence: ProofToken;
  /** When the person showed who they are, milliseconds; null where the identity provider does not say. */
  readonly authenticatedAt: number | null;
};

export type TokenPorts = { readonly authenticate: Authenticator; readonly pairwise: Mac };

/**
 * The person of an identity token.
 *
 * @param nonce the commitment that the token must carry
 * @param now milliseconds
 * @throws Fault token_*, `assurance_too_low`, `identity_inactive`, `identity_not_person`, `identity_provider_unavailable`, `key_unavailable`
 */
export async function byToken(ports: TokenPorts, token: string, nonce: string, now: number): Promise<Signatory> {
  const { identity, evidence } = await ports.authenticate(token, nonce, now);
  const { fullName, issuer, assurance, authTime } = identity;
  const pseudonym = await pseudonymOf(ports.pairwise, identity);
  return {
    person: { fullName, pseudonym, issuer, assurance },
    evidence,
    authenticatedAt: authTime === undefined ? null : authTime * 1000,
  };
}
