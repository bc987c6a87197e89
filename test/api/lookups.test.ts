import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lookupCode, openingCode } from "../../lib/identity/lookup-code.ts";
import { openDispute, resolveDispute } from "../../lib/service/dispute-work.ts";
import { lookUp } from "../../lib/service/lookup.ts";
import type { Transaction, TransactionRequest } from "../../lib/service/transaction.ts";
import { newApiWorld } from "./world.ts";

const RUNS = process.env.SLOW ? 20_000 : 200;
const EVIL = `<script>alert(1)</script>"'&<img src=x onerror=y>`;

let world: Awaited<ReturnType<typeof newApiWorld>>;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());

/** Each by a person of their own: a dispute stops whoever reported it. */
let people = 0;
async function signed(
  changes: Partial<TransactionRequest> = {},
  claims: Record<string, unknown> = {},
): Promise<Transaction> {
  const made = await world.create(changes);
  const idToken = await world.token(made.view.commitment, { sub: `person-${people++}`, ...claims });
  const response = await world.send(
    "signing",
    "POST",
    `/v1/transactions/${made.view.id}/signature`,
    world.json({ idToken }, made.owner),
  );
  expect(response.status).toBe(200);
  return (await world.table.store.read(made.view.id)) as Transaction;
}

let caller = 0;
/** Each from an address of its own: the limit for an address has its own test. */
const from = (address = `192.0.2.${caller++ % 250}:${caller}`) => ({
  incoming: { socket: { remoteAddress: address } },
});
const get = (path: string, headers: Record<string, string> = {}, address?: string) =>
  world.send("lookups", "GET", path, { headers }, from(address));
const lookup = (code: string, opening?: string) =>
  get(`/v1/lookups/${encodeURIComponent(code)}`, opening === undefined ? {} : { "motlan-opening-code": opening });
const post = (form: Record<string, string>) =>
  world.send("lookups", "POST", "/tra-cuu", { body: new URLSearchParams(form) }, from());
const report = async (transaction: Transaction): Promise<string> => {
  const subject = transaction.result?.person.pseudonym ?? "";
  const ports = { ...world.ports, ...world.table };
  return (await openDispute(ports, { subject, transactionId: transaction.id })).caseNumber;
};
const resolve = (caseNumber: string, outcome: "confirmed" | "withdrawn") =>
  resolveDispute({ ...world.ports, ...world.table }, caseNumber, { outcome, by: "operator" });

describe("GET /v1/lookups/{code}", () => {
  test("shows that something was signed, when and under whom, and nothing about anybody", async () => {
    const title = "Đơn xin ly hôn";
    const transaction = await signed({
      documents: [{ alg: "SHA-256", digest: `${"q".repeat(42)}A`, title }],
      ...{ relyingParty: "Toà án nhân dân", reason: "Riêng tư" },
    });
    const response = await lookup(lookupCode(transaction.id));
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      code: lookupCode(transaction.id),
      signedAt: new Date(Math.max(...(transaction.result?.genTimes ?? []))).toISOString(),
      ...{ disputedAt: null, class: "OTHER_CONFIRMATION", demo: true, issuer: "Thử", assisted: null, documents: 1 },
    });
    const secrets = [title, "Toà án", "Nguyễn", transaction.id, transaction.result?.person.pseudonym ?? "?"];
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test("with the opening code shows signer, titles, digests and for whom", async () => {
    const transaction = await signed({ relyingParty: "UBND phường Bến Thành" });
    const answer = await (await lookup(lookupCode(transaction.id), openingCode(transaction.id))).json();
    expect(answer).toMatchObject({
      signer: "Nguyễn Thị Thúy",
      titles: ["Tờ khai đăng ký thường trú"],
      digests: transaction.preimage.documents.map(({ digest }) => digest),
      relyingParty: "UBND phường Bến Thành",
      identified: { method: "login", issuer: transaction.result?.person.issuer, level: "substantial" },
    });
  });

  test("takes both codes as people type them", async () => {
    const { id } = await signed();
    const typed = lookupCode(id)
      .toLowerCase()
      .replace(/(.{3})/g, "$1 – ");
    const answer = await lookup(
      typed,
      openingCode(id)
        .toLowerCase()
        .replace(/(.{3})/, "$1 "),
    );
    expect(await answer.json()).toMatchObject({ code: lookupCode(id), signer: "Nguyễn Thị Thúy" });
  });

  test("tells a mistyped code from one under which nothing was signed", async () => {
    const { id } = await signed();
    const code = lookupCode(id);
    const mistyped = (code.startsWith("2") ? "3" : "2") + code.slice(1);
    const open = await world.create();
    for (const [asked, status, name] of [
      [mistyped, 400, "lookup_code_malformed"],
      ["x", 400, "lookup_code_malformed"],
      [lookupCode("A".repeat(22)), 404, "lookup_not_found"],
      [lookupCode(open.view.id), 404, "lookup_not_found"],
    ] as const) {
      const response = await lookup(asked);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, name]);
    }
  });

  test("counts wrong opening codes for each code, from whatever address, and after ten refuses the right one as well", async () => {
    const { id } = await signed();
    const other = await signed();
    const wrong = openingCode(other.id);
    for (let times = 0; times < 10; times++) {
      const response = await lookup(lookupCode(id), wrong);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        403,
        "opening_code_wrong",
      ]);
    }
    const right = await lookup(lookupCode(id), openingCode(id));
    expect([right.status, ((await right.json()) as { code: string }).code]).toEqual([429, "opening_locked"]);
    // What needs no opening code, and other codes, go on.
    expect((await lookup(lookupCode(id))).status).toBe(200);
    expect((await lookup(lookupCode(other.id), openingCode(other.id))).status).toBe(200);
    world.time.now += 3_600_000;
    expect((await lookup(lookupCode(id), openingCode(id))).status).toBe(200);
  });

  test("any number of right opening codes is no guess, and a thousand wrong ones at once get ten looks", async () => {
    const { id } = await signed();
    for (let times = 0; times < 12; times++) expect((await lookup(lookupCode(id), openingCode(id))).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 40 }, () => lookup(lookupCode(id), "222222")));
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10);
  });

  test("any text as a code is a code or a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 80 }), async (text) => {
        if (/^\.{0,2}$/.test(text) || !text.isWellFormed()) return;
        expect([400, 404]).toContain((await lookup(text)).status);
      }),
      { numRuns: RUNS },
    );
  });

  test("an address gets thirty a minute", async () => {
    const statuses: number[] = [];
    for (let times = 0; times < 31; times++) statuses.push((await get("/v1/lookups/x", {}, "198.51.100.7")).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe("ids that were chosen to have one look-up code", () => {
  // Some 2^28 hashes find a pair, 2^55 one for a given code: here the index says so.
  const found = (all: readonly { readonly id: string }[], opening?: string) => {
    const codes = { find: async () => all.map(({ id }) => id) };
    const ports = { ...world.table, ...world.ports, codes };
    return lookUp(ports, lookupCode("A".repeat(22)), opening);
  };
  const bothWays = <T>([one, two]: readonly [T, T]): readonly (readonly [T, T])[] => [[one, two], [two, one]]; // biome-ignore format: rows

  test("what was never signed hides nothing", async () => {
    const transaction = await signed();
    const { view } = await world.create();
    for (const all of bothWays<{ readonly id: string }>([transaction, { id: view.id }]))
      expect(await found(all)).toMatchObject({ documents: 1 });
    await expect(found([{ id: view.id }])).rejects.toMatchObject({ code: "lookup_not_found" });
  });

  test("the earlier signature is shown, unless another is disputed; each opens by its own code", async () => {
    const early = await signed({ relyingParty: "Sớm" });
    world.time.now += 2_000;
    const late = await signed({ relyingParty: "Muộn" });
    const at = (transaction: Transaction) => new Date(Math.max(...(transaction.result?.genTimes ?? []))).toISOString();
    for (const all of bothWays([early, late])) {
      expect(await found(all)).toMatchObject({ signedAt: at(early), disputedAt: null });
      for (const one of all) {
        const { relyingParty } = one.preimage;
        expect(await found(all, openingCode(one.id))).toMatchObject({ relyingParty, signedAt: at(one) });
      }
    }
    await report(late);
    for (const all of bothWays([early, late]))
      expect(await found(all)).toMatchObject({ signedAt: at(late), disputedAt: expect.any(String) });
    await expect(found([early, late], "222222")).rejects.toMatchObject({ code: "opening_code_wrong" });
  });
});

describe("GET /v1/standings/{serial}", () => {
  const standing = (serial: string) => get(`/v1/standings/${serial}`);

  test("says of a certificate that signed whether its signer disputes it; a minute later everybody knows", async () => {
    const transaction = await signed();
    const serial = transaction.lease?.serial ?? "";
    const before = await standing(serial);
    const identified = { method: "login", issuer: transaction.result?.person.issuer, level: "substantial" };
    expect(await before.json()).toEqual({ serial, disputedAt: null, assistedBy: null, identified });
    expect(before.headers.get("cache-control")).toBe("public, max-age=60");
    const caseNumber = await report(transaction);
    const text = await (await standing(serial.toUpperCase())).text();
    expect(JSON.parse(text)).toEqual({ serial, disputedAt: expect.stringMatching(/Z$/), assistedBy: null, identified });
    expect(text).not.toContain(caseNumber);
    expect(await (await lookup(lookupCode(transaction.id))).json()).toMatchObject({
      disputedAt: expect.stringMatching(/Z$/),
    });
    await resolve(caseNumber, "withdrawn");
    expect(await (await standing(serial)).json()).toMatchObject({ disputedAt: null });
  });

  test("keeps saying so of a dispute that was confirmed", async () => {
    const transaction = await signed();
    await resolve(await report(transaction), "confirmed");
    expect(await (await standing(transaction.lease?.serial ?? "")).json()).toMatchObject({
      disputedAt: expect.stringMatching(/Z$/),
    });
  });

  test("knows nothing of other certificates, nor of one that was never used", async () => {
    const { view } = await world.create();
    const transaction = (await world.table.store.read(view.id)) as Transaction;
    const serial = "5".repeat(32);
    const times = { until: world.time.now + 20_000, notBefore: 0, notAfter: world.time.now };
    await world.table.store.claim(transaction, { token: "t", serial, ...times }, world.time.now);
    for (const asked of [serial, "0".repeat(32), "x", "0", "f".repeat(2000)]) {
      const response = await standing(asked);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        404,
        "standing_not_found",
      ]);
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });
});

describe("GET /tra-cuu", () => {
  test("asks for a code, answers it, and runs and loads nothing", async () => {
    const transaction = await signed({ relyingParty: "UBND phường Bến Thành" });
    const empty = await get("/tra-cuu");
    expect([empty.status, empty.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(empty.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await empty.text()).toContain("Mã tra cứu");
    const html = await (await get(`/tra-cuu?ma=${lookupCode(transaction.id)}`)).text();
    expect(html).toContain("Có một chữ ký dưới mã này.");
    expect(html).toContain("There is a signature under this code.");
    expect(html).toContain("(GMT+7)");
    expect(html).toContain("thử nghiệm");
    for (const secret of ["Nguyễn", "UBND", "Tờ khai", "Danh tính", transaction.id, openingCode(transaction.id)])
      expect(html).not.toContain(secret);
    expect(html).not.toMatch(/<script|<style|<link|\son\w+=|src=/i);
  });

  test("shows who signed what to whoever sends the opening code, which is in no address", async () => {
    const { id } = await signed({ relyingParty: "UBND phường Bến Thành" });
    const html = await (await post({ ma: lookupCode(id), mo: openingCode(id) })).text();
    for (const shown of [
      "Nguyễn Thị Thúy",
      "UBND phường Bến Thành",
      "Tờ khai đăng ký thường trú",
      "Danh tính: đăng nhập tại ",
    ])
      expect(html).toContain(shown);
    expect(html).not.toContain(openingCode(id));
    // In a query it opens nothing.
    const query = await (await get(`/tra-cuu?ma=${lookupCode(id)}&mo=${openingCode(id)}`)).text();
    expect(query).not.toContain("Nguyễn");
  });

  test("says in both languages what is wrong with a code, with what was typed to be corrected", async () => {
    const { id } = await signed();
    const mistyped = await get("/tra-cuu?ma=K7QF-29XM-8D4U");
    expect(mistyped.status).toBe(400);
    const html = await mistyped.text();
    expect(html).toContain("Mã tra cứu gõ chưa đúng");
    expect(html).toContain("mistyped");
    expect(html).toContain('value="K7QF-29XM-8D4U"');
    const wrong = await post({ ma: lookupCode(id), mo: "222222" });
    expect(wrong.status).toBe(403);
    expect(await wrong.text()).toContain("Có một chữ ký dưới mã này.");
  });

  test("shows a dispute", async () => {
    const transaction = await signed();
    await report(transaction);
    expect(await (await get(`/tra-cuu?ma=${lookupCode(transaction.id)}`)).text()).toContain("KHÔNG phải mình ký");
  });

  test("shows markup in codes, titles and names as text", async () => {
    const name = `Nguyễn ${EVIL}`;
    const { id } = await signed(
      { relyingParty: EVIL, documents: [{ alg: "SHA-256", digest: `${"r".repeat(42)}A`, title: EVIL }] },
      { name },
    );
    const opened = await (await post({ ma: lookupCode(id), mo: openingCode(id) })).text();
    expect(opened).toContain("&#60;script&#62;");
    const typed = await (await get(`/tra-cuu?ma=${encodeURIComponent(EVIL)}`)).text();
    for (const html of [opened, typed]) expect(html).not.toMatch(/<script|<img|onerror=y>/);
  });

  test.each([
    ["another kind of body", { body: "{}", headers: { "content-type": "application/json" } }, 415],
    [
      "octets that are no text",
      { body: Uint8Array.of(0xff, 0xfe), headers: { "content-type": "application/x-www-form-urlencoded" } },
      200,
    ],
    [
      "a body that is too large",
      { body: `ma=${"A".repeat(5000)}`, headers: { "content-type": "application/x-www-form-urlencoded" } },
      413,
    ],
  ] as const)("answers %s", async (_, init, status) => {
    expect((await world.send("lookups", "POST", "/tra-cuu", init, from())).status).toBe(status);
  });
});

test("neither code nor name is in any line of the log", async () => {
  world.lines.length = 0;
  const { id } = await signed();
  await lookup(lookupCode(id), openingCode(id));
  await post({ ma: lookupCode(id), mo: "222222" });
  const log = JSON.stringify(world.lines);
  for (const secret of [lookupCode(id), openingCode(id), id, "Nguyễn"]) expect(log).not.toContain(secret);
});
