import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keyHash } from "../../lib/assist/keys.ts";
import { MAX_PARTS } from "../../lib/assist/seal.ts";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { DAILY_CAP } from "../../lib/service/assistance.ts";
import { WRONG_IN_ALL, WRONG_PER_ADDRESS } from "../../lib/service/pair.ts";
import { pseudonymOf } from "../../lib/service/pseudonym.ts";
import { ISSUER } from "../service/signing-world.ts";
import { newRequest } from "../service/transactions.ts";
import { activeSession, OFFICER } from "../worlds/session.ts";
import { newApiWorld } from "./world.ts";

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
// Each test in a day and an hour of its own.
beforeEach(() => {
  world.time.now += 25 * 3_600_000;
});

type Json = { readonly [member: string]: unknown };
type Headers = Readonly<Record<string, string>>;

const UNIT = OFFICER.officer as NonNullable<typeof OFFICER.officer>;
const newKey = (): Bytes => {
  const key = new Uint8Array(randomBytes(65));
  key[0] = 4;
  return key;
};
const newOfficer = async (changes: Partial<typeof UNIT> = {}, subject = `KM:VN-${randomBytes(20).toString("hex")}`) => {
  const person = { ...OFFICER, subject, officer: { ...UNIT, ...changes } };
  return { ...(await activeSession(world.table.sessions, world.time.now, { person })), subject };
};

let caller = 0;
/** Another address each time, where none is given. */
async function ask(method: string, path: string, headers: Headers = {}, body?: unknown, address?: string) {
  const init = {
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body) }),
  };
  caller++;
  const sourceIp = address ?? `198.51.${caller >> 8}.${caller & 255}`;
  const response = await world.send("assistance", method, path, init, {
    event: { requestContext: { http: { sourceIp } } },
  });
  const text = await response.clone().text();
  const json = (text.startsWith("{") ? JSON.parse(text) : {}) as Json;
  return { status: response.status, json, code: json.code, response };
}

const QUESTION = { mode: "phone", reason: "other" };

async function opened(officer: { readonly headers: Headers }, changes: object = {}) {
  const officerKey = newKey();
  const body = { ...QUESTION, officerKeyHash: toBase64Url(keyHash(officerKey)), ...changes };
  const { status, json } = await ask("POST", "/v1/assistances", officer.headers, body);
  expect(status).toBe(201);
  const view = json as { readonly id: string; readonly pairingCode: string; readonly pairingSecret: string };
  return { ...view, view: json, officer, officerKey: toBase64Url(officerKey), path: `/v1/assistances/${view.id}` };
}

async function joined(officer: { readonly headers: Headers }) {
  const assistance = await opened(officer);
  const citizenKey = toBase64Url(newKey());
  const { json } = await ask("POST", "/v1/pairings", {}, { secret: assistance.pairingSecret, citizenKey });
  return { ...assistance, citizenKey, citizen: { "motlan-citizen-token": String(json.citizenToken) }, pairing: json };
}

async function exchanged(officer: { readonly headers: Headers }) {
  const assistance = await joined(officer);
  await ask("POST", `${assistance.path}/officer-key`, officer.headers, { officerKey: assistance.officerKey });
  return assistance;
}

describe("opening an assistance", () => {
  test("an officer gets a code of six digits and a secret of 32 octets, for ten minutes", async () => {
    const { view, pairingSecret, pairingCode } = await opened(await newOfficer(), {
      procedure: " 1.004222 ",
      caseRef: "H29",
    });
    expect(pairingCode).toMatch(/^\d{6}$/);
    expect(fromBase64Url(pairingSecret)).toHaveLength(32);
    expect(view).toMatchObject({
      state: "waiting",
      procedure: "1.004222",
      caseRef: "H29",
      unit: UNIT.unit,
      citizenKey: null,
    });
    expect(Date.parse(String(view.pairingUntil))).toBe(world.time.now + 600_000);
  });

  test("at the counter it wants a login made at the desk, which can add no passkey to the officer's account", async () => {
    const question = { ...QUESTION, mode: "kiosk", officerKeyHash: toBase64Url(keyHash(newKey())) };
    const own = await activeSession(world.table.sessions, world.time.now, { person: OFFICER, returnTo: "/lich-su" });
    expect(await ask("POST", "/v1/assistances", own.headers, question)).toMatchObject({ code: "session_missing" });
    const desk = await activeSession(world.table.sessions, world.time.now, { person: OFFICER, returnTo: "/ho-tro" });
    expect(await ask("POST", "/v1/assistances", desk.headers, question)).toMatchObject({ status: 201 });
  });

  test("stands in the officer's own history, with the unit and the device, and names no citizen", async () => {
    const officer = await newOfficer();
    const { id } = await opened({
      headers: { ...officer.headers, "user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0" },
    });
    const [activity, ...more] = await world.table.activities.list(officer.subject, undefined, 10);
    expect(more).toEqual([]);
    expect(activity).toEqual({
      ...{ order: expect.stringContaining(id), at: world.time.now, kind: "assisted" },
      ...{ helper: UNIT.unit, device: expect.stringContaining("Firefox") },
    });
  });

  test.each<[string, () => Promise<Headers>, string]>([
    ["nobody who is not logged in", async () => ({ origin: "http://localhost:8787" }), "session_missing"],
    ["no citizen", async () => (await activeSession(world.table.sessions, world.time.now)).headers, "officer_required"],
    [
      "no page of another site",
      async () => ({ ...(await newOfficer()).headers, origin: "https://evil.example" }),
      "cross_site",
    ],
    ["no script that brings the cookie alone", async () => ({ cookie: (await newOfficer()).cookie }), "cross_site"],
  ])("is for %s", async (_, headers, code) => {
    expect(await ask("POST", "/v1/assistances", await headers(), { ...QUESTION })).toMatchObject({ code });
  });

  test.each<[string, object]>([
    ["an unknown mode", { mode: "paper" }],
    ["a reason in words", { reason: "khó nhìn" }],
    ["a name that every object has", { reason: "constructor" }],
    ["no hash of a key", { officerKeyHash: undefined }],
    ["a hash that is short", { officerKeyHash: "AAAA" }],
    ["a procedure that turns the direction", { procedure: "a\u202eb" }],
    ["a case of two lines", { caseRef: "a\nb" }],
    ["a procedure of 10,000 letters", { procedure: "a".repeat(3000) }],
    ["a unit of its own", { unit: "UBND phường khác" }],
  ])("is refused with %s", async (_, change) => {
    const { headers } = await newOfficer();
    const body = { ...QUESTION, officerKeyHash: toBase64Url(new Uint8Array(32)), ...change };
    expect(await ask("POST", "/v1/assistances", headers, body)).toMatchObject({
      status: 400,
      code: "request_malformed",
    });
  });

  test("forty a day for each officer; the next day begins at midnight in Hà Nội", async () => {
    const officer = await newOfficer();
    const body = { ...QUESTION, officerKeyHash: toBase64Url(new Uint8Array(32)) };
    for (let i = 0; i < DAILY_CAP; i++)
      expect((await ask("POST", "/v1/assistances", officer.headers, body)).status).toBe(201);
    expect(await ask("POST", "/v1/assistances", officer.headers, body)).toMatchObject({ code: "assistance_cap" });
    expect((await ask("POST", "/v1/assistances", (await newOfficer()).headers, body)).status).toBe(201);
    const midnight = (Math.floor((world.time.now + 7 * 3_600_000) / 86_400_000) + 1) * 86_400_000 - 7 * 3_600_000;
    world.time.now = midnight;
    const again = await newOfficer({}, officer.subject);
    expect((await ask("POST", "/v1/assistances", again.headers, body)).status).toBe(201);
  });
});

describe("pairing", () => {
  test("the code of six digits joins one browser, once, and says who helps", async () => {
    const { pairingCode, id, path, officer } = await opened(await newOfficer());
    const citizenKey = toBase64Url(newKey());
    const first = await ask("POST", "/v1/pairings", {}, { code: pairingCode, citizenKey });
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      assistanceId: id,
      officerName: OFFICER.fullName,
      unit: UNIT.unit,
      officerKey: null,
    });
    const again = await ask("POST", "/v1/pairings", {}, { code: pairingCode, citizenKey: toBase64Url(newKey()) });
    expect(again).toMatchObject({ status: 410, code: "pairing_expired" });
    expect((await ask("GET", path, officer.headers)).json).toMatchObject({ state: "paired", citizenKey });
  });

  test("neither the code nor the secret joins anybody after ten minutes", async () => {
    const { pairingCode, pairingSecret, path, officer } = await opened(await newOfficer());
    world.time.now += 600_000;
    const citizenKey = toBase64Url(newKey());
    for (const by of [{ code: pairingCode }, { secret: pairingSecret }])
      expect(await ask("POST", "/v1/pairings", {}, { ...by, citizenKey })).toMatchObject({ code: "pairing_expired" });
    expect((await ask("GET", path, officer.headers)).json).toMatchObject({ state: "expired" });
  });

  const wrongCode = async () => {
    const { pairingCode } = await opened(await newOfficer());
    return String((Number(pairingCode) + 1) % 1_000_000).padStart(6, "0");
  };
  const tryCode = (code: string, address: string) =>
    ask("POST", "/v1/pairings", {}, { code, citizenKey: toBase64Url(newKey()) }, address);

  test("five wrong codes from one network lock it out of typing, a right one does not; the QR code goes on working", async () => {
    const [address, neighbour] = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"];
    const right = await opened(await newOfficer());
    expect((await tryCode(right.pairingCode, address)).status).toBe(201);
    const wrong = await wrongCode();
    for (let i = 0; i < WRONG_PER_ADDRESS; i++)
      expect(await tryCode(wrong, i % 2 ? address : neighbour)).toMatchObject({ code: "pairing_expired" });
    const { pairingCode, pairingSecret } = await opened(await newOfficer());
    for (const from of [address, neighbour]) {
      const locked = await tryCode(pairingCode, from);
      expect(locked).toMatchObject({ status: 429, code: "pairing_locked" });
      expect(locked.response.headers.get("retry-after")).not.toBeNull();
    }
    const citizenKey = toBase64Url(newKey());
    expect((await ask("POST", "/v1/pairings", {}, { secret: pairingSecret, citizenKey }, address)).status).toBe(201);
    world.time.now += 600_000;
    const later = await opened(await newOfficer());
    expect((await tryCode(later.pairingCode, address)).status).toBe(201);
  });

  test("wrong codes from everywhere together are stopped for the rest of the minute", async () => {
    world.time.now = Math.ceil(world.time.now / 60_000) * 60_000;
    const wrong = await wrongCode();
    const { pairingCode } = await opened(await newOfficer());
    for (let i = 0; i < WRONG_IN_ALL; i++)
      expect(await tryCode(wrong, `203.0.113.${i}`)).toMatchObject({ code: "pairing_expired" });
    expect(await tryCode(pairingCode, "203.0.113.200")).toMatchObject({ code: "pairing_locked" });
    world.time.now += 60_000;
    expect((await tryCode(pairingCode, "203.0.113.200")).status).toBe(201);
  });

  test("no address is written down, not even for these minutes", async () => {
    const { ScanCommand } = await import("@aws-sdk/lib-dynamodb");
    await tryCode(await wrongCode(), "203.0.113.77");
    const { Items = [] } = await world.table.client.send(new ScanCommand({ TableName: world.table.table }));
    const tries = Items.filter(({ pk }) => String(pk).startsWith("PAIRING#TRY#"));
    expect(tries.length).toBeGreaterThan(0);
    expect(JSON.stringify(tries)).not.toContain("203.0.113");
  });

  test.each<[string, object]>([
    ["five digits", { code: "12345" }],
    ["digits of another script", { code: "１２３４５６" }],
    ["a number", { code: 123456 }],
    ["both", { code: "123456", secret: toBase64Url(new Uint8Array(32)) }],
    ["neither", {}],
    ["a secret that is short", { secret: "AAAA" }],
    ["a key that is no point", { code: "123456", citizenKey: toBase64Url(new Uint8Array(65)) }],
    ["a key that is compressed", { code: "123456", citizenKey: toBase64Url(newKey().slice(0, 33)) }],
    ["a key that is a number", { code: "123456", citizenKey: 4 }],
  ])("is refused with %s, and is no try", async (_, change) => {
    const body = { citizenKey: toBase64Url(newKey()), ...change };
    expect(await ask("POST", "/v1/pairings", {}, body)).toMatchObject({ status: 400, code: "request_malformed" });
  });
});

describe("what each side sees", () => {
  test("an officer sees their own assistance alone, and of the citizen a step and page numbers", async () => {
    const { path, officer, citizen } = await joined(await newOfficer());
    expect((await ask("GET", path, (await newOfficer()).headers)).code).toBe("assistance_not_found");
    expect((await ask("GET", path, (await newOfficer({ role: "supervisor" })).headers)).code).toBe(
      "assistance_not_found",
    );
    expect((await ask("GET", path)).code).toBe("session_missing");
    const status = { code: "reading", page: 2, pages: 3 };
    expect((await ask("POST", `${path}/status`, citizen, status)).status).toBe(204);
    const { json } = await ask("GET", path, officer.headers);
    expect(json.status).toEqual({ ...status, at: new Date(world.time.now).toISOString() });
    expect(Object.keys(json).sort()).toEqual(
      [
        ...["id", "state", "mode", "reason", "procedure", "caseRef", "unit", "citizenKey", "officerKeySent"],
        ...["status", "lookupCode", "createdAt", "pairingUntil", "expiresAt"],
      ].sort(),
    );
  });

  test("the citizen token opens one assistance, and a wrong one answers like none", async () => {
    const [one, two] = [await joined(await newOfficer()), await joined(await newOfficer())];
    expect((await ask("GET", one.path, one.citizen)).json).toMatchObject({ id: one.id, officerName: OFFICER.fullName });
    for (const headers of [two.citizen, { "motlan-citizen-token": "x" }, { "motlan-citizen-token": "" }])
      expect(await ask("GET", one.path, headers)).toMatchObject({ status: 404, code: "assistance_not_found" });
    expect((await ask("GET", "/v1/assistances/x", one.citizen)).code).toBe("assistance_not_found");
  });

  test.each<[string, unknown]>([
    ["words", { code: "reading", page: 1, pages: 2, text: "Nguyễn Thị An" }],
    ["an unknown step", { code: "Nguyễn Thị An" }],
    ["a step that every object has", { code: "toString" }],
    ["a page beyond the last", { code: "reading", page: 3, pages: 2 }],
    ["page 0", { code: "reading", page: 0, pages: 2 }],
    ["a number as text", { code: "reading", page: "1", pages: 2 }],
    ["pages where there are none", { code: "signed", page: 1, pages: 1 }],
    ["reading without a page", { code: "reading" }],
    ["nothing", null],
    ["a list", []],
  ])("a status is refused with %s", async (_, status) => {
    const { path, citizen } = await joined(await newOfficer());
    expect((await ask("POST", `${path}/status`, citizen, status)).code).toBe("request_malformed");
  });

  test("after a final step a late report changes nothing and is no mistake; after the end it is refused", async () => {
    const { path, citizen, officer } = await joined(await newOfficer());
    expect((await ask("POST", `${path}/status`, citizen, { code: "declined" })).status).toBe(204);
    expect((await ask("POST", `${path}/status`, citizen, { code: "identifying" })).status).toBe(204);
    expect((await ask("GET", path, officer.headers)).json.status).toMatchObject({ code: "declined" });
    expect((await ask("POST", `${path}/end`, officer.headers)).status).toBe(204);
    expect((await ask("POST", `${path}/end`, officer.headers)).status).toBe(204);
    expect((await ask("POST", `${path}/status`, citizen, { code: "identifying" })).code).toBe("assistance_ended");
    expect((await ask("GET", path, citizen)).json).toMatchObject({ state: "ended" });
  });
});

describe("the officer's key", () => {
  test("comes after the citizen's, is the one that was promised, and then is the citizen's to see", async () => {
    const officer = await newOfficer();
    const waiting = await opened(officer);
    const give = (path: string, officerKey: unknown) =>
      ask("POST", `${path}/officer-key`, officer.headers, { officerKey });
    expect((await give(waiting.path, waiting.officerKey)).code).toBe("assistance_not_paired");
    const { path, officerKey, citizen, pairing } = await joined(officer);
    expect((await give(path, toBase64Url(newKey()))).code).toBe("assistance_key_mismatch");
    expect((await give(path, "x")).code).toBe("request_malformed");
    expect((await ask("GET", path, citizen)).json).toMatchObject({ officerKey: null });
    expect((await give(path, officerKey)).status).toBe(204);
    expect((await give(path, officerKey)).status).toBe(204);
    const { json } = await ask("GET", path, citizen);
    expect(json).toMatchObject({ officerKey, officerKeyHash: pairing.officerKeyHash });
  });
});

describe("the parts of the document", () => {
  const octets = { "content-type": "application/octet-stream" };
  const put = (path: string, headers: Headers, number: number | string, body: Uint8Array, count: number | string = 2) =>
    ask("POST", `${path}/parts/${number}`, { ...headers, ...octets, "motlan-part-count": String(count) }, body);

  test("go from the officer to the citizen as they are; the same again is the same, another is refused", async () => {
    const { path, officer, citizen } = await exchanged(await newOfficer());
    const part = new Uint8Array(randomBytes(300 * 1024));
    expect((await put(path, officer.headers, 1, part)).status).toBe(204);
    expect((await put(path, officer.headers, 1, part)).status).toBe(204);
    expect((await put(path, officer.headers, 1, part.slice(1))).code).toBe("part_conflict");
    expect((await put(path, officer.headers, 1, part, 3)).code).toBe("part_conflict");
    const { response } = await ask("GET", `${path}/parts/1`, citizen);
    expect(response.headers.get("motlan-part-count")).toBe("2");
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(Buffer.compare(new Uint8Array(await response.arrayBuffer()), part)).toBe(0);
    const missing = await ask("GET", `${path}/parts/0`, citizen);
    expect(missing).toMatchObject({ status: 404, code: "part_missing", json: { retry: true } });
  });

  test("are the officer's to send and the citizen's to fetch, and nobody else's", async () => {
    const { path, officer, citizen } = await exchanged(await newOfficer());
    const part = Uint8Array.of(1, 2, 3);
    expect((await put(path, { ...citizen, origin: "http://localhost:8787" }, 0, part)).code).toBe("session_missing");
    expect((await put(path, (await newOfficer()).headers, 0, part)).code).toBe("assistance_not_found");
    expect((await put(path, { ...officer.headers, origin: "https://evil.example" }, 0, part)).code).toBe("cross_site");
    expect((await put(path, officer.headers, 0, part)).status).toBe(204);
    expect((await ask("GET", `${path}/parts/0`, officer.headers)).code).toBe("assistance_not_found");
  });

  test("are not taken before the keys are exchanged, nor after the end", async () => {
    const { path, officer } = await joined(await newOfficer());
    expect((await put(path, officer.headers, 0, Uint8Array.of(1))).code).toBe("assistance_not_paired");
    const ready = await exchanged(await newOfficer());
    await put(ready.path, ready.officer.headers, 0, Uint8Array.of(1));
    await ask("POST", `${ready.path}/end`, ready.officer.headers);
    expect((await put(ready.path, ready.officer.headers, 1, Uint8Array.of(1))).code).toBe("assistance_ended");
    expect((await ask("GET", `${ready.path}/parts/0`, ready.citizen)).code).toBe("assistance_ended");
  });

  test.each<[string, number | string, number, number | string, string]>([
    ["too large", 0, 300 * 1024 + 1, 1, "request_too_large"],
    ["empty", 0, 0, 1, "request_malformed"],
    ["beyond the last", 2, 1, 2, "request_malformed"],
    ["of more than 20 MiB", 0, 1, MAX_PARTS + 1, "request_malformed"],
    ["of none", 0, 1, 0, "request_malformed"],
    ["without a count", 0, 1, "", "request_malformed"],
    ["with a number in another form", "01", 1, 2, "part_missing"],
    ["with a number that is none", "-1", 1, 2, "part_missing"],
    ["with a number that is a path", "..%2f0", 1, 2, "part_missing"],
  ])("are not taken %s", async (_, number, length, count, code) => {
    const { path, officer } = await exchanged(await newOfficer());
    expect((await put(path, officer.headers, number, new Uint8Array(length), count)).code).toBe(code);
  });

  test("are octets and not JSON", async () => {
    const { path, officer } = await exchanged(await newOfficer());
    expect((await ask("POST", `${path}/parts/0`, officer.headers, { a: 1 })).code).toBe("media_type_unsupported");
  });
});

describe("a transaction within an assistance", () => {
  const create = (changes: object, headers: Headers = {}) =>
    world.send(
      "transactions",
      "POST",
      "/v1/transactions",
      world.json({ ...newRequest().request, ...changes }, headers),
    );
  const codeOf = async (response: Response) => ((await response.json()) as Json).code;

  test("is named by the citizen's browser alone, and by nobody after the end", async () => {
    const { id, citizen, officer, path } = await joined(await newOfficer());
    expect(await codeOf(await create({ assistance: id }))).toBe("assistance_not_found");
    expect(await codeOf(await create({ assistance: id }, officer.headers))).toBe("assistance_not_found");
    const other = await joined(await newOfficer());
    expect(await codeOf(await create({ assistance: id }, other.citizen))).toBe("assistance_not_found");
    expect((await create({ assistance: id }, citizen)).status).toBe(201);
    await ask("POST", `${path}/end`, officer.headers);
    expect(await codeOf(await create({ assistance: id }, citizen))).toBe("assistance_ended");
  });

  test("says who helps in its words and in what it commits to; the same request again is the same transaction", async () => {
    const { id, citizen, officer } = await joined(await newOfficer());
    const { request, secret } = newRequest({ assistance: id });
    const send = () => world.send("transactions", "POST", "/v1/transactions", world.json(request, citizen));
    const view = (await (await send()).json()) as Json;
    expect(view.intentText).toContain(`Khi ký, tôi có cán bộ ${UNIT.unit} hỗ trợ.`);
    expect(view.preimage).toMatchObject({
      version: "motlan/commitment/v2",
      assistance: { unit: UNIT.unit, unitCode: UNIT.unitCode, officer: (officer as { subject?: string }).subject },
    });
    expect(await (await send()).json()).toEqual(view);
    const again = await joined(officer);
    const inAnother = world.json({ ...request, assistance: again.id }, again.citizen);
    expect(await codeOf(await world.send("transactions", "POST", "/v1/transactions", inAnother))).toBe(
      "transaction_conflict",
    );
    const without = { ...request, assistance: undefined };
    expect(await codeOf(await world.send("transactions", "POST", "/v1/transactions", world.json(without)))).toBe(
      "transaction_conflict",
    );
    const read = await world.send("transactions", "GET", `/v1/transactions/${request.id}`, {
      headers: { "motlan-owner-secret": secret },
    });
    expect(read.status).toBe(200);
  });

  /** Creates within an assistance of `officer`, and asks to be signed with the token of "an". */
  async function sign(officer: { readonly headers: Headers }, before?: (path: string) => Promise<unknown>) {
    const { id, citizen, path } = await joined(officer);
    const { request, secret } = newRequest({ assistance: id });
    const created = await world.send("transactions", "POST", "/v1/transactions", world.json(request, citizen));
    const { commitment } = (await created.json()) as { readonly commitment: string };
    await before?.(path);
    const owner = { "motlan-owner-secret": secret };
    const body = world.json({ idToken: await world.token(commitment) }, owner);
    const signed = await world.send("signing", "POST", `/v1/transactions/${request.id}/signature`, body);
    const read = await world.send("transactions", "GET", `/v1/transactions/${request.id}`, { headers: owner });
    return { status: signed.status, code: ((await signed.json()) as Json).code, view: (await read.json()) as Json };
  }

  test("is signed by the citizen, whose proof names the unit", async () => {
    const { status, view } = await sign(await newOfficer());
    expect(status).toBe(200);
    expect(view.proof).toMatchObject({ preimage: { assistance: { unit: UNIT.unit, mode: "phone", reason: "other" } } });
  });

  test("is not signed by the officer who helps", async () => {
    const subject = await pseudonymOf(world.ports.pairwise, { issuer: ISSUER, subject: "an" });
    const { code, view } = await sign(await newOfficer({}, subject));
    expect(code).toBe("officer_is_signer");
    expect(view).toMatchObject({ state: "pending" });
    expect(view).not.toHaveProperty("signatures");
  });

  test("is not signed after the officer ended it, nor after its hour", async () => {
    const officer = await newOfficer();
    const ended = await sign(officer, (path) => ask("POST", `${path}/end`, officer.headers));
    expect(ended).toMatchObject({ code: "assistance_ended", view: { state: "pending" } });
    const other = await newOfficer();
    const { id, citizen } = await joined(other);
    world.time.now += 50 * 60_000;
    const { request, secret } = newRequest({ assistance: id, ttlSeconds: 3600 });
    const created = await world.send("transactions", "POST", "/v1/transactions", world.json(request, citizen));
    const { commitment } = (await created.json()) as { readonly commitment: string };
    world.time.now += 10 * 60_000;
    const body = world.json({ idToken: await world.token(commitment) }, { "motlan-owner-secret": secret });
    const late = await world.send("signing", "POST", `/v1/transactions/${request.id}/signature`, body);
    expect(await codeOf(late)).toBe("assistance_ended");
  });
});

describe("a supervisor", () => {
  test("sees the officers of their own unit and day; an officer sees only themselves", async () => {
    const unitCode = `H00.${randomBytes(4).toString("hex")}`;
    const [one, two] = [await newOfficer({ unitCode }), await newOfficer({ unitCode })];
    const first = await joined(one);
    await joined(two);
    world.time.now += 90_000;
    await ask("POST", `${first.path}/status`, first.citizen, { code: "declined" });
    const report = async (who: { readonly headers: Headers }, query = "") =>
      ((await ask("GET", `/v1/assistances${query}`, who.headers)).json.officers ?? []) as readonly Json[];
    const supervisor = await newOfficer({ unitCode, role: "supervisor" });
    const seen = await report(supervisor);
    expect(seen.map(({ officer }) => officer).sort()).toEqual([one.subject, two.subject].sort());
    expect(seen.find(({ officer }) => officer === one.subject)).toEqual({
      ...{ officer: one.subject, officerName: OFFICER.fullName, sessions: 1, paired: 1, signed: 0, declined: 1 },
      ...{ disputed: 0, disputeRate: null, medianSeconds: 90, allowed: DAILY_CAP },
    });
    expect((await report(one)).map(({ officer }) => officer)).toEqual([one.subject]);
    expect(await report(await newOfficer({ role: "supervisor", unitCode: "H00.other" }))).toEqual([]);
    expect(await report(supervisor, "?day=2020-01-01")).toEqual([]);
    for (const day of ["2026-02-30", "x", "2026-1-1", "../", "2026-11-25%23"])
      expect((await ask("GET", `/v1/assistances?day=${day}`, supervisor.headers)).code).toBe("request_malformed");
    expect(
      (await ask("GET", "/v1/assistances", (await activeSession(world.table.sessions, world.time.now)).headers)).code,
    ).toBe("officer_required");
  });

  test("allows an officer of their own unit more today, within reason, and never themselves", async () => {
    const unitCode = `H00.${randomBytes(4).toString("hex")}`;
    const officer = await newOfficer({ unitCode });
    await opened(officer);
    const supervisor = await newOfficer({ unitCode, role: "supervisor" });
    await opened(supervisor);
    const raise = (who: { readonly headers: Headers }, whom: unknown, more: unknown = 10) =>
      ask("POST", "/v1/assistances/caps", who.headers, { officer: whom, more });
    expect((await raise(supervisor, officer.subject)).json).toEqual({
      officer: officer.subject,
      count: 1,
      allowed: 50,
    });
    expect((await raise(officer, officer.subject)).code).toBe("supervisor_required");
    expect((await raise(await newOfficer({ unitCode }), officer.subject)).code).toBe("supervisor_required");
    expect((await raise(supervisor, supervisor.subject)).code).toBe("supervisor_required");
    const elsewhere = await newOfficer({ role: "supervisor", unitCode: "H00.other" });
    expect((await raise(elsewhere, officer.subject)).code).toBe("assistance_not_found");
    expect((await raise(supervisor, officer.subject, 200)).code).toBe("assistance_not_found");
    for (const [whom, more] of [
      [officer.subject, 0],
      [officer.subject, -5],
      [officer.subject, 1.5],
      [officer.subject, "9"],
      ["OFFICER#x", 1],
    ])
      expect((await raise(supervisor, whom, more)).code).toBe("request_malformed");
    expect(
      (await raise({ headers: { ...supervisor.headers, origin: "https://evil.example" } }, officer.subject)).code,
    ).toBe("cross_site");
  });
});

test("neither codes, secrets, tokens, keys nor names are in the log", async () => {
  const { pairingCode, pairingSecret, citizen, citizenKey, id } = await joined(await newOfficer());
  const log = JSON.stringify(world.lines);
  expect(log).toContain("pairing.create");
  for (const secret of [pairingSecret, citizen["motlan-citizen-token"], citizenKey, id, String(OFFICER.fullName)])
    expect(log).not.toContain(secret);
  expect(log).not.toContain(`"${pairingCode}"`);
});
