import { describe, expect, test } from "vitest";
import { KEY_ALIASES } from "../../lib/aws/environment.ts";
import { list, ofType, resource, type Statement, statementsOf } from "./synthesised.ts";

/** Every key that functions use: by whom, how, and in no other way. */
const USED = {
  IssuingCa: { alias: KEY_ALIASES.issuingCa, users: ["Signing", "Passkey-signing"], action: "kms:Sign" },
  Tsa: { alias: KEY_ALIASES.tsa, users: ["Signing", "Verification", "Passkey-signing"], action: "kms:Sign" },
  Ocsp: { alias: KEY_ALIASES.ocsp, users: ["Status"], action: "kms:Sign" },
  Report: { alias: KEY_ALIASES.report, users: ["Verification"], action: "kms:Sign" },
  Pairwise: { alias: KEY_ALIASES.pairwise, users: ["Signing", "People"], action: "kms:GenerateMac" },
} as const;
const ONLY = {
  "kms:Sign": { "kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "RAW" },
  "kms:GenerateMac": { "kms:MacAlgorithm": "HMAC_SHA_256" },
} as const;
const SPEC = {
  "kms:Sign": { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" },
  "kms:GenerateMac": { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
} as const;

const ROOT = { AWS: "arn:<AWS::Partition>:iam::<AWS::AccountId>:root" };
const EVERYBODY = { AWS: "*" };
/** Operations that use key material, or let somebody else use it (KMS API reference). */
const USES =
  /^kms:(Sign|Verify|Encrypt|Decrypt|ReEncrypt.*|GenerateDataKey.*|GenerateMac|VerifyMac|DeriveSharedSecret|CreateGrant)$/;

const policyOf = (name: string): readonly Statement[] => statementsOf(resource(`Keys/${name}`).Properties.KeyPolicy);
const by = (sid: string, policy: readonly Statement[]): Statement => {
  const found = policy.find(({ Sid }) => Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid}`);
  return found;
};

for (const [name, { alias, users, action }] of Object.entries(USED))
  describe(name, () => {
    const roles = users.map((user) => `<Roles/${user}.Arn>`);
    const policy = () => policyOf(name);

    test(`is ${SPEC[action].KeySpec} under the alias that the functions ask for`, () => {
      expect(resource(`Keys/${name}`).Properties).toMatchObject(SPEC[action]);
      expect(resource(`Keys/${name}/Alias`).Properties).toMatchObject({ AliasName: alias });
    });

    test(`is used by ${users.join(" and ")} with ${action} in one way; no other statement allows a use`, () => {
      const uses = policy().filter(
        ({ Effect, Action }) => Effect === "Allow" && list(Action).some((a) => USES.test(a)),
      );
      expect(uses).toEqual([
        {
          Sid: "FunctionUsesInOneWay",
          Effect: "Allow",
          Action: action,
          Principal: ROOT,
          Resource: "*",
          Condition: { ArnEquals: { "aws:PrincipalArn": roles }, StringEquals: ONLY[action] },
        },
      ]);
    });

    test("is denied to everybody else, in every other way, and cannot be lent", () => {
      const denials = policy().filter(({ Effect }) => Effect === "Deny");
      expect(denials.map(({ Action, Principal, Condition }) => ({ Action, Principal, Condition }))).toEqual([
        { Action: action, Principal: EVERYBODY, Condition: { ArnNotEquals: { "aws:PrincipalArn": roles } } },
        ...Object.entries(ONLY[action]).map(([key, value]) => ({
          Action: action,
          Principal: EVERYBODY,
          Condition: { StringNotEquals: { [key]: value } },
        })),
        { Action: "kms:CreateGrant", Principal: EVERYBODY, Condition: undefined },
      ]);
    });

    test("shows its public key to the operator", () => {
      const { Action, Principal } = by("AccountAdministersAndCannotUse", policy());
      expect(list(Action)).toContain("kms:GetPublicKey");
      expect(Principal).toEqual(ROOT);
    });
  });

test("the data key works through DynamoDB and Secrets Manager, and for the logs of this stack; never directly", () => {
  const uses = policyOf("Data").filter(({ Action }) => list(Action).some((action) => USES.test(action)));
  expect(uses.map(({ Sid, Principal, Condition }) => ({ Sid, Principal, Condition }))).toEqual([
    {
      Sid: "AccountThroughStorage",
      Principal: ROOT,
      Condition: {
        StringEquals: {
          "kms:ViaService": ["dynamodb.<AWS::Region>.amazonaws.com", "secretsmanager.<AWS::Region>.amazonaws.com"],
          "kms:CallerAccount": "<AWS::AccountId>",
        },
      },
    },
    {
      Sid: "LogsOfThisStack",
      Principal: { Service: "logs.<AWS::Region>.amazonaws.com" },
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn":
            "arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:Motlan-*",
        },
      },
    },
  ]);
  expect(resource("Keys/Data").Properties.EnableKeyRotation).toBe(true);
});

test("there are these keys and no others; each outlives the stack and its deletion waits 30 days", () => {
  const keys = ofType("AWS::KMS::Key");
  expect(keys.map(([path]) => path).sort()).toEqual(
    ["Data", ...Object.keys(USED)].map((name) => `Keys/${name}`).sort(),
  );
  for (const [path, key] of keys) {
    expect([key.DeletionPolicy, key.UpdateReplacePolicy], path).toEqual(["Retain", "Retain"]);
    expect(key.Properties.PendingWindowInDays, path).toBe(30);
    const { Condition } = by("DeletionWaits", statementsOf(key.Properties.KeyPolicy));
    expect(Condition, path).toEqual({ NumericEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": "30" } });
  }
});

test("an administrator may do nothing to a key that is a use of it", () => {
  for (const [path, { Properties }] of ofType("AWS::KMS::Key")) {
    const { Action } = by("AccountAdministersAndCannotUse", statementsOf(Properties.KeyPolicy));
    expect(
      list(Action).filter((action) => USES.test(action) || action.includes("*")),
      path,
    ).toEqual([]);
  }
});
