import { existsSync } from "node:fs";
import { join } from "node:path";
import { type App, CfnOutput, Stack } from "aws-cdk-lib";
import type { FunctionName } from "../api/routes.ts";
import { alarms } from "./alarms.ts";
import { allowCeremony, ceremonyRole } from "./ceremony.ts";
import type { Domain } from "./domain.ts";
import { functions, roles } from "./functions.ts";
import type { Resources } from "./grants.ts";
import { httpApi, routes } from "./http-api.ts";
import { keys } from "./keys.ts";
import { acknowledge } from "./nag.ts";
import { needsOf } from "./needs.ts";
import { storage } from "./storage.ts";

export type StackOptions = {
  /** Directory with one folder a function (bin/bundle.ts). */
  readonly bundles: string;
  /** Accepted identity providers as JSON (docs/RUNBOOK.md); client secrets are not in it. */
  readonly issuers: string;
  /** Whether the OIDC client has a secret; a public client has PKCE alone. */
  readonly confidentialClient: boolean;
  readonly domain?: Domain | undefined;
  /** The IAM role or user that may run `motlan ca init`, while it is to be run; see lib/stack/ceremony.ts. */
  readonly ceremonyOperatorArn?: string | undefined;
  /** Hosts that may be asked for the status of certificates (docs/RUNBOOK.md). */
  readonly statusHosts?: readonly string[] | undefined;
  /** SNS topic that alarms are sent to. */
  readonly alarmTopicArn?: string | undefined;
};

/** A trust profile in the bundle of a function (bin/bundling.ts). */
const TRUST_FILE = "trust.json";

/** The whole service in one stack of one Region. */
export function motlanStack(app: App, id: string, options: StackOptions): Stack {
  const stack = new Stack(app, id, {
    description: "Ky Mot Lan: one approval, one key, one certificate",
    // The table, the keys and the secret survive it anyway; this makes an accident loud.
    terminationProtection: true,
  });
  const functionRoles = roles(stack);
  const operator = options.ceremonyOperatorArn;
  const ceremony = operator === undefined ? undefined : ceremonyRole(stack, operator);
  const serviceKeys = keys(stack, functionRoles, ceremony);
  const resources: Resources = { ...storage(stack, serviceKeys.data, options.confidentialClient), keys: serviceKeys };
  const door = httpApi(stack, options.domain);
  const environment = (name: FunctionName) => environmentOf(name, options, resources, door.publicUrl);
  const lambdas = functions(stack, functionRoles, resources, { bundles: options.bundles, environment });
  const stage = routes(stack, door, lambdas, serviceKeys.data);
  alarms(stack, lambdas, stage, options.alarmTopicArn);
  if (ceremony !== undefined) allowCeremony(ceremony, resources);
  acknowledge(stack);
  outputs(stack, {
    PublicUrl: door.publicUrl,
    OidcCallback: `${door.publicUrl}/v1/oidc/callback`,
    OidcSessionCallback: `${door.publicUrl}/v1/oidc/session`,
    ...(door.domain === undefined ? {} : { DomainTarget: door.domain.regionalDomainName }),
    TableName: resources.table.tableName,
    ...(resources.oidcSecret === undefined ? {} : { OidcClientSecretArn: resources.oidcSecret.secretArn }),
    ...(ceremony === undefined ? {} : { CeremonyRoleArn: ceremony.roleArn }),
  });
  return stack;
}

/** What a function is told. Names and addresses only: a secret is read at run time by the function that may. */
function environmentOf(
  name: FunctionName,
  { issuers, bundles, statusHosts = [] }: StackOptions,
  { table, oidcSecret }: Resources,
  publicUrl: string,
): Record<string, string> {
  return {
    MOTLAN_TABLE: table.tableName,
    MOTLAN_PUBLIC_URL: publicUrl,
    MOTLAN_ISSUERS: issuers,
    // Beside the code where `npm run bundle` was given a trust profile; relative to it, as the runtime starts there.
    ...(existsSync(join(bundles, name, TRUST_FILE)) ? { MOTLAN_TRUST_FILE: TRUST_FILE } : {}),
    ...(name === "verification" && statusHosts.length > 0 ? { MOTLAN_STATUS_HOSTS: statusHosts.join(" ") } : {}),
    ...(oidcSecret !== undefined && needsOf(name).has("secret:oidc-client")
      ? { MOTLAN_OIDC_SECRET_ARN: oidcSecret.secretArn }
      : {}),
  };
}

function outputs(stack: Stack, values: Readonly<Record<string, string>>): void {
  for (const [id, value] of Object.entries(values)) new CfnOutput(stack, id, { value });
}
