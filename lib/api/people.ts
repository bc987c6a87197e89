import { Fault } from "../fault/fault.ts";
import type { LoginProvider } from "../service/login-provider.ts";
import {
  type ActiveSession,
  RETURN_PATHS,
  type ReturnPath,
  requireSession,
  sessionId,
  sessionSecret,
} from "../service/session.ts";
import {
  extendSession,
  isLoggedIn,
  type LoginPorts,
  logIn,
  openSession,
  readSessionState,
  requirePending,
  sessionLoginUrl,
} from "../service/session-login.ts";
import type { AppDeps, Handlers, Incoming } from "./app.ts";
import { codeFrom, providerIndex } from "./authorization-response.ts";
import { readJson } from "./body.ts";
import { ownCookies } from "./own-cookies.ts";
import { refuseCrossSite } from "./same-origin.ts";
import { parseOpening } from "./schemas.ts";
import { noSessionCookie, sessionCookie } from "./session-cookie.ts";

export type PeoplePorts = LoginPorts & { readonly providers: readonly LoginProvider[] };

export const sessionCallbackUrl = (publicUrl: string) => `${publicUrl}/v1/oidc/session`;

/** A person's session: opened by one of our pages, logged in at the identity provider, extended and ended by the page. */
export function peopleHandlers(ports: PeoplePorts, deps: AppDeps): Handlers {
  const cookieOf = ({ context }: Incoming) => ownCookies(context, deps.publicUrl);
  const current = (request: Incoming) => requireSession(ports.sessions, cookieOf(request), deps.clock());
  return {
    async "session.open"(request) {
      const { context, body } = request;
      refuseCrossSite(context, deps.publicUrl);
      const { returnTo } = parseOpening(readJson(context.req.header("content-type"), body));
      const { session, secret } = await openSession(ports, returnTo, sessionSecret(cookieOf(request)));
      context.header("set-cookie", sessionCookie(secret, deps.publicUrl));
      const authorizeUrl = `${deps.publicUrl}/v1/session/authorize`;
      return context.json({ authorizeUrl, expiresAt: new Date(session.expiresAt).toISOString() }, 201);
    },
    "session.authorize": (request) => returning(ports, deps, request, (known) => leave(ports, deps, request, known)),
    "session.callback": (request) => returning(ports, deps, request, (known) => comeBack(ports, deps, request, known)),
    async "session.read"(request) {
      return request.context.json(sessionView(await current(request)));
    },
    async "session.extend"(request) {
      refuseCrossSite(request.context, deps.publicUrl);
      return request.context.json(sessionView(await extendSession(ports, await current(request))));
    },
    async "session.end"(request) {
      const { context } = request;
      refuseCrossSite(context, deps.publicUrl);
      const id = sessionId(sessionSecret(cookieOf(request)));
      if (id !== undefined) await ports.sessions.end(id);
      context.header("set-cookie", noSessionCookie(deps.publicUrl));
      return context.body(null, 204);
    },
  };
}

/** What a person's own page may know of the session; never its id. */
function sessionView({ state, createdAt, expiresAt, person }: ActiveSession) {
  const { authenticatedAt, ...who } = person;
  return {
    state,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
    person: { ...who, authenticatedAt: new Date(authenticatedAt).toISOString() },
  };
}

/** The secret that a browser brought, and the session that it opens. */
type Known = { readonly secret: string; readonly session: Awaited<ReturnType<PeoplePorts["sessions"]["read"]>> };

/** A page of ours waits for the browser: what goes wrong is told there, behind `#`, where no server log sees it. */
async function returning(
  ports: PeoplePorts,
  { publicUrl }: AppDeps,
  { context, note }: Incoming,
  proceed: (known: Known) => Promise<Response>,
): Promise<Response> {
  let page: ReturnPath = RETURN_PATHS[0];
  try {
    const secret = sessionSecret(ownCookies(context, publicUrl));
    const id = sessionId(secret);
    if (secret === undefined || id === undefined)
      throw new Fault("session_missing", "this browser has opened no session");
    const session = await ports.sessions.read(id);
    page = session?.returnTo ?? page;
    return await proceed({ secret, session });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    note(error);
    return context.redirect(`${page}#loi=${error.code}`, 303);
  }
}

async function leave(ports: PeoplePorts, deps: AppDeps, { context }: Incoming, known: Known): Promise<Response> {
  requirePending(known.session, deps.clock());
  const index = providerIndex(context.req.query("provider"));
  const provider = ports.providers[index];
  if (provider === undefined) throw new Fault("request_malformed", "there is no such identity provider");
  const chosen = { provider, index, redirectUri: sessionCallbackUrl(deps.publicUrl) };
  return context.redirect(await sessionLoginUrl(known.secret, chosen, ports.random), 303);
}

async function comeBack(ports: PeoplePorts, deps: AppDeps, { context }: Incoming, known: Known): Promise<Response> {
  const { secret, session } = known;
  // The page was loaded again: the login that it stands for is done.
  if (isLoggedIn(session, deps.clock())) return context.redirect(session.returnTo, 303);
  const pending = requirePending(session, deps.clock());
  const state = readSessionState(context.req.query("state"), secret);
  const provider = ports.providers[state.provider];
  if (provider === undefined) throw new Fault("login_failed", "state names no identity provider");
  const code = codeFrom(context.req.query(), provider);
  const redirectUri = sessionCallbackUrl(deps.publicUrl);
  const token = await provider.exchange({ code, verifier: state.verifier, redirectUri });
  const opened = await logIn(ports, pending, token, state);
  context.header("set-cookie", sessionCookie(opened.secret, deps.publicUrl));
  return context.redirect(opened.session.returnTo, 303);
}
