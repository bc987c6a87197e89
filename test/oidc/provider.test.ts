import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { httpProvider } from "../../lib/oidc/provider.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const json =
  (value: unknown, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof value === "string" ? value : JSON.stringify(value));
  };

let server: Server;
let issuer = "";
const answers = new Map<string, Answer>();
const seen: { path: string; authorization: string | undefined; body: string }[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    seen.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
    (answers.get(request.url ?? "") ?? json({}, 404))(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

let now = 0;
const DISCOVERY = "/.well-known/openid-configuration";
const document = () => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
});
beforeEach(() => {
  now = 0;
  seen.length = 0;
  answers.clear();
  answers.set(DISCOVERY, json(document()));
});
const provider = (secret?: string) =>
  httpProvider(issuer, { id: "a:b c", ...(secret === undefined ? {} : { secret: async () => secret }) }, () => now);
const input = { code: "c", verifier: "v", redirectUri: "http://localhost/cb" };

describe("an OpenID provider over HTTP", () => {
  test("is discovered once an hour", async () => {
    const one = provider();
    for (const time of [0, 3_599_999, 3_600_000]) {
      now = time;
      expect(await one.authorizationEndpoint()).toBe(`${issuer}/auth`);
    }
    expect(seen.map(({ path }) => path)).toEqual([DISCOVERY, DISCOVERY]);
  });

  test("exchanges a code as a confidential client: both halves form-encoded before they are joined (RFC 6749 §2.3.1)", async () => {
    answers.set("/token", json({ id_token: "t" }));
    expect(await provider("s:ơ").exchange(input)).toBe("t");
    const { authorization, body } = seen.at(-1) ?? {};
    expect(atob(authorization?.slice("Basic ".length) ?? "")).toBe("a%3Ab+c:s%3A%C6%A1");
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      grant_type: "authorization_code",
      code: "c",
      code_verifier: "v",
      redirect_uri: "http://localhost/cb",
    });
  });

  test("exchanges a code as a public client: it names itself and shows no secret", async () => {
    answers.set("/token", json({ id_token: "t" }));
    await provider().exchange(input);
    expect(seen.at(-1)?.authorization).toBeUndefined();
    expect(new URLSearchParams(seen.at(-1)?.body).get("client_id")).toBe("a:b c");
  });

  test.each<[string, () => unknown]>([
    ["another issuer", () => ({ ...document(), issuer: "https://other.example" })],
    ["a token endpoint elsewhere without TLS", () => ({ ...document(), token_endpoint: "http://evil.example/token" })],
    ["a key set that is no URL", () => ({ ...document(), jwks_uri: "keys" })],
    ["no endpoint", () => ({ issuer })],
    ["an array", () => []],
    ["garbage", () => "<html>"],
    ["a member twice", () => `{"issuer":"${issuer}","issuer":"${issuer}"}`],
  ])("is not used where its discovery document has %s", async (_, value) => {
    answers.set(DISCOVERY, json(value()));
    await expect(provider().authorizationEndpoint()).rejects.toMatchObject({ code: "identity_provider_unavailable" });
  });

  test("is not followed where it redirects, and not read to the end where it never ends", async () => {
    answers.set(DISCOVERY, (_, response) => response.writeHead(302, { location: `${issuer}/other` }).end());
    await expect(provider().authorizationEndpoint()).rejects.toMatchObject({ code: "identity_provider_unavailable" });
    expect(seen).toHaveLength(1);
    answers.set(DISCOVERY, (_, response) => {
      const more = () => {
        if (!response.destroyed) response.write(Buffer.alloc(65_536, 0x20), () => setImmediate(more));
      };
      more();
    });
    await expect(provider().authorizationEndpoint()).rejects.toMatchObject({ code: "identity_provider_unavailable" });
  });

  test("that refuses the code, or gives no identity token, is a login that failed", async () => {
    for (const answer of [json({ error: "invalid_grant" }, 400), json({ access_token: "x" }), json({ id_token: 5 })]) {
      answers.set("/token", answer);
      await expect(provider("s").exchange(input)).rejects.toMatchObject({ code: "login_failed" });
    }
  });

  test("a mended provider is asked again at once: failures are not remembered", async () => {
    answers.set(DISCOVERY, json({}, 500));
    const one = provider();
    await expect(one.authorizationEndpoint()).rejects.toMatchObject({ code: "identity_provider_unavailable" });
    answers.set(DISCOVERY, json(document()));
    expect(await one.authorizationEndpoint()).toBe(`${issuer}/auth`);
  });
});
