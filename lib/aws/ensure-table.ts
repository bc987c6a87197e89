import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  ScanCommand,
  type ScanCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { lookupCode } from "../identity/lookup-code.ts";
import { signatureOrder } from "../service/activity.ts";
import { sleep } from "./runtime.ts";
import { createTable, deleteTable, describeTable, INDEXES } from "./table.ts";
import { idIn } from "./transactions.ts";

type RawItem = Record<string, AttributeValue>;

/** Where the items wait while the table is made anew. */
const aside = (name: string): string => `${name}-aside`;
/** Items of one BatchWriteItem: at most as many as DynamoDB takes, and at 400 KB each below its 16 MB. */
const BATCH = 25;
/** Milliseconds before what DynamoDB did not take is sent again. */
const AGAIN_MS = 50;

/**
 * Makes the table where no stack has: for the embedded DynamoDB and for tests. A table of an older version, which lacks an index, is
 * made anew with everything in it: the embedded DynamoDB cannot add an index to a table that is there.
 *
 * Nothing is lost wherever this ends, since at each moment one of the two tables has everything, and which of them has is known: it is
 * the old one until it is removed, which happens only once all of it lies aside; then it is the one aside, until that is removed.
 */
export async function ensureTable(client: DynamoDBClient, name: string): Promise<void> {
  const table = await describeTable(client, name);
  const indexes = new Set(table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  if (table !== undefined && !INDEXES.every((index) => indexes.has(index.name))) {
    await createTable(client, aside(name));
    await copyItems(client, name, aside(name));
    await deleteTable(client, name);
  }
  await createTable(client, name);
  if ((await describeTable(client, aside(name))) === undefined) return;
  await copyItems(client, aside(name), name);
  await deleteTable(client, aside(name));
}

async function copyItems(client: DynamoDBClient, from: string, to: string): Promise<void> {
  let next: RawItem | undefined;
  do {
    const scan = new ScanCommand({ TableName: from, ConsistentRead: true, ExclusiveStartKey: next });
    const { Items: items = [], LastEvaluatedKey: last }: ScanCommandOutput = await client.send(scan);
    for (let at = 0; at < items.length; at += BATCH) await put(client, to, items.slice(at, at + BATCH).map(withKeys));
    next = last;
  } while (next !== undefined);
}

async function put(client: DynamoDBClient, table: string, items: readonly RawItem[]): Promise<void> {
  let left = items.map((Item) => ({ PutRequest: { Item } }));
  while (left.length > 0) {
    const { UnprocessedItems: rest } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
    );
    left = (rest?.[table] ?? []) as typeof left;
    if (left.length > 0) await sleep(AGAIN_MS);
  }
}

/** A transaction of an older version gets the keys of the indexes that it was written without. */
function withKeys(item: RawItem): RawItem {
  if (item.sk?.S !== "TX") return item;
  const id = idIn(item.pk?.S);
  const result = item.result?.M;
  const subject = result?.person?.M?.pseudonym;
  const genTimes = result?.genTimes?.L?.map((time) => Number(time.N));
  const ofSigned =
    subject === undefined || genTimes === undefined
      ? {}
      : { subject, order: { S: signatureOrder(Math.max(...genTimes), id) } };
  return { ...item, code: { S: lookupCode(id) }, ...ofSigned };
}
