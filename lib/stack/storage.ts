import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { INDEXES, TABLE } from "../aws/table.ts";

/** The name is fixed: a second stack in the account and Region must fail rather than start an empty table beside the proofs. */
const TABLE_NAME = "motlan";

/** The first part of a partition key says what an item is; the policies of the functions are written in these terms. */
export const TRANSACTION_PARTITION = "TX#*";
export const PKI_PARTITION = "PKI";
export const PERSON_PARTITION = "PERSON#*";
export const ACTIVITY_PARTITION = "ACTIVITY#*";
export const DISPUTE_PARTITION = "DISPUTE";
export const LOOKUP_PARTITION = "LOOKUP#*";
export const SESSION_PARTITION = "SESSION#*";
/** Rings (`PASSKEYS#`) and the pointers to them (`PASSKEY#`). */
export const PASSKEY_PARTITION = "PASSKEY*#*";
export const RING_PARTITION = "PASSKEYS#*";

export const ASSISTANCE_PARTITION = "ASSIST#*";
export const ASSISTANCE_DAY_PARTITION = "ASSISTDAY#*";
export const PAIRING_PARTITION = "PAIRING#*";
export const PART_PARTITION = "PART#*";

/** `oidcSecret` is absent where the OIDC client is a public one, with PKCE alone; `noticeSecret` where nobody receives notices. */
export type Storage = {
  readonly table: Table;
  readonly oidcSecret: Secret | undefined;
  readonly noticeSecret: Secret | undefined;
};

export type StorageOptions = {
  readonly confidentialClient: boolean;
  readonly notices: boolean;
  /** How many indexes the table has: fewer than all of them only on the way to all ({@link StackOptions}). */
  readonly indexes?: number | undefined;
};

/**
 * The one table, and a secret where the OIDC client has one, and where notices are sent.
 *
 * The table is a plain regional one on purpose: every promise of the service is a conditional write on one item, and a
 * multi-Region table with eventual consistency lets both of two racing conditions win.
 */
export function storage(scope: Construct, dataKey: Key, options: StorageOptions): Storage {
  const room = new Construct(scope, "Storage");
  const table = new Table(room, "Table", {
    tableName: TABLE_NAME,
    partitionKey: { name: TABLE.partitionKey, type: AttributeType.STRING },
    sortKey: { name: TABLE.sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: TABLE.ttl,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: dataKey,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const { name, partitionKey, sortKey, include } of INDEXES.slice(0, options.indexes))
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey === undefined ? {} : { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      // Keys, and for status requests what a response needs: no index ever holds a name.
      ...(include === undefined
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...include] }),
    });
  const { confidentialClient, notices } = options;
  if (!confidentialClient && !notices) return { table, oidcSecret: undefined, noticeSecret: undefined };
  // Imported, so that the construct does not widen the key's own policy, which already admits Secrets Manager.
  const encryptionKey = Key.fromKeyArn(room, "DataKey", dataKey.keyArn);
  /** Born with a random value, which nobody accepts until the operator stores the real one. */
  const secret = (id: string, description: string) =>
    new Secret(room, id, { description, encryptionKey, removalPolicy: RemovalPolicy.RETAIN });
  return {
    table,
    oidcSecret: confidentialClient
      ? secret("OidcClientSecret", "Secret of the OIDC client, issued by the identity provider; see docs/RUNBOOK.md")
      : undefined,
    noticeSecret: notices
      ? secret("NoticeSecret", "Signs notices (whsec_ and base64), known to their receiver; see docs/RUNBOOK.md")
      : undefined,
  };
}
