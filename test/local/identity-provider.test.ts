import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { demoIssuers } from "../../bin/local/demo-issuers.ts";
import { personaLogin } from "../../bin/motlan/persona-login.ts";
import { toIdentity } from "../../lib/identity/identity.ts";
import { readIssuer } from "../../lib/identity/issuers.ts";
import { type RunningProvider, startIdentityProvider } from "../../lib/local/identity-provider.ts";
import { PERSONA_NAMES, PERSONAS, type PersonaName } from "../../lib/local/personas.ts";
import { DEMO_LOGIN, PERSONA_NOTES } from "../../lib/text/demo-login.ts";
import { scratch } from "./directory.ts";

const directory = scratch();
const redirectUri = "http://localhost:8787/v1/oidc/callback";
const printed = [vi.spyOn(console, "warn"), vi.spyOn(console, "info"), vi.spyOn(console, "error")];
let idp: RunningProvider;

const start = (port = 0) => startIdentityProvider({ directory, redirectUris: [redirectUri], port });

beforeAll(async () => {
  idp = await start();
});
afterAll(() => idp.close());

type Client = { readonly id: string; readonly redirectUri: string; readonly secret?: string };
const confidential = (): Client => ({ id: "motlan", redirectUri, secret: idp.clientSecret });
const native: Client = { id: "motlan-cli", redirectUri: "http://127.0.0.1:49152/callback" };

function request(client: Client, changes: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString("base64url");
  const url = new URL(`${idp.issuer}/auth`);
  const parameters = {
    response_type: "code",
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: "openid profile",
    state: "a-state",
    nonce: "a-commitment",
    prompt: "login",
    max_age: "0",
    code_challenge_method: "S256",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== "") url.searchParams.set(name, value);
  return { url: url.href, verifier };
}

function exchange(client: Client, code: string, verifier: string): Promise<Response> {
  const form = { grant_type: "authorization_code", code, redirect_uri: client.redirectUri, code_verifier: verifier };
  const body = new URLSearchParams(client.secret === undefined ? { ...form, client_id: client.id } : form);
  const headers: Record<string, string> =
    client.secret === undefined ? {} : { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` };
  return fetch(`${idp.issuer}/token`, { method: "POST", headers, body });
}

async function idToken(client: Client, persona: string, changes: Record<string, string> = {}): Promise<string> {
  const { url, verifier } = request(client, changes);
  const end = await personaLogin(url, persona, client.redirectUri);
  const answer = await exchange(client, end.searchParams.get("code") ?? "", verifier);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { id_token: string }).id_token;
}

describe("the code flow", () => {
  test.each(["confidential", "native"] as const)(
    "the %s client gets an ID token with nonce, acr, auth_time and the claims of the national portal",
    async (kind) => {
      const client = kind === "native" ? native : confidential();
      const before = Math.floor(Date.now() / 1000);
      const token = await idToken(client, "an");
      const jwks = (await (await fetch(`${idp.issuer}/jwks`)).json()) as JSONWebKeySet;
      const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(jwks), {
        issuer: idp.issuer,
        audience: client.id,
      });
      expect(protectedHeader.alg).toBe(kind === "native" ? "RS256" : "ES256");
      expect(payload).toMatchObject({ ...PERSONAS.an.claims, nonce: "a-commitment", acr: "LoA2", amr: ["pwd", "otp"] });
      expect(payload.auth_time).toBeGreaterThanOrEqual(before);
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
    },
  );

  test("the answer carries state and issuer (RFC 9207)", async () => {
    const end = await personaLogin(request(native).url, "an", native.redirectUri);
    expect(end.searchParams.get("state")).toBe("a-state");
    expect(end.searchParams.get("iss")).toBe(idp.issuer);
  });

  test("userinfo gives the same claims", async () => {
    const { url, verifier } = request(native);
    const end = await personaLogin(url, "dung", native.redirectUri);
    const tokens = (await (await exchange(native, end.searchParams.get("code") ?? "", verifier)).json()) as {
      access_token: string;
    };
    const answer = await fetch(`${idp.issuer}/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(await answer.json()).toMatchObject(PERSONAS.dung.claims);
  });

  test.each<[string, Record<string, string>]>([
    ["no code challenge", { code_challenge: "", code_challenge_method: "" }],
    ["a plain code challenge", { code_challenge_method: "plain" }],
    ["the implicit flow", { response_type: "id_token" }],
  ])("%s is sent back with an error", async (_, changes) => {
    const end = await personaLogin(request(native, changes).url, "an", native.redirectUri);
    expect(new URL(end.href.replace("#", "?")).searchParams.get("error")).toMatch(
      /invalid_request|unauthorized_client|unsupported_response_type/,
    );
  });

  test.each([
    "http://127.0.0.1:49152/other",
    "http://127.0.0.2:49152/callback",
    "http://localhost:49152/callback",
    "https://evil.example/callback",
  ])("the redirect URI %s is refused on a page, without a redirect", async (uri) => {
    const answer = await fetch(request({ ...native, redirectUri: uri }).url, { redirect: "manual" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });

  test("another verifier, a second use, and a wrong or missing secret get no token", async () => {
    const login = async () => {
      const { url, verifier } = request(confidential());
      const end = await personaLogin(url, "an", redirectUri);
      return { code: end.searchParams.get("code") ?? "", verifier };
    };
    const first = await login();
    expect((await exchange(confidential(), first.code, "x".repeat(43))).status).toBe(400);
    const second = await login();
    expect((await exchange(confidential(), second.code, second.verifier)).status).toBe(200);
    expect((await exchange(confidential(), second.code, second.verifier)).status).toBe(400);
    const third = await login();
    expect((await exchange({ ...confidential(), secret: "wrong" }, third.code, third.verifier)).status).toBe(401);
    expect((await exchange({ id: "motlan", redirectUri }, third.code, third.verifier)).status).toBe(401);
  });
});

describe("the demo people", () => {
  /** As `npm start` trusts the provider. */
  const config = () => {
    const { login, ...issuer } = demoIssuers(idp.issuer)[0] as { login: object };
    expect(login).toEqual({ clientId: "motlan", nativeClientId: "motlan-cli", name: "DEMO" });
    return readIssuer(issuer);
  };

  test.each(["an", "tuyet", "dung", "hanh"] as const)("%s can sign", async (name) => {
    const claims = decodeJwt(await idToken(native, name)) as Parameters<typeof toIdentity>[0];
    expect(toIdentity(claims, config())).toMatchObject({
      fullName: PERSONAS[name].claims.HoVaTen,
      subject: PERSONAS[name].claims.TechID,
      assurance: { level: "substantial", schemeLevel: 2 },
    });
  });

  test.each([
    ["binh", "assurance_too_low"],
    ["giang", "identity_inactive"],
  ])("%s cannot sign: %s", async (name, code) => {
    const claims = decodeJwt(await idToken(native, name)) as Parameters<typeof toIdentity>[0];
    expect(() => toIdentity(claims, config())).toThrow(expect.objectContaining({ code }));
  });

  test("chi declines at the login", async () => {
    const end = await personaLogin(request(native).url, "chi", native.redirectUri);
    expect(end.searchParams.get("error")).toBe("access_denied");
    expect(end.searchParams.get("code")).toBeNull();
    expect(end.searchParams.get("state")).toBe("a-state");
  });

  test("dung is a ward officer", () => {
    expect(PERSONAS.dung.claims).toMatchObject({
      VaiTro: "can_bo",
      ChucVu: expect.any(String),
      MaCoQuan: "H00.DEMO.001",
    });
  });

  test("hanh is a supervisor of the same ward", async () => {
    const { MaCoQuan, TenCoQuan } = PERSONAS.dung.claims;
    expect(PERSONAS.hanh.claims).toMatchObject({ VaiTro: "lanh_dao", MaCoQuan, TenCoQuan });
    const role = async (name: PersonaName) => {
      const claims = decodeJwt(await idToken(native, name)) as Parameters<typeof toIdentity>[0];
      return toIdentity(claims, config()).officer?.role;
    };
    expect([await role("dung"), await role("hanh"), await role("an")]).toEqual(["officer", "supervisor", undefined]);
  });

  test("every name and every sentence is NFC, and every number is well formed and nobody's", () => {
    for (const text of JSON.stringify([PERSONAS, DEMO_LOGIN, PERSONA_NOTES]).split('"'))
      expect(text).toBe(text.normalize("NFC"));
    const unique = new Set<string>();
    for (const name of PERSONA_NAMES) {
      const { SoDinhDanh, NgayThangNamSinh, TechID, birthdate } = PERSONAS[name].claims;
      const [, province, century, year] = /^(\d{3})(\d)(\d{2})\d{6}$/.exec(SoDinhDanh) ?? [];
      expect(province).toBe("000");
      expect(`${19 + Math.floor(Number(century) / 2)}${year}`).toBe(NgayThangNamSinh.slice(0, 4));
      expect(birthdate.replaceAll("-", "")).toBe(NgayThangNamSinh);
      expect(TechID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      unique.add(SoDinhDanh).add(TechID);
    }
    expect(unique.size).toBe(2 * PERSONA_NAMES.length);
  });
});

/** A browser's part, step by step: the login page with the cookies that came before it. */
async function openPage(client: Client = native, cookie = "") {
  const first = await fetch(request(client).url, { redirect: "manual", headers: { cookie } });
  const url = new URL(first.headers.get("location") ?? "", idp.issuer).href;
  const cookies = first.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return { url, cookies, setCookie: first.headers.getSetCookie() };
}

describe("the login page", () => {
  test("says DEMO, names everybody, and neither loads nor runs anything", async () => {
    const { url, cookies } = await openPage();
    const page = await fetch(url, { headers: { cookie: cookies } });
    const text = await page.text();
    expect(text).toMatch(/<html lang="vi">.*<h1>DEMO/s);
    for (const name of PERSONA_NAMES) expect(text).toContain(`value="${name}"`);
    expect(text).not.toMatch(/<script|<img|<link|url\(|@import|\son\w+=/i);
    expect(text.match(/https?:\/\/[^<"]*/g)).toEqual(["http://127.0.0.1:49152"]);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:49152;");
    expect(policy).toContain("frame-ancestors 'none'");
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? "";
    expect(policy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(page.headers.get("cache-control")).toBe("no-store");
  });

  test("its cookies are out of reach for scripts, for other sites and for other logins", async () => {
    const { setCookie, url } = await openPage();
    const login = setCookie.find((line) => line.startsWith("demo_idp_login="));
    expect(login).toMatch(/httponly/i);
    expect(login).toMatch(/samesite=lax/i);
    expect(login).toContain(`path=${new URL(url).pathname};`);
  });

  const post = (url: string, headers: Record<string, string>, body: string | URLSearchParams) =>
    fetch(url, { method: "POST", redirect: "manual", headers, body });
  const choose = new URLSearchParams({ persona: "an" });

  test("a post without the cookie, with another login's, or from another site is refused", async () => {
    const { url, cookies } = await openPage();
    const other = await openPage();
    expect((await post(url, {}, choose)).status).toBe(400);
    expect((await post(url, { cookie: other.cookies }, choose)).status).toBe(400);
    expect((await post(url, { cookie: cookies, origin: "https://evil.example" }, choose)).status).toBe(400);
    expect((await post(url, { cookie: cookies, origin: "null" }, choose)).status).toBe(400);
    expect((await fetch(url)).status).toBe(400);
    expect((await post(url, { cookie: cookies, origin: idp.issuer }, choose)).status).toBe(303); // positive control
  });

  test.each(["", "persona=", "persona=nobody", "persona=constructor", "persona=__proto__", "x".repeat(5000), "%"])(
    "a form that names nobody (%j) is refused, and the page can be used again",
    async (form) => {
      const { url, cookies } = await openPage();
      const headers = { cookie: cookies, "content-type": "application/x-www-form-urlencoded" };
      expect((await post(url, headers, form)).status).toBe(400);
      expect((await post(url, headers, "persona=an")).status).toBe(303);
    },
  );

  test("the cancel button sends access_denied back", async () => {
    const { url, cookies } = await openPage();
    const answer = await post(url, { cookie: cookies }, new URLSearchParams({ cancel: "yes" }));
    const end = await fetch(new URL(answer.headers.get("location") ?? "", url), {
      redirect: "manual",
      headers: { cookie: cookies },
    });
    expect(new URL(end.headers.get("location") ?? "").searchParams.get("error")).toBe("access_denied");
  });

  test("two people log in one after the other in one browser", async () => {
    let jar = "";
    for (const persona of ["an", "tuyet"]) {
      const { verifier, url: authorization } = request(native);
      const first = await fetch(authorization, { redirect: "manual", headers: { cookie: jar } });
      const page = new URL(first.headers.get("location") ?? "", idp.issuer).href;
      jar = merge(jar, first);
      const chosen = await post(page, { cookie: jar }, new URLSearchParams({ persona }));
      const resumed = await fetch(new URL(chosen.headers.get("location") ?? "", page), {
        redirect: "manual",
        headers: { cookie: jar },
      });
      jar = merge(jar, resumed);
      const end = new URL(resumed.headers.get("location") ?? "");
      const answer = await exchange(native, end.searchParams.get("code") ?? "", verifier);
      const { id_token } = (await answer.json()) as { id_token: string };
      expect(decodeJwt(id_token).sub).toBe(`demo-${persona}`);
    }
  });

  test("a request for another host name is refused", async () => {
    for (const path of ["/auth", "/interaction/x", "/.well-known/openid-configuration"])
      expect((await fetch(`${idp.issuer.replace("localhost", "127.0.0.1")}${path}`)).status).toBe(421);
  });

  test("clients that hang up, floods and broken addresses harm nobody", async () => {
    const { host, port } = new URL(idp.url);
    for (const head of [
      "POST /token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500",
      "POST /interaction/x HTTP/1.1\r\nContent-Length: 500",
      "GET /interaction/%zz HTTP/1.1\r\nCookie: demo_idp_login=%%%",
      "GET /auth?% HTTP/1.1",
      "GET // HTTP/1.1",
    ]) {
      const socket = connect(Number(port), "127.0.0.1");
      await new Promise<void>((resolve) => socket.write(`${head}\r\nHost: ${host}\r\n\r\nx`, () => resolve()));
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.destroy();
    }
    const flood = await fetch(`${idp.issuer}/token`, { method: "POST", body: "x".repeat(1_000_000) }).catch(
      () => undefined,
    );
    expect([undefined, 400, 413]).toContain(flood?.status);
    expect((await fetch(`${idp.issuer}/jwks`)).status).toBe(200);
  });

  test("a page that does not exist is a plain answer, and nothing is printed by any of this", async () => {
    expect((await fetch(`${idp.issuer}/nowhere`)).status).toBe(404);
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });
});

/** Cookies by name, later ones over earlier ones. */
function merge(jar: string, response: Response): string {
  const all = [...jar.split("; "), ...response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "")];
  return [...new Map(all.filter((pair) => pair.includes("=")).map((pair) => [pair.split("=")[0], pair])).values()].join(
    "; ",
  );
}

describe("keys and secret", () => {
  test("are the owner's alone and the same after a restart, so that old tokens still verify", async () => {
    const file = join(directory, "identity-provider.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = await idToken(native, "an");
    const secret = idp.clientSecret;
    await idp.close();
    idp = await start();
    expect(idp.clientSecret).toBe(secret);
    const jwks = (await (await fetch(`${idp.issuer}/jwks`)).json()) as JSONWebKeySet;
    expect((await jwtVerify(token, createLocalJWKSet(jwks))).payload.sub).toBe("demo-an");
    expect(jwks.keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(token).kid);
    expect(JSON.stringify(jwks)).not.toContain('"d":');
  });

  test.each(["", "{}", '{"keys":[],"clientSecret":"x"}'])("a damaged file (%s) stops the start", async (damage) => {
    const damaged = mkdtempSync(join(directory, "damaged-"));
    writeFileSync(join(damaged, "identity-provider.json"), damage);
    await expect(startIdentityProvider({ directory: damaged, redirectUris: [redirectUri], port: 0 })).rejects.toThrow(
      "damaged",
    );
    expect(readFileSync(join(damaged, "identity-provider.json"), "utf8")).toBe(damage);
  });

  test("a port that is taken is told so", async () => {
    await expect(start(Number(new URL(idp.url).port))).rejects.toThrow("EADDRINUSE");
  });
});
