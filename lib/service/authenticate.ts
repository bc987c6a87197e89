import { digestText } from "#crypto";
import { toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { CLAIM_MAPS } from "../identity/claim-maps.ts";
import { type Identity, toIdentity } from "../identity/identity.ts";
import type { IssuerConfig } from "../identity/issuers.ts";
import type { KeySource } from "../identity/jwks-cache.ts";
import { readToken } from "../identity/read-token.ts";
import { selectIssuer } from "../identity/select-issuer.ts";
import { verifyIdToken } from "../identity/verify-id-token.ts";
import type { TokenEvidence } from "./proof.ts";

export type Authenticated = {
  readonly identity: Identity;
  readonly evidence: TokenEvidence;
};

/**
 * Judges an identity token for one transaction.
 *
 * @param nonce the commitment that the token must carry
 * @param now milliseconds
 * @param seen hears whose token it is as soon as that is certain, before the person is found to be one who may sign
 * @throws Fault token_*, `assurance_too_low`, `identity_inactive`, `identity_not_person`, `identity_provider_unavailable`
 */
export type Authenticator = (
  token: string,
  nonce: string,
  now: number,
  seen?: (who: Pick<Identity, "issuer" | "subject">) => void,
) => Promise<Authenticated>;

/** An accepted identity provider with where its keys come from. */
export type AcceptedIssuer = { readonly config: IssuerConfig; readonly keys: KeySource };

export function authenticator(accepted: readonly AcceptedIssuer[]): Authenticator {
  const configs = accepted.map(({ config }) => config);
  return async (token, nonce, now, seen) => {
    const { config, clientId } = selectIssuer(token, configs);
    const keys = accepted.find((one) => one.config === config)?.keys;
    if (keys === undefined) throw new TypeError("the selected issuer is one of those given");
    const lookup = keys.lookup();
    const claims = await verifyIdToken(token, {
      issuer: config.issuer,
      clientId,
      nonce,
      jwks: lookup.resolve,
      now: now / 1000,
      algorithms: config.algorithms,
      clockSkew: config.clockSkew,
      maxAge: config.maxAge,
    });
    const { issuer, claimMap, nameOrder } = config;
    seen?.({ issuer, subject: CLAIM_MAPS[claimMap](claims, nameOrder).subject });
    const identity = toIdentity(claims, config);
    const snapshot = lookup.snapshot();
    if (snapshot === undefined) throw new Fault("token_key_unknown", "the token verified under no key set");
    const { alg, kid } = readToken(token).header;
    const evidence: TokenEvidence = {
      // The token itself is never kept: it names a person, and in the wrong hands it could be shown again.
      sha256: toBase64Url(digestText("SHA-256", token)),
      issuer: config.issuer,
      clientId,
      kid: kid ?? null,
      alg,
      jwks: snapshot.jwks,
      jwksSha256: snapshot.id,
    };
    return { identity, evidence };
  };
}
