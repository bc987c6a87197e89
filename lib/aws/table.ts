import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { clock, sleep } from "./runtime.ts";

/** An index over items that have its keys; `include` names what it holds beside keys. */
export type TableIndex = {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly include?: readonly string[];
};

/** Keys and indexes of the one table (architecture §5). The stack builds the same shape; test/stack holds the two together. */
export const TABLE = {
  partitionKey: "pk",
  sortKey: "sk",
  ttl: "ttl",
  bySerial: { name: "bySerial", partitionKey: "serial", include: ["state", "lease"] },
  /** The signed transactions of one person in their order; it holds keys alone. */
  bySubject: { name: "bySubject", partitionKey: "subject", sortKey: "order" },
  /** The transaction behind a look-up code; it holds keys alone. */
  byCode: { name: "byCode", partitionKey: "code" },
} as const satisfies Record<string, string | TableIndex>;

export const INDEXES: readonly TableIndex[] = [TABLE.bySerial, TABLE.bySubject, TABLE.byCode];

const keyNames = ({ partitionKey, sortKey }: TableIndex): readonly string[] =>
  sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];

/** Every key is text. */
const definitions = (names: readonly string[]) =>
  names.map((name) => ({ AttributeName: name, AttributeType: "S" as const }));

function indexInput(index: TableIndex): GlobalSecondaryIndex {
  const { name, partitionKey, sortKey, include } = index;
  return {
    IndexName: name,
    KeySchema: [
      { AttributeName: partitionKey, KeyType: "HASH" },
      ...(sortKey === undefined ? [] : [{ AttributeName: sortKey, KeyType: "RANGE" as const }]),
    ],
    Projection:
      include === undefined
        ? { ProjectionType: "KEYS_ONLY" }
        : { ProjectionType: "INCLUDE", NonKeyAttributes: [...include] },
  };
}

/** The table as CreateTable wants it; used where no stack has made it: the embedded DynamoDB and the tests. */
function tableInput(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: definitions([TABLE.partitionKey, TABLE.sortKey, ...INDEXES.flatMap(keyNames)]),
    KeySchema: [
      { AttributeName: TABLE.partitionKey, KeyType: "HASH" },
      { AttributeName: TABLE.sortKey, KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: INDEXES.map(indexInput),
  };
}

/** Milliseconds between two looks at a table that is being made or removed, and how long that may take. */
const LOOK_MS = 10;
const PATIENCE_MS = 10_000;

/** Makes a table of this shape unless there is one, and waits until it can be used: one that is being made refuses reads and writes. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  for (const end = clock() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const table = await describeTable(client, name);
    if (table?.TableStatus === "ACTIVE") return;
    if (table === undefined) await create(client, name);
    if (clock() > end) throw new Error(`the table ${name} does not become active`);
  }
}

async function create(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(name)));
  } catch (error) {
    // Somebody else has just begun to make it.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

/** Removes a table with everything in it, and waits until it is gone. */
export async function deleteTable(client: DynamoDBClient, name: string): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName: name }));
  await describeTable(client, name);
}

/** @returns undefined where there is none, and only then: one that is being removed is waited for */
export async function describeTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  for (const end = clock() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const table = await describe(client, name);
    if (table?.TableStatus !== "DELETING") return table;
    if (clock() > end) throw new Error(`the table ${name} does not go`);
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
