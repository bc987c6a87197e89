import { ASSURANCE_LEVELS, type AssuranceLevel, type AssuranceRule, type ClaimCondition } from "./assurance.ts";
import { CLAIM_MAPS, type ClaimMapId, type NameOrder } from "./claim-maps.ts";
import { TOKEN_ALGORITHMS } from "./token-algorithms.ts";

/** An identity provider whose word is taken, and for what. Nothing in it has a default: trust is spelled out. */
export type IssuerConfig = {
  /** Exactly as in `iss`. */
  readonly issuer: string;
  /** Our identifiers with this provider: the service's own, and those of portals that log people in by themselves. */
  readonly clientIds: readonly string[];
  readonly algorithms: readonly string[];
  readonly claimMap: ClaimMapId;
  readonly nameOrder: NameOrder;
  /** The claim that says whether an account may be used now; null where the provider issues no token for others. */
  readonly status: StatusRule | null;
  /** First match wins; no match, no signature. */
  readonly assurance: readonly AssuranceRule[];
  readonly requiredAssurance: AssuranceLevel;
  /** Oldest login that will do for a signature, seconds. */
  readonly maxAge: number;
  /** How far the provider's clock may differ from ours, seconds. */
  readonly clockSkew: number;
};

export type StatusRule = {
  /** Holds for an account that may be used. */
  readonly active: ClaimCondition;
  readonly whenAbsent: "active" | "inactive";
};

/** A login that is older is not one "right before signing". */
const LONGEST_MAX_AGE = 3600;
const LONGEST_SKEW = 600;

/**
 * Reads the configuration of an issuer, from JSON or from code. Unknown members are refused: a misspelled rule is no rule.
 *
 * @throws TypeError says which member is wrong
 */
export function readIssuer(value: unknown): IssuerConfig {
  const config = members(value, "issuer", [
    "issuer",
    "clientIds",
    "algorithms",
    "claimMap",
    "nameOrder",
    "status",
    "assurance",
    "requiredAssurance",
    "maxAge",
    "clockSkew",
  ]);
  const { issuer } = config;
  demand(typeof issuer === "string" && isIssuerUrl(issuer), "issuer");
  return {
    issuer: issuer as string,
    clientIds: list(config.clientIds, "clientIds", (item) => label(item, "clientIds")),
    algorithms: list(config.algorithms, "algorithms", (item) =>
      choice(item, [...TOKEN_ALGORITHMS.keys()], "algorithms"),
    ),
    claimMap: choice(config.claimMap, Object.keys(CLAIM_MAPS) as ClaimMapId[], "claimMap"),
    nameOrder: choice(config.nameOrder, ["name", "family-first", "given-first"], "nameOrder"),
    status: config.status === null ? null : readStatus(config.status),
    assurance: list(config.assurance, "assurance", readRule),
    requiredAssurance: choice(config.requiredAssurance, ASSURANCE_LEVELS, "requiredAssurance"),
    maxAge: seconds(config.maxAge, LONGEST_MAX_AGE, "maxAge"),
    clockSkew: seconds(config.clockSkew, LONGEST_SKEW, "clockSkew"),
  };
}

/** @throws TypeError; also where two entries name one issuer, so that rules of one cannot be taken for the other's */
export function readIssuers(value: unknown): readonly IssuerConfig[] {
  const issuers = list(value, "issuers", readIssuer);
  demand(new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, "issuers");
  return issuers;
}

/** OpenID Connect Discovery §3: https, no query, no fragment. Plain http for a provider on this machine only. */
function isIssuerUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

function readStatus(value: unknown): StatusRule {
  const { active, whenAbsent } = members(value, "status", ["active", "whenAbsent"]);
  return {
    active: readCondition(active),
    whenAbsent: choice(whenAbsent, ["active", "inactive"], "status.whenAbsent"),
  };
}

function readRule(value: unknown): AssuranceRule {
  const { id, when, grants } = members(value, "assurance", ["id", "when", "grants"]);
  const granted = members(grants, "assurance.grants", ["level", "ial", "aal", "fal", "schemeLevel"]);
  demand(Array.isArray(when), "assurance.when");
  const degree = (name: "ial" | "aal" | "fal"): 1 | 2 | 3 =>
    choice(granted[name], [1, 2, 3], `assurance.grants.${name}`);
  const { schemeLevel } = granted;
  if (schemeLevel !== undefined) demand(Number.isInteger(schemeLevel), "assurance.grants.schemeLevel");
  return {
    id: label(id, "assurance.id"),
    when: (when as readonly unknown[]).map(readCondition),
    grants: {
      level: choice(granted.level, ASSURANCE_LEVELS, "assurance.grants.level"),
      ial: degree("ial"),
      aal: degree("aal"),
      fal: degree("fal"),
      ...(schemeLevel === undefined ? {} : { schemeLevel: schemeLevel as number }),
    },
  };
}

function readCondition(value: unknown): ClaimCondition {
  const { claim, oneOf } = members(value, "condition", ["claim", "oneOf"]);
  return {
    claim: label(claim, "condition.claim"),
    oneOf: list(oneOf, "condition.oneOf", (item) => {
      demand(["string", "number", "boolean"].includes(typeof item), "condition.oneOf");
      return item as string | number | boolean;
    }),
  };
}

function members(value: unknown, path: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  demand(typeof value === "object" && value !== null && !Array.isArray(value), path);
  const object = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(object)) demand(names.includes(name), `${path}.${name}`);
  return object;
}

function list<T>(value: unknown, path: string, read: (item: unknown) => T): readonly T[] {
  demand(Array.isArray(value) && value.length > 0, path);
  return (value as readonly unknown[]).map(read);
}

function label(value: unknown, path: string): string {
  demand(typeof value === "string" && value !== "" && value.length <= 255, path);
  return value as string;
}

function choice<T>(value: unknown, choices: readonly T[], path: string): T {
  const found = choices.find((item) => item === value);
  if (found === undefined) throw new TypeError(`configuration of an identity provider: ${path}`);
  return found;
}

function seconds(value: unknown, longest: number, path: string): number {
  demand(typeof value === "number" && value >= 0 && value <= longest, path);
  return value as number;
}

function demand(holds: boolean, path: string): void {
  if (!holds) throw new TypeError(`configuration of an identity provider: ${path}`);
}
