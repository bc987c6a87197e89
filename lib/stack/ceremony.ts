import { ManagedPolicy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { partitions, type Resources, through } from "./grants.ts";
import { PKI_PARTITION } from "./storage.ts";

/**
 * What the operator who runs `motlan ca init` may do: read the public keys so that the offline root can certify them, and
 * publish the certificates. Attached to nobody: the operator attaches it to their own role for the ceremony. It can sign nothing.
 */
export function ceremonyPolicy(scope: Construct, { table, keys }: Resources): ManagedPolicy {
  const { IssuingCa, Tsa, Ocsp } = keys.used;
  return new ManagedPolicy(scope, "CeremonyPolicy", {
    description: "Ky Mot Lan: certify the KMS keys and publish the certificates (motlan ca init)",
    statements: [
      new PolicyStatement({
        sid: "PublicKeys",
        actions: ["kms:DescribeKey", "kms:GetPublicKey"],
        resources: [IssuingCa, Tsa, Ocsp].map(({ key }) => key.keyArn),
      }),
      new PolicyStatement({
        sid: "PkiPublish",
        actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
        resources: [table.tableArn],
        conditions: partitions(PKI_PARTITION),
      }),
      new PolicyStatement({
        sid: "TableKey",
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
        resources: [keys.data.keyArn],
        conditions: through("dynamodb"),
      }),
    ],
  });
}
