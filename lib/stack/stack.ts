import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type App, CfnOutput, Stack } from "aws-cdk-lib";
import { type FunctionName, ROUTES } from "../api/routes.ts";
import { documentHosts } from "../service/document-hosts.ts";
import { legalLabel } from "../service/legal-label.ts";
import { alarms } from "./alarms.ts";
import { allowCeremony, ceremonyRole } from "./ceremony.ts";
import { type Domain, type FrontDoor, frontDoor } from "./front-door.ts";
import { functions, roles } from "./functions.ts";
import type { Resources } from "./grants.ts";
import { httpApi, routes } from "./http-api.ts";
import { keys } from "./keys.ts";
import { acknowledge } from "./nag.ts";
import { needsOf } from "./needs.ts";
import { type SiteRow, siteBucket, uploadSite } from "./site.ts";
import { storage } from "./storage.ts";

export type StackOptions = {
  /** Directory with one folder a function, and the site (bin/bundle.ts). */
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
  /** Whether authenticators are asked who made them when a passkey is added. */
  readonly passkeyAttestation?: "none" | "direct" | undefined;
  /** Hosts that documents of agencies may be fetched from, and that people may be sent back to (docs/RUNBOOK.md). */
  readonly documentHosts?: readonly string[] | undefined;
  /** Where notices of what was done in people's names go (docs/RUNBOOK.md). */
  readonly noticeUrl?: string | undefined;
  /** How many indexes the table is to have; CloudFormation adds one at a time to a table that is there (docs/RUNBOOK.md). */
  readonly indexes?: number | undefined;
  /** Another word makes another secret between CloudFront and the functions (docs/RUNBOOK.md). */
  readonly frontDoorSecret?: string | undefined;
  /** What signatures are in law, in the operator's words (lib/service/legal-label.ts). */
  readonly legalLevel?: string | undefined;
  /** SNS topic that alarms are sent to. */
  readonly alarmTopicArn?: string | undefined;
};

/** A trust profile in the bundle of a function (bin/bundling.ts). */
const TRUST_FILE = "trust.json";

/** The bundled site among the bundles, and the list of its files in it (bin/site-files.ts). */
const SITE = "web";
const SITE_LIST = "site.json";

/** Who checks the addresses of documents, and who tells pages of them. */
const DOCUMENT_FUNCTIONS: ReadonlySet<FunctionName> = new Set(["transactions", "trust"]);

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
  const { confidentialClient, noticeUrl, indexes } = options;
  const stored = storage(stack, serviceKeys.data, { confidentialClient, notices: noticeUrl !== undefined, indexes });
  const resources: Resources = { ...stored, keys: serviceKeys };
  const [api, bucket, directory] = [httpApi(stack), siteBucket(stack), join(options.bundles, SITE)];
  const rows = JSON.parse(readFileSync(join(directory, SITE_LIST), "utf8")) as SiteRow[];
  const { domain } = options;
  // A mistake in a host stops here, and not every request.
  const { origins: agencies } = documentHosts(options.documentHosts ?? []);
  const door = frontDoor(stack, {
    api,
    bucket,
    dataKey: serviceKeys.data,
    proofName: options.frontDoorSecret ?? "",
    domain,
    documentHosts: agencies,
    directory,
    rows,
  });
  uploadSite(bucket, directory, rows, serviceKeys.data);
  const environment = (name: FunctionName) => environmentOf(name, options, resources, door);
  const lambdas = functions(stack, functionRoles, resources, { bundles: options.bundles, environment });
  const stage = routes(stack, api, lambdas, serviceKeys.data);
  alarms(stack, lambdas, stage, options.alarmTopicArn);
  if (ceremony !== undefined) allowCeremony(ceremony, resources);
  acknowledge(stack);
  outputs(stack, {
    PublicUrl: door.publicUrl,
    OidcCallback: `${door.publicUrl}/v1/oidc/callback`,
    OidcSessionCallback: `${door.publicUrl}/v1/oidc/session`,
    ...(domain === undefined ? {} : { DomainTarget: door.distribution.distributionDomainName }),
    SiteBucket: bucket.bucketName,
    TableName: resources.table.tableName,
    ...(resources.oidcSecret === undefined ? {} : { OidcClientSecretArn: resources.oidcSecret.secretArn }),
    ...(resources.noticeSecret === undefined ? {} : { NoticeSecretArn: resources.noticeSecret.secretArn }),
    ...(ceremony === undefined ? {} : { CeremonyRoleArn: ceremony.roleArn }),
  });
  return stack;
}

/** What a function is told. Names and addresses only: a secret is read at run time by the function that may. */
function environmentOf(
  name: FunctionName,
  {
    issuers,
    bundles,
    legalLevel,
    passkeyAttestation,
    statusHosts = [],
    documentHosts: hosts = [],
    noticeUrl,
  }: StackOptions,
  { table, oidcSecret, noticeSecret }: Resources,
  { publicUrl, proof }: FrontDoor,
): Record<string, string> {
  return {
    MOTLAN_TABLE: table.tableName,
    MOTLAN_PUBLIC_URL: publicUrl,
    MOTLAN_ISSUERS: issuers,
    ...(name === "trust" && legalLabel(legalLevel) !== undefined ? { MOTLAN_LEGAL_LEVEL_LABEL: legalLevel ?? "" } : {}),
    ...(countsByAddress(name) ? { MOTLAN_FRONT_DOOR: proof } : {}),
    // Beside the code where `npm run bundle` was given a trust profile; relative to it, as the runtime starts there.
    ...(existsSync(join(bundles, name, TRUST_FILE)) ? { MOTLAN_TRUST_FILE: TRUST_FILE } : {}),
    ...(name === "verification" && statusHosts.length > 0 ? { MOTLAN_STATUS_HOSTS: statusHosts.join(" ") } : {}),
    ...(DOCUMENT_FUNCTIONS.has(name) && hosts.length > 0 ? { MOTLAN_DOCUMENT_HOSTS: hosts.join(" ") } : {}),
    ...(name === "passkeys" && passkeyAttestation === "direct" ? { MOTLAN_PASSKEY_ATTESTATION: "direct" } : {}),
    ...(oidcSecret !== undefined && needsOf(name).has("secret:oidc-client")
      ? { MOTLAN_OIDC_SECRET_ARN: oidcSecret.secretArn }
      : {}),
    ...(noticeUrl !== undefined && noticeSecret !== undefined && needsOf(name).has("secret:notices")
      ? { MOTLAN_NOTICE_URL: noticeUrl, MOTLAN_NOTICE_SECRET_ARN: noticeSecret.secretArn }
      : {}),
  };
}

/** Nobody else needs to know who asks. */
const countsByAddress = (name: FunctionName): boolean =>
  ROUTES.some((route) => route.function === name && route.perMinute !== undefined);

function outputs(stack: Stack, values: Readonly<Record<string, string>>): void {
  for (const [id, value] of Object.entries(values)) new CfnOutput(stack, id, { value });
}
