import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { PairingStore } from "../service/assistance-store.ts";
import { aliases, conditional, readItem } from "./item.ts";

const codeKey = (code: string) => ({ pk: `PAIRING#${code}`, sk: "CODE" });
const tryKey = (name: string) => ({ pk: `PAIRING#TRY#${name}`, sk: "TRY" });
const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

export function pairingStore(client: DynamoDBDocumentClient, table: string): PairingStore {
  return {
    takeCode: (code, assistanceId, until, now) =>
      conditional(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...codeKey(code), assistanceId, until, ttl: seconds(until) },
            // DynamoDB removes items some time after their time to live; the embedded one never does.
            ConditionExpression: "attribute_not_exists(#pk) OR #until <= :now",
            ExpressionAttributeNames: aliases("pk", "until"),
            ExpressionAttributeValues: { ":now": now },
          }),
        ),
      ),
    async findCode(code, now) {
      const item = await readItem(client, table, codeKey(code));
      return item !== undefined && Number(item.until) > now ? String(item.assistanceId) : undefined;
    },
    countTry: (name, limit, until) =>
      conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: tryKey(name),
            UpdateExpression: "SET #count = if_not_exists(#count, :none) + :one, #ttl = :ttl",
            ConditionExpression: "attribute_not_exists(#count) OR #count < :limit",
            ExpressionAttributeNames: aliases("count", "ttl"),
            ExpressionAttributeValues: { ":none": 0, ":one": 1, ":limit": limit, ":ttl": seconds(until) },
          }),
        ),
      ),
    async forgetTry(name) {
      await conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: tryKey(name),
            UpdateExpression: "SET #count = #count - :one",
            ConditionExpression: "#count > :none",
            ExpressionAttributeNames: aliases("count"),
            ExpressionAttributeValues: { ":none": 0, ":one": 1 },
          }),
        ),
      );
    },
  };
}
