import { Fault } from "../fault/fault.ts";
import type { JsonObject } from "../json/value.ts";
import { type Assurance, assuranceOf, holds, reaches } from "./assurance.ts";
import { CLAIM_MAPS, type Person } from "./claim-maps.ts";
import type { IssuerConfig, StatusRule } from "./issuers.ts";

/** Who logged in, as far as a signature needs to know. `issuer` and `subject` together are the person's key. */
export type Identity = Person & {
  readonly issuer: string;
  readonly assurance: Assurance;
  /** When the person last proved who they are, seconds since 1970-01-01T00:00:00Z, where the issuer says so. */
  readonly authTime?: number;
  /** An inactive account gives no identity; said here because proofs say it. */
  readonly active: true;
};

/**
 * Turns the claims of a verified token into an identity by what is configured for its issuer.
 *
 * @param claims as `verifyIdToken` returned them
 * @throws Fault token_issuer: the claims are not this issuer's
 * @throws Fault identity_not_person, token_claims, identity_inactive, assurance_too_low
 */
export function toIdentity(claims: JsonObject, config: IssuerConfig): Identity {
  if (claims.iss !== config.issuer) throw new Fault("token_issuer", "the claims come from another issuer");
  const person = CLAIM_MAPS[config.claimMap](claims, config.nameOrder);
  if (config.status !== null && !isActive(claims, config.status)) {
    throw new Fault("identity_inactive", "the issuer says that the account is not active");
  }
  const assurance = assuranceOf(claims, config.assurance);
  if (assurance === undefined) {
    throw new Fault("assurance_too_low", "no rule for the issuer grants anything to these claims");
  }
  if (!reaches(assurance.level, config.requiredAssurance)) {
    throw new Fault("assurance_too_low", `${config.requiredAssurance} is needed, the account has ${assurance.level}`);
  }
  const authTime = claims.auth_time;
  return {
    issuer: config.issuer,
    ...person,
    assurance,
    ...(typeof authTime === "number" ? { authTime } : {}),
    active: true,
  };
}

function isActive(claims: JsonObject, { active, whenAbsent }: StatusRule): boolean {
  return Object.hasOwn(claims, active.claim) ? holds(active, claims) : whenAbsent === "active";
}
