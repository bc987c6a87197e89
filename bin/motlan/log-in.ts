import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { clock } from "../../lib/aws/runtime.ts";
import { Fault } from "../../lib/fault/fault.ts";
import { httpProvider } from "../../lib/oidc/provider.ts";
import { PAGES } from "../../lib/text/pages.ts";
import type { Output } from "./output.ts";
import { personaLogin } from "./persona-login.ts";

export type ServiceDescription = {
  readonly demo: boolean;
  readonly signatureClass: string;
  readonly providers: readonly { readonly issuer: string; readonly nativeClientId: string | null }[];
};

export type LogInInput = {
  readonly service: ServiceDescription;
  /** The commitment: the token will say that this person approved these documents. */
  readonly nonce: string;
  readonly persona?: string | undefined;
};

/** Milliseconds that a person has to log in; the transaction itself lives for fifteen minutes. */
const LOGIN_LIMIT_MS = 600_000;

/**
 * Logs in as a native application: authorization code, PKCE, a loopback redirect (RFC 8252 §7.3).
 *
 * @returns the identity token
 * @throws Fault `login_cancelled`, `login_failed`, `identity_provider_unavailable`
 */
export async function logIn({ service, nonce, persona }: LogInInput, out: Output): Promise<string> {
  const native = service.providers.find((provider) => provider.nativeClientId !== null);
  if (!native?.nativeClientId) throw new Fault("login_failed", "the service offers no login for the command line");
  const provider = httpProvider(native.issuer, { id: native.nativeClientId }, clock);
  const state = randomBytes(16).toString("base64url");
  const verifier = randomBytes(32).toString("base64url");
  const loopback = await listen();
  try {
    const redirectUri = `http://127.0.0.1:${loopback.port}/callback`;
    const url = new URL(await provider.authorizationEndpoint());
    const parameters = {
      response_type: "code",
      client_id: native.nativeClientId,
      redirect_uri: redirectUri,
      scope: "openid profile",
      state,
      nonce,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      prompt: "login",
      max_age: "0",
    };
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    const answer =
      persona === undefined
        ? await throughBrowser(url.href, loopback, out)
        : await personaLogin(url.href, persona, redirectUri);
    return await provider.exchange({ code: codeFrom(answer, state, native.issuer), verifier, redirectUri });
  } finally {
    loopback.close();
  }
}

type Loopback = { readonly port: number; readonly answer: Promise<URL>; readonly close: () => void };

/** One request to /callback and no more; nothing of it is echoed. */
function listen(): Promise<Loopback> {
  return new Promise((resolve, reject) => {
    let settle: (url: URL) => void;
    const answer = new Promise<URL>((done) => {
      settle = done;
    });
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      if (url.pathname !== "/callback") return void response.writeHead(404).end();
      const { vi, en } = url.searchParams.has("code") ? PAGES.loggedIn : PAGES.loginFailed;
      response.writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'",
      });
      response.end(
        `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ký Một Lần</title><h1>${vi}</h1><p lang="en">${en}</p></html>`,
      );
      settle(url);
    });
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ port: (server.address() as AddressInfo).port, answer, close });
    });
  });
}

async function throughBrowser(url: string, loopback: Loopback, out: Output): Promise<URL> {
  out.progress("Mở trình duyệt để đăng nhập", "Opening the browser to log in");
  console.error(`\n  ${url}\n`);
  openBrowser(url);
  const timer = AbortSignal.timeout(LOGIN_LIMIT_MS);
  const late = new Promise<never>((_, reject) => {
    timer.addEventListener("abort", () => reject(new Fault("login_failed", "nobody logged in within ten minutes")));
  });
  return Promise.race([loopback.answer, late]);
}

/** Best effort: the address is printed as well. */
function openBrowser(url: string): void {
  const [command, ...rest] = { darwin: ["open"], win32: ["rundll32", "url.dll,FileProtocolHandler"] }[
    process.platform as string
  ] ?? ["xdg-open"];
  if (command === undefined) return;
  const child = spawn(command, [...rest, url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

function codeFrom(answer: URL, state: string, issuer: string): string {
  const query = answer.searchParams;
  const from = query.get("iss");
  if (query.get("state") !== state || (from !== null && from !== issuer))
    throw new Fault("login_failed", "the answer does not belong to this login");
  if (query.get("error") === "access_denied") throw new Fault("login_cancelled", "the person ended the login");
  const code = query.get("code");
  if (!code) throw new Fault("login_failed", "the identity provider gave no code");
  return code;
}
