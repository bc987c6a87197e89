import { Aws } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Need } from "../api/routes.ts";
import { TABLE } from "../aws/table.ts";
import type { Keys } from "./keys.ts";
import { PKI_PARTITION, SESSION_PARTITION, type Storage, TRANSACTION_PARTITION } from "./storage.ts";

export type Resources = Storage & { readonly keys: Keys };

/** Reading a table under a customer's key, as DynamoDB asks it of every caller. */
const READ_TABLE_KEY = ["kms:Decrypt", "kms:DescribeKey"];
const WRITE_TABLE_KEY = [
  ...READ_TABLE_KEY,
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * Exactly what a set of needs allows. No wildcard in an action or a resource; where a resource holds more than the need
 * covers (one table for all items), a condition narrows it.
 */
export function statementsFor(needs: ReadonlySet<Need>, resources: Resources): PolicyStatement[] {
  const { keys, oidcSecret } = resources;
  const statements = [...tableStatements(needs, resources)];
  for (const { need, key, use } of Object.values(keys.used))
    if (needs.has(need)) statements.push(allow(sidOf(need), [use.action], key.keyArn, { StringEquals: use.only }));
  if (oidcSecret !== undefined && needs.has("secret:oidc-client"))
    statements.push(
      allow("SecretOidcClient", ["secretsmanager:GetSecretValue"], oidcSecret.secretArn),
      allow("SecretKey", ["kms:Decrypt"], keys.data.keyArn, through("secretsmanager")),
    );
  return statements;
}

/** Items of one kind: what their partition keys begin with, and how they are written. Reading is always by key. */
type Items = {
  readonly sid: string;
  readonly read: Need;
  readonly write: Need;
  readonly partition: string;
  readonly writing: readonly string[];
};

const ITEMS: readonly Items[] = [
  {
    sid: "Transactions",
    read: "transactions:read",
    write: "transactions:write",
    partition: TRANSACTION_PARTITION,
    writing: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  },
  {
    sid: "Sessions",
    read: "sessions:read",
    write: "sessions:write",
    partition: SESSION_PARTITION,
    writing: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
  },
];

function tableStatements(needs: ReadonlySet<Need>, { table, keys }: Resources): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const writes = ITEMS.some(({ write }) => needs.has(write));
  for (const { sid, read, write, partition, writing } of ITEMS) {
    // Who writes reads again where an answer was lost.
    if (needs.has(read) || needs.has(write))
      statements.push(allow(`${sid}Read`, ["dynamodb:GetItem"], table.tableArn, partitions(partition)));
    if (needs.has(write)) statements.push(allow(`${sid}Write`, writing, table.tableArn, partitions(partition)));
  }
  if (needs.has("pki:read"))
    statements.push(allow("PkiRead", ["dynamodb:GetItem"], table.tableArn, partitions(PKI_PARTITION)));
  if (needs.has("certificates:read"))
    statements.push(allow("CertificatesRead", ["dynamodb:Query"], `${table.tableArn}/index/${TABLE.bySerial.name}`));
  if (statements.length > 0)
    statements.push(
      allow("TableKey", writes ? WRITE_TABLE_KEY : READ_TABLE_KEY, keys.data.keyArn, through("dynamodb")),
    );
  return statements;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function allow(sid: string, actions: readonly string[], resource: string, conditions?: Conditions): PolicyStatement {
  return new PolicyStatement({
    sid,
    actions: [...actions],
    resources: [resource],
    ...(conditions === undefined ? {} : { conditions }),
  });
}

/**
 * Items whose partition key matches. `ForAllValues` is true of a request without the key as well, hence the second test
 * (IAM user guide, "Set operators for multivalued context keys").
 */
export function partitions(pattern: string): Conditions {
  return {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [pattern] },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
}

/** Only as part of a call to another service, never directly. */
export function through(service: "dynamodb" | "secretsmanager"): Conditions {
  return { StringEquals: { "kms:ViaService": `${service}.${Aws.REGION}.amazonaws.com` } };
}

const sidOf = (need: Need): string =>
  need.replaceAll(/(?:^|[^a-z])([a-z])/g, (_, letter: string) => letter.toUpperCase());
