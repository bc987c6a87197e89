import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import type { IRole } from "aws-cdk-lib/aws-iam";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { FunctionName, Need } from "../api/routes.ts";
import { DELETION_DAYS, dataKeyPolicy, type KeyUse, MAC, SIGN, usedKeyPolicy } from "./key-policy.ts";
import { functionsWith } from "./needs.ts";

type KeyPlan = {
  readonly need: Need;
  readonly alias: string;
  readonly description: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly use: KeyUse;
};

const signing = (need: Need, alias: string, description: string): KeyPlan => ({
  need,
  alias,
  description,
  spec: KeySpec.ECC_NIST_P256,
  usage: KeyUsage.SIGN_VERIFY,
  use: SIGN,
});

/** The keys that functions use, one a purpose: a function that may issue certificates can still not stamp times with them. */
const KEY_PLANS = {
  IssuingCa: signing("kms:sign:issuing-ca", "motlan-issuing-ca", "Certifies one-time signing keys"),
  Tsa: signing("kms:sign:tsa", "motlan-tsa", "Signs RFC 3161 timestamps"),
  Ocsp: signing("kms:sign:ocsp", "motlan-ocsp", "Signs certificate status responses"),
  Report: signing("kms:sign:report", "motlan-report", "Seals validation reports"),
  Pairwise: {
    need: "kms:mac:pairwise",
    alias: "motlan-pairwise",
    description: "Turns a person's identifier into the pseudonym in certificates",
    spec: KeySpec.HMAC_256,
    usage: KeyUsage.GENERATE_VERIFY_MAC,
    use: MAC,
  },
} as const satisfies Record<string, KeyPlan>;

type KeyName = keyof typeof KEY_PLANS;

export type ServiceKey = { readonly key: Key; readonly alias: string; readonly need: Need; readonly use: KeyUse };
export type Keys = { readonly data: Key; readonly used: Readonly<Record<KeyName, ServiceKey>> };

/**
 * The KMS keys. All are kept when the stack goes: a lost issuing key ends a CA, a lost pairwise key makes every person a
 * stranger, a lost data key takes the proofs with it.
 *
 * @param ceremony may sign with the issuing key as well
 */
export function keys(
  scope: Construct,
  roles: Readonly<Record<FunctionName, IRole>>,
  ceremony: IRole | undefined,
): Keys {
  const room = new Construct(scope, "Keys");
  const common = { removalPolicy: RemovalPolicy.RETAIN, pendingWindow: Duration.days(DELETION_DAYS) };
  const make = (name: KeyName): ServiceKey => {
    const { need, alias, description, spec, usage, use } = KEY_PLANS[name];
    const users = functionsWith(need).map((user) => roles[user]);
    const policy = usedKeyPolicy(use, name === "IssuingCa" && ceremony !== undefined ? [...users, ceremony] : users);
    const key = new Key(room, name, { ...common, alias, description, keySpec: spec, keyUsage: usage, policy });
    return { key, alias: `alias/${alias}`, need, use };
  };
  return {
    data: new Key(room, "Data", {
      ...common,
      alias: "motlan-data",
      description: "Encrypts the table, the secret and the logs at rest",
      enableKeyRotation: true,
      policy: dataKeyPolicy(Stack.of(scope).stackName),
    }),
    used: {
      IssuingCa: make("IssuingCa"),
      Tsa: make("Tsa"),
      Ocsp: make("Ocsp"),
      Report: make("Report"),
      Pairwise: make("Pairwise"),
    },
  };
}
