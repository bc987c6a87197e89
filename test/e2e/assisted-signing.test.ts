import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personaLogin } from "../../bin/motlan/persona-login.ts";
import { agree } from "../../lib/assist/agree.ts";
import { readHandover, writeHandover } from "../../lib/assist/handover.ts";
import { keyHash, matchNumber } from "../../lib/assist/keys.ts";
import { openParts, sealParts } from "../../lib/assist/seal.ts";
import { fromBase64Url, toBase64Url } from "../../lib/bytes/base64.ts";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { newPair } from "../assist/keys.ts";
import { type Service, startService } from "./service.ts";

// The running service and its demo people: an officer at a counter, a citizen with a phone, what each browser does done here.

const UNIT = "Uỷ ban nhân dân phường Thử Nghiệm (DEMO)";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

type Headers = Readonly<Record<string, string>>;
type Json = { readonly [member: string]: unknown };

async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(service.url + path, { method, redirect: "manual", ...init });
}

async function call(method: string, path: string, headers: Headers, body?: unknown): Promise<Json> {
  const response = await send(method, path, {
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === "" ? {} : JSON.parse(text)) as Json;
}

/** Logs a demo person in to the officers' page, as the page does. @returns what their browser sends from then on */
async function logIn(persona: string): Promise<Headers> {
  const own = { origin: service.url, "content-type": "application/json" };
  const opened = await send("POST", "/v1/session", { headers: own, body: JSON.stringify({ returnTo: "/ho-tro" }) });
  const pending = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  const left = await send("GET", "/v1/session/authorize?provider=0", { headers: { cookie: pending } });
  const callback = `${service.url}/v1/oidc/session`;
  const back = await personaLogin(left.headers.get("location") ?? "", persona, callback);
  const returned = await fetch(back, { redirect: "manual", headers: { cookie: pending } });
  expect(returned.headers.get("location")).toBe("/ho-tro");
  return { ...own, cookie: returned.headers.get("set-cookie")?.split(";")[0] ?? "" };
}

const octets = (text: unknown): Bytes => fromBase64Url(String(text)) as Bytes;

/** The officer opens, the citizen scans the QR code or types the six digits, both exchange keys, and the document goes over. */
async function helpWith(officer: Headers, pdf: Uint8Array, by: "qr" | "code") {
  const officers = await newPair();
  const opened = await call("POST", "/v1/assistances", officer, {
    mode: "phone",
    reason: "low_vision",
    procedure: "1.004222 Đăng ký thường trú",
    caseRef: "H00.1-261125-0007",
    officerKeyHash: toBase64Url(keyHash(officers.publicKey)),
  });
  const path = `/v1/assistances/${opened.id}`;
  const citizens = await newPair();
  const how = by === "qr" ? { secret: opened.pairingSecret } : { code: opened.pairingCode };
  const joined = await call("POST", "/v1/pairings", {}, { ...how, citizenKey: toBase64Url(citizens.publicKey) });
  const citizen = { "motlan-citizen-token": String(joined.citizenToken) };
  const seen = await call("GET", path, officer);
  expect(octets(seen.citizenKey)).toEqual(citizens.publicKey);
  await call("POST", `${path}/officer-key`, officer, { officerKey: toBase64Url(officers.publicKey) });
  const shown = await call("GET", path, citizen);
  expect(shown).toMatchObject({ officerName: "LÊ HOÀNG DŨNG", unit: UNIT, state: "paired" });
  expect(toBase64Url(keyHash(octets(shown.officerKey)))).toBe(joined.officerKeyHash);
  // Both say the number aloud.
  expect(matchNumber(octets(shown.officerKey), citizens.publicKey)).toBe(
    matchNumber(officers.publicKey, octets(seen.citizenKey)),
  );
  const keys = { officerKey: officers.publicKey, citizenKey: citizens.publicKey, id: String(opened.id) };
  const sealing = await agree({ ...keys, privateKey: officers.privateKey, side: "officer" });
  const handed = writeHandover({ documents: [{ title: "Tờ khai", fileName: "to-khai.pdf", pdf }] });
  const parts = await sealParts(sealing, handed);
  for (const [number, part] of parts.entries()) {
    const headers = {
      ...officer,
      "content-type": "application/octet-stream",
      "motlan-part-count": String(parts.length),
    };
    expect((await send("POST", `${path}/parts/${number}`, { headers, body: part })).status).toBe(204);
  }
  const fetched: Bytes[] = [];
  for (let count = 1; fetched.length < count; ) {
    const answer = await send("GET", `${path}/parts/${fetched.length}`, { headers: citizen });
    count = Number(answer.headers.get("motlan-part-count"));
    fetched.push(new Uint8Array(await answer.arrayBuffer()));
  }
  const opening = await agree({ ...keys, privateKey: citizens.privateKey, side: "citizen" });
  const received = readHandover(await openParts(opening, fetched));
  return { id: String(opened.id), path, citizen, received, relayed: Buffer.concat(fetched) };
}

/** The citizen's page: creates the transaction within the assistance, approves, goes to the provider as `persona` and comes back. */
async function signAs(persona: string, assistance: string, citizen: Headers, pdf: Uint8Array) {
  const secret = randomBytes(32);
  const owner = { "motlan-owner-secret": secret.toString("base64url") };
  const body = {
    id: randomBytes(16).toString("base64url"),
    ownerHash: createHash("sha256").update(secret).digest("base64url"),
    documents: [{ alg: "SHA-256", digest: createHash("sha256").update(pdf).digest("base64url"), title: "Tờ khai" }],
    assistance,
  };
  const view = await call("POST", "/v1/transactions", citizen, body);
  const path = `/v1/transactions/${view.id}`;
  const { sha256 } = (view.preimage as { intent: { sha256: string } }).intent;
  const approval = await send("POST", `${path}/approval`, {
    headers: { "content-type": "application/json", ...owner },
    body: JSON.stringify({ commitment: view.commitment, intentSha256: sha256 }),
  });
  const cookie = approval.headers.get("set-cookie")?.split(";")[0] ?? "";
  const left = await send("GET", `${path}/authorize`, { headers: { cookie } });
  const back = await personaLogin(left.headers.get("location") ?? "", persona, `${service.url}/v1/oidc/callback`);
  const returned = await fetch(back, { redirect: "manual", headers: { cookie } });
  return { view, to: returned.headers.get("location"), read: () => call("GET", path, owner) };
}

describe("a ward officer helps a citizen who signs on their own phone", () => {
  const pdf = new Uint8Array(randomBytes(400_000));

  for (const by of ["qr", "code"] as const)
    test(`paired by ${by}: the document arrives unread, the citizen signs, and the proof and every verifier name the unit`, async () => {
      const officer = await logIn("dung");
      const { id, path, citizen, received, relayed } = await helpWith(officer, pdf, by);
      expect(Buffer.compare(received.documents[0]?.pdf ?? new Uint8Array(0), pdf)).toBe(0);
      expect(relayed.length).toBeGreaterThan(pdf.length);
      // What the service had in hand shows no run of the document's octets.
      expect(relayed.includes(Buffer.from(pdf.subarray(1000, 1016)))).toBe(false);

      await call("POST", `${path}/status`, citizen, { code: "reading", page: 2, pages: 3 });
      expect((await call("GET", path, officer)).status).toMatchObject({ code: "reading", page: 2, pages: 3 });

      const { view, to, read } = await signAs("an", id, citizen, pdf);
      expect(view.intentText).toContain(`Khi ký, tôi có cán bộ ${UNIT} hỗ trợ.`);
      expect(to).toBe(`/ky#${view.id}`);
      await call("POST", `${path}/status`, citizen, { code: "signed" });

      const signed = await read();
      const proof = signed.proof as {
        readonly preimage: { readonly version: string; readonly assistance: unknown };
        readonly person: { readonly pseudonym: string };
        readonly certificates: readonly string[];
      };
      expect(proof.preimage).toMatchObject({
        version: "motlan/commitment/v2",
        intent: { version: "2" },
        assistance: { unit: UNIT, unitCode: "H00.DEMO.001", mode: "phone", reason: "low_vision" },
      });
      expect((proof.preimage.assistance as { officer: string }).officer).not.toBe(proof.person.pseudonym);
      expect(JSON.stringify(proof)).not.toContain("LÊ HOÀNG DŨNG");

      const serial = Buffer.from(parseCertificate(octets(proof.certificates[0])).serial).toString("hex");
      expect(await call("GET", `/v1/standings/${serial}`, {})).toMatchObject({ assistedBy: { unit: UNIT } });
      const seen = await call("GET", path, officer);
      expect(seen).toMatchObject({
        status: { code: "signed" },
        lookupCode: expect.stringMatching(/^\w{4}-\w{4}-\w{4}$/),
      });
      expect(JSON.stringify(seen)).not.toContain(String(view.id));
      const found = await call("GET", `/v1/lookups/${String(seen.lookupCode)}`, {});
      expect(found).toMatchObject({ assisted: { unit: UNIT } });
    });

  test("the officer who helps cannot be the one who signs: nothing is signed", async () => {
    const officer = await logIn("dung");
    const { id, citizen } = await helpWith(officer, pdf.subarray(0, 1000), "qr");
    const { view, to, read } = await signAs("dung", id, citizen, pdf.subarray(0, 1000));
    expect(to).toBe(`/ky#${view.id}!officer_is_signer`);
    expect(await read()).toMatchObject({ state: "pending" });
    expect(await read()).not.toHaveProperty("signatures");
  });

  test("nothing is signed after the officer has ended it", async () => {
    const officer = await logIn("dung");
    const { id, path, citizen } = await helpWith(officer, pdf.subarray(0, 1000), "qr");
    await call("POST", `${path}/end`, officer);
    await expect(signAs("an", id, citizen, pdf.subarray(0, 1000))).rejects.toThrow("assistance_ended");
  });

  test("a citizen is no officer, and a supervisor sees the unit's day and allows more", async () => {
    const citizen = await logIn("an");
    const refused = await send("GET", "/v1/assistances", { headers: citizen });
    expect(await refused.json()).toMatchObject({ code: "officer_required" });
    const supervisor = await logIn("hanh");
    const { officers, unit } = (await call("GET", "/v1/assistances", supervisor)) as unknown as {
      readonly unit: string;
      readonly officers: readonly { readonly officer: string; readonly officerName: string; readonly signed: number }[];
    };
    expect(unit).toBe(UNIT);
    expect(officers).toMatchObject([{ officerName: "LÊ HOÀNG DŨNG", sessions: 4, signed: 2, allowed: 40 }]);
    const raised = await call("POST", "/v1/assistances/caps", supervisor, { officer: officers[0]?.officer, more: 5 });
    expect(raised).toMatchObject({ count: 4, allowed: 45 });
  });
});
