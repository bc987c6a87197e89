import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fromUtf8 } from "../../lib/bytes/bytes.ts";
import { Fault } from "../../lib/fault/fault.ts";
import type { VerifierQuestion } from "../../lib/service/verifier.ts";
import { parseTrustProfile } from "../../lib/trust/profile.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { newApiWorld } from "./world.ts";

const PATH = "/v1/verifications";
const PDF = fromUtf8("%PDF-1.7 whatever");
const ANSWER = {
  schema: "urn:motlan:verification:1",
  verdict: "INVALID",
  at: "2027-01-15T03:00:00.000Z",
  policy: "p",
  document: { size: 17, revisions: 1 },
  signatures: [],
  documentTimestamps: [],
  findings: [{ code: "x", severity: "error", vi: "CCCD:001099012345", en: "number 001099012345." }],
} as const satisfies Verification;

let world: Awaited<ReturnType<typeof newApiWorld>>;
let asked: VerifierQuestion[];
let caller = 0;
beforeAll(async () => {
  world = await newApiWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  asked = [];
  caller++;
  world.judge.verify = async (question) => {
    asked.push(question);
    return { verification: ANSWER };
  };
});

const from = (address: string) => ({ event: { requestContext: { http: { sourceIp: address } } } });
const post = (body: BodyInit | null, headers: Record<string, string> = {}, query = "", address = `192.0.2.${caller}`) =>
  world.send(
    "verification",
    "POST",
    PATH + query,
    { body, headers: { "content-type": "application/pdf", ...headers } },
    from(address),
  );

describe("POST /v1/verifications", () => {
  test("answers 200 whatever the verdict, without a login, and asks about exactly the octets that came", async () => {
    const response = await post(PDF);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ verdict: "INVALID", policy: "p" });
    expect(asked[0]?.pdf).toEqual(PDF);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("trusts what the service is configured to trust, the service's own root, and nothing that a request says", async () => {
    await post(PDF, { "motlan-trust": "x" }, "?trust=https://evil.test/root.cer&anchors=x&crl=x");
    const anchors = parseTrustProfile(asked[0]?.profile ?? "");
    expect(anchors).toHaveLength(1);
    expect(anchors[0]?.certificate.raw).toEqual(world.pki.root.raw);
    expect(anchors[0]).toMatchObject({
      test: true,
      class: "OTHER_CONFIRMATION",
      source: "http://localhost:8787/pki/root.cer",
    });
  });

  test("judges as of now, or of the moment that is asked for", async () => {
    const now = world.ports.clock();
    await post(PDF);
    for (const query of [
      "?at=2026-01-02T03:04:05Z",
      "?at=2026-01-02T10:04:05%2B07:00",
      "?at=2026-01-02T10:04:05+07:00",
      "?at=1767323045",
    ])
      await post(PDF, {}, query);
    const [first, ...rest] = asked.map(({ at }) => at);
    expect(Math.abs((first ?? 0) - now)).toBeLessThan(1000);
    expect(new Set(rest)).toEqual(new Set([Date.UTC(2026, 0, 2, 3, 4, 5)]));
    for (const query of ["?at=yesterday", "?at=2026-02-30", "?at=2999-01-01T00:00:00Z", "?at="]) {
      const response = await post(PDF, {}, query);
      expect(response.status, query).toBe(400);
      expect(await response.json()).toMatchObject({ code: "request_malformed" });
    }
  });

  test("covers the numbers of people, whom the answer is not for", async () => {
    const text = await (await post(PDF)).text();
    expect(text).not.toContain("001099012345");
    expect(text).toContain("CCCD:*********345");
  });

  test("takes PDF or plain octets, and nothing else", async () => {
    for (const type of ["application/pdf", "application/octet-stream", "application/PDF; x=y"])
      expect((await post(PDF, { "content-type": type })).status, type).toBe(200);
    for (const type of ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
      expect((await post(PDF, { "content-type": type })).status, type).toBe(415);
    expect((await post(new Uint8Array(0))).status).toBe(400);
  });

  test("a file that cannot be read is a problem with its code, which does not speak of signing", async () => {
    for (const [code, status] of [
      ["pdf_encrypted", 422],
      ["pdf_invalid", 422],
      ["time_limit", 422],
      ["memory_limit", 422],
    ] as const) {
      world.judge.verify = async () => {
        throw new Fault(code, "x");
      };
      const response = await post(PDF);
      expect(response.status).toBe(status);
      const problem = (await response.json()) as { title: string; title_vi: string; code: string };
      expect(problem.code).toBe(code);
      expect(problem.title + problem.title_vi).not.toMatch(/signed\.|được ký\./);
    }
  });

  test("a body above the limit is refused, read no further than that; a platform that allows more says so", async () => {
    const response = await post(new Uint8Array(4_500_001));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "request_too_large" });
    expect(asked).toEqual([]);
  });

  test("nothing about the file is logged", async () => {
    world.lines.length = 0;
    await post(PDF, {}, "?at=2026-01-02T03:04:05Z");
    expect(world.lines).toHaveLength(1);
    // The id of a request is random.
    const lines = world.lines.map(({ requestId: _, ...line }) => line);
    expect(JSON.stringify(lines)).not.toMatch(/PDF|2026|192\.0|INVALID|17/);
    expect(Object.keys(world.lines[0] ?? {}).sort()).toEqual(["level", "milliseconds", "requestId", "route", "status"]);
  });

  test("one address may ask twenty times a minute, however many others ask", async () => {
    const answers = [];
    for (let i = 0; i < 21; i++)
      answers.push(await post(PDF, { "x-forwarded-for": `203.0.113.${i}` }, "", "198.51.100.1"));
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    expect(answers[0]?.headers.get("ratelimit-limit")).toBe("20");
    expect(answers[0]?.headers.get("ratelimit-remaining")).toBe("19");
    const refused = answers[20];
    expect(await refused?.json()).toMatchObject({ code: "rate_limited", retry: true });
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await post(PDF, {}, "", "198.51.100.2")).status).toBe(200);
    expect(asked).toHaveLength(21);
  });
});

test("GET /v1/trust lists every anchor: whom, for what, by which source (R3), and its certificate", async () => {
  const response = await world.send("trust", "GET", "/v1/trust");
  expect(response.status).toBe(200);
  const { anchors } = (await response.json()) as { anchors: readonly unknown[] };
  expect(anchors).toEqual([
    expect.objectContaining({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      class: "OTHER_CONFIRMATION",
      test: true,
      uses: ["signature", "timestamp"],
      source: "http://localhost:8787/pki/root.cer",
      certificate: expect.stringMatching(/^MII[A-Za-z0-9+/]+=*$/),
    }),
  ]);
});

test("GET /v1/service says how large a file may be that is sent to be verified", async () => {
  const response = await world.send("trust", "GET", "/v1/service");
  expect(await response.json()).toMatchObject({ verificationLimit: 4_500_000 });
});
