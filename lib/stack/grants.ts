import { Aws } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Need } from "../api/routes.ts";
import { TABLE } from "../aws/table.ts";
import type { Keys } from "./keys.ts";
import {
  ACTIVITY_PARTITION,
  ASSISTANCE_DAY_PARTITION,
  ASSISTANCE_PARTITION,
  DISPUTE_PARTITION,
  LOOKUP_PARTITION,
  PAIRING_PARTITION,
  PART_PARTITION,
  PASSKEY_PARTITION,
  PERSON_PARTITION,
  PKI_PARTITION,
  RING_PARTITION,
  SESSION_PARTITION,
  type Storage,
  TRANSACTION_PARTITION,
} from "./storage.ts";

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
  const { keys, oidcSecret, noticeSecret } = resources;
  const statements = [...tableStatements(needs, resources)];
  for (const { need, key, use } of Object.values(keys.used))
    if (needs.has(need)) statements.push(allow(sidOf(need), [use.action], key.keyArn, { StringEquals: use.only }));
  const secrets: readonly (readonly [Need, Secret | undefined])[] = [
    ["secret:oidc-client", oidcSecret],
    ["secret:notices", noticeSecret],
  ];
  const read = secrets.flatMap(([need, secret]) =>
    secret !== undefined && needs.has(need)
      ? [allow(sidOf(need), ["secretsmanager:GetSecretValue"], secret.secretArn)]
      : [],
  );
  if (read.length > 0)
    statements.push(...read, allow("SecretKey", ["kms:Decrypt"], keys.data.keyArn, through("secretsmanager")));
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
    writing: ["dynamodb:UpdateItem"],
  },
  {
    sid: "Sessions",
    read: "sessions:read",
    write: "sessions:write",
    partition: SESSION_PARTITION,
    writing: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
  },
  {
    sid: "Passkeys",
    read: "passkeys:read",
    write: "passkeys:write",
    partition: PASSKEY_PARTITION,
    writing: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
  },
  {
    sid: "Assistances",
    read: "assistances:read",
    write: "assistances:write",
    partition: ASSISTANCE_PARTITION,
    writing: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  },
  {
    sid: "Pairings",
    read: "pairings:read",
    write: "pairings:write",
    partition: PAIRING_PARTITION,
    writing: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  },
  {
    sid: "Parts",
    read: "parts:read",
    write: "parts:write",
    partition: PART_PARTITION,
    writing: ["dynamodb:PutItem"],
  },
];

/** What a need allows that is not plain reading and writing of one kind of items. */
type Door = {
  readonly need: Need;
  readonly actions: readonly string[];
  /** Of the table, or of one of its indexes. */
  readonly index?: string;
  readonly partition?: string;
  /** The only attributes that a request may name, in keys and conditions as well. */
  readonly attributes?: readonly string[];
};

const DOORS: readonly Door[] = [
  // Apart from changing one: whoever signs cannot put another item in the place of what was signed.
  { need: "transactions:create", actions: ["dynamodb:PutItem"], partition: TRANSACTION_PARTITION },
  // Who adds passkeys asks a session a question, and can neither make one nor move its end.
  {
    need: "sessions:challenge",
    actions: ["dynamodb:UpdateItem"],
    partition: SESSION_PARTITION,
    attributes: [TABLE.partitionKey, TABLE.sortKey, "state", "challenge"],
  },
  { need: "people:read", actions: ["dynamodb:GetItem"], partition: PERSON_PARTITION },
  { need: "people:write", actions: ["dynamodb:UpdateItem"], partition: PERSON_PARTITION },
  { need: "activities:read", actions: ["dynamodb:Query"], partition: ACTIVITY_PARTITION },
  { need: "activities:write", actions: ["dynamodb:PutItem"], partition: ACTIVITY_PARTITION },
  // Cases are opened by people and ended by the operator alone: no function may change one.
  { need: "disputes:write", actions: ["dynamodb:GetItem", "dynamodb:PutItem"], partition: DISPUTE_PARTITION },
  {
    need: "transactions:mark",
    actions: ["dynamodb:UpdateItem"],
    partition: TRANSACTION_PARTITION,
    attributes: [TABLE.partitionKey, TABLE.sortKey, "dispute"],
  },
  // Whether a signature is disputed, who helped and how the signer was identified, and neither whose it is nor what was signed.
  {
    need: "transactions:standing",
    actions: ["dynamodb:GetItem"],
    partition: TRANSACTION_PARTITION,
    attributes: [TABLE.partitionKey, TABLE.sortKey, "state", "dispute", "helper", "identified"],
  },
  { need: "signatures:by-subject", actions: ["dynamodb:Query"], index: TABLE.bySubject.name },
  { need: "signatures:by-code", actions: ["dynamodb:Query"], index: TABLE.byCode.name },
  { need: "guesses:write", actions: ["dynamodb:UpdateItem"], partition: LOOKUP_PARTITION },
  {
    need: "assistances:link",
    actions: ["dynamodb:UpdateItem"],
    partition: ASSISTANCE_PARTITION,
    attributes: [TABLE.partitionKey, TABLE.sortKey, "state", "expiresAt", "transactions"],
  },
  // Who signs by a passkey records that it was used, and neither adds nor removes a pointer or a ring.
  {
    need: "passkeys:use",
    actions: ["dynamodb:UpdateItem"],
    partition: RING_PARTITION,
    attributes: [TABLE.partitionKey, TABLE.sortKey, "passkeys"],
  },
  { need: "assistances:batch", actions: ["dynamodb:BatchGetItem"], partition: ASSISTANCE_PARTITION },
  { need: "assistance-days:read", actions: ["dynamodb:Query"], partition: ASSISTANCE_DAY_PARTITION },
  {
    need: "assistance-days:write",
    actions: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
    partition: ASSISTANCE_DAY_PARTITION,
  },
  // How a transaction ended, and neither whose it is nor what was signed.
  {
    need: "transactions:outcomes",
    actions: ["dynamodb:BatchGetItem"],
    partition: TRANSACTION_PARTITION,
    attributes: [TABLE.partitionKey, TABLE.sortKey, "state", "assistanceId", "dispute"],
  },
];

const isWrite = ({ actions }: Pick<Door, "actions">): boolean => actions.some((action) => /Put|Update/.test(action));

function doorStatement(door: Door, { table }: Resources): PolicyStatement {
  const { need, actions, index, partition, attributes } = door;
  const resource = index === undefined ? table.tableArn : `${table.tableArn}/index/${index}`;
  const conditions = partition === undefined ? undefined : { ...partitions(partition), ...only(actions, attributes) };
  return allow(sidOf(need), actions, resource, conditions);
}

/**
 * Requests that name these attributes and no other; a write asks for none back, a reading one for these and not for whatever there is
 * (DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control").
 */
function only(actions: readonly string[], attributes: readonly string[] | undefined): Conditions {
  if (attributes === undefined) return {};
  const writes = isWrite({ actions });
  return {
    "ForAllValues:StringEquals": { "dynamodb:Attributes": attributes },
    StringEqualsIfExists: writes ? { "dynamodb:ReturnValues": ["NONE"] } : { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
  };
}

function tableStatements(needs: ReadonlySet<Need>, resources: Resources): PolicyStatement[] {
  const { table, keys } = resources;
  const doors = DOORS.filter(({ need }) => needs.has(need));
  const statements = doors.map((door) => doorStatement(door, resources));
  const writes = doors.some(isWrite) || ITEMS.some(({ write }) => needs.has(write));
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
