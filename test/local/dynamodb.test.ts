import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, describe, expect, test } from "vitest";
import { LOCAL_REGION, localCredentials } from "../../lib/local/credentials.ts";
import { startDynamoDb } from "../../lib/local/dynamodb.ts";
import { scratch } from "./directory.ts";

const directory = scratch();
const credentialsFile = join(directory, "credentials.json");
const credentials = localCredentials(credentialsFile);

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function start(name: string, port?: number) {
  const running = await startDynamoDb({ directory: join(directory, name), credentials, ...(port ? { port } : {}) });
  cleanUp.push(() => running.close());
  return running;
}

function clientFor(endpoint: string, maxAttempts = 1): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials, maxAttempts });
  cleanUp.push(() => client.destroy());
  return client;
}

const createTable = new CreateTableCommand({
  TableName: "table",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
});
/** A table that is still being made refuses writes. */
async function makeTable(client: DynamoDBClient): Promise<void> {
  await client.send(createTable);
  const status = async () => (await client.send(new DescribeTableCommand({ TableName: "table" }))).Table?.TableStatus;
  while ((await status()) !== "ACTIVE") await new Promise((resolve) => setTimeout(resolve, 5));
}
const put = (pk: string) => new PutItemCommand({ TableName: "table", Item: { pk: { S: pk }, name: { S: "Thuý" } } });
const get = (pk: string) => new GetItemCommand({ TableName: "table", Key: { pk: { S: pk } }, ConsistentRead: true });

/** A well-formed request that the SDK would never send. */
function send(url: string, body: string, headers: Record<string, string> = {}) {
  const Authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261125/${LOCAL_REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;
  return fetch(url, {
    method: "POST",
    headers: {
      Authorization,
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Date": "20261125T000000Z",
      "X-Amz-Target": "DynamoDB_20120810.ListTables",
      ...headers,
    },
    body,
  });
}

describe("the embedded DynamoDB", () => {
  test("a table is usable at once, and its items are there after a restart", async () => {
    const first = await start("restart");
    const client = clientFor(first.url);
    await makeTable(client);
    await client.send(put("a"));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "table" }));
    expect(Table?.TableStatus).toBe("ACTIVE");
    await first.close();
    const second = await start("restart");
    expect((await clientFor(second.url).send(get("a"))).Item).toMatchObject({ name: { S: "Thuý" } });
  });

  test("every write that was acknowledged survives kill -9 in the middle of writing", async () => {
    const child = spawn(process.execPath, [
      join(import.meta.dirname, "dynamodb-child.ts"),
      join(directory, "killed"),
      credentialsFile,
    ]);
    cleanUp.push(() => child.kill("SIGKILL"));
    const ended = once(child, "exit");
    const client = clientFor(await firstLine(child));
    await makeTable(client);
    const acknowledged: string[] = [];
    const write = async (): Promise<void> => {
      for (let at = 0; ; at++) {
        await client.send(put(`item-${at}`));
        acknowledged.push(`item-${at}`);
        if (at === 50) child.kill("SIGKILL");
      }
    };
    await expect(write()).rejects.toThrow();
    await ended;
    expect(acknowledged.length).toBeGreaterThan(50);

    const { url } = await start("killed");
    const { Items = [] } = await clientFor(url).send(new ScanCommand({ TableName: "table", ConsistentRead: true }));
    const found = new Set(Items.map((item) => item.pk?.S));
    expect(acknowledged.filter((pk) => !found.has(pk))).toEqual([]);
  });

  test("a second process on one directory is told so", async () => {
    await start("shared");
    await expect(start("shared")).rejects.toThrow("Is another process using this directory?");
  });

  test("a port that is taken is told so", async () => {
    const { url } = await start("port-a");
    await expect(start("port-b", Number(new URL(url).port))).rejects.toThrow("EADDRINUSE");
  });

  test("a request that makes dynalite throw costs a restart, not the process, and no data", async () => {
    const warnings: string[] = [];
    const listener = (warning: Error) => warnings.push(warning.message);
    process.on("warning", listener);
    cleanUp.push(() => process.off("warning", listener));
    const { url } = await start("crash");
    const client = clientFor(url, 6);
    await makeTable(client);
    await client.send(put("before"));
    await expect(send(url, "null")).rejects.toThrow();
    expect((await client.send(get("before"))).Item).toMatchObject({ pk: { S: "before" } });
    expect(warnings).toEqual([expect.stringContaining("is started again")]);
  });

  test("a client that hangs up half-way, or before the answer, harms nobody", async () => {
    const { url } = await start("hang-up");
    const { port, host } = new URL(url);
    for (const length of [2, 100]) {
      const socket = connect(Number(port), "127.0.0.1");
      const head = `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Date: x\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\nAuthorization: AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261125/x/dynamodb/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}\r\nContent-Length: ${length}\r\n\r\n{}`;
      await new Promise<void>((resolve) => socket.write(head, () => resolve()));
      socket.destroy();
    }
    expect((await send(url, "{}")).status).toBe(200);
  });

  test("closing twice, and with idle connections open, is quick", async () => {
    const running = await start("close");
    await send(running.url, "{}");
    const started = performance.now();
    await Promise.all([running.close(), running.close()]);
    await running.close();
    expect(performance.now() - started).toBeLessThan(1_000);
    await expect(send(running.url, "{}")).rejects.toThrow();
  });

  test("web pages, rebound names and strangers have no access", async () => {
    const { url } = await start("door");
    expect((await send(url, "{}")).status).toBe(200);
    expect((await send(url, "{}", { Origin: "http://localhost:8787" })).status).toBe(403);
    expect((await send(url.replace("127.0.0.1", "localhost"), "{}")).status).toBe(421);
    expect((await send(url, "{}", { Authorization: "" })).status).toBe(400);
    const stranger = `AWS4-HMAC-SHA256 Credential=AKIAX/20261125/x/dynamodb/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`;
    expect(await (await send(url, "{}", { Authorization: stranger })).json()).toMatchObject({
      __type: "UnrecognizedClientException",
    });
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const part of child.stdout ?? []) {
    text += part;
    if (text.includes("\n")) return text.trim();
  }
  throw new Error("the child said nothing");
}
