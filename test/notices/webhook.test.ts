import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { notifierFor } from "../../lib/notices/notifier.ts";
import { webhookNotifier } from "../../lib/notices/webhook.ts";
import type { Notice } from "../../lib/service/notifier.ts";

const NOTICE: Notice = {
  id: "msg_AAAAAAAAAAAAAAAAAAAAAA",
  at: Date.UTC(2026, 10, 25, 3, 15, 0),
  kind: "signed",
  subject: "KM:VN-0000000000000000000000000000000000000000",
};
const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString("base64")}`;
const NOW = Date.UTC(2026, 10, 25, 3, 15, 1, 500);

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };
let server: Server;
let received: Received[];
let answer: (respond: (status: number, headers?: Record<string, string>) => void) => void;
let url: string;
beforeEach(async () => {
  received = [];
  answer = (respond) => respond(204);
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
      answer((status, headers = {}) => response.writeHead(status, headers).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const notifier = (secret: string | undefined = SECRET) =>
  webhookNotifier({ url, secret: async () => secret, clock: () => NOW });

/** What a receiver does by the specification of Standard Webhooks, with nothing of ours. */
function verifies({ headers, body }: Received, key: Uint8Array): boolean {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

test("a notice arrives signed as Standard Webhooks has it, and another key does not verify it", async () => {
  await notifier().notify(NOTICE);
  const [one] = received;
  if (one === undefined) throw new Error("nothing arrived");
  expect(one.headers).toMatchObject({
    "content-type": "application/json",
    "webhook-id": NOTICE.id,
    "webhook-timestamp": String(Math.floor(NOW / 1000)),
  });
  expect(verifies(one, KEY)).toBe(true);
  expect(verifies(one, randomBytes(32))).toBe(false);
  expect(verifies({ ...one, body: `${one.body} ` }, KEY)).toBe(false);
});

test("a notice says what happened to which pseudonym, and nothing else", async () => {
  await notifier().notify(NOTICE);
  expect(JSON.parse(received[0]?.body ?? "")).toEqual({
    type: "activity.signed",
    timestamp: "2026-11-25T03:15:00.000Z",
    data: { subject: NOTICE.subject },
  });
});

test.each([400, 404, 410, 500, 503])("an answer of %i is a failure", async (status) => {
  answer = (respond) => respond(status);
  await expect(notifier().notify(NOTICE)).rejects.toThrow(String(status));
});

test("a redirect is not followed", async () => {
  answer = (respond) => respond(307, { location: "http://127.0.0.1:1/elsewhere" });
  await expect(notifier().notify(NOTICE)).rejects.toThrow();
  expect(received).toHaveLength(1);
});

test("a receiver that says nothing is given up after a second and a half", async () => {
  answer = () => {};
  const started = performance.now();
  await expect(notifier().notify(NOTICE)).rejects.toThrow();
  expect(performance.now() - started).toBeLessThan(3_000);
});

test.each([
  undefined,
  "",
  "secret",
  "whsec_",
  "whsec_###",
  `whsec_${Buffer.alloc(23).toString("base64")}`,
  `whsec_${Buffer.alloc(65).toString("base64")}`,
])("with %s for a secret nothing is sent", async (secret) => {
  await expect(webhookNotifier({ url, secret: async () => secret, clock: () => NOW }).notify(NOTICE)).rejects.toThrow(
    "whsec_",
  );
  expect(received).toEqual([]);
});

test("a secret with a line end behind it is the secret", async () => {
  await notifier(`${SECRET}\n`).notify(NOTICE);
  expect(verifies(received[0] as Received, KEY)).toBe(true);
});

test.each([
  "http://agency.example/x",
  "ftp://agency.example",
  "https://user:pw@agency.example/x",
  "agency.example",
  "file:///etc/passwd",
  "",
])("%s is no address to send notices to: the function does not start", (address) => {
  expect(() => webhookNotifier({ url: address, secret: async () => SECRET, clock: () => NOW })).toThrow(TypeError);
});

test("on one machine notices are lines of a file that nobody else reads; without either they go nowhere", async () => {
  const folder = mkdtempSync(join(tmpdir(), "motlan-notices-"));
  try {
    const file = join(folder, "notices.jsonl");
    const secret = async () => undefined;
    const outbox = notifierFor({ noticeUrl: undefined, noticeOutbox: file }, secret, () => NOW);
    await outbox.notify(NOTICE);
    await outbox.notify({ ...NOTICE, id: "msg_2", kind: "failed" });
    const lines = readFileSync(file, "utf8").trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      "activity.signed",
      "activity.failed",
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
    await notifierFor({ noticeUrl: undefined, noticeOutbox: undefined }, secret, () => NOW).notify(NOTICE);
    await notifierFor(
      { noticeUrl: url, noticeOutbox: file },
      async () => SECRET,
      () => NOW,
    ).notify(NOTICE);
    expect(received).toHaveLength(1);
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
