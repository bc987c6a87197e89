import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ensureTable } from "../../lib/aws/table.ts";
import { certificateIndex, transactionStore } from "../../lib/aws/transactions.ts";
import { LOCAL_REGION, localCredentials } from "../../lib/local/credentials.ts";
import { startDynamoDb } from "../../lib/local/dynamodb.ts";
import type { Clock } from "../../lib/ports/ports.ts";

/** A real table in an embedded DynamoDB of its own. */
export async function startStore(clock: Clock) {
  const directory = mkdtempSync(join(tmpdir(), "motlan-store-"));
  const credentials = localCredentials(join(directory, "credentials.json"));
  const running = await startDynamoDb({ directory: join(directory, "db"), credentials });
  const inner = new DynamoDBClient({ endpoint: running.url, region: LOCAL_REGION, credentials, maxAttempts: 1 });
  const client = DynamoDBDocumentClient.from(inner, { marshallOptions: { removeUndefinedValues: true } });
  const table = `t${randomBytes(4).toString("hex")}`;
  await ensureTable(inner, table);
  return {
    client,
    table,
    store: transactionStore(client, table, clock),
    certificates: certificateIndex(client, table),
    close: async () => {
      client.destroy();
      await running.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
