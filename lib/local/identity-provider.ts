import { randomBytes } from "node:crypto";
import type { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { type ClientMetadata, type Configuration, interactionPolicy, Provider } from "oidc-provider";
import type { Clock } from "../ports/ports.ts";
import { DEMO_LOGIN } from "../text/demo-login.ts";
import { interact } from "./interaction.ts";
import { sendRefusalPage } from "./login-page.ts";
import { listen, type Running, stop } from "./loopback.ts";
import { PERSONAS, personaOf } from "./personas.ts";
import { providerSessions } from "./provider-sessions.ts";
import { type ProviderState, providerState } from "./provider-state.ts";

/** The port that the documentation names. */
const PORT = 8788;
/** Seconds. Nobody waits longer on a page of six buttons; tokens live as long as the one-time certificates. */
const TEN_MINUTES = 600;
const ONE_HOUR = 3600;
/** Seconds between the redirect and the exchange of the code. */
const ONE_MINUTE = 60;

export type RunningProvider = Running & {
  /** As in `iss`; the same as `url`. */
  readonly issuer: string;
  /** Of the client `motlan`; the same at every start. */
  readonly clientSecret: string;
};

/**
 * Starts the embedded identity provider: oidc-provider (certified) with people who do not exist, authorization code flow with
 * PKCE only. Clients: `motlan` (confidential, `client_secret_basic`) and `motlan-cli` (public, native, RFC 8252).
 *
 * @param options.directory for keys and client secret, `identity-provider.json`
 * @param options.redirectUris of the service: `…/v1/oidc/callback`, `…/v1/oidc/session`
 * @param options.port 0 for a free one; 8788 by default
 * @throws Error the state file is damaged, or the port is taken
 */
export async function startIdentityProvider(options: {
  readonly directory: string;
  readonly redirectUris: readonly string[];
  readonly port?: number;
  readonly clock?: Clock;
}): Promise<RunningProvider> {
  const state = await providerState(join(options.directory, "identity-provider.json"));
  const server = createServer();
  const port = await listen(server, options.port ?? PORT);
  const host = `localhost:${port}`;
  const issuer = `http://${host}`;
  const provider = new Provider(issuer, configuration(state, options.redirectUris, options.clock ?? Date.now));
  // Without a listener of ours Koa prints every client that hangs up.
  (provider as EventEmitter).on("error", () => undefined);
  provider.on("server_error", (_, error) => process.emitWarning(`The embedded identity provider failed: ${error}`));
  const standard = provider.callback();
  server.on("request", (request, response) => {
    // A name that was rebound to this machine must not reach a page with buttons on it.
    if (request.headers.host !== host) return sendRefusalPage(response, 421, DEMO_LOGIN.badRequest);
    if (!request.url?.startsWith("/interaction/")) return void standard(request, response);
    interact(provider, request, response).catch(() => response.destroy());
  });
  return { url: issuer, issuer, clientSecret: state.clientSecret, close: () => stop(server) };
}

function configuration(state: ProviderState, redirectUris: readonly string[], clock: Clock): Configuration {
  const policy = interactionPolicy.base();
  // The service asks for consent to the signature itself; a second page about scopes would only train people to click.
  policy.remove("consent");
  return {
    jwks: { keys: state.keys },
    clients: clients(state.clientSecret, redirectUris),
    adapter: providerSessions(clock),
    interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, subject) => {
      const persona = personaOf(subject);
      return persona && { accountId: subject, claims: () => ({ ...persona.claims }) };
    },
    async loadExistingGrant({ oidc }) {
      const { client, session, provider } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope([...oidc.requestParamScopes].join(" "));
      await grant.save();
      return grant;
    },
    claims: { openid: [...CLAIMS, "acr", "amr", "auth_time"], profile: ["name", "birthdate"] },
    scopes: ["openid", "profile"],
    acrValues: ["LoA1", "LoA2"],
    // All claims in the ID token: it is the one thing that the service keeps as proof of who logged in.
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    ttl: {
      AccessToken: TEN_MINUTES,
      AuthorizationCode: ONE_MINUTE,
      Grant: ONE_HOUR,
      IdToken: TEN_MINUTES,
      Interaction: TEN_MINUTES,
      Session: ONE_HOUR,
    },
    cookies: {
      keys: [randomBytes(32).toString("base64url")],
      // Cookies know no port: the service on localhost:8787 gets to see these, and its own must not have the same names.
      names: { session: "demo_idp_session", interaction: "demo_idp_login", resume: "demo_idp_resume" },
    },
    clientBasedCORS: () => false,
    renderError: (context) => {
      context.respond = false;
      sendRefusalPage(context.res, context.status, DEMO_LOGIN.badRequest);
    },
  };
}

const CLAIMS = [...new Set(Object.values(PERSONAS).flatMap(({ claims }) => Object.keys(claims)))];

function clients(secret: string, redirectUris: readonly string[]): ClientMetadata[] {
  return [
    {
      client_id: "motlan",
      client_name: "Ký Một Lần",
      client_secret: secret,
      redirect_uris: [...redirectUris],
      id_token_signed_response_alg: "ES256",
    },
    {
      client_id: "motlan-cli",
      client_name: "motlan",
      application_type: "native",
      token_endpoint_auth_method: "none",
      // Any port: RFC 8252 §7.3.
      redirect_uris: ["http://127.0.0.1/callback"],
      id_token_signed_response_alg: "RS256",
    },
  ];
}
