import type { Identity } from "../identity/issuers.ts";
import type { ProofToken } from "./proof.ts";

export type Authenticated = {
  readonly identity: Identity;
  readonly evidence: ProofToken;
};

/**
 * Judges an identity token for one transaction.
 *
 * @param nonce the commitment that the token must carry
 * @param now milliseconds
 * @throws Fault token_*, `assurance_too_low`, `identity_inactive`, `identity_provider_unavailable`
 */
export type Authenticator = (token: string, nonce: string, now: number) => Promise<Authenticated>;
