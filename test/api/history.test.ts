import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { orderOf, signatureOrder } from "../../lib/service/activity.ts";
import { resolveDispute } from "../../lib/service/dispute-work.ts";
import { pseudonymOf } from "../../lib/service/pseudonym.ts";
import { ISSUER } from "../service/signing-world.ts";
import { NOON } from "../service/transactions.ts";
import { activeSession } from "../worlds/session.ts";
import { newApiWorld } from "./world.ts";

type World = Awaited<ReturnType<typeof newApiWorld>>;
type Row = Record<string, unknown> & { readonly id: string; readonly kind: string };
type Listed = { readonly activities: readonly Row[]; readonly next: string | null; readonly frozen: boolean };

const PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36";

let world: World;
/** A person of their own for each test. */
let sub: string;
let count = 0;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  sub = `person-${count++}`;
  world.notices.length = 0;
});

const subjectOf = (subject: string) => pseudonymOf(world.ports.pairwise, { issuer: ISSUER, subject });
const session = async (subject = sub) =>
  activeSession(world.table.sessions, world.time.now, { person: { subject: await subjectOf(subject) } });

async function sign(changes: Record<string, unknown> = {}, request: Parameters<World["create"]>[0] = {}) {
  const made = await world.create(request);
  const idToken = await world.token(made.view.commitment, { sub, ...changes });
  const headers = { ...made.owner, "user-agent": PHONE };
  const response = await world.send(
    "signing",
    "POST",
    `/v1/transactions/${made.view.id}/signature`,
    world.json({ idToken }, headers),
  );
  return { ...made, id: made.view.id, response, body: (await response.json()) as Record<string, unknown> };
}

async function list(subject = sub, query = ""): Promise<Listed> {
  const { headers } = await session(subject);
  return (await (await world.send("people", "GET", `/v1/me/activities${query}`, { headers })).json()) as Listed;
}

async function dispute(transactionId: string, subject = sub): Promise<Response> {
  const { headers } = await session(subject);
  return world.send("people", "POST", "/v1/me/disputes", {
    headers,
    body: JSON.stringify({ transactionId }),
  });
}

const resolve = (caseNumber: string, outcome: "confirmed" | "withdrawn") =>
  resolveDispute({ ...world.ports, ...world.table }, caseNumber, { outcome, by: "operator" });

describe("a person's history", () => {
  test("has each signature with its document, its device's family and its code, and a notice of it goes out", async () => {
    const { id } = await sign({}, { relyingParty: "UBND phường Bến Thành" });
    const { activities, next, frozen } = await list();
    expect(activities).toEqual([
      {
        id: signatureOrder(Math.floor(world.time.now / 1000) * 1000, id),
        time: new Date(Math.floor(world.time.now / 1000) * 1000).toISOString(),
        ...{ kind: "signed", transactionId: id, titles: ["Tờ khai đăng ký thường trú"] },
        ...{
          relyingParty: "UBND phường Bến Thành",
          device: "Chrome · Android",
          helper: null,
          code: null,
          passkey: null,
        },
        ...{ lookupCode: lookupCode(id), caseNumber: null, dispute: null, disputedAt: null, read: false },
      },
    ]);
    expect({ next, frozen }).toEqual({ next: null, frozen: false });
    expect(world.notices).toMatchObject([{ kind: "signed", subject: await subjectOf(sub) }]);
    expect(JSON.stringify(world.notices)).not.toContain(id);
  });

  test("has what was refused once the person was known, and why", async () => {
    const { response } = await sign({}, { signerName: "Trần Văn Khác" });
    expect(response.status).toBe(403);
    world.time.now += 10_000;
    expect((await sign({ acr: "1" })).body.code).toBe("assurance_too_low");
    world.time.now += 10_000;
    expect((await sign({ status: "locked" })).body.code).toBe("identity_inactive");
    const { activities } = await list();
    expect(activities.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      "failed identity_inactive",
      "failed assurance_too_low",
      "failed signer_mismatch",
    ]);
    expect(world.notices).toHaveLength(3);
  });

  test("has a refusal that is repeated at once a single time: nobody buries a history under a token", async () => {
    const made = await world.create({ signerName: "Trần Văn Khác" });
    const idToken = await world.token(made.view.commitment, { sub });
    const path = `/v1/transactions/${made.view.id}/signature`;
    const post = () => world.send("signing", "POST", path, world.json({ idToken }, made.owner));
    world.time.now = Math.ceil(world.time.now / 10_000) * 10_000 + 1;
    for (const answer of await Promise.all(Array.from({ length: 20 }, post))) expect(answer.status).toBe(403);
    world.time.now += 9_000;
    await post();
    expect((await list()).activities).toHaveLength(1);
    expect(world.notices).toHaveLength(1);
    world.time.now += 1_000;
    await post();
    expect((await list()).activities).toHaveLength(2);
  });

  test("has a signature although its id was chosen to be taken for a refusal of the same moment", async () => {
    world.time.now = Math.ceil(world.time.now / 10_000) * 10_000 - 1;
    await sign({}, { signerName: "Trần Văn Khác" });
    const [refused] = (await list()).activities;
    world.time.now += 1;
    // Whoever signs in another's name chooses the ids of transactions.
    const { response, id } = await sign({}, { id: refused?.id.split("#")[1] ?? "" });
    expect(response.status).toBe(200);
    const { activities } = await list();
    expect(activities.map(({ kind }) => kind).sort()).toEqual(["failed", "signed"]);
    expect(activities.find(({ kind }) => kind === "signed")).toMatchObject({ transactionId: id, code: null });
    expect(world.notices.map(({ kind }) => kind)).toEqual(["failed", "signed"]);
  });

  test("has nothing of a token that shows nobody", async () => {
    const { response } = await sign({ nonce: "other" });
    expect(response.status).toBe(403);
    expect((await list()).activities).toEqual([]);
    expect(world.notices).toEqual([]);
  });

  test("has one row for a signature that is asked for again", async () => {
    const { id, view, owner } = await sign();
    const idToken = await world.token(view.commitment, { sub });
    await world.send("signing", "POST", `/v1/transactions/${id}/signature`, world.json({ idToken }, owner));
    expect((await list()).activities).toHaveLength(1);
    expect(world.notices).toHaveLength(1);
  });

  test("tells whoever lost the race that the transaction was somebody else's by then", async () => {
    const made = await world.create();
    const [mine, theirs] = await Promise.all(
      [sub, `${sub}-other`].map((one) => world.token(made.view.commitment, { sub: one })),
    );
    const post = (idToken: string | undefined) =>
      world.send("signing", "POST", `/v1/transactions/${made.view.id}/signature`, world.json({ idToken }, made.owner));
    await Promise.all([post(mine), post(theirs)]);
    const kinds = [...(await list()).activities, ...(await list(`${sub}-other`)).activities].map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(["failed", "signed"]);
  });

  test("is read page by page, each row once", async () => {
    const subject = await subjectOf(sub);
    for (let at = 0; at < 45; at++)
      await world.table.activities.add(subject, {
        ...{ order: orderOf(NOON + at, "A".repeat(22)), at: NOON + at, kind: "failed", code: "signer_mismatch" },
      });
    const seen: string[] = [];
    for (let query = ""; ; ) {
      const { activities, next } = await list(sub, query);
      expect(activities.length).toBeLessThanOrEqual(20);
      seen.push(...activities.map(({ id }) => id));
      if (next === null) break;
      query = `?before=${encodeURIComponent(next)}`;
    }
    expect(seen).toHaveLength(45);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  test.each([
    "x",
    "2026-11-25",
    "2026-13-41T03:15:00.000Z#AAAAAAAAAAAAAAAAAAAAAA",
    "2026-11-25T03:15:00.000Z#../../AAAAAAAAAAAAAAAA",
  ])("refuses to go on behind %s", async (before) => {
    const { headers } = await session();
    const path = `/v1/me/activities?before=${encodeURIComponent(before)}`;
    expect((await world.send("people", "GET", path, { headers })).status).toBe(400);
  });

  test("is for who is logged in alone, each for their own", async () => {
    await sign();
    expect((await world.send("people", "GET", "/v1/me/activities")).status).toBe(401);
    expect((await list(`${sub}-other`)).activities).toEqual([]);
    world.time.now += 16 * 60_000;
  });
});

describe("notices", () => {
  const notices = async () => {
    const { headers } = await session();
    const response = await world.send("people", "GET", "/v1/me/notices", { headers });
    return ((await response.json()) as { notices: Row[] }).notices;
  };
  const read = async (until: string, headers?: Record<string, string>) =>
    world.send("people", "POST", "/v1/me/notices/read", {
      headers: headers ?? (await session()).headers,
      body: JSON.stringify({ until }),
    });

  test("are what was not seen yet; what comes later is new again", async () => {
    await sign();
    world.time.now += 1000;
    await sign();
    const [latest] = await notices();
    expect(await notices()).toHaveLength(2);
    expect((await read(latest?.id ?? "")).status).toBe(204);
    expect(await notices()).toEqual([]);
    expect((await list()).activities.map((row) => row.read)).toEqual([true, true]);
    world.time.now += 1000;
    await sign();
    expect(await notices()).toHaveLength(1);
  });

  test("that are still to come cannot be marked as seen", async () => {
    expect((await read(orderOf(world.time.now + 86_400_000, "A".repeat(22)))).status).toBe(204);
    world.time.now += 12_000;
    await sign();
    expect(await notices()).toHaveLength(1);
  });

  test("are marked by our own pages alone", async () => {
    const { cookie } = await session();
    const foreign = { cookie, origin: "https://evil.example", "content-type": "application/json" };
    expect((await read(orderOf(NOON, "A".repeat(22)), foreign)).status).toBe(403);
    const form = { ...(await session()).headers, "content-type": "text/plain" };
    expect((await read(orderOf(NOON, "A".repeat(22)), form)).status).toBe(415);
  });
});

describe("“this was not me”", () => {
  test("gives a case number, marks the signature and stops signing in this name, of other devices too", async () => {
    const { id } = await sign();
    const response = await dispute(id);
    expect(response.status).toBe(201);
    const answer = (await response.json()) as { caseNumber: string; lookupCode: string };
    expect(answer).toEqual({
      caseNumber: expect.stringMatching(/^TC-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/),
      lookupCode: lookupCode(id),
    });
    const refused = await sign();
    expect(refused.response.status).toBe(403);
    expect(refused.body).toMatchObject({ code: "signing_frozen", signed: false });
    const { activities, frozen } = await list();
    expect(frozen).toBe(true);
    expect(activities.map(({ kind, code }) => [kind, code])).toEqual(
      expect.arrayContaining([
        ["failed", "signing_frozen"],
        ["disputed", null],
        ["signed", null],
      ]),
    );
    expect(activities.find(({ kind }) => kind === "signed")).toMatchObject({
      dispute: "open",
      caseNumber: answer.caseNumber,
      disputedAt: expect.any(String),
    });
    expect(world.notices.map(({ kind }) => kind)).toEqual(["signed", "disputed", "failed"]);
  });

  test("is told to whoever asked for the signature", async () => {
    const { id, owner } = await sign();
    await dispute(id);
    const view = await world.send("transactions", "GET", `/v1/transactions/${id}`, { headers: owner });
    expect(await view.json()).toMatchObject({ state: "signed", disputedAt: expect.stringMatching(/Z$/) });
  });

  test("leaves everybody else free to sign", async () => {
    const { id } = await sign();
    await dispute(id);
    sub = `${sub}-other`;
    expect((await sign()).response.status).toBe(200);
  });

  test("said twice is one case; said at once as well", async () => {
    const { id } = await sign();
    const answers = await Promise.all([dispute(id), dispute(id), dispute(id)]);
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    world.time.now += 1000;
    expect(await (await dispute(id)).json()).toEqual(bodies[0]);
    expect((await list()).activities.filter(({ kind }) => kind === "disputed")).toHaveLength(1);
  });

  test("is for one's own signatures: another's, an open transaction and an unknown one answer alike", async () => {
    const { id } = await sign();
    const { view } = await world.create();
    const answers = [await dispute(id, `${sub}-other`), await dispute(view.id), await dispute("A".repeat(22))];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(((await answer.json()) as Row).code).toBe("transaction_not_found");
    }
    expect((await world.table.store.read(id))?.dispute).toBeUndefined();
  });

  test("withdrawn: signing is free, nobody is warned any more, the history keeps it, and it is not opened again", async () => {
    const { id } = await sign();
    const { caseNumber } = (await (await dispute(id)).json()) as { caseNumber: string };
    world.time.now += 1000;
    await resolve(caseNumber, "withdrawn");
    world.time.now += 1000;
    expect((await sign()).response.status).toBe(200);
    const row = (await list()).activities.find(({ transactionId, kind }) => transactionId === id && kind === "signed");
    expect(row).toMatchObject({ dispute: "withdrawn", disputedAt: null, caseNumber });
    expect((await list()).frozen).toBe(false);
    const again = await dispute(id);
    expect([again.status, ((await again.json()) as Row).code]).toEqual([409, "dispute_closed"]);
    expect((await list()).activities.map(({ kind }) => kind)).toContain("dispute_resolved");
  });

  test("confirmed: signing is free unless another case is open, and the mark stays for good", async () => {
    const first = await sign();
    world.time.now += 1000;
    const second = await sign();
    const cases = await Promise.all(
      [first, second].map(async ({ id }) => ((await (await dispute(id)).json()) as { caseNumber: string }).caseNumber),
    );
    await resolve(cases[0] ?? "", "confirmed");
    expect((await sign()).body.code).toBe("signing_frozen");
    await resolve(cases[1] ?? "", "confirmed");
    expect((await sign()).response.status).toBe(200);
    expect((await world.table.store.read(first.id))?.dispute?.state).toBe("confirmed");
    expect(await (await dispute(first.id)).json()).toMatchObject({ caseNumber: cases[0] });
    expect((await sign()).response.status).toBe(200);
  });

  test("a foreign page cannot say it for somebody", async () => {
    const { id } = await sign();
    const { cookie } = await session();
    const headers = { cookie, origin: "https://evil.example", "content-type": "application/json" };
    const answer = await world.send("people", "POST", "/v1/me/disputes", {
      headers,
      body: JSON.stringify({ transactionId: id }),
    });
    expect(answer.status).toBe(403);
    expect((await world.table.store.read(id))?.dispute).toBeUndefined();
  });

  test.each([{}, { transactionId: "x" }, { transactionId: 1 }, { transactionId: "A".repeat(22), extra: 1 }, [1]])(
    "a body that says %j is refused",
    async (body) => {
      const { headers } = await session();
      const answer = await world.send("people", "POST", "/v1/me/disputes", { headers, body: JSON.stringify(body) });
      expect(answer.status).toBe(400);
    },
  );
});
