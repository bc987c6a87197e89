import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ISSUER } from "../service/signing-world.ts";
import { NOON } from "../service/transactions.ts";
import { newAuthenticator } from "../worlds/authenticator.ts";
import { activeSession } from "../worlds/session.ts";
import { newApiWorld, URL_, type View } from "./world.ts";

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.time.now = NOON;
});

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
let people = 0;
const login = () => {
  people++;
  const person = { issuer: ISSUER, subject: `KM:VN-${String(people).padStart(40, "0")}` };
  return activeSession(world.table.sessions, world.time.now, { person, returnTo: "/khoa" });
};
type Who = Awaited<ReturnType<typeof login>>;
const call = (who: Pick<Who, "headers">, method: string, path: string, body?: unknown) =>
  world.send("passkeys", method, path, {
    method,
    headers: who.headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function enrol(who: Who, authenticator = newAuthenticator(), name = "Điện thoại") {
  const options = await call(who, "POST", "/v1/passkeys/options", {});
  expect(options.status).toBe(200);
  const response = authenticator.register((await options.json()) as never);
  return call(who, "POST", "/v1/passkeys", { name, response });
}

async function list(who: Who): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { passkeys } = (await (await call(who, "GET", "/v1/passkeys")).json()) as { passkeys: never };
  return passkeys;
}

describe("/v1/passkeys", () => {
  test("added, listed, renamed, removed; the person sees no key and no handle", async () => {
    const who = await login();
    const added = await enrol(who, newAuthenticator({ synced: true }));
    expect(added.status).toBe(201);
    const view = (await added.json()) as { readonly id: string };
    expect(view).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/),
      name: "Điện thoại",
      ...{ createdAt: new Date(NOON).toISOString(), lastUsedAt: null, expiresAt: "2027-11-25T03:15:00.000Z" },
      ...{ backupEligible: true, backedUp: true, signCount: 0, transports: ["internal", "hybrid"] },
      aaguid: "00000000-0000-0000-0000-000000000000",
    });
    expect(await list(who)).toEqual([view]);
    expect((await call(who, "POST", `/v1/passkeys/${view.id}/name`, { name: " Ma\u0301y bàn " })).status).toBe(204);
    expect((await list(who))[0]?.name).toBe("Máy bàn");
    expect((await call(who, "DELETE", `/v1/passkeys/${view.id}`)).status).toBe(204);
    expect(await list(who)).toEqual([]);
    expect(await codeOf(await call(who, "DELETE", `/v1/passkeys/${view.id}`))).toBe("passkey_unknown");
  });

  test("nothing without a session, nothing with one that is over", async () => {
    const who = await login();
    const nobody = { headers: { ...who.headers, cookie: "" } };
    const doors = [
      ["POST", "/v1/passkeys/options", {}],
      ["POST", "/v1/passkeys", {}],
      ["GET", "/v1/passkeys", undefined],
      ["POST", "/v1/passkeys/x/name", { name: "x" }],
      ["DELETE", "/v1/passkeys/x", undefined],
    ] as const;
    for (const [method, path, body] of doors) {
      const response = await call(nobody, method, path, body);
      expect([path, response.status, await codeOf(response)]).toEqual([path, 401, "session_missing"]);
    }
    world.time.now += 900_000;
    for (const [method, path, body] of doors) {
      const response = await call(who, method, path, body);
      expect([path, response.status, await codeOf(response)]).toEqual([path, 410, "session_expired"]);
    }
  });

  test("another site adds, renames and removes nothing", async () => {
    const who = await login();
    const { id } = (await (await enrol(who)).json()) as { readonly id: string };
    for (const headers of [
      { ...who.headers, origin: "https://evil.example" },
      { cookie: who.cookie, "content-type": "application/json" },
      { ...who.headers, "sec-fetch-site": "same-site" },
    ] as Record<string, string>[])
      for (const [method, path, body] of [
        ["POST", "/v1/passkeys/options", {}],
        ["POST", "/v1/passkeys", {}],
        ["POST", `/v1/passkeys/${id}/name`, { name: "x" }],
        ["DELETE", `/v1/passkeys/${id}`, undefined],
      ] as const)
        expect(await codeOf(await call({ headers: headers as never }, method, path, body))).toBe("cross_site");
    const form = { headers: { ...who.headers, "content-type": "text/plain" } };
    for (const path of ["/v1/passkeys/options", "/v1/passkeys", `/v1/passkeys/${id}/name`])
      expect(await codeOf(await call(form, "POST", path, { name: "x" }))).toBe("media_type_unsupported");
    expect((await list(who)).map(({ name }) => name)).toEqual(["Điện thoại"]);
  });

  test.each(["", " ", "a\u202eb", "a\nb", "x".repeat(61), 7, null])("a name that is none: %j", async (name) => {
    const who = await login();
    const { id } = (await (await enrol(who)).json()) as { readonly id: string };
    expect(await codeOf(await call(who, "POST", `/v1/passkeys/${id}/name`, { name }))).toBe("request_malformed");
  });

  test("sixty letters with marks are a name", async () => {
    const who = await login();
    expect((await enrol(who, newAuthenticator(), "Ễ".repeat(60))).status).toBe(201);
  });

  const good = { id: "AAAA", rawId: "AAAA", type: "public-key" };
  test.each<[string, unknown]>([
    ["nothing", {}],
    ["no response", { name: "x" }],
    ["no octets", { name: "x", response: { ...good, response: { clientDataJSON: "*", attestationObject: "AAAA" } } }],
    [
      "too many octets",
      { name: "x", response: { ...good, response: { clientDataJSON: "A".repeat(6000), attestationObject: "AAAA" } } },
    ],
    ["another type", { name: "x", response: { ...good, type: "x", response: {} } }],
  ])("a registration that is none: %s", async (_, body) => {
    const who = await login();
    await call(who, "POST", "/v1/passkeys/options", {});
    expect(await codeOf(await call(who, "POST", "/v1/passkeys", body))).toBe("request_malformed");
  });

  test.each(["e30", "bnVsbA", "W10", "AAAA", "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0"])(
    "client data and attestation that lead nowhere are refused, never a crash: %s",
    async (octets) => {
      const who = await login();
      await call(who, "POST", "/v1/passkeys/options", {});
      const response = { ...good, response: { clientDataJSON: octets, attestationObject: octets } };
      const answer = await call(who, "POST", "/v1/passkeys", { name: "x", response });
      expect([answer.status, await codeOf(answer)]).toEqual([403, "passkey_refused"]);
    },
  );
});

describe("POST /v1/transactions/{id}/passkey-signature", () => {
  const path = (id: string) => `/v1/transactions/${id}/passkey-signature`;
  async function enrolled() {
    const authenticator = newAuthenticator();
    expect((await enrol(await login(), authenticator)).status).toBe(201);
    return authenticator;
  }
  const sign = (id: string, assertion: unknown, headers: Record<string, string>) =>
    world.send("passkey-signing", "POST", path(id), world.json({ assertion }, headers));

  test("the same result as with an identity token, and the same again when it is asked again", async () => {
    const authenticator = await enrolled();
    const { view, owner } = await world.create();
    const assertion = authenticator.assert(view.commitment);
    const first = await sign(view.id, assertion, owner);
    expect(first.status).toBe(200);
    const signed = (await first.json()) as View;
    expect(signed).toMatchObject({ state: "signed", signatureClass: "OTHER_CONFIRMATION" });
    expect(signed.signatures).toHaveLength(1);
    expect(await (await sign(view.id, assertion, owner)).json()).toEqual(signed);
    const proof = await world.send("proofs", "GET", `/v1/proofs/${view.id}`, { headers: owner });
    expect(await proof.json()).toMatchObject({ token: { kind: "passkey", rpId: "localhost", origin: URL_ } });
    // What whoever has the document is told of how its signer was known.
    expect(await world.table.publicParts.read(view.id)).toMatchObject({
      identified: { method: "passkey", issuer: expect.stringMatching(/^http/), level: "substantial" },
    });
  });

  test("without the owner secret, with a wrong one, or for a transaction that is not there: nothing", async () => {
    const authenticator = await enrolled();
    const { view } = await world.create();
    const other = await world.create();
    const assertion = authenticator.assert(view.commitment);
    for (const headers of [{}, other.owner] as Record<string, string>[])
      expect(await codeOf(await sign(view.id, assertion, headers))).toBe("transaction_not_found");
    expect(await codeOf(await sign("A".repeat(22), assertion, other.owner))).toBe("transaction_not_found");
    expect(await codeOf(await sign(other.view.id, assertion, other.owner))).toBe("passkey_refused");
  });

  test("what other sites' frames, other keys and copies answer is refused with a code, and the transaction waits", async () => {
    const authenticator = await enrolled();
    const { view, owner } = await world.create();
    for (const [lies, code] of [
      [{ crossOrigin: true }, "passkey_refused"],
      [{ notVerified: true }, "passkey_refused"],
      [{ otherKey: true }, "passkey_refused"],
    ] as const)
      expect(await codeOf(await sign(view.id, authenticator.assert(view.commitment, lies), owner))).toBe(code);
    expect(await codeOf(await sign(view.id, newAuthenticator().assert(view.commitment), owner))).toBe(
      "passkey_unknown",
    );
    const read = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    expect(((await read.json()) as View).state).toBe("pending");
  });

  test("a session signs nothing: its cookie beside an assertion changes nothing", async () => {
    const authenticator = newAuthenticator();
    const who = await login();
    await enrol(who, authenticator);
    const { view } = await world.create();
    const assertion = authenticator.assert(view.commitment);
    expect(await codeOf(await sign(view.id, assertion, { cookie: who.cookie, origin: URL_ }))).toBe(
      "transaction_not_found",
    );
  });

  test.each<[unknown]>([[undefined], [{}], ["x"], [{ id: "AAAA", rawId: "AAAA", type: "public-key", response: {} }]])(
    "an assertion that is none (%j)",
    async (assertion) => {
      const { view, owner } = await world.create();
      expect(await codeOf(await sign(view.id, assertion, owner))).toBe("request_malformed");
    },
  );
});

test("GET /v1/service tells pages for which host passkeys are", async () => {
  const service = await world.send("trust", "GET", "/v1/service");
  expect(await service.json()).toMatchObject({ passkeys: { rpId: "localhost" } });
});

test("neither keys, challenges nor names of people get into the log", async () => {
  const who = await login();
  const authenticator = newAuthenticator();
  await enrol(who, authenticator, "Tên riêng");
  const { view, owner, secret } = await world.create();
  const assertion = authenticator.assert(view.commitment, { otherKey: true });
  const init = world.json({ assertion }, owner);
  await world.send("passkey-signing", "POST", `/v1/transactions/${view.id}/passkey-signature`, init);
  const log = JSON.stringify(world.lines);
  for (const told of [
    who.secret,
    authenticator.id,
    view.commitment,
    secret,
    "Tên riêng",
    "THUÝ",
    assertion.response.signature,
  ])
    expect(log).not.toContain(told);
});
