import type { JsonObject, JsonValue } from "../json/value.ts";

/** Levels of eIDAS (Regulation (EU) No 910/2014, art. 8), lowest first. */
export const ASSURANCE_LEVELS = ["low", "substantial", "high"] as const;
export type AssuranceLevel = (typeof ASSURANCE_LEVELS)[number];

/** How sure it is who the person is. NIST SP 800-63-4: identity proofing, authenticator, federation, each 1 to 3. */
export type AssuranceGrant = {
  readonly level: AssuranceLevel;
  readonly ial: 1 | 2 | 3;
  readonly aal: 1 | 2 | 3;
  readonly fal: 1 | 2 | 3;
  /** Level of the account in its own scheme, such as 1 or 2 in the Vietnamese one, where that is known. */
  readonly schemeLevel?: number;
};

export type Assurance = AssuranceGrant & {
  /** The rule by which this was granted, so that a proof can say why. */
  readonly source: string;
};

/** A claim with one of some values; of a claim that is a list, one item is enough. */
export type ClaimCondition = {
  readonly claim: string;
  readonly oneOf: readonly (string | number | boolean)[];
};

/**
 * What the operator has found out about an issuer: to people with these claims, this much is granted. A claim such as `acr`
 * counts only where a rule names it, for an issuer whose use of it is known. A rule without conditions holds for everybody.
 */
export type AssuranceRule = {
  readonly id: string;
  readonly when: readonly ClaimCondition[];
  readonly grants: AssuranceGrant;
};

/** @returns what the first rule grants whose conditions all hold; undefined where none does: nothing is assumed */
export function assuranceOf(claims: JsonObject, rules: readonly AssuranceRule[]): Assurance | undefined {
  const rule = rules.find(({ when }) => when.every((condition) => holds(condition, claims)));
  return rule === undefined ? undefined : { ...rule.grants, source: rule.id };
}

export function holds({ claim, oneOf }: ClaimCondition, claims: JsonObject): boolean {
  if (!Object.hasOwn(claims, claim)) return false;
  const value = claims[claim] as JsonValue;
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  // Without conversion: "1" is not 1.
  return items.some((item) => oneOf.some((wanted) => wanted === item));
}

export function reaches(level: AssuranceLevel, minimum: AssuranceLevel): boolean {
  return ASSURANCE_LEVELS.indexOf(level) >= ASSURANCE_LEVELS.indexOf(minimum);
}
