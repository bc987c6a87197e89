import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import { clock, sleep } from "./runtime.ts";
/** Keys and index of the one table (architecture §5). The stack builds the same shape; test/stack holds the two together. */
export const TABLE = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  bySerial: { name: "bySerial", partitionKey: "serial", include: ["state", "lease"] },
} as const;

/** The table as CreateTable wants it; used where no stack has made it: the embedded DynamoDB and the tests. */
function tableInput(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [TABLE.partitionKey, TABLE.sortKey, TABLE.bySerial.partitionKey].map((attribute) => ({
      AttributeName: attribute,
      AttributeType: "S",
    })),
    KeySchema: [
      { AttributeName: TABLE.partitionKey, KeyType: "HASH" },
      { AttributeName: TABLE.sortKey, KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: TABLE.bySerial.name,
        KeySchema: [{ AttributeName: TABLE.bySerial.partitionKey, KeyType: "HASH" }],
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...TABLE.bySerial.include] },
      },
    ],
  };
}

/** Milliseconds between two looks at a table that is being made, and how long it may take at all. */
const LOOK_MS = 10;
const PATIENCE_MS = 10_000;

/** Makes the table unless it is there, and waits until it can be used: a table that is still being made refuses reads and writes. */
export async function ensureTable(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  for (const end = clock() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (table?.TableStatus === "ACTIVE") return;
    if (clock() > end) throw new Error(`the table ${name} does not become active`);
  }
}
