import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  ResourceInUseException,
  type TableDescription,
  UpdateTableCommand,
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

/** Milliseconds between two looks at a table that is being made, and how long one step of it may take. */
const LOOK_MS = 10;
const PATIENCE_MS = 10_000;

/**
 * Makes the table unless it is there, adds the indexes that a table of an older version lacks, and waits until all of it can be used:
 * a table that is still being made refuses reads and writes.
 */
export async function ensureTable(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(name)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  let table = await settled(client, name);
  // DynamoDB makes one index at a time.
  for (const index of INDEXES) {
    if (table.GlobalSecondaryIndexes?.some(({ IndexName }) => IndexName === index.name)) continue;
    await client.send(
      new UpdateTableCommand({
        TableName: name,
        AttributeDefinitions: definitions(keyNames(index)),
        GlobalSecondaryIndexUpdates: [{ Create: indexInput(index) }],
      }),
    );
    table = await settled(client, name);
  }
}

/** @returns the table once it and its indexes are active */
async function settled(client: DynamoDBClient, name: string): Promise<TableDescription> {
  for (const end = clock() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    if (table?.TableStatus === "ACTIVE" && indexes.every(({ IndexStatus }) => IndexStatus === "ACTIVE")) return table;
    if (clock() > end) throw new Error(`the table ${name} does not become active`);
  }
}
