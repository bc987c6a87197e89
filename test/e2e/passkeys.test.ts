import { createHash, randomBytes } from "node:crypto";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PasskeyEvidence, Proof } from "../../lib/service/proof.ts";
import { judge } from "../judges/judge.ts";
import { verifiesAgain } from "../service/passkey-evidence.ts";
import { closeBrowser, newVisitor, type Visitor } from "../web/visitor.ts";
import { type Service, startService } from "./service.ts";

// A real browser with Chromium's virtual authenticator, the running service and the embedded provider: cookies, redirects, WebAuthn.

let service: Service;
let visitor: Visitor;
let page: Page;
let device: { readonly session: CDPSession; readonly id: string };

type Answer = { readonly status: number; readonly body: unknown };
type Wanted = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: unknown };

/** As a page of the service asks: same origin, cookies with it. */
const ask = (path: string, { method = "GET", headers = {}, body }: Wanted = {}): Promise<Answer> =>
  page.evaluate(
    async ([to, init]) => {
      const response = await fetch(to, init);
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    [
      path,
      {
        method,
        headers: { "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    ] as const,
  );

/** @returns where the second callback sends the browser */
async function logIn(persona: string): Promise<string | undefined> {
  const opened = await ask("/v1/session", { method: "POST", body: { returnTo: "/khoa" } });
  expect(opened.status).toBe(201);
  await page.goto((opened.body as { authorizeUrl: string }).authorizeUrl);
  const back = page.waitForResponse((response) => response.url().includes("/v1/oidc/session"));
  await page.locator(`button[value="${persona}"]`).click();
  const { location } = await (await back).allHeaders();
  await page.waitForURL(/\/khoa/);
  return location;
}

/** What a page does with the options of `POST /v1/passkeys/options`. */
const create = (options: unknown): Promise<unknown> =>
  page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json as never);
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    return credential.toJSON();
  }, options);

/** What a page does to sign: the challenge is the commitment; nobody says whose passkey it is. */
const get = (challenge: string, rpId: string): Promise<unknown> =>
  page.evaluate(
    async ([text, id]) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
        ...{ challenge: text, rpId: id, userVerification: "required", allowCredentials: [], timeout: 5000 },
      });
      const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
      return credential.toJSON();
    },
    [challenge, rpId] as const,
  );

async function open() {
  const secret = randomBytes(32);
  const owner = { "motlan-owner-secret": secret.toString("base64url") };
  const body = {
    id: randomBytes(16).toString("base64url"),
    ownerHash: createHash("sha256").update(secret).digest("base64url"),
    documents: [{ alg: "SHA-256", digest: randomBytes(32).toString("base64url"), title: "Đơn" }],
    signerName: "Nguyễn Thị Thúy An",
  };
  const { body: view } = await ask("/v1/transactions", { method: "POST", body });
  return { owner, ...(view as { readonly id: string; readonly commitment: string }) };
}

describe.skipIf(!judge("chromium", "passkeys work in a browser"))("passkeys in a browser", () => {
  beforeAll(async () => {
    service = await startService();
    visitor = await newVisitor();
    page = visitor.page;
    await page.goto(`${service.url}/khoa`);
    const session = await visitor.context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    const { authenticatorId: id } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...({ protocol: "ctap2", transport: "internal" } as const),
        ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    device = { session, id };
  });
  afterAll(async () => {
    await visitor.close();
    await closeBrowser();
    await service.close();
  });

  test("a person logs in with a real browser, adds a passkey, signs with it, and the proof verifies again", async () => {
    expect((await ask("/v1/session")).status).toBe(401);
    expect(await logIn("an")).toBe("/khoa");
    const { body: session } = await ask("/v1/session");
    expect(session).toMatchObject({ state: "active", person: { fullName: "NGUYỄN THỊ THUÝ AN" } });
    // No script can read the cookie.
    expect(await page.evaluate(() => document.cookie)).not.toContain("motlan");

    const options = await ask("/v1/passkeys/options", { method: "POST", body: {} });
    const response = await create(options.body);
    const added = await ask("/v1/passkeys", { method: "POST", body: { name: "Điện thoại", response } });
    expect(added).toMatchObject({ status: 201, body: { name: "Điện thoại", backedUp: false } });

    const { rpId } = ((await ask("/v1/service")).body as { passkeys: { rpId: string } }).passkeys;
    const transaction = await open();
    const assertion = await get(transaction.commitment, rpId);
    const path = `/v1/transactions/${transaction.id}/passkey-signature`;
    const signing = { method: "POST", headers: transaction.owner, body: { assertion } };
    const signed = await ask(path, signing);
    expect(signed).toMatchObject({ status: 200, body: { state: "signed" } });
    expect(await ask(path, signing)).toEqual(signed);

    const proof = (await ask(`/v1/proofs/${transaction.id}`, { headers: transaction.owner })).body as Proof;
    expect(proof.person.fullName).toBe("NGUYỄN THỊ THUÝ AN");
    expect(proof.token).toMatchObject({ kind: "passkey", origin: service.url, rpId: "localhost" });
    expect(verifiesAgain(proof.token as PasskeyEvidence, proof.commitment)).toBe(true);

    const { body: list } = await ask("/v1/passkeys");
    expect(list).toMatchObject({ passkeys: [{ name: "Điện thoại", signCount: expect.any(Number) }] });
  });

  test("the same device adds no second passkey for the person: the browser itself refuses", async () => {
    const options = await ask("/v1/passkeys/options", { method: "POST", body: {} });
    await expect(create(options.body)).rejects.toThrow(/InvalidStateError|registered/);
  });

  test("a device that does not recognise its owner gives nothing to sign with", async () => {
    const { session, id: authenticatorId } = device;
    await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    const { commitment } = await open();
    await expect(get(commitment, "localhost")).rejects.toThrow(/NotAllowedError|timed out/);
    await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  });

  test("a passkey that was removed signs nothing, although the device still has it", async () => {
    const { passkeys } = (await ask("/v1/passkeys")).body as { passkeys: readonly { readonly id: string }[] };
    expect((await ask(`/v1/passkeys/${passkeys[0]?.id}`, { method: "DELETE" })).status).toBe(204);
    const { id, commitment, owner } = await open();
    const assertion = await get(commitment, "localhost");
    const answer = await ask(`/v1/transactions/${id}/passkey-signature`, {
      ...{ method: "POST", headers: owner, body: { assertion } },
    });
    expect(answer).toMatchObject({ status: 404, body: { code: "passkey_unknown" } });
  });

  test("who says no at the provider is back on the page with the reason, and may not sign either", async () => {
    await ask("/v1/session", { method: "DELETE" });
    expect(await logIn("chi")).toBe("/khoa#loi=login_cancelled");
    expect((await ask("/v1/session")).status).toBe(401);
  });
});
