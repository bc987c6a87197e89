import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import type { CodeExchange } from "../../lib/service/login-provider.ts";
import { ISSUER } from "../service/signing-world.ts";
import { NOON } from "../service/transactions.ts";
import { activeSession } from "../worlds/session.ts";
import { newApiWorld, URL_ } from "./world.ts";

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.time.now = NOON;
});

const HERE = { origin: URL_ };
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const send = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
  world.send("people", method, path, body === undefined ? { headers } : world.json(body, headers));
const active = (changes = {}) => activeSession(world.table.sessions, world.time.now, changes);
const nonceIn = (to: URL) => to.searchParams.get("nonce") ?? "";

/** Opens a session as the page does, and follows the redirect to the provider. */
async function leave(returnTo = "/khoa") {
  const opened = await send("POST", "/v1/session", HERE, { returnTo });
  expect(opened.status).toBe(201);
  const set = opened.headers.get("set-cookie") ?? "";
  const cookie = set.split(";")[0] ?? "";
  const left = await send("GET", "/v1/session/authorize?provider=0", { cookie });
  const to = new URL(left.headers.get("location") ?? "about:blank");
  const back = (query: string) => `/v1/oidc/session?${query}&state=${to.searchParams.get("state")}`;
  return { opened, set, cookie, left, to, back };
}

describe("a login for one's own pages", () => {
  test("the cookie is for the API alone, unreadable by scripts, not sent by other sites, an hour long", async () => {
    const { set, opened } = await leave();
    expect(set).toMatch(/^motlan-session=[\w-]{43}; Path=\/v1; Max-Age=3600; HttpOnly; SameSite=Lax$/);
    expect(await opened.json()).toEqual({
      authorizeUrl: `${URL_}/v1/session/authorize`,
      expiresAt: new Date(NOON + 900_000).toISOString(),
    });
  });

  test("the provider is asked to come back to the second callback", async () => {
    const { left, to } = await leave();
    expect(left.status).toBe(303);
    expect(to.searchParams.get("redirect_uri")).toBe(`${URL_}/v1/oidc/session`);
  });

  test("back with a code the person is on the page that asked, logged in under a new secret", async () => {
    const { to, back, cookie } = await leave("/lich-su");
    let seen: CodeExchange | undefined;
    world.login.exchange = async (input) => {
      seen = input;
      return world.token(nonceIn(to));
    };
    const response = await send("GET", back(`code=c1&iss=${ISSUER}`), { cookie });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/lich-su"]);
    expect(seen).toMatchObject({ code: "c1", redirectUri: `${URL_}/v1/oidc/session` });
    const fresh = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(fresh).toMatch(/^motlan-session=[\w-]{43}$/);
    expect(fresh).not.toBe(cookie);
    expect(await codeOf(await send("GET", "/v1/session", { cookie }))).toBe("session_missing");
    const told = await send("GET", "/v1/session", { cookie: fresh });
    const view = await told.json();
    expect(view).toEqual({
      state: "active",
      createdAt: new Date(NOON).toISOString(),
      expiresAt: new Date(NOON + 900_000).toISOString(),
      person: {
        subject: expect.stringMatching(/^KM:VN-/),
        fullName: "Nguyễn Thị Thúy",
        issuer: ISSUER,
        assurance: expect.objectContaining({ level: "substantial" }),
        authenticatedAt: new Date(NOON).toISOString(),
      },
    });
    // The page loaded again asks the provider nothing.
    world.login.exchange = () => Promise.reject(new Error("asked again"));
    const again = await send("GET", back("code=c1"), { cookie: fresh });
    expect([again.status, again.headers.get("location")]).toEqual([303, "/lich-su"]);
    expect(again.headers.get("set-cookie")).toBeNull();
  });

  test.each([
    ["error=access_denied", "login_cancelled"],
    ["error=server_error", "login_failed"],
    ["code=c&iss=https://other.example", "login_failed"],
    ["", "login_failed"],
  ])("%s: back on the page with the code behind #, not logged in, and another try is open", async (query, code) => {
    const { back, cookie } = await leave("/ho-tro");
    const response = await send("GET", back(query), { cookie });
    expect([response.status, response.headers.get("location")]).toEqual([303, `/ho-tro#loi=${code}`]);
    expect(response.headers.get("set-cookie")).toBeNull();
    expect((await send("GET", "/v1/session/authorize", { cookie })).headers.get("location")).toContain(ISSUER);
  });

  test("an outage of the provider brings the person back, and the log knows of it", async () => {
    const { back, cookie } = await leave();
    world.login.exchange = () => Promise.reject(new Fault("identity_provider_unavailable", "down"));
    const response = await send("GET", back("code=c"), { cookie });
    expect(response.headers.get("location")).toBe("/khoa#loi=identity_provider_unavailable");
    expect(world.lines.at(-1)).toMatchObject({ level: "error", code: "identity_provider_unavailable", status: 303 });
  });

  test("another browser, or none, is sent away with what it has: nothing", async () => {
    const { back } = await leave();
    const other = await leave();
    world.login.exchange = () => Promise.reject(new Error("asked"));
    expect((await send("GET", back("code=c"), {})).headers.get("location")).toBe("/lich-su#loi=session_missing");
    const crossed = await send("GET", back("code=c"), { cookie: other.cookie });
    expect(crossed.headers.get("location")).toBe("/khoa#loi=login_failed");
    expect((await send("GET", "/v1/session/authorize")).headers.get("location")).toBe("/lich-su#loi=session_missing");
  });

  test("a login that took a quarter of an hour is over", async () => {
    const { back, cookie } = await leave();
    world.time.now += 900_000;
    expect((await send("GET", back("code=c"), { cookie })).headers.get("location")).toBe("/khoa#loi=session_expired");
  });

  test.each([{ returnTo: "https://evil.example" }, { returnTo: "/ky" }, { returnTo: "//evil" }, {}, []])(
    "a return to anywhere but our three pages is refused (%#)",
    async (body) => {
      expect(await codeOf(await send("POST", "/v1/session", HERE, body))).toBe("request_malformed");
    },
  );

  test("a provider that is not in the list", async () => {
    const { cookie } = await leave();
    const response = await send("GET", "/v1/session/authorize?provider=7", { cookie });
    expect(response.headers.get("location")).toBe("/khoa#loi=request_malformed");
  });
});

describe("what changes something in a session", () => {
  const CHANGES = [
    ["POST", "/v1/session", { returnTo: "/khoa" }],
    ["POST", "/v1/session/extension", {}],
    ["DELETE", "/v1/session", undefined],
  ] as const;
  const FOREIGN = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site", origin: URL_ },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
  ] as Record<string, string>[];
  for (const [method, path, body] of CHANGES)
    test.each(FOREIGN)(`${method} ${path} from another site changes nothing (%#)`, async (headers) => {
      const { cookie, session } = await active();
      const response = await send(method, path, { cookie, ...headers }, body);
      expect([response.status, await codeOf(response)]).toEqual([403, "cross_site"]);
      expect(response.headers.get("set-cookie")).toBeNull();
      expect(await world.table.sessions.read(session.id)).toEqual(session);
    });

  test("a form of another site cannot say that it is JSON", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const init = { headers: { ...HERE, "content-type": type }, body: '{"returnTo":"/khoa"}' };
      expect(await codeOf(await world.send("people", "POST", "/v1/session", init))).toBe("media_type_unsupported");
    }
  });

  test("an extension moves the end, and never beyond an hour", async () => {
    const { cookie } = await active();
    world.time.now = NOON + 600_000;
    const extended = await send("POST", "/v1/session/extension", { cookie, ...HERE }, {});
    expect(await extended.json()).toMatchObject({ expiresAt: new Date(NOON + 1_500_000).toISOString() });
    world.time.now = NOON + 1_500_000;
    const late = await send("POST", "/v1/session/extension", { cookie, ...HERE }, {});
    expect([late.status, await codeOf(late)]).toEqual([410, "session_expired"]);
  });

  test("logging out ends the session at once and clears the cookie; doing it twice is no error", async () => {
    const { cookie, session } = await active();
    for (const _ of [1, 2]) {
      const out = await send("DELETE", "/v1/session", { cookie, ...HERE });
      expect(out.status).toBe(204);
      expect(out.headers.get("set-cookie")).toBe("motlan-session=; Path=/v1; Max-Age=0; HttpOnly; SameSite=Lax");
    }
    expect(await world.table.sessions.read(session.id)).toBeUndefined();
    expect(await codeOf(await send("GET", "/v1/session", { cookie }))).toBe("session_missing");
  });
});

test("neither secrets nor names get into the log", async () => {
  const { back, cookie, to } = await leave();
  world.login.exchange = () => world.token(nonceIn(to));
  const response = await send("GET", back("code=secret-code"), { cookie });
  const fresh = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  await send("GET", "/v1/session", { cookie: fresh });
  const log = JSON.stringify(world.lines);
  for (const told of [cookie, fresh].map((pair) => pair.split("=")[1] ?? "")) {
    expect(told).toHaveLength(43);
    expect(log).not.toContain(told);
  }
  expect(log).not.toMatch(/Thúy|secret-code|KM:VN/);
});

test("on https the cookie is for https alone", async () => {
  const { sessionCookie } = await import("../../lib/api/session-cookie.ts");
  expect(sessionCookie("s", "https://sign.example")).toMatch(/; Secure$/);
});
