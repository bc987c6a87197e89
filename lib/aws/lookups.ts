import {
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { CodeIndex, OpeningGuesses } from "../service/lookup.ts";
import { aliases, conditional, outage } from "./item.ts";
import { TABLE } from "./table.ts";
import { idIn } from "./transactions.ts";

/**
 * Wrong guesses at one opening code within {@link WINDOW_MS}. Of 2^30 codes ten an hour find one in some 6,000 years; whoever
 * misreads a smudged stamp needs two or three.
 */
const GUESSES = 10;
const WINDOW_MS = 3_600_000;

/** Transactions of one code that are looked at. By chance there is one; one more with a code of somebody else costs some 2^55 hashes. */
const SAME_CODE = 16;

const keyOf = (code: string) => ({ pk: `LOOKUP#${code}`, sk: "OPENING" });

export function codeIndex(client: DynamoDBDocumentClient, table: string): CodeIndex {
  const { name, partitionKey } = TABLE.byCode;
  return {
    async find(code) {
      try {
        const { Items: items } = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: name,
            KeyConditionExpression: "#code = :code",
            ExpressionAttributeNames: { "#code": partitionKey },
            ExpressionAttributeValues: { ":code": code },
            Limit: SAME_CODE,
          }),
        );
        return (items ?? []).map(({ pk }) => idIn(pk));
      } catch (error) {
        throw outage(error);
      }
    },
  };
}

/** A count and the start of its window; each step is one conditional write, so that guesses at the same time are counted apart. */
export function openingGuesses(client: DynamoDBDocumentClient, table: string): OpeningGuesses {
  const update = (code: string, input: Omit<UpdateCommandInput, "TableName" | "Key">) =>
    conditional(() => client.send(new UpdateCommand({ TableName: table, Key: keyOf(code), ...input })));
  const count = (code: string, now: number) =>
    update(code, {
      UpdateExpression: "SET #count = #count + :one",
      ConditionExpression: "#since > :passed AND #count < :most",
      ExpressionAttributeNames: aliases("count", "since"),
      ExpressionAttributeValues: { ":one": 1, ":most": GUESSES, ":passed": now - WINDOW_MS },
    });
  const begin = (code: string, now: number) =>
    update(code, {
      UpdateExpression: "SET #count = :one, #since = :now, #ttl = :ttl",
      ConditionExpression: "attribute_not_exists(#since) OR #since <= :passed",
      ExpressionAttributeNames: aliases("count", "since", "ttl"),
      ExpressionAttributeValues: {
        ...{ ":one": 1, ":now": now, ":passed": now - WINDOW_MS },
        ":ttl": Math.ceil((now + WINDOW_MS) / 1000),
      },
    });
  return {
    // No window, or one that has passed, gets a new one; where somebody else has just begun it, it is counted in theirs.
    take: async (code, now) => (await count(code, now)) || (await begin(code, now)) || count(code, now),
    async giveBack(code) {
      await update(code, {
        UpdateExpression: "SET #count = #count - :one",
        ConditionExpression: "#count > :none",
        ExpressionAttributeNames: aliases("count"),
        ExpressionAttributeValues: { ":one": 1, ":none": 0 },
      });
    },
  };
}
