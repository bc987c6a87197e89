import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { PersonStore } from "../service/person-store.ts";
import { aliases, conditional, readItem } from "./item.ts";

const keyOf = (subject: string) => ({ pk: `PERSON#${subject}`, sk: "PERSON" });

/** One item a person. Open cases are a set of strings: adding and taking away are one write each, and twice is once. */
export function personStore(client: DynamoDBDocumentClient, table: string): PersonStore {
  const update = async (subject: string, input: Omit<UpdateCommandInput, "TableName" | "Key">): Promise<void> => {
    await conditional(() => client.send(new UpdateCommand({ TableName: table, Key: keyOf(subject), ...input })));
  };
  const change = (how: "ADD" | "DELETE", subject: string, caseNumber: string) =>
    update(subject, {
      UpdateExpression: `${how} #openCases :cases`,
      ExpressionAttributeNames: aliases("openCases"),
      ExpressionAttributeValues: { ":cases": new Set([caseNumber]) },
    });
  return {
    async read(subject) {
      const item = (await readItem(client, table, keyOf(subject))) ?? {};
      const { openCases, readUntil } = item as {
        readonly openCases?: ReadonlySet<string>;
        readonly readUntil?: string;
      };
      return { openCases: [...(openCases ?? [])].sort(), ...(readUntil === undefined ? {} : { readUntil }) };
    },
    freeze: (subject, caseNumber) => change("ADD", subject, caseNumber),
    unfreeze: (subject, caseNumber) => change("DELETE", subject, caseNumber),
    markRead: (subject, order) =>
      update(subject, {
        UpdateExpression: "SET #readUntil = :order",
        ConditionExpression: "attribute_not_exists(#readUntil) OR #readUntil < :order",
        ExpressionAttributeNames: aliases("readUntil"),
        ExpressionAttributeValues: { ":order": order },
      }),
  };
}
