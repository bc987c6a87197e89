import { describe, expect, test } from "vitest";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import { list, ofType, resource, type Statement, statementsOf, synthesise, theStack } from "./synthesised.ts";

/** Written out by hand, not derived from the route table: whoever widens a permission changes a line here, in plain sight. */
const ON_TRANSACTIONS = "where pk is TX#*";
const ON_PKI = "where pk is PKI";
const VIA_DYNAMODB = "via dynamodb";
const SIGNING = "ECDSA_SHA_256 RAW";
const TABLE = "<Storage/Table.Arn>";
const DATA_KEY = "<Keys/Data.Arn>";
const READ_TABLE_KEY = `kms:Decrypt kms:DescribeKey | ${DATA_KEY} | ${VIA_DYNAMODB}`;
const WRITE_TABLE_KEY = `kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:ReEncryptTo | ${DATA_KEY} | ${VIA_DYNAMODB}`;
const READ_TRANSACTIONS = `dynamodb:GetItem | ${TABLE} | ${ON_TRANSACTIONS}`;
const CREATE_TRANSACTIONS = `dynamodb:PutItem | ${TABLE} | ${ON_TRANSACTIONS}`;
const WRITE_TRANSACTIONS = `dynamodb:UpdateItem | ${TABLE} | ${ON_TRANSACTIONS}`;
const READ_PKI = `dynamodb:GetItem | ${TABLE} | ${ON_PKI}`;
/** Items whose partition keys are like this; what may be done to them otherwise is in the list of conditions below. */
const on = (pattern: string) => `where pk is ${pattern}`;
const get = (pattern: string) => `dynamodb:GetItem | ${TABLE} | ${on(pattern)}`;
const WRITE_SESSIONS = `dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem | ${TABLE} | ${on("SESSION#*")}`;
const RECORD = `dynamodb:PutItem | ${TABLE} | ${on("ACTIVITY#*")}`;
const ONLY_THE_RING = "where pk is PASSKEYS#*, in passkeys alone";
const ONLY_THE_CHALLENGE = "where pk is SESSION#*, in challenge alone";
const ONLY_THE_MARK = "where pk is TX#*, in dispute alone";
const ONLY_THE_STANDING = "where pk is TX#*, in state and dispute and helper and identified alone";
const ONLY_THE_LINK = "where pk is ASSIST#*, in transactions alone";
const ONLY_THE_OUTCOME = "where pk is TX#*, in state and help and dispute alone";
const logs = (name: string) => `logs:CreateLogStream logs:PutLogEvents | <Functions/${name}Logs.Arn>`;

const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  Transactions: [
    logs("Transactions"),
    READ_TRANSACTIONS,
    CREATE_TRANSACTIONS,
    WRITE_TRANSACTIONS,
    get("ASSIST#*"),
    `dynamodb:UpdateItem | ${TABLE} | ${ONLY_THE_LINK}`,
    WRITE_TABLE_KEY,
  ],
  Assistance: [
    logs("Assistance"),
    get("SESSION#*"),
    get("ASSIST#*"),
    `dynamodb:PutItem dynamodb:UpdateItem | ${TABLE} | ${on("ASSIST#*")}`,
    `dynamodb:BatchGetItem | ${TABLE} | ${on("ASSIST#*")}`,
    `dynamodb:Query | ${TABLE} | ${on("ASSISTDAY#*")}`,
    `dynamodb:PutItem dynamodb:UpdateItem | ${TABLE} | ${on("ASSISTDAY#*")}`,
    `dynamodb:BatchGetItem | ${TABLE} | ${ONLY_THE_OUTCOME}`,
    get("PAIRING#*"),
    `dynamodb:PutItem dynamodb:UpdateItem | ${TABLE} | ${on("PAIRING#*")}`,
    get("PART#*"),
    `dynamodb:PutItem | ${TABLE} | ${on("PART#*")}`,
    RECORD,
    WRITE_TABLE_KEY,
  ],
  Identity: [logs("Identity"), READ_TRANSACTIONS, READ_TABLE_KEY],
  Signing: [
    logs("Signing"),
    READ_TRANSACTIONS,
    WRITE_TRANSACTIONS,
    get("PERSON#*"),
    get("ASSIST#*"),
    RECORD,
    READ_PKI,
    WRITE_TABLE_KEY,
    `kms:Sign | <Keys/IssuingCa.Arn> | ${SIGNING}`,
    `kms:Sign | <Keys/Tsa.Arn> | ${SIGNING}`,
    "kms:GenerateMac | <Keys/Pairwise.Arn> | HMAC_SHA_256",
    "secretsmanager:GetSecretValue | <Storage/OidcClientSecret>",
    `kms:Decrypt | ${DATA_KEY} | via secretsmanager`,
  ],
  Proofs: [logs("Proofs"), READ_TRANSACTIONS, READ_TABLE_KEY],
  Status: [
    logs("Status"),
    READ_PKI,
    `dynamodb:Query | ${TABLE}/index/bySerial`,
    READ_TABLE_KEY,
    `kms:Sign | <Keys/Ocsp.Arn> | ${SIGNING}`,
  ],
  Trust: [logs("Trust"), READ_PKI, READ_TABLE_KEY],
  Verification: [
    logs("Verification"),
    READ_PKI,
    `dynamodb:Query | ${TABLE}/index/bySerial`,
    `dynamodb:GetItem | ${TABLE} | ${ONLY_THE_STANDING}`,
    READ_TABLE_KEY,
    `kms:Sign | <Keys/Report.Arn> | ${SIGNING}`,
    `kms:Sign | <Keys/Tsa.Arn> | ${SIGNING}`,
  ],
  Lookups: [
    logs("Lookups"),
    READ_TRANSACTIONS,
    `dynamodb:GetItem | ${TABLE} | ${ONLY_THE_STANDING}`,
    `dynamodb:Query | ${TABLE}/index/bySerial`,
    `dynamodb:Query | ${TABLE}/index/byCode`,
    `dynamodb:UpdateItem | ${TABLE} | ${on("LOOKUP#*")}`,
    WRITE_TABLE_KEY,
  ],
  People: [
    logs("People"),
    get("SESSION#*"),
    WRITE_SESSIONS,
    get("PERSON#*"),
    `dynamodb:UpdateItem | ${TABLE} | ${on("PERSON#*")}`,
    `dynamodb:Query | ${TABLE} | ${on("ACTIVITY#*")}`,
    RECORD,
    `dynamodb:GetItem dynamodb:PutItem | ${TABLE} | ${on("DISPUTE")}`,
    READ_TRANSACTIONS,
    `dynamodb:UpdateItem | ${TABLE} | ${ONLY_THE_MARK}`,
    `dynamodb:Query | ${TABLE}/index/bySubject`,
    WRITE_TABLE_KEY,
    "kms:GenerateMac | <Keys/Pairwise.Arn> | HMAC_SHA_256",
    "secretsmanager:GetSecretValue | <Storage/OidcClientSecret>",
    `kms:Decrypt | ${DATA_KEY} | via secretsmanager`,
  ],
  Passkeys: [
    logs("Passkeys"),
    get("SESSION#*"),
    `dynamodb:UpdateItem | ${TABLE} | ${ONLY_THE_CHALLENGE}`,
    get("PASSKEY*#*"),
    `dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem | ${TABLE} | ${on("PASSKEY*#*")}`,
    RECORD,
    WRITE_TABLE_KEY,
  ],
  "Passkey-signing": [
    logs("Passkey-signing"),
    READ_TRANSACTIONS,
    WRITE_TRANSACTIONS,
    get("PASSKEY*#*"),
    `dynamodb:UpdateItem | ${TABLE} | ${ONLY_THE_RING}`,
    get("PERSON#*"),
    get("ASSIST#*"),
    RECORD,
    READ_PKI,
    WRITE_TABLE_KEY,
    `kms:Sign | <Keys/IssuingCa.Arn> | ${SIGNING}`,
    `kms:Sign | <Keys/Tsa.Arn> | ${SIGNING}`,
  ],
};

const leading = (pattern: string) => ({
  "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [pattern] },
  Null: { "dynamodb:LeadingKeys": "false" },
});
const via = (service: string) => ({ StringEquals: { "kms:ViaService": `${service}.<AWS::Region>.amazonaws.com` } });
const only = (pattern: string, attributes: readonly string[]) => ({
  ...leading(pattern),
  "ForAllValues:StringEquals": { "dynamodb:Attributes": attributes },
  StringEqualsIfExists: { "dynamodb:ReturnValues": ["NONE"] },
});
const PATTERNS = [
  "SESSION#*",
  "PASSKEY*#*",
  "PERSON#*",
  "ACTIVITY#*",
  "DISPUTE",
  "LOOKUP#*",
  "ASSIST#*",
  "ASSISTDAY#*",
  "PAIRING#*",
  "PART#*",
];
const CONDITIONS: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(PATTERNS.map((pattern) => [on(pattern), leading(pattern)])),
  [ONLY_THE_RING]: only("PASSKEYS#*", ["pk", "sk", "passkeys"]),
  [ONLY_THE_STANDING]: {
    ...leading("TX#*"),
    "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "sk", "state", "dispute", "helper", "identified"] },
    StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
  },
  [ONLY_THE_CHALLENGE]: only("SESSION#*", ["pk", "sk", "state", "challenge"]),
  [ONLY_THE_MARK]: only("TX#*", ["pk", "sk", "dispute"]),
  [ONLY_THE_OUTCOME]: {
    ...leading("TX#*"),
    "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "sk", "state", "assistanceId", "dispute"] },
    StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
  },
  [ONLY_THE_LINK]: only("ASSIST#*", ["pk", "sk", "state", "expiresAt", "transactions"]),
  [ON_TRANSACTIONS]: leading("TX#*"),
  [ON_PKI]: leading("PKI"),
  [VIA_DYNAMODB]: via("dynamodb"),
  "via secretsmanager": via("secretsmanager"),
  [SIGNING]: { StringEquals: { "kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "RAW" } },
  HMAC_SHA_256: { StringEquals: { "kms:MacAlgorithm": "HMAC_SHA_256" } },
};

function line({ Effect, Action, Resource, Condition }: Statement): string {
  expect(Effect).toBe("Allow");
  const found = Object.entries(CONDITIONS).find(([, condition]) => same(condition, Condition));
  const condition = Condition === undefined ? [] : [found?.[0] ?? `an unknown condition: ${JSON.stringify(Condition)}`];
  return [list(Action).join(" "), list(Resource).join(" "), ...condition].join(" | ");
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

for (const [name, expected] of Object.entries(PERMISSIONS))
  test(`${name} may do this and nothing else`, () => {
    const policy = resource(`Functions/${name}Policy`);
    expect(statementsOf(policy.Properties.PolicyDocument).map(line).sort()).toEqual([...expected].sort());
    expect(policy.Properties.Roles).toEqual([`<Roles/${name}>`]);
  });

test("the table above names every function of the route table", () => {
  expect(
    Object.keys(PERMISSIONS)
      .map((name) => name.toLowerCase())
      .sort(),
  ).toEqual([...FUNCTIONS].sort());
});

test("a role holds one policy of ours, no managed one, and only Lambda can take it on", () => {
  const roles = ofType("AWS::IAM::Role");
  expect(roles.map(([path]) => path).sort()).toEqual(
    // The uploader of pages: test/stack/site.test.ts.
    ["Site/Upload/Role", ...Object.keys(PERMISSIONS).map((name) => `Roles/${name}`)].sort(),
  );
  for (const [path, { Properties }] of roles) {
    expect(Properties.ManagedPolicyArns, path).toBeUndefined();
    expect(Properties.Policies, path).toBeUndefined();
    expect(statementsOf(Properties.AssumeRolePolicyDocument), path).toEqual([
      { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } },
    ]);
  }
  expect(ofType("AWS::IAM::Policy")).toHaveLength(roles.length);
});

describe("notices", () => {
  const url = "https://notices.example/motlan";
  const withNotices = () => synthesise({ noticeUrl: url });
  /** Those that record what was done in somebody's name. */
  const RECORDING = Object.entries(PERMISSIONS).flatMap(([name, lines]) => (lines.includes(RECORD) ? [name] : []));

  test("where they are sent, the functions that record may read the one secret that signs them, and no other function", () => {
    const stack = withNotices();
    expect(RECORDING.length).toBeGreaterThan(2);
    for (const name of Object.keys(PERMISSIONS)) {
      const lines = statementsOf(resource(`Functions/${name}Policy`, stack).Properties.PolicyDocument).map(line);
      const reads = lines.includes("secretsmanager:GetSecretValue | <Storage/NoticeSecret>");
      expect(reads, name).toBe(RECORDING.includes(name));
      const told = JSON.stringify(resource(`Functions/${name}`, stack).Properties.Environment);
      expect(told.includes(url), name).toBe(RECORDING.includes(name));
    }
  });

  test("where they are not, there is no secret and nobody is told of one", () => {
    expect(JSON.stringify([...theStack().resources])).not.toMatch(/Notice/);
  });
});

describe("the key ceremony", () => {
  const operator = "arn:aws:iam::111122223333:role/Operator";
  const open = () => synthesise({ ceremonyOperatorArn: operator });

  test("lets one operator read public keys, sign with the issuing key, publish certificates, and do nothing else", () => {
    const stack = open();
    expect(statementsOf(resource("Ceremony/Operator", stack).Properties.AssumeRolePolicyDocument)).toEqual([
      { Action: "sts:AssumeRole", Effect: "Allow", Principal: { AWS: operator } },
    ]);
    const { Properties } = resource("Ceremony/Operator/Steps", stack);
    expect(statementsOf(Properties.PolicyDocument).map(line)).toEqual([
      "kms:GetPublicKey | <Keys/IssuingCa.Arn> <Keys/Ocsp.Arn> <Keys/Report.Arn> <Keys/Tsa.Arn>",
      `kms:Sign | <Keys/IssuingCa.Arn> | ${SIGNING}`,
      `dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem | ${TABLE} | ${ON_PKI}`,
      `kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey | ${DATA_KEY} | ${VIA_DYNAMODB}`,
    ]);
    expect(Properties.Roles).toEqual(["<Ceremony/Operator>"]);
  });

  test("opens the issuing key to the operator beside the functions that sign, and no other key", () => {
    const stack = open();
    const named = ofType("AWS::KMS::Key", stack)
      .filter(([, { Properties }]) => JSON.stringify(Properties.KeyPolicy).includes("<Ceremony/Operator.Arn>"))
      .map(([path]) => path);
    expect(named).toEqual(["Keys/IssuingCa"]);
    for (const statement of statementsOf(resource("Keys/IssuingCa", stack).Properties.KeyPolicy))
      if (JSON.stringify(statement).includes("Ceremony"))
        expect(statement.Condition).toMatchObject({
          [statement.Effect === "Allow" ? "ArnEquals" : "ArnNotEquals"]: {
            "aws:PrincipalArn": ["<Roles/Signing.Arn>", "<Roles/Passkey-signing.Arn>", "<Ceremony/Operator.Arn>"],
          },
        });
  });

  test("leaves no trace in the stack when it is closed", () => {
    expect(JSON.stringify([...theStack().resources])).not.toContain("Ceremony");
  });
});

test("no policy of the stack has a wildcard in an action, nor in a resource, but for the names of pages and assets", () => {
  const documents = ofType("AWS::IAM::Policy", synthesise({ ceremonyOperatorArn: "arn:aws:iam::111122223333:role/x" }));
  expect(documents.length).toBeGreaterThan(FUNCTIONS.length);
  const found = documents.flatMap(([path, { Properties }]) => wildcards(path, statementsOf(Properties.PolicyDocument)));
  expect(found).toEqual(["assets", "pages"].map((folder) => `Site/Upload/Steps: <Site/Files.Arn>/${folder}/*`));
});

test("a key policy has one wildcard: its resource, which means the key itself", () => {
  for (const [path, { Properties }] of ofType("AWS::KMS::Key")) {
    const found = wildcards(path, statementsOf(Properties.KeyPolicy));
    expect(new Set(found), path).toEqual(new Set([`${path}: *`]));
  }
});

test("the search for wildcards finds planted ones", () => {
  const planted: Statement[] = [
    { Sid: "a", Effect: "Allow", Action: "dynamodb:*", Resource: TABLE },
    { Sid: "b", Effect: "Allow", Action: ["kms:Sign"], Resource: ["arn:aws:kms:::key/*"] },
  ];
  expect(wildcards("x", planted)).toEqual(["x: dynamodb:*", "x: arn:aws:kms:::key/*"]);
});

function wildcards(path: string, statements: readonly Statement[]): string[] {
  const texts = statements.flatMap(({ Action, Resource }) => [...list(Action), ...list(Resource)]);
  return texts.filter((text) => text.includes("*")).map((text) => `${path}: ${text}`);
}

test("resources that take a policy of their own are the keys and the bucket of the pages alone", () => {
  const types = new Set([...theStack().resources.values()].map(({ Type }) => Type));
  expect(
    [...types].filter((type) => /(?<!CachePolicy|HeadersPolicy)$/.test(type) && /Policy$/.test(type)).sort(),
  ).toEqual(["AWS::IAM::Policy", "AWS::S3::BucketPolicy"]);
  expect(resource("Storage/Table").Properties.ResourcePolicy).toBeUndefined();
});
