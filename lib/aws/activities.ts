import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Activity, ActivityStore, SubjectIndex } from "../service/activity.ts";
import { createItem, type Item, outage } from "./item.ts";
import { TABLE } from "./table.ts";
import { idIn } from "./transactions.ts";

/**
 * Seconds. A failed attempt or a passkey is of use to whoever looks for misuse, and two years cover the longest that account data has
 * to be kept (Decree 333/2025: 24 months). What was signed stays as long as the signature.
 */
const KEEP_S = 2 * 365 * 24 * 3600;
/** Kinds that stay. */
const FOR_GOOD: readonly Activity["kind"][] = ["signed", "disputed", "dispute_resolved"];

// In a partition beside the person's own item, so that a function that records need not be able to lift a freeze.
const partitionOf = (subject: string) => `ACTIVITY#${subject}`;

export function activityStore(client: DynamoDBDocumentClient, table: string): ActivityStore {
  return {
    add: (subject, { order, ...activity }) =>
      createItem(client, table, {
        pk: partitionOf(subject),
        sk: order,
        ...activity,
        ...(FOR_GOOD.includes(activity.kind) ? {} : { ttl: Math.ceil(activity.at / 1000) + KEEP_S }),
      }),
    async list(subject, before, limit) {
      try {
        const { Items: items = [] } = await client.send(
          new QueryCommand({
            TableName: table,
            ...newestFirst("pk", partitionOf(subject), "sk", before),
            ConsistentRead: true,
            Limit: limit,
          }),
        );
        return items.map(fromItem);
      } catch (error) {
        throw outage(error);
      }
    },
  };
}

export function subjectIndex(client: DynamoDBDocumentClient, table: string): SubjectIndex {
  const { name, partitionKey, sortKey } = TABLE.bySubject;
  return {
    async signed(subject, before, limit) {
      try {
        const { Items: items = [] } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: name,
            ...newestFirst(partitionKey, subject, sortKey, before),
            Limit: limit,
          }),
        );
        return items.map((item) => ({ order: String(item.order), transactionId: idIn(item.pk) }));
      } catch (error) {
        throw outage(error);
      }
    },
  };
}

function newestFirst(partitionKey: string, partition: string, sortKey: string, before: string | undefined) {
  return {
    KeyConditionExpression:
      before === undefined ? "#partition = :partition" : "#partition = :partition AND #sort < :before",
    ExpressionAttributeNames: { "#partition": partitionKey, ...(before === undefined ? {} : { "#sort": sortKey }) },
    ExpressionAttributeValues: { ":partition": partition, ...(before === undefined ? {} : { ":before": before }) },
    ScanIndexForward: false,
  };
}

/** Written by `add` above alone. */
function fromItem(item: Item): Activity {
  const { pk: _pk, sk, ttl: _ttl, ...activity } = item;
  return { order: String(sk), ...activity } as Activity;
}
