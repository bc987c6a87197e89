import { type IssuerConfig, readIssuers } from "../identity/issuers.ts";
import { keySource } from "../identity/jwks-cache.ts";
import type { Clock } from "../ports/ports.ts";
import { type Authenticator, authenticator } from "../service/authenticate.ts";
import type { LoginProvider } from "../service/login-provider.ts";
import { isPlainText } from "../text/plain.ts";
import { httpProvider } from "./provider.ts";

/** Seconds. A withdrawn key is believed this long at most. */
const KEYS_MAX_AGE = 600;
/** Seconds between two questions that tokens with unknown keys can provoke. */
const KEYS_COOL_DOWN = 30;
/** Seconds. A provider's outage of a quarter of an hour keeps nobody from signing. */
const KEYS_STALE = 900;

/** A member of MOTLAN_ISSUERS: an issuer configuration (lib/identity/issuers.ts) and our clients with it. */
type Login = {
  /** The client of this service's own code flow. */
  readonly clientId: string;
  /** The public client of the command line (RFC 8252), where there is one. */
  readonly nativeClientId?: string;
  /** What people know the provider by, such as VNeID; without it they see its host. */
  readonly name?: string;
};

/** Code points of a provider's name: it stands on a button. */
const LONGEST_NAME = 40;

export type ProviderPorts = {
  readonly providers: readonly LoginProvider[];
  readonly nativeClientIds: readonly (string | undefined)[];
  readonly providerNames: readonly (string | undefined)[];
};

type Secret = () => Promise<string | undefined>;

/** @param secret of the confidential client; without it the providers serve for sending people there, not for exchanging codes */
export function loginProviders(json: string, clock: Clock, secret?: Secret): ProviderPorts {
  const logins = read(json);
  return {
    providers: logins.map(({ config, login }) =>
      httpProvider(config.issuer, { id: login.clientId, ...(secret === undefined ? {} : { secret }) }, clock),
    ),
    nativeClientIds: logins.map(({ login }) => login.nativeClientId),
    providerNames: logins.map(({ login }) => login.name),
  };
}

/** The accepted issuers, and how much of each a signature asks for: for logins of earlier days that passkeys speak for. */
export function acceptedIssuers(json: string): readonly Pick<IssuerConfig, "issuer" | "requiredAssurance">[] {
  return read(json).map(({ config: { issuer, requiredAssurance } }) => ({ issuer, requiredAssurance }));
}

export function loginPorts(
  json: string,
  clock: Clock,
  secret: Secret,
): ProviderPorts & { readonly authenticate: Authenticator } {
  const ports = loginProviders(json, clock, secret);
  const accepted = read(json).map(({ config }, index) => ({
    config,
    keys: keySource({
      fetchJwks: () => (ports.providers[index] as LoginProvider).jwks(),
      clock,
      maxAge: KEYS_MAX_AGE,
      coolDown: KEYS_COOL_DOWN,
      staleIfError: KEYS_STALE,
    }),
  }));
  return { ...ports, authenticate: authenticator(accepted) };
}

/** @throws TypeError the configuration is not right: a service that does not know whom to trust must not start */
function read(json: string) {
  const entries: unknown = JSON.parse(json);
  if (!Array.isArray(entries)) throw new TypeError("MOTLAN_ISSUERS must be a JSON array");
  const split = entries.map(({ login, ...config }) => ({ login: readLogin(login), config }));
  const configs = readIssuers(split.map(({ config }) => config));
  return split.map(({ login }, index) => {
    const config = configs[index];
    if (config === undefined || !config.clientIds.includes(login.clientId))
      throw new TypeError("login.clientId must be one of clientIds");
    return { login, config };
  });
}

function readLogin(value: unknown): Login {
  const { clientId, nativeClientId, name } = (value ?? {}) as Record<string, unknown>;
  if (typeof clientId !== "string" || !["string", "undefined"].includes(typeof nativeClientId))
    throw new TypeError("login must name a clientId, and may name a nativeClientId");
  if (name !== undefined && !(typeof name === "string" && isPlainText(name, LONGEST_NAME)))
    throw new TypeError(`login.name is plain text of at most ${LONGEST_NAME} characters`);
  return {
    clientId,
    ...(typeof nativeClientId === "string" ? { nativeClientId } : {}),
    ...(typeof name === "string" ? { name } : {}),
  };
}
