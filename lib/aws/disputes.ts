import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { DisputeCase, DisputeMarks, DisputeStore } from "../service/dispute.ts";
import { aliases, conditional, createItem, type Item, outage, readItem } from "./item.ts";
import { transactionKey } from "./transactions.ts";

/** All cases in one partition: there are few, and the operator reads them all. */
const PARTITION = "DISPUTE";
const keyOf = (caseNumber: string) => ({ pk: PARTITION, sk: caseNumber });

export function disputeStore(client: DynamoDBDocumentClient, table: string): DisputeStore {
  return {
    open: ({ caseNumber, ...rest }) => createItem(client, table, { ...keyOf(caseNumber), ...rest }),
    async read(caseNumber) {
      const item = await readItem(client, table, keyOf(caseNumber));
      return item === undefined ? undefined : fromItem(item);
    },
    async list(after) {
      try {
        const { Items: items = [], LastEvaluatedKey: last } = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: "#pk = :pk",
            ExpressionAttributeNames: aliases("pk"),
            ExpressionAttributeValues: { ":pk": PARTITION },
            ...(after === undefined ? {} : { ExclusiveStartKey: keyOf(after) }),
          }),
        );
        return { cases: items.map(fromItem), ...(last === undefined ? {} : { next: String(last.sk) }) };
      } catch (error) {
        throw outage(error);
      }
    },
    resolve: (caseNumber, outcome, line) =>
      conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(caseNumber),
            UpdateExpression: "SET #state = :outcome, #audit = list_append(#audit, :lines)",
            ConditionExpression: "#state = :open",
            ExpressionAttributeNames: aliases("state", "audit"),
            ExpressionAttributeValues: { ":outcome": outcome, ":open": "open", ":lines": [line] },
          }),
        ),
      ),
  };
}

/**
 * The mark on the item of a transaction. No other attribute is named here: the role of the function that marks may touch no other
 * (lib/stack/grants.ts).
 */
export function disputeMarks(client: DynamoDBDocumentClient, table: string): DisputeMarks {
  return {
    mark: (transactionId, dispute) =>
      conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: transactionKey(transactionId),
            UpdateExpression: "SET #dispute = :dispute",
            ConditionExpression: "attribute_exists(#pk) AND attribute_not_exists(#dispute)",
            ExpressionAttributeNames: aliases("pk", "dispute"),
            ExpressionAttributeValues: { ":dispute": dispute },
          }),
        ),
      ),
    settle: (transactionId, caseNumber, state) =>
      conditional(() =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: transactionKey(transactionId),
            UpdateExpression: "SET #dispute.#state = :state",
            ConditionExpression: "#dispute.#caseNumber = :caseNumber",
            ExpressionAttributeNames: aliases("dispute", "state", "caseNumber"),
            ExpressionAttributeValues: { ":caseNumber": caseNumber, ":state": state },
          }),
        ),
      ),
  };
}

/** Written by `open` and `resolve` above alone. */
function fromItem(item: Item): DisputeCase {
  const { pk: _pk, sk, ...rest } = item;
  return { caseNumber: String(sk), ...rest } as DisputeCase;
}
