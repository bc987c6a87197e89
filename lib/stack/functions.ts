import { join } from "node:path";
import { Duration } from "aws-cdk-lib";
import { type IRole, Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FunctionName } from "../api/routes.ts";
import { type Resources, statementsFor } from "./grants.ts";
import { logGroup } from "./logs.ts";
import { FUNCTIONS, needsOf } from "./needs.ts";

/** Half a core: start-up is loading code, and below this it takes seconds. */
const SMALL_MB = 1024;
/** One whole core (Lambda gives one at 1,769 MB): key generation and three signatures are on a person's waiting time. */
const ONE_CORE_MB = 1769;
/** Two reads and a write with the SDK's own retries; API Gateway gives up at 29 s whatever we say. */
const QUICK = Duration.seconds(10);
/** Log-in at the provider, three KMS calls, two writes, with retries. Below the lease on a transaction (lib/service/claim, 20 s). */
const SIGNING = Duration.seconds(15);

/**
 * A file may take 10 s to be judged; the rest is start-up. The function's memory is the ceiling for one file, since Lambda runs one
 * request at a time in it.
 */
const VERIFICATION = Duration.seconds(12);

type Size = { readonly memorySize: number; readonly timeout: Duration };

const SIZES: Readonly<Record<FunctionName, Size>> = {
  transactions: { memorySize: SMALL_MB, timeout: QUICK },
  signing: { memorySize: ONE_CORE_MB, timeout: SIGNING },
  identity: { memorySize: SMALL_MB, timeout: QUICK },
  proofs: { memorySize: SMALL_MB, timeout: QUICK },
  status: { memorySize: SMALL_MB, timeout: QUICK },
  trust: { memorySize: SMALL_MB, timeout: QUICK },
  verification: { memorySize: ONE_CORE_MB, timeout: VERIFICATION },
  // A log-in at the provider, one MAC, two writes.
  people: { memorySize: SMALL_MB, timeout: SIGNING },
  lookups: { memorySize: SMALL_MB, timeout: QUICK },
  passkeys: { memorySize: SMALL_MB, timeout: QUICK },
  "passkey-signing": { memorySize: ONE_CORE_MB, timeout: SIGNING },
  assistance: { memorySize: SMALL_MB, timeout: QUICK },
};

/** What each function is, for whoever meets it in the console. */
const DESCRIPTIONS: Readonly<Record<FunctionName, string>> = {
  transactions: "Creates, reads, approves and declines signing transactions",
  signing: "Checks the log-in and signs once",
  identity: "Sends an approved person to the identity provider",
  proofs: "Hands out the proof of a signature",
  status: "Answers certificate status requests (OCSP)",
  trust: "Publishes certificates and the description of the service",
  verification: "Judges the signatures of a PDF, seals the report, and keeps nothing of it",
  assistance: "Lets officers help citizens to sign, and passes encrypted documents on",
  people: "Logs a person in to their own pages; shows what was done in their name, and takes disputes",
  lookups: "Tells anybody with a code or a certificate what is public of a signature",
  passkeys: "Adds, names and removes the passkeys of a person",
  "passkey-signing": "Checks the assertion of a passkey and signs once",
};

const each = <T>(make: (name: FunctionName) => T): Readonly<Record<FunctionName, T>> =>
  Object.fromEntries(FUNCTIONS.map((name) => [name, make(name)])) as Record<FunctionName, T>;

const constructId = (name: FunctionName): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** One role a function, made before the keys, whose policies name it. It holds nothing until {@link functions} attaches its needs. */
export function roles(scope: Construct): Readonly<Record<FunctionName, Role>> {
  const room = new Construct(scope, "Roles");
  return each(
    (name) =>
      new Role(room, constructId(name), {
        assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
        description: `Ky Mot Lan: ${DESCRIPTIONS[name]}`,
      }),
  );
}

export type FunctionOptions = {
  /** Directory with one folder a function, each with `index.mjs` (bin/bundle.ts). */
  readonly bundles: string;
  readonly environment: (name: FunctionName) => Readonly<Record<string, string>>;
};

/** The functions of the route table: no VPC (every call goes to a public AWS endpoint or to the identity provider), no tracing. */
export function functions(
  scope: Construct,
  roles: Readonly<Record<FunctionName, IRole>>,
  resources: Resources,
  { bundles, environment }: FunctionOptions,
): Readonly<Record<FunctionName, Lambda>> {
  const room = new Construct(scope, "Functions");
  return each((name) => {
    const logs = logGroup(room, `${constructId(name)}Logs`, resources.keys.data);
    const writeLogs = new PolicyStatement({
      sid: "OwnLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      // Ends in ":*", the streams of this one group: Lambda makes a stream an instance and chooses its name.
      resources: [logs.logGroupArn],
    });
    const policy = new Policy(room, `${constructId(name)}Policy`, {
      roles: [roles[name]],
      statements: [writeLogs, ...statementsFor(needsOf(name), resources)],
    });
    const lambda = new Lambda(room, constructId(name), {
      description: DESCRIPTIONS[name],
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(join(bundles, name)),
      role: roles[name],
      logGroup: logs,
      // The platform's own lines as JSON, like ours, so that one query reads both.
      loggingFormat: LoggingFormat.JSON,
      environment: { ...environment(name) },
      ...SIZES[name],
    });
    // Without this the first requests after a deployment could meet a role that has no permissions yet.
    lambda.node.addDependency(policy);
    return lambda;
  });
}
