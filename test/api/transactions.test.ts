import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatLog } from "../../lib/api/log.ts";
import { FAULTS } from "../../lib/text/faults.ts";
import { newRequest } from "../service/transactions.ts";
import { newApiWorld, type View } from "./world.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());

/** RFC 9457, in two languages, with a code from the catalogue and a word on whether anything was signed. */
async function expectProblem(response: Response, code: keyof typeof FAULTS): Promise<void> {
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem.code).toBe(code);
  expect(response.status).toBe(FAULTS[code].status);
  expect(problem).toMatchObject({ title: FAULTS[code].en, title_vi: FAULTS[code].vi, signed: false });
}

describe("POST /v1/transactions", () => {
  test("answers the commitment and the words that the person approves; nothing may cache it", async () => {
    const { request } = newRequest({ signerName: "Nguyễn Thị Thúy" });
    const response = await world.send("transactions", "POST", "/v1/transactions", world.json(request));
    expect(response.status).toBe(201);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const view = (await response.json()) as View;
    expect(view).toMatchObject({ id: request.id, state: "pending" });
    expect(view.commitment).toMatch(/^[\w-]{43}$/);
    expect(view.intentText).toContain("Nguyễn Thị Thúy");
    expect(JSON.stringify(view)).not.toContain(request.ownerHash);
  });

  test("the same request again is the same transaction; other content under its id is refused", async () => {
    const { request, view } = await world.create();
    const again = await world.send("transactions", "POST", "/v1/transactions", world.json(request));
    expect(await again.json()).toEqual(view);
    const other = { ...request, reason: "khác" };
    await expectProblem(
      await world.send("transactions", "POST", "/v1/transactions", world.json(other)),
      "transaction_conflict",
    );
  });

  test("a repeated creation of a signed transaction does not hand out the signature: that takes the owner secret", async () => {
    const { request, owner, view } = await world.create();
    const idToken = await world.token(view.commitment);
    await world.send("signing", "POST", `/v1/transactions/${view.id}/signature`, world.json({ idToken }, owner));
    const again = (await (
      await world.send("transactions", "POST", "/v1/transactions", world.json(request))
    ).json()) as View;
    expect(again.state).toBe("signed");
    expect(again.signatures).toBeUndefined();
  });

  test("an agency says where its documents are and where the way back leads; both are shown and neither is committed to", async () => {
    const { request } = newRequest();
    const [document] = request.documents;
    const prepared = {
      ...request,
      documents: [
        { ...document, url: "https://GIAYTO.example/to-khai.pdf" },
        { ...document, digest: randomBytes(32).toString("base64url") },
      ],
      returnUrl: "https://giayto.example/xong?ho-so=7",
    };
    const send = async (body: object) => world.send("transactions", "POST", "/v1/transactions", world.json(body));
    const view = (await (await send(prepared)).json()) as Record<string, unknown>;
    expect(view).toMatchObject({
      documentUrls: ["https://giayto.example/to-khai.pdf", null],
      returnUrl: prepared.returnUrl,
      preimage: { version: "motlan/commitment/v1", intent: { version: "1" } },
    });
    expect(JSON.stringify(view.preimage)).not.toContain("giayto.example");
    expect(await (await send(prepared)).json()).toEqual(view);
    await expectProblem(await send({ ...prepared, returnUrl: "https://giayto.example/" }), "transaction_conflict");
    await expectProblem(await send({ ...prepared, returnUrl: undefined }), "transaction_conflict");
    const elsewhere = [{ ...document, url: "https://giayto.example/khac.pdf" }, prepared.documents[1]];
    await expectProblem(await send({ ...prepared, documents: elsewhere }), "transaction_conflict");
  });

  test("addresses on other hosts, of other schemes, or made to mislead are refused", async () => {
    const { request } = newRequest();
    for (const url of [
      ...["https://evil.example/a.pdf", "http://giayto.example/a.pdf", "javascript:alert(1)", "data:application/pdf,x"],
      ...[
        "https://giayto.example@evil.example/",
        "blob:https://giayto.example/1",
        "/a.pdf",
        "https://giayto.example/#x",
      ],
    ])
      for (const changes of [{ documents: [{ ...request.documents[0], url }] }, { returnUrl: url }])
        await expectProblem(
          await world.send("transactions", "POST", "/v1/transactions", world.json({ ...request, ...changes })),
          "address_not_allowed",
        );
    for (const returnUrl of ["", 7, null, ["https://giayto.example/"]])
      await expectProblem(
        await world.send("transactions", "POST", "/v1/transactions", world.json({ ...request, returnUrl })),
        "request_malformed",
      );
  });

  test("the service says which hosts these are, for pages and their policy", async () => {
    const described = await world.send("trust", "GET", "/v1/service");
    expect(await described.json()).toMatchObject({
      documentOrigins: ["https://giayto.example", "http://localhost:8787"],
    });
  });

  test("names come out composed (NFC) whichever way they went in", async () => {
    const { view } = await world.create({ signerName: "Nguyễn Thị Thúy".normalize("NFD") });
    expect(view.intentText).toContain("Nguyễn Thị Thúy".normalize("NFC"));
  });

  const { request } = newRequest();
  const [document] = request.documents;
  test.each<[string, unknown]>([
    ["an empty object", {}],
    ["an array", []],
    ["null", null],
    ["an unknown member", { ...request, admin: true }],
    ["a short id", { ...request, id: "AAAA" }],
    ["an id with set unused bits", { ...request, id: `${"A".repeat(21)}B` }],
    ["no document", { ...request, documents: [] }],
    ["eleven documents", { ...request, documents: Array.from({ length: 11 }, () => document) }],
    ["one digest twice", { ...request, documents: [document, document] }],
    ["SHA-1", { ...request, documents: [{ ...document, alg: "SHA-1" }] }],
    [
      "a digest of 31 octets",
      { ...request, documents: [{ ...document, digest: randomBytes(31).toString("base64url") }] },
    ],
    ["a title with a line end", { ...request, documents: [{ ...document, title: "a\nb" }] }],
    ["a title that runs right to left", { ...request, documents: [{ ...document, title: "a\u202eb" }] }],
    ["a title of 10,000 characters", { ...request, documents: [{ ...document, title: "a".repeat(10_000) }] }],
    ["a blank name", { ...request, signerName: "  " }],
    ["a lone surrogate", { ...request, reason: "\ud800" }],
    ["a time to live of a day", { ...request, ttlSeconds: 86_400 }],
    ["a time to live in text", { ...request, ttlSeconds: "900" }],
    ["another language", { ...request, locale: "fr" }],
  ])("%s is malformed", async (_, body) => {
    await expectProblem(
      await world.send("transactions", "POST", "/v1/transactions", world.json(body)),
      "request_malformed",
    );
  });

  test.each<[string, RequestInit, keyof typeof FAULTS]>([
    ["no body", { headers: { "content-type": "application/json" } }, "request_malformed"],
    ["garbage", { body: "\u0000{", headers: { "content-type": "application/json" } }, "request_malformed"],
    [
      "not UTF-8",
      { body: new Uint8Array([0x22, 0xff, 0x22]), headers: { "content-type": "application/json" } },
      "request_malformed",
    ],
    [
      "a member twice",
      { body: '{"id":"a","id":"b"}', headers: { "content-type": "application/json" } },
      "request_malformed",
    ],
    [
      "100,000 brackets",
      { body: "[".repeat(30_000), headers: { "content-type": "application/json" } },
      "request_malformed",
    ],
    [
      "a form",
      { body: "id=a", headers: { "content-type": "application/x-www-form-urlencoded" } },
      "media_type_unsupported",
    ],
    ["no type", { body: new Uint8Array([0x7b, 0x7d]) }, "media_type_unsupported"],
  ])("%s", async (_, init, code) => {
    await expectProblem(await world.send("transactions", "POST", "/v1/transactions", init), code);
  });

  test("100 MB are refused before they are read", async () => {
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled++;
        if (pulled > 1600) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { body, duplex: "half", headers: { "content-type": "application/json" } } as RequestInit;
    await expectProblem(await world.send("transactions", "POST", "/v1/transactions", init), "request_too_large");
    expect(pulled).toBeLessThan(5);
  });

  test("any JSON at all gets a problem or a transaction, never a failure", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.jsonValue(), fc.record({ id: fc.string(), documents: fc.jsonValue() })),
        async (body) => {
          const response = await world.send("transactions", "POST", "/v1/transactions", world.json(body));
          expect(response.status).toBe(400);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe("GET and DELETE /v1/transactions/{id}", () => {
  test("a wrong secret, no secret and an unknown id answer alike", async () => {
    const { view } = await world.create();
    const wrong = { headers: { "motlan-owner-secret": randomBytes(32).toString("base64url") } };
    const answers = await Promise.all([
      world.send("transactions", "GET", `/v1/transactions/${view.id}`),
      world.send("transactions", "GET", `/v1/transactions/${view.id}`, wrong),
      world.send("transactions", "GET", `/v1/transactions/${randomBytes(16).toString("base64url")}`, wrong),
      world.send("transactions", "GET", "/v1/transactions/x", wrong),
    ]);
    for (const answer of answers) await expectProblem(answer, "transaction_not_found");
  });

  test("the owner reads it, declines it, and reads that it is declined", async () => {
    const { view, owner } = await world.create();
    const path = `/v1/transactions/${view.id}`;
    expect(await (await world.send("transactions", "GET", path, { headers: owner })).json()).toEqual(view);
    expect((await world.send("transactions", "DELETE", path)).status).toBe(404);
    expect((await world.send("transactions", "DELETE", path, { headers: owner })).status).toBe(204);
    expect((await world.send("transactions", "DELETE", path, { headers: owner })).status).toBe(204);
    const declined = (await (await world.send("transactions", "GET", path, { headers: owner })).json()) as View;
    expect(declined.state).toBe("declined");
  });

  test("what has expired says so", async () => {
    const { view, owner } = await world.create();
    world.time.now += 900_001;
    const response = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    expect(((await response.json()) as View).state).toBe("expired");
  });
});

describe("every door", () => {
  test("an unknown address is 404, a known one with another method is 405", async () => {
    await expectProblem(await world.send("transactions", "GET", "/v1/nothing"), "not_found");
    await expectProblem(await world.send("transactions", "PUT", "/v1/transactions"), "method_not_allowed");
  });

  test("an outage of the store is a 503 that can be tried again, and its details stay inside", async () => {
    const { view, owner } = await world.create();
    const { store } = world.ports;
    const { read } = store;
    const cause = new Error("secret endpoint 10.0.0.1");
    Object.assign(store, { read: () => Promise.reject(new (class extends Error {})("boom", { cause })) });
    const response = await world.send("transactions", "GET", `/v1/transactions/${view.id}`, { headers: owner });
    Object.assign(store, { read });
    expect(response.headers.get("retry-after")).not.toBeNull();
    const text = await response.clone().text();
    expect(text).not.toMatch(/boom|10\.0\.0\.1/);
    await expectProblem(response, "internal");
  });

  test("one line a request: no path, no header, no body, no message of an inner error", async () => {
    world.lines.length = 0;
    const { view, owner, request } = await world.create({ signerName: "Nguyễn Thị Thúy" });
    const idToken = await world.token(view.commitment, { acr: "1" });
    await world.send("signing", "POST", `/v1/transactions/${view.id}/signature`, world.json({ idToken }, owner));
    expect(world.lines.map(({ route, status, code }) => [route, status, code])).toEqual([
      ["transaction.create", 201, undefined],
      ["transaction.sign", 403, "assurance_too_low"],
    ]);
    const written = world.lines.map((line) => formatLog(line, 0)).join("\n");
    for (const secret of [idToken, view.id, owner["motlan-owner-secret"], request.ownerHash, "Thúy"])
      expect(written).not.toContain(secret);
  });
});
