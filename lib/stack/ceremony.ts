import { Duration } from "aws-cdk-lib";
import { ArnPrincipal, Policy, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { partitions, type Resources, through } from "./grants.ts";
import { SIGN } from "./key-policy.ts";
import { PKI_PARTITION } from "./storage.ts";

/**
 * The role of whoever runs `motlan ca init`. It exists only while the stack is deployed with the ceremony open, because it is
 * the one identity beside the signing function that may sign with the issuing key: that key certifies the TSA's and the status
 * responder's (RFC 6960 §4.2.2.2). The next deployment without it takes role and permission away.
 *
 * @param operatorArn the one IAM role or user that may take it on
 */
export function ceremonyRole(scope: Construct, operatorArn: string): Role {
  return new Role(new Construct(scope, "Ceremony"), "Operator", {
    assumedBy: new ArnPrincipal(operatorArn),
    description: "Ky Mot Lan: key ceremony (motlan ca init), present only while it is open",
    // The shortest that IAM offers; the ceremony takes minutes.
    maxSessionDuration: Duration.hours(1),
  });
}

/** What the ceremony does: read four public keys, have the issuing key sign certificates, publish them once; add the report seal to what an older ceremony published. */
export function allowCeremony(role: Role, { table, keys }: Resources): void {
  const { IssuingCa, Tsa, Ocsp, Report } = keys.used;
  new Policy(role, "Steps", {
    roles: [role],
    statements: [
      new PolicyStatement({
        sid: "PublicKeys",
        actions: ["kms:GetPublicKey"],
        resources: [IssuingCa, Tsa, Ocsp, Report].map(({ key }) => key.keyArn),
      }),
      new PolicyStatement({
        sid: "Certify",
        actions: [SIGN.action],
        resources: [IssuingCa.key.keyArn],
        conditions: { StringEquals: SIGN.only },
      }),
      new PolicyStatement({
        sid: "PkiPublish",
        actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
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
