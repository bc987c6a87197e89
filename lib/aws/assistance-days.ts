import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../ports/ports.ts";
import { DAILY_CAP, HIGHEST_CAP } from "../service/assistance.ts";
import type { AssistanceDays, OfficerDay, Outcome } from "../service/assistance-store.ts";
import type { Transaction } from "../service/transaction.ts";
import { assistanceEnd, assistanceKey, fromAssistanceItem } from "./assistances.ts";
import { aliases, conditional, createItem, type Item, outage } from "./item.ts";

/** Keys that DynamoDB reads at a time (BatchGetItem). */
const BATCH = 100;
/** Rounds of asking again for what a busy table left out. */
const ROUNDS = 5;
const OFFICER = "OFFICER#";
const NOTE = "NOTE#";

const partition = (unitCode: string, day: string): string => `ASSISTDAY#${day}#${unitCode}`;

/** One partition a unit and day: a row for each officer, which counts, and one for each assistance, which names it. */
export function assistanceDays(client: DynamoDBDocumentClient, table: string, clock: Clock): AssistanceDays {
  const officerKey = (unitCode: string, day: string, officer: string) => ({
    pk: partition(unitCode, day),
    sk: OFFICER + officer,
  });
  return {
    count: (unitCode, day, officer) =>
      conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: officerKey(unitCode, day, officer),
            UpdateExpression:
              "SET #count = if_not_exists(#count, :none) + :one, #allowed = if_not_exists(#allowed, :cap), #ttl = :ttl",
            ConditionExpression: "attribute_not_exists(#count) OR #count < #allowed",
            ExpressionAttributeNames: aliases("count", "allowed", "ttl"),
            ExpressionAttributeValues: { ":none": 0, ":one": 1, ":cap": DAILY_CAP, ":ttl": assistanceEnd(clock()) },
          }),
        ),
      ),
    async note({ unitCode, day, id, createdAt }) {
      await createItem(client, table, { pk: partition(unitCode, day), sk: NOTE + id, ttl: assistanceEnd(createdAt) });
    },
    async raise(unitCode, day, officer, more) {
      let raised: Item | undefined;
      const done = await conditional(async () => {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: officerKey(unitCode, day, officer),
            UpdateExpression: "SET #allowed = #allowed + :more",
            ConditionExpression: "#allowed <= :most",
            ExpressionAttributeNames: aliases("allowed"),
            ExpressionAttributeValues: { ":more": more, ":most": HIGHEST_CAP - more },
            ReturnValues: "ALL_NEW",
          }),
        );
        raised = Attributes;
      });
      return done && raised !== undefined ? officerDay(raised) : undefined;
    },
    async read(unitCode, day) {
      const rows = await query(client, table, partition(unitCode, day));
      const officers = rows.filter(({ sk }) => String(sk).startsWith(OFFICER)).map(officerDay);
      const ids = rows.flatMap(({ sk }) => (String(sk).startsWith(NOTE) ? [String(sk).slice(NOTE.length)] : []));
      const items = await batch(client, table, ids.map(assistanceKey));
      return { officers, assistances: items.map(fromAssistanceItem) };
    },
    async outcomes(ids) {
      const keys = ids.map((id) => ({ pk: `TX#${id}`, sk: "TX" }));
      const items = await batch(client, table, keys, ["pk", "state", "assistanceId", "dispute"]);
      return items.map(outcome);
    },
  };
}

function officerDay({ sk, count, allowed }: Item): OfficerDay {
  return { officer: String(sk).slice(OFFICER.length), count: Number(count), allowed: Number(allowed) };
}

function outcome({ pk, state, assistanceId, dispute }: Item): Outcome {
  const mark = dispute as Transaction["dispute"];
  return {
    id: String(pk).slice("TX#".length),
    state: String(state),
    ...(typeof assistanceId === "string" ? { assistance: assistanceId } : {}),
    disputed: mark !== undefined && mark.state !== "withdrawn",
  };
}

async function query(client: DynamoDBDocumentClient, table: string, pk: string): Promise<Item[]> {
  const rows: Item[] = [];
  let from: Item | undefined;
  try {
    do {
      const { Items: items = [], LastEvaluatedKey: next } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "#pk = :pk",
          ExpressionAttributeNames: aliases("pk"),
          ExpressionAttributeValues: { ":pk": pk },
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        }),
      );
      rows.push(...items);
      from = next;
    } while (from !== undefined);
    return rows;
  } catch (error) {
    throw outage(error);
  }
}

type Keys = readonly Readonly<Record<string, unknown>>[];

/** Items of these keys, in no order; those that are not there are left out. @param only attributes, where not all are wanted */
async function batch(
  client: DynamoDBDocumentClient,
  table: string,
  keys: Keys,
  only?: readonly string[],
): Promise<Item[]> {
  const found: Item[] = [];
  try {
    for (let from = 0; from < keys.length; from += BATCH) {
      let left: Keys = keys.slice(from, from + BATCH);
      for (let round = 0; left.length > 0; round++) {
        if (round === ROUNDS) throw new Error("the table does not answer for all keys");
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetCommand({
            RequestItems: {
              [table]: {
                Keys: [...left],
                ...(only === undefined
                  ? {}
                  : {
                      ProjectionExpression: only.map((name) => `#${name}`).join(", "),
                      ExpressionAttributeNames: aliases(...only),
                    }),
              },
            },
          }),
        );
        found.push(...(Responses?.[table] ?? []));
        left = UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return found;
  } catch (error) {
    throw outage(error);
  }
}
