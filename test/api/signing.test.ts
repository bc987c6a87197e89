import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../lib/fault/fault.ts";
import { lookupCode, openingCode } from "../../lib/identity/lookup-code.ts";
import type { CodeExchange } from "../../lib/service/login-provider.ts";
import { ISSUER } from "../service/signing-world.ts";
import { newApiWorld, type View } from "./world.ts";

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
const signPath = (id: string) => `/v1/transactions/${id}/signature`;

describe("POST /v1/transactions/{id}/signature", () => {
  test("a portal with the token and the owner secret gets the signatures; asking again gives the same ones", async () => {
    const { view, owner } = await world.create();
    const body = world.json({ idToken: await world.token(view.commitment) }, owner);
    const first = await world.send("signing", "POST", signPath(view.id), body);
    expect(first.status).toBe(200);
    const signed = (await first.json()) as View;
    expect(signed.signatures).toHaveLength(1);
    expect(signed).toMatchObject({
      signedAt: expect.stringMatching(/:\d\d\.000Z$/),
      signatureClass: "OTHER_CONFIRMATION",
    });
    expect(await (await world.send("signing", "POST", signPath(view.id), body)).json()).toEqual(signed);
  });

  test("the token alone, without the owner secret, signs nothing", async () => {
    const { view } = await world.create();
    const body = world.json({ idToken: await world.token(view.commitment) });
    expect(await codeOf(await world.send("signing", "POST", signPath(view.id), body))).toBe("transaction_not_found");
  });

  test.each([
    ["no token", {}, "request_malformed"],
    ["a number", { idToken: 1 }, "request_malformed"],
    ["garbage", { idToken: "a.b.c" }, "token_malformed"],
  ])("%s", async (_, body, code) => {
    const { view, owner } = await world.create();
    expect(await codeOf(await world.send("signing", "POST", signPath(view.id), world.json(body, owner)))).toBe(code);
  });

  const forge = (header: string, payload: string, mac = "") =>
    `${[header, payload].map((part) => Buffer.from(part).toString("base64url")).join(".")}.${mac}`;
  const claims = (nonce: string) =>
    `"iss":"${ISSUER}","aud":"motlan","sub":"an","name":"Nguyễn Thị Thúy","acr":"2","nonce":"${nonce}"`;

  test("a token without a signature, one signed with the public key as a secret, and one with a claim twice sign nothing", async () => {
    const { view, owner } = await world.create();
    const payload = `{${claims(view.commitment)}}`;
    const unsigned = forge('{"alg":"none"}', payload);
    const confused = forge('{"alg":"HS256","kid":"k1"}', payload, "AAAA");
    const doubled = forge('{"alg":"ES256","kid":"k1"}', `{${claims(view.commitment)},"nonce":"other"}`, "A".repeat(86));
    for (const [idToken, code] of [
      [unsigned, "token_algorithm"],
      [confused, "token_algorithm"],
      [doubled, "token_malformed"],
    ]) {
      const response = await world.send("signing", "POST", signPath(view.id), world.json({ idToken }, owner));
      expect(await codeOf(response)).toBe(code);
    }
    const read = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    expect(((await read.json()) as View).state).toBe("pending");
  });

  test("two requests at the same moment get one signature", async () => {
    const { view, owner } = await world.create();
    const body = world.json({ idToken: await world.token(view.commitment) }, owner);
    const answers = await Promise.all([1, 2].map(() => world.send("signing", "POST", signPath(view.id), body)));
    const [one, two] = await Promise.all(answers.map((answer) => answer.json()));
    expect(one).toEqual(two);
  });
});

/** Where a browser is sent; every way back ends on our own page. */
function whither(response: Response): string | null {
  expect(response.status).toBe(303);
  return response.headers.get("location");
}

/** Approves as the page does, and follows the redirect to the provider. */
async function approveAndLeave(changes: Parameters<typeof world.create>[0] = {}) {
  const created = await world.create(changes);
  const { view, owner } = created;
  const shown = { commitment: view.commitment, intentSha256: view.preimage.intent.sha256 };
  const approval = await world.send(
    "transactions",
    "POST",
    `/v1/transactions/${view.id}/approval`,
    world.json(shown, owner),
  );
  expect(approval.status).toBe(204);
  const cookie = approval.headers.get("set-cookie") ?? "";
  const pair = cookie.split(";")[0] ?? "";
  const left = await world.send("identity", "GET", `/v1/transactions/${view.id}/authorize`, {
    headers: { cookie: pair },
  });
  return { ...created, cookie, pair, left, to: new URL(left.headers.get("location") ?? "about:blank") };
}

describe("the way to the identity provider and back", () => {
  test("the cookie is for this transaction, unreadable by scripts, and dies with the transaction", async () => {
    const { cookie, view } = await approveAndLeave();
    expect(cookie).toMatch(new RegExp(`^motlan-${view.id}=[\\w-]{43}; Path=/v1; Max-Age=900; HttpOnly; SameSite=Lax$`));
  });

  test("the redirect asks for a fresh login whose nonce is the commitment, with PKCE, and names no secret", async () => {
    const { left, to, view, pair, secret } = await approveAndLeave();
    expect(left.status).toBe(303);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "motlan",
      nonce: view.commitment,
      prompt: "login",
      max_age: "0",
      code_challenge_method: "S256",
      redirect_uri: "http://localhost:8787/v1/oidc/callback",
    });
    expect(to.href).not.toContain(pair.split("=")[1]);
    expect(to.href).not.toContain(secret);
  });

  test("back with a code, the transaction is signed; the verifier is the one that the challenge promised", async () => {
    const { to, view, owner, pair } = await approveAndLeave();
    let seen: CodeExchange | undefined;
    world.login.exchange = async (input) => {
      seen = input;
      return world.token(view.commitment);
    };
    const back = `/v1/oidc/callback?code=c1&iss=${ISSUER}&state=${to.searchParams.get("state")}`;
    const response = await world.send("signing", "GET", back, { headers: { cookie: pair } });
    expect(whither(response)).toBe(`/ky#${view.id}`);
    expect(
      createHash("sha256")
        .update(seen?.verifier ?? "")
        .digest("base64url"),
    ).toBe(to.searchParams.get("code_challenge"));
    const read = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    expect(((await read.json()) as View).state).toBe("signed");
  });

  test("a stranger's link leads nowhere: without this browser's approval neither the way there nor the way back opens", async () => {
    const { to, view } = await approveAndLeave();
    const other = await approveAndLeave();
    const there = `/v1/transactions/${view.id}/authorize`;
    const back = `/v1/oidc/callback?code=c1&state=${to.searchParams.get("state")}`;
    const foreign = other.pair.replace(other.view.id, view.id);
    for (const headers of [{}, { cookie: other.pair }, { cookie: foreign }] as Record<string, string>[]) {
      for (const [name, path, page] of [
        ["identity", there, `/ky#${view.id}!approval_missing`],
        ["signing", back, "/ky#!approval_missing"],
      ] as const) {
        const response = await world.send(name, "GET", path, { headers });
        expect(whither(response)).toBe(page);
      }
    }
  });

  test("a state from another login of the same browser is refused", async () => {
    const { to, view, pair } = await approveAndLeave();
    const [provider, , mac] = (to.searchParams.get("state") ?? "").split(".");
    const forged = [provider, "A".repeat(22), mac].join(".");
    const response = await world.send("signing", "GET", `/v1/oidc/callback?code=c&state=${forged}`, {
      headers: { cookie: pair },
    });
    expect(whither(response)).toBe("/ky#!approval_missing");
    expect(view.state).toBe("pending");
  });

  test.each([
    ["error=access_denied", "login_cancelled"],
    ["error=server_error", "login_failed"],
    ["code=c&iss=https://other.example", "login_failed"],
    ["", "login_failed"],
  ])("%s: back to the page with the code, nothing signed, and another try is open", async (query, code) => {
    const { to, view, owner, pair } = await approveAndLeave();
    const back = `/v1/oidc/callback?${query}&state=${to.searchParams.get("state")}`;
    const response = await world.send("signing", "GET", back, { headers: { cookie: pair } });
    expect(whither(response)).toBe(`/ky#${view.id}!${code}`);
    expect(await response.text()).toBe("");
    const read = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    expect(((await read.json()) as View).state).toBe("pending");
  });

  test("a login of somebody else than the pinned signer signs nothing", async () => {
    const { to, view, pair } = await approveAndLeave({ signerName: "Trần Văn Bê" });
    world.login.exchange = () => world.token(view.commitment);
    const back = `/v1/oidc/callback?code=c&state=${to.searchParams.get("state")}`;
    const response = await world.send("signing", "GET", back, { headers: { cookie: pair } });
    expect(whither(response)).toBe(`/ky#${view.id}!signer_mismatch`);
  });

  test.each([
    [new Fault("identity_provider_unavailable", "down"), "identity_provider_unavailable"],
    [new TypeError("a mistake of ours with a name in it: TRẦN VĂN BÊ"), "internal"],
  ])("a provider that does not answer, or a failure of ours, is told on the page", async (failure, code) => {
    const { to, view, pair } = await approveAndLeave();
    world.login.exchange = () => Promise.reject(failure);
    const back = `/v1/oidc/callback?code=c&state=${to.searchParams.get("state")}`;
    const response = await world.send("signing", "GET", back, { headers: { cookie: pair } });
    expect(whither(response)).toBe(`/ky#${view.id}!${code}`);
  });

  test("who approved in English comes back to the English page", async () => {
    const { to, view, pair } = await approveAndLeave({ locale: "en" });
    const back = `/v1/oidc/callback?error=access_denied&state=${to.searchParams.get("state")}`;
    const response = await world.send("signing", "GET", back, { headers: { cookie: pair } });
    expect(whither(response)).toBe(`/ky?lang=en#${view.id}!login_cancelled`);
  });

  test("a state that stands for nothing leads to the page and nowhere else", async () => {
    const response = await world.send("signing", "GET", "/v1/oidc/callback?code=c&state=0.a.b");
    expect(whither(response)).toBe("/ky#!approval_missing");
  });

  test("of several transactions under way in one browser the login ends the one that it was begun for", async () => {
    const [one, two] = [await approveAndLeave(), await approveAndLeave()];
    const headers = { cookie: `a=b; ${one.pair}; ${two.pair}` };
    for (const { to, view } of [two, one]) {
      const back = `/v1/oidc/callback?error=access_denied&state=${to.searchParams.get("state")}`;
      const response = await world.send("signing", "GET", back, { headers });
      expect(whither(response)).toBe(`/ky#${view.id}!login_cancelled`);
    }
  });

  test("the provider does not learn the id, which opens what a look-up shows of the documents", async () => {
    const { to, view } = await approveAndLeave();
    for (const code of [view.id, lookupCode(view.id), openingCode(view.id)]) expect(to.href).not.toContain(code);
  });

  test.each(["", "x", "a.b.c", "a.b.c.d.e", "%00", "A".repeat(5000)])(
    "a state that is none of ours (%#)",
    async (state) => {
      const response = await world.send("signing", "GET", `/v1/oidc/callback?code=c&state=${state}`);
      expect([400, 403, 404]).toContain(response.status);
    },
  );
});

describe("GET /v1/proofs/{id}", () => {
  test("opens with the owner secret or with the digest of the signed document, and with nothing else", async () => {
    const { view, owner, request } = await world.create();
    const path = `/v1/proofs/${view.id}`;
    expect((await world.send("proofs", "GET", path, { headers: owner })).status).toBe(404);
    await world.send(
      "signing",
      "POST",
      signPath(view.id),
      world.json({ idToken: await world.token(view.commitment) }, owner),
    );
    const read = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    const seen = (await read.json()) as { readonly proof: unknown };
    const digest = { "motlan-document-digest": request.documents[0]?.digest ?? "" };
    for (const headers of [owner, digest]) {
      const response = await world.send("proofs", "GET", path, { headers });
      const proof = await response.json();
      expect(proof).toMatchObject({ version: "motlan/proof/v1", id: view.id });
      expect(proof).toEqual(seen.proof);
    }
    const other = { "motlan-document-digest": view.commitment };
    for (const headers of [{}, other]) expect((await world.send("proofs", "GET", path, { headers })).status).toBe(404);
  });
});
