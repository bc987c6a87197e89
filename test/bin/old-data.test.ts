import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Embedded, startEmbedded } from "../../bin/local/embedded.ts";
import { subjectIndex } from "../../lib/aws/activities.ts";
import { documentClient } from "../../lib/aws/clients.ts";
import { codeIndex } from "../../lib/aws/lookups.ts";
import { pkiStore } from "../../lib/aws/pki.ts";
import { deleteTable, describeTable } from "../../lib/aws/table.ts";
import { lookupCode } from "../../lib/identity/lookup-code.ts";
import { fromPem } from "../../lib/x509/pem.ts";

let folder: string;
let embedded: Embedded;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "motlan-old-"));
  // The port is only named in certificates: nothing is served here.
  embedded = await startEmbedded({ data: folder, port: 18_787, providerPort: 0 });
  for (const [name, value] of Object.entries(embedded.environment)) vi.stubEnv(name, value);
  await embedded.prepare(join(folder, "ca"));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await embedded.close();
  rmSync(folder, { recursive: true, force: true });
});

const published = () => pkiStore(documentClient(), embedded.environment.MOTLAN_TABLE ?? "").read();
/** The item as installations had it that were made before there were sealed reports. */
const forgetReport = () =>
  documentClient().send(
    new UpdateCommand({
      TableName: embedded.environment.MOTLAN_TABLE,
      Key: { pk: "PKI", sk: "CURRENT" },
      UpdateExpression: "REMOVE #report",
      ExpressionAttributeNames: { "#report": "report" },
    }),
  );

test("`npm start` on data from before there were sealed reports adds the certificate and leaves the others alone", async () => {
  const before = await published();
  expect(before?.report).toBeDefined();
  await forgetReport();
  expect((await published())?.report).toBeUndefined();
  await embedded.prepare(join(folder, "ca"));
  const after = await published();
  expect(after?.report?.spki).toEqual(before?.report?.spki);
  expect(after?.report?.raw).not.toEqual(before?.report?.raw);
  const written = fromPem(readFileSync(join(folder, "ca", "report.pem"), "utf8"));
  expect(written.map(({ octets }) => octets)).toEqual([after?.report?.raw]);
  for (const name of ["root", "issuingCa", "tsa", "ocsp"] as const)
    expect(after?.[name].raw).toEqual(before?.[name].raw);
  // A third start finds everything there.
  await embedded.prepare(join(folder, "ca"));
  expect((await published())?.report?.raw).toEqual(after?.report?.raw);
});

test("where the root key is gone it says so in both languages, and starts without", async () => {
  await forgetReport();
  const said: string[] = [];
  const warn = vi.spyOn(console, "warn").mockImplementation((line: string) => void said.push(line));
  try {
    await embedded.prepare(join(folder, "elsewhere"));
  } finally {
    warn.mockRestore();
  }
  expect(said.join()).toContain("Chưa thêm được chứng thư niêm phong báo cáo (file_unreadable");
  expect(said.join()).toContain("everything else works");
  expect((await published())?.report).toBeUndefined();
});

test("on data from before there were histories and look-ups it makes the indexes, and every item is as it was", async () => {
  const table = embedded.environment.MOTLAN_TABLE ?? "";
  const client = documentClient();
  const before = await published();
  const { Item: item } = await client.send(new GetCommand({ TableName: table, Key: { pk: "PKI", sk: "CURRENT" } }));
  await deleteTable(client, table);
  await client.send(new CreateTableCommand(withoutNewIndexes(table)));
  while ((await describeTable(client, table))?.TableStatus !== "ACTIVE");
  const id = "AAECAwQFBgcICQoLDA0ODw";
  const signed = { state: "signed", result: { person: { pseudonym: "KM:VN-1" }, genTimes: [1_764_000_000_000] } };
  for (const one of [item, { pk: `TX#${id}`, sk: "TX", ...signed }])
    await client.send(new PutCommand({ TableName: table, Item: one }));
  await embedded.prepare(join(folder, "ca"));
  expect((await published())?.root.raw).toEqual(before?.root.raw);
  expect(await codeIndex(client, table).find(lookupCode(id))).toEqual([id]);
  expect(await subjectIndex(client, table).signed("KM:VN-1", undefined, 10)).toMatchObject([{ transactionId: id }]);
});

function withoutNewIndexes(name: string): CreateTableCommandInput {
  const key = (attribute: string, type: "HASH" | "RANGE" = "HASH") => ({ AttributeName: attribute, KeyType: type });
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk", "serial"].map((attribute) => ({ AttributeName: attribute, AttributeType: "S" })),
    KeySchema: [key("pk"), key("sk", "RANGE")],
    GlobalSecondaryIndexes: [
      { IndexName: "bySerial", KeySchema: [key("serial")], Projection: { ProjectionType: "KEYS_ONLY" } },
    ],
  };
}
