import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../fault/fault.ts";

/** DynamoDB items are schemaless; a name in an expression is always an alias, since many plain names are reserved words. */
export type Item = Record<string, unknown>;

/** `#state` for "state": every attribute that an expression names. */
export function aliases(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`#${name}`, name]));
}

/**
 * Runs one conditional write.
 *
 * @returns false where the condition was refused
 * @throws Fault `store_unavailable`: it may have taken effect or not
 */
export async function conditional(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw outage(error);
  }
}

/** Puts an item under a key that nothing has. @returns false where something is there. @throws Fault `store_unavailable` */
export function createItem(client: DynamoDBDocumentClient, table: string, item: Item): Promise<boolean> {
  return conditional(() =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: item,
        ConditionExpression: "attribute_not_exists(#pk)",
        ExpressionAttributeNames: aliases("pk"),
      }),
    ),
  );
}

/** Reads one item, strongly consistent. @returns undefined where there is none. @throws Fault `store_unavailable` */
export async function readItem(
  client: DynamoDBDocumentClient,
  table: string,
  key: { readonly pk: string; readonly sk: string },
): Promise<Item | undefined> {
  try {
    return (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;
  } catch (error) {
    throw outage(error);
  }
}

export function outage(cause: unknown): Fault {
  return new Fault("store_unavailable", "the store did not answer", { cause });
}
