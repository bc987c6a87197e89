import { Fault } from "../fault/fault.ts";
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
 * @param asked `nonce`: the commitment that the token must carry; `now`: milliseconds
 * @param refused hears of a person whose token is good, but who may not sign
 * @throws Fault token_*, `assurance_too_low`, `identity_inactive`, `identity_not_person`, `identity_provider_unavailable`, `key_unavailable`
 */
export async function byToken(
  ports: TokenPorts,
  token: string,
  { nonce, now }: { readonly nonce: string; readonly now: number },
  refused?: (subject: string, fault: Fault) => Promise<void>,
): Promise<Signatory> {
  let seen: Parameters<typeof pseudonymOf>[1] | undefined;
  try {
    const { identity, evidence } = await ports.authenticate(token, nonce, now, (who) => {
      seen = who;
    });
    const { fullName, issuer, assurance, authTime } = identity;
    const pseudonym = await pseudonymOf(ports.pairwise, identity);
    return {
      person: { fullName, pseudonym, issuer, assurance },
      evidence,
      authenticatedAt: authTime === undefined ? null : authTime * 1000,
    };
  } catch (error) {
    if (error instanceof Fault && seen !== undefined && refused !== undefined) {
      // Without the key of pseudonyms there is nobody to tell.
      const subject = await pseudonymOf(ports.pairwise, seen).catch(() => undefined);
      if (subject !== undefined) await refused(subject, error);
    }
    throw error;
  }
}
