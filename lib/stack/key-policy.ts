import { Aws } from "aws-cdk-lib";
import {
  AccountRootPrincipal,
  AnyPrincipal,
  Effect,
  type IRole,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
} from "aws-cdk-lib/aws-iam";

/**
 * What administrators of the account may do with a key: everything but use it. The list has no wildcard and no cryptographic
 * operation, so no IAM policy in the account, however wide, can make a signature: only the statement that names a function's
 * role can. `kms:GetPublicKey` is here for the operator, who has it certified.
 */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:GetPublicKey",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** Symmetric keys rotate their material by themselves; asymmetric and HMAC keys cannot (a new key needs a new certificate). */
const ROTATION = ["kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:ListKeyRotations", "kms:RotateKeyOnDemand"];

/** Days between scheduling a key's deletion and losing it: the longest that KMS offers, the time to notice. */
export const DELETION_DAYS = 30;

/** In a key policy "*" means this key and no other (KMS developer guide, "Resource element"). */
const THIS_KEY = ["*"];

function administration(rotates: boolean): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: "AccountAdministersAndCannotUse",
      principals: [new AccountRootPrincipal()],
      actions: rotates ? [...ADMINISTRATION, ...ROTATION] : ADMINISTRATION,
      resources: THIS_KEY,
    }),
    new PolicyStatement({
      sid: "DeletionWaits",
      principals: [new AccountRootPrincipal()],
      actions: ["kms:ScheduleKeyDeletion"],
      resources: THIS_KEY,
      conditions: { NumericEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": String(DELETION_DAYS) } },
    }),
  ];
}

/** One use of one key: the action, and the request parameters without which it is refused. */
export type KeyUse = {
  readonly action: "kms:Sign" | "kms:GenerateMac";
  readonly only: Readonly<Record<string, string>>;
};

/** ECDSA on P-256 over SHA-256 of the message itself: a caller cannot have a digest of its own choosing signed. */
export const SIGN: KeyUse = {
  action: "kms:Sign",
  only: { "kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "RAW" },
};
export const MAC: KeyUse = { action: "kms:GenerateMac", only: { "kms:MacAlgorithm": "HMAC_SHA_256" } };

/**
 * The policy of a key that functions use: `users` in one way, nobody in any other. The denials repeat what is not granted, so
 * that a later statement, a grant or a policy elsewhere cannot widen it unnoticed.
 */
export function usedKeyPolicy(use: KeyUse, users: readonly IRole[]): PolicyDocument {
  const deny = (sid: string, actions: string[], conditions?: Record<string, Record<string, unknown>>) =>
    new PolicyStatement({
      sid,
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions,
      resources: THIS_KEY,
      ...(conditions === undefined ? {} : { conditions }),
    });
  const arns = users.map((role) => role.roleArn);
  return new PolicyDocument({
    statements: [
      ...administration(false),
      new PolicyStatement({
        sid: "FunctionUsesInOneWay",
        // The account with a condition, not the role itself: then the role's own policy must allow the use as well.
        principals: [new AccountRootPrincipal()],
        actions: [use.action],
        resources: THIS_KEY,
        conditions: { ArnEquals: { "aws:PrincipalArn": arns }, StringEquals: use.only },
      }),
      deny("NobodyElse", [use.action], { ArnNotEquals: { "aws:PrincipalArn": arns } }),
      ...Object.entries(use.only).map(([key, value]) =>
        deny(`Only${value.replaceAll("_", "")}`, [use.action], { StringNotEquals: { [key]: value } }),
      ),
      deny("NoGrants", ["kms:CreateGrant"]),
    ],
  });
}

/** What DynamoDB, Secrets Manager and CloudWatch Logs do with a customer's key, for a caller or for themselves. */
const ENVELOPE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** The policy of the key that encrypts data at rest: usable through the services that store the data, never directly. */
export function dataKeyPolicy(stackName: string): PolicyDocument {
  const services = ["dynamodb", "secretsmanager"].map((service) => `${service}.${Aws.REGION}.amazonaws.com`);
  return new PolicyDocument({
    statements: [
      ...administration(true),
      new PolicyStatement({
        sid: "AccountThroughStorage",
        principals: [new AccountRootPrincipal()],
        // The grant is how DynamoDB keeps the table readable to itself: backups, expiry, index maintenance.
        actions: [...ENVELOPE, "kms:CreateGrant"],
        resources: THIS_KEY,
        conditions: { StringEquals: { "kms:ViaService": services, "kms:CallerAccount": Aws.ACCOUNT_ID } },
      }),
      new PolicyStatement({
        sid: "LogsOfThisStack",
        principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
        actions: ENVELOPE,
        resources: THIS_KEY,
        conditions: {
          ArnLike: {
            // CloudFormation names a log group after its stack.
            "kms:EncryptionContext:aws:logs:arn": `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${stackName}-*`,
          },
        },
      }),
    ],
  });
}
