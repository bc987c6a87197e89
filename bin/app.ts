import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { motlanStack } from "../lib/stack/stack.ts";
import { EXAMPLE_ISSUERS, issuersFrom } from "./issuers.ts";

// The CDK app of `npm run synth` and `npm run deploy`. Its options are context values (`-c name=value`): docs/RUNBOOK.md.
const app = new App();

const option = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === "string" && value !== "" ? value : undefined;
};

const domainName = option("domain");
const certificateArn = option("certificate");
if ((domainName === undefined) !== (certificateArn === undefined))
  throw new TypeError("-c domain=NAME and -c certificate=ARN go together");

/** What the functions would refuse at each start. */
function noticeUrl(): string | undefined {
  const url = option("noticeUrl");
  if (url !== undefined && !url.startsWith("https://")) throw new TypeError("-c noticeUrl is an https address");
  return url;
}

/** On the way from an older installation to all indexes (docs/RUNBOOK.md). */
function indexes(): number | undefined {
  const text = option("indexes");
  if (text === undefined || /^[1-9]$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new TypeError("-c indexes is a number");
}

const issuers = option("issuers");
const stack = motlanStack(app, option("stack") ?? "Motlan", {
  bundles: option("bundles") ?? "dist",
  issuers: issuersFrom(issuers ?? EXAMPLE_ISSUERS),
  confidentialClient: option("oidcClient") !== "public",
  domain: domainName === undefined || certificateArn === undefined ? undefined : { name: domainName, certificateArn },
  ceremonyOperatorArn: option("ceremony"),
  alarmTopicArn: option("alarms"),
  legalLevel: option("legalLevel"),
  frontDoorSecret: option("frontDoorSecret"),
  statusHosts: option("statusHosts")?.split(","),
  passkeyAttestation: option("passkeyAttestation") === "direct" ? "direct" : "none",
  documentHosts: option("documentHosts")?.split(","),
  noticeUrl: noticeUrl(),
  indexes: indexes(),
});
if (issuers === undefined)
  Validations.of(stack).addWarning(
    "Motlan-NoIssuers",
    `No identity provider is configured: ${EXAMPLE_ISSUERS} stands in, and nobody can log in. Deploy with -c issuers=FILE.`,
  );

Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
