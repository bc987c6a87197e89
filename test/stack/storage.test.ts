import { expect, test } from "vitest";
import { TABLE } from "../../lib/aws/table.ts";
import { ofType, resource, synthesise } from "./synthesised.ts";

const table = () => resource("Storage/Table");

test("there is one table, of the shape that the store expects", () => {
  expect(ofType("AWS::DynamoDB::Table")).toHaveLength(1);
  expect(table().Properties).toMatchObject({
    TableName: "motlan",
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: TABLE.partitionKey, KeyType: "HASH" },
      { AttributeName: TABLE.sortKey, KeyType: "RANGE" },
    ],
    AttributeDefinitions: ["pk", "sk", "serial", "subject", "order", "code"].map((name) => ({
      AttributeName: name,
      AttributeType: "S",
    })),
    GlobalSecondaryIndexes: [
      {
        IndexName: TABLE.bySerial.name,
        KeySchema: [{ AttributeName: TABLE.bySerial.partitionKey, KeyType: "HASH" }],
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...TABLE.bySerial.include] },
      },
      {
        IndexName: TABLE.bySubject.name,
        KeySchema: [
          { AttributeName: TABLE.bySubject.partitionKey, KeyType: "HASH" },
          { AttributeName: TABLE.bySubject.sortKey, KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
      {
        IndexName: TABLE.byCode.name,
        KeySchema: [{ AttributeName: TABLE.byCode.partitionKey, KeyType: "HASH" }],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  });
});

test("the table can be restored to any second, cannot be deleted, and outlives the stack", () => {
  expect(table().Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  expect(table().Properties.DeletionProtectionEnabled).toBe(true);
  expect([table().DeletionPolicy, table().UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
});

test("the table is encrypted under our own key and forgets by `ttl`", () => {
  expect(table().Properties.SSESpecification).toEqual({
    SSEEnabled: true,
    SSEType: "KMS",
    KMSMasterKeyId: "<Keys/Data.Arn>",
  });
  expect(table().Properties.TimeToLiveSpecification).toEqual({ AttributeName: "ttl", Enabled: true });
});

test("no index holds a name of a person: what status requests need, and keys", () => {
  const indexes = table().Properties.GlobalSecondaryIndexes as unknown as {
    Projection: { NonKeyAttributes?: string[] };
  }[];
  expect(indexes.map(({ Projection }) => Projection.NonKeyAttributes)).toEqual([
    ["state", "lease"],
    undefined,
    undefined,
  ]);
});

test("the client secret is born random under our own key, outlives the stack, and its value is nowhere in the template", () => {
  const secret = resource("Storage/OidcClientSecret");
  expect(secret.Properties).toMatchObject({ GenerateSecretString: {}, KmsKeyId: "<Keys/Data.Arn>" });
  expect(secret.Properties.SecretString).toBeUndefined();
  expect(secret.DeletionPolicy).toBe("Retain");
});

test("a public OIDC client has no secret, no permission to read one and no variable that names one", () => {
  const stack = synthesise({ confidentialClient: false });
  const secrets = ofType("AWS::SecretsManager::Secret", stack).map(([path]) => path);
  expect(secrets.filter((path) => /oidc/i.test(path))).toEqual([]);
  expect(JSON.stringify(resource("Functions/SigningPolicy", stack))).not.toMatch(/secret/i);
  expect(JSON.stringify(resource("Functions/Signing", stack))).not.toMatch(/secret/i);
});

test("an older installation can be given its indexes one after the other, as CloudFormation adds them", () => {
  const namesWith = (indexes: number) =>
    (
      resource("Storage/Table", synthesise({ indexes })).Properties.GlobalSecondaryIndexes as unknown as {
        IndexName: string;
      }[]
    ).map(({ IndexName }) => IndexName);
  expect([1, 2, 3].map(namesWith)).toEqual([
    ["bySerial"],
    ["bySerial", "bySubject"],
    ["bySerial", "bySubject", "byCode"],
  ]);
});
