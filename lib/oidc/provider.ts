import { toBase64 } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import type { Clock } from "../ports/ports.ts";
import type { CodeExchange, LoginProvider } from "../service/login-provider.ts";
import { fetchJson, stringMember } from "./fetch-json.ts";

/** Milliseconds. Providers move their endpoints over days, with both in service. */
const DISCOVERY_AGE_MS = 3_600_000;

type Endpoints = {
  readonly authorization: string;
  readonly token: string;
  readonly jwks: string;
  readonly until: number;
};

/**
 * An OpenID provider over HTTP (OpenID Connect Discovery 1.0 §4, Core 1.0 §3.1).
 *
 * @param issuer exactly as in the tokens
 * @param client the client that the code flow of this service uses; without a secret it is a public client
 */
export function httpProvider(
  issuer: string,
  client: { readonly id: string; readonly secret?: () => Promise<string | undefined> },
  clock: Clock,
): LoginProvider {
  let known: Endpoints | undefined;
  const endpoints = async (): Promise<Endpoints> => {
    if (known === undefined || known.until <= clock()) known = await discover(issuer, clock() + DISCOVERY_AGE_MS);
    return known;
  };
  return {
    issuer,
    clientId: client.id,
    authorizationEndpoint: async () => (await endpoints()).authorization,
    async jwks() {
      const { status, body } = await fetchJson((await endpoints()).jwks);
      if (status !== 200) throw new Fault("identity_provider_unavailable", "the key set cannot be read");
      return body;
    },
    exchange: async (input) => exchange((await endpoints()).token, client, input),
  };
}

async function discover(issuer: string, until: number): Promise<Endpoints> {
  const { status, body } = await fetchJson(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const authorization = endpoint(body, "authorization_endpoint", issuer);
  const token = endpoint(body, "token_endpoint", issuer);
  const jwks = endpoint(body, "jwks_uri", issuer);
  // §4.3: a document that speaks for another issuer must not be used.
  if (status !== 200 || stringMember(body, "issuer") !== issuer || !authorization || !token || !jwks)
    throw new Fault("identity_provider_unavailable", "the discovery document is not usable");
  return { authorization, token, jwks, until };
}

/** Codes and keys travel over TLS only; plain HTTP is for a provider that is itself on plain HTTP on this machine. */
function endpoint(body: unknown, member: string, issuer: string): string | undefined {
  const url = stringMember(body, member);
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, origin } = new URL(url);
  return protocol === "https:" || origin === new URL(issuer).origin ? url : undefined;
}

async function exchange(
  url: string,
  client: { readonly id: string; readonly secret?: () => Promise<string | undefined> },
  input: CodeExchange,
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code: input.code,
    redirect_uri: input.redirectUri,
    code_verifier: input.verifier,
  });
  const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded" };
  const secret = await client.secret?.();
  if (secret === undefined) form.set("client_id", client.id);
  else headers.authorization = basic(client.id, secret);
  const { status, body } = await fetchJson(url, { method: "POST", headers, body: form });
  const idToken = stringMember(body, "id_token");
  if (status !== 200 || idToken === undefined)
    throw new Fault("login_failed", "the identity provider did not exchange the code for an identity token");
  return idToken;
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function basic(id: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return `Basic ${toBase64(fromUtf8(`${encode(id)}:${encode(secret)}`))}`;
}
