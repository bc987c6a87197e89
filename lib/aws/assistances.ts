import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../ports/ports.ts";
import { type Assistance, MAX_TRANSACTIONS } from "../service/assistance.ts";
import type { AssistanceStore } from "../service/assistance-store.ts";
import { aliases, conditional, createItem, type Item, readItem } from "./item.ts";

/** A supervisor looks back at a month; behind it nobody needs to know who helped whom, but the proofs of what was signed. */
const KEEP_S = 31 * 24 * 3600;

export const assistanceKey = (id: string) => ({ pk: `ASSIST#${id}`, sk: "ASSIST" });

/** Paired, and not over by `:at`. */
const ONGOING = "#state = :paired AND #expiresAt > :at";
const PAIRED = { ":paired": "paired" } as const;

export function assistanceStore(client: DynamoDBDocumentClient, table: string, clock: Clock): AssistanceStore {
  const update = (id: string, input: Omit<UpdateCommandInput, "TableName" | "Key">) =>
    conditional(() => client.send(new UpdateCommand({ TableName: table, Key: assistanceKey(id), ...input })));
  return {
    create: (assistance) =>
      createItem(client, table, {
        ...assistanceKey(assistance.id),
        ...assistance,
        ttl: assistanceEnd(assistance.createdAt),
      }),
    async read(id) {
      const item = await readItem(client, table, assistanceKey(id));
      return item === undefined || Number(item.ttl) * 1000 < clock() ? undefined : fromAssistanceItem(item);
    },
    pair: (id, { hash, key, at }) =>
      update(id, {
        UpdateExpression: "SET #state = :paired, #citizenHash = :hash, #citizenKey = :key, #pairedAt = :at",
        ConditionExpression: "#state = :waiting AND #pairingUntil > :at",
        ExpressionAttributeNames: aliases("state", "citizenHash", "citizenKey", "pairedAt", "pairingUntil"),
        ExpressionAttributeValues: { ...PAIRED, ":waiting": "waiting", ":hash": hash, ":key": key, ":at": at },
      }),
    giveKey: (id, officerKey) =>
      update(id, {
        UpdateExpression: "SET #officerKey = :key",
        ConditionExpression: "#state = :paired AND (attribute_not_exists(#officerKey) OR #officerKey = :key)",
        ExpressionAttributeNames: aliases("state", "officerKey"),
        ExpressionAttributeValues: { ...PAIRED, ":key": officerKey },
      }),
    report: (id, status) =>
      update(id, {
        UpdateExpression: "SET #status = :status",
        ConditionExpression: `${ONGOING} AND (attribute_not_exists(#status) OR NOT #status.#code IN (:signed, :declined))`,
        ExpressionAttributeNames: aliases("state", "expiresAt", "status", "code"),
        ExpressionAttributeValues: {
          ...PAIRED,
          ":status": status,
          ":at": status.at,
          ":signed": "signed",
          ":declined": "declined",
        },
      }),
    link: async (id, transactionId, at) =>
      (await update(id, linkInput(transactionId, at))) || (await isLinked(client, table, id, transactionId, at)),
    end: (id, at) =>
      update(id, {
        UpdateExpression: "SET #state = :ended, #endedAt = :at",
        ConditionExpression: "attribute_exists(#pk) AND #state <> :ended",
        ExpressionAttributeNames: aliases("pk", "state", "endedAt"),
        ExpressionAttributeValues: { ":ended": "ended", ":at": at },
      }),
  };
}

function linkInput(transactionId: string, at: number): Omit<UpdateCommandInput, "TableName" | "Key"> {
  return {
    UpdateExpression: "SET #transactions = list_append(#transactions, :ids)",
    ConditionExpression: `${ONGOING} AND size(#transactions) < :most AND NOT contains(#transactions, :id)`,
    ExpressionAttributeNames: aliases("state", "expiresAt", "transactions"),
    ExpressionAttributeValues: {
      ...PAIRED,
      ":ids": [transactionId],
      ":id": transactionId,
      ":most": MAX_TRANSACTIONS,
      ":at": at,
    },
  };
}

/** Whether a refused link is one that is there: a request that is made again, or an answer that was lost. */
async function isLinked(
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
  transactionId: string,
  at: number,
): Promise<boolean> {
  const item = await readItem(client, table, assistanceKey(id));
  const found = item as Assistance | undefined;
  return found?.state === "paired" && found.expiresAt > at && found.transactions.includes(transactionId);
}

/** Seconds since 1970: when an assistance, and what was noted of its day, may be removed. */
export const assistanceEnd = (createdAt: number): number => Math.ceil(createdAt / 1000) + KEEP_S;

/** Written by the methods above alone, so that the shape needs no second check. */
export function fromAssistanceItem(item: Item): Assistance {
  const { pk: _pk, sk: _sk, ttl: _ttl, ...assistance } = item;
  return assistance as Assistance;
}
