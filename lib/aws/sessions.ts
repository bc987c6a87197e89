import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../ports/ports.ts";
import { LONGEST_MS, type Session } from "../service/session.ts";
import type { SessionStore } from "../service/session-store.ts";
import { aliases, conditional, createItem, type Item, outage, readItem } from "./item.ts";

/** Seconds from the beginning: no session reaches beyond the longest one, and one that is over is told as over for as long again. */
const KEEP_S = (2 * LONGEST_MS) / 1000;

const keyOf = (id: string) => ({ pk: `SESSION#${id}`, sk: "SESSION" });

export function sessionStore(client: DynamoDBDocumentClient, table: string, clock: Clock): SessionStore {
  const update = (id: string, input: Omit<UpdateCommandInput, "TableName" | "Key">) =>
    conditional(() => client.send(new UpdateCommand({ TableName: table, Key: keyOf(id), ...input })));
  return {
    create: (session) =>
      createItem(client, table, {
        ...keyOf(session.id),
        ...session,
        ttl: Math.ceil(session.createdAt / 1000) + KEEP_S,
      }),
    async read(id) {
      const item = await readItem(client, table, keyOf(id));
      return item === undefined || Number(item.ttl) * 1000 < clock() ? undefined : fromItem(item);
    },
    take: (id) =>
      conditional(() =>
        client.send(
          new DeleteCommand({
            TableName: table,
            Key: keyOf(id),
            ConditionExpression: "#state = :pending",
            ExpressionAttributeNames: aliases("state"),
            ExpressionAttributeValues: { ":pending": "pending" },
          }),
        ),
      ),
    extend: (id, expiresAt, now) =>
      update(id, {
        UpdateExpression: "SET #expiresAt = :until",
        ConditionExpression: "#state = :active AND #expiresAt > :now",
        ExpressionAttributeNames: aliases("state", "expiresAt"),
        ExpressionAttributeValues: { ":active": "active", ":until": expiresAt, ":now": now },
      }),
    challenge: (id, challenge) =>
      update(id, {
        UpdateExpression: "SET #challenge = :challenge",
        ConditionExpression: "#state = :active",
        ExpressionAttributeNames: aliases("state", "challenge"),
        ExpressionAttributeValues: { ":active": "active", ":challenge": challenge },
      }),
    answer: (id, value, now) =>
      update(id, {
        UpdateExpression: "REMOVE #challenge",
        ConditionExpression: "#challenge.#value = :value AND #challenge.#until > :now",
        ExpressionAttributeNames: aliases("challenge", "value", "until"),
        ExpressionAttributeValues: { ":value": value, ":now": now },
      }),
    async end(id) {
      try {
        await client.send(new DeleteCommand({ TableName: table, Key: keyOf(id) }));
      } catch (error) {
        throw outage(error);
      }
    },
  };
}

/** Written by the methods above alone, so that the shape needs no second check. */
function fromItem(item: Item): Session {
  const { pk: _pk, sk: _sk, ttl: _ttl, ...session } = item;
  return session as Session;
}
