import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  DisableKeyCommand,
  EnableKeyCommand,
  type KMSClient,
  type KMSClientConfig,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kmsMac, kmsPublicKey, kmsSigner } from "../../lib/aws/kms.ts";
import { kmsClient } from "../../lib/aws/kms-client.ts";
import { ensureKmsKey } from "../../lib/aws/kms-create.ts";
import { toBase64 } from "../../lib/bytes/base64.ts";
import { fromHex } from "../../lib/bytes/hex.ts";
import { LOCAL_REGION, localCredentials } from "../../lib/local/credentials.ts";
import { startKmsEndpoint } from "../../lib/local/kms-endpoint.ts";
import type { Running } from "../../lib/local/loopback.ts";
import { scratch } from "../local/directory.ts";
import { macContract } from "../ports/mac.ts";
import { signerContract } from "../ports/signer.ts";

const directory = scratch();
const credentials = localCredentials(join(directory, "credentials.json"));
const clients: KMSClient[] = [];
let kms: Running;
let client: KMSClient;
let spki: Uint8Array;

function clientFor(endpoint: string, overrides: KMSClientConfig = {}): KMSClient {
  const made = kmsClient({ endpoint, region: LOCAL_REGION, credentials, ...overrides });
  clients.push(made);
  return made;
}

beforeAll(async () => {
  kms = await startKmsEndpoint({ file: join(directory, "kms.json"), credentials });
  client = clientFor(kms.url);
  await ensureKmsKey(client, "alias/test-tsa", "signing");
  await ensureKmsKey(client, "alias/test-pairwise", "mac");
  await ensureKmsKey(client, "alias/test-other", "mac");
  spki = await kmsPublicKey(client, "alias/test-tsa");
});

afterAll(async () => {
  for (const made of clients) made.destroy();
  await kms.close();
});

describe("a key in KMS is a Signer", () => {
  signerContract(() => ({ signer: kmsSigner(client, "alias/test-tsa"), spki }));
});

describe("a key in KMS is a Mac", () => {
  macContract(() => ({ mac: kmsMac(client, "alias/test-pairwise"), other: kmsMac(client, "alias/test-other") }));
});

const unavailable = expect.objectContaining({ name: "Fault", code: "key_unavailable" });

describe("a key that cannot be used is key_unavailable", () => {
  const message = Uint8Array.of(1);

  test("while it is disabled, and works again once enabled", async () => {
    const arn = await ensureKmsKey(client, "alias/test-disabled", "signing");
    await client.send(new DisableKeyCommand({ KeyId: arn }));
    await expect(kmsSigner(client, "alias/test-disabled").sign(message)).rejects.toThrow(unavailable);
    await expect(kmsPublicKey(client, "alias/test-disabled")).rejects.toThrow(unavailable);
    await client.send(new EnableKeyCommand({ KeyId: arn }));
    expect(await kmsSigner(client, "alias/test-disabled").sign(message)).toBeInstanceOf(Uint8Array);
  });

  test("once its deletion is scheduled", async () => {
    const arn = await ensureKmsKey(client, "alias/test-going", "mac");
    await client.send(new ScheduleKeyDeletionCommand({ KeyId: arn, PendingWindowInDays: 7 }));
    await expect(kmsMac(client, "alias/test-going").mac(message)).rejects.toThrow(unavailable);
  });

  test("where there is none, where it is of another kind, and where the caller has no access", async () => {
    await expect(kmsSigner(client, "alias/nobody").sign(message)).rejects.toThrow(unavailable);
    await expect(kmsSigner(client, "alias/test-pairwise").sign(message)).rejects.toThrow(unavailable);
    await expect(kmsMac(client, "alias/test-tsa").mac(message)).rejects.toThrow(unavailable);
    await expect(kmsPublicKey(client, "alias/test-pairwise")).rejects.toThrow(unavailable);
    const stranger = clientFor(kms.url, { credentials: { accessKeyId: "LOCALSTRANGER", secretAccessKey: "x" } });
    await expect(kmsSigner(stranger, "alias/test-tsa").sign(message)).rejects.toThrow(unavailable);
  });

  test("within seconds when nothing listens", async () => {
    const started = performance.now();
    const nowhere = clientFor(`http://127.0.0.1:${await closedPort()}`);
    const failure = await kmsSigner(nowhere, "alias/test-tsa")
      .sign(message)
      .catch((error: unknown) => error);
    expect(failure).toEqual(unavailable);
    expect((failure as Error).message).toBe("KMS Sign failed: ECONNREFUSED");
    expect((failure as Error).cause).toMatchObject({ code: "ECONNREFUSED" });
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

/** An endpoint that answers as told, and counts. */
async function stub(answer: (call: number) => { status: number; body: string } | "silence") {
  let calls = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const told = answer(++calls);
      if (told === "silence") return;
      response.writeHead(told.status, { "Content-Type": "application/x-amz-json-1.1" });
      response.end(told.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, calls: () => calls, close };
}

async function closedPort(): Promise<number> {
  const { url, close } = await stub(() => "silence");
  close();
  return Number(new URL(url).port);
}

const signed = (hex: string) => ({
  status: 200,
  body: JSON.stringify({ Signature: toBase64(fromHex(hex) as Uint8Array) }),
});
const refused = (type: string) => ({ status: 400, body: JSON.stringify({ __type: type, message: "Rate exceeded" }) });

describe("the adapter against a KMS that behaves badly", () => {
  test.concurrent("throttling is tried again and then goes unnoticed", async () => {
    const endpoint = await stub((call) => (call < 3 ? refused("ThrottlingException") : signed("3006020101020102")));
    expect(await kmsSigner(clientFor(endpoint.url), "alias/x").sign(Uint8Array.of(1))).toHaveLength(8);
    expect(endpoint.calls()).toBe(3);
    endpoint.close();
  });

  test.concurrent("throttling that goes on is key_unavailable after three attempts", async () => {
    const endpoint = await stub(() => refused("ThrottlingException"));
    const failure = await kmsSigner(clientFor(endpoint.url), "alias/x")
      .sign(Uint8Array.of(1))
      .catch((error: unknown) => error);
    expect(failure).toEqual(unavailable);
    expect((failure as Error).message).toBe("KMS Sign failed: ThrottlingException");
    expect(endpoint.calls()).toBe(3);
    endpoint.close();
  });

  test.concurrent("silence is key_unavailable within seconds", async () => {
    const endpoint = await stub(() => "silence");
    const started = performance.now();
    await expect(kmsSigner(clientFor(endpoint.url), "alias/x").sign(Uint8Array.of(1))).rejects.toThrow(unavailable);
    expect(performance.now() - started).toBeLessThan(9_000);
    endpoint.close();
  });

  test.each([
    ["nothing", ""],
    ["raw r || s", "01".repeat(64)],
    ["a number too many", "3009020101020102020103"],
    ["a number too few", "3003020101"],
    ["octets behind it", "300602010102010200"],
    ["zero", "3006020100020102"],
    ["a negative number", "30060201ff020102"],
    ["padding", "300702020001020102"],
    [
      "a number that is the group order",
      `3026022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551020102`,
    ],
  ])("an answer that is %s is never passed on as a signature", async (_, hex) => {
    const endpoint = await stub(() => (hex === "" ? { status: 200, body: "{}" } : signed(hex)));
    await expect(kmsSigner(clientFor(endpoint.url), "alias/x").sign(Uint8Array.of(1))).rejects.toThrow(unavailable);
    endpoint.close();
  });

  test("a MAC of another length, or none, is never passed on", async () => {
    for (const body of ["{}", JSON.stringify({ Mac: toBase64(new Uint8Array(20)) })]) {
      const endpoint = await stub(() => ({ status: 200, body }));
      await expect(kmsMac(clientFor(endpoint.url), "alias/x").mac(Uint8Array.of(1))).rejects.toThrow(unavailable);
      await expect(kmsPublicKey(clientFor(endpoint.url), "alias/x")).rejects.toThrow(unavailable);
      endpoint.close();
    }
  });
});

describe("ensureKmsKey", () => {
  test("makes a key once and finds it afterwards", async () => {
    const first = await ensureKmsKey(client, "alias/test-once", "signing");
    expect(first).toMatch(/^arn:aws:kms:/);
    expect(await ensureKmsKey(client, "alias/test-once", "signing")).toBe(first);
  });

  test("asked five times at once it leaves one key under the alias, and all five callers agree", async () => {
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => ensureKmsKey(client, "alias/test-race", "signing")));
    expect(new Set(made).size).toBe(1);
    const { Aliases = [] } = await client.send(new ListAliasesCommand({}));
    expect(Aliases.filter(({ AliasName }) => AliasName === "alias/test-race")).toHaveLength(1);
  });

  test("refuses an alias of another kind", async () => {
    await expect(ensureKmsKey(client, "alias/test-tsa", "mac")).rejects.toThrow("not a mac key");
  });
});
