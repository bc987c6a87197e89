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

const issuers = option("issuers");
const stack = motlanStack(app, option("stack") ?? "Motlan", {
  bundles: option("bundles") ?? "dist",
  issuers: issuersFrom(issuers ?? EXAMPLE_ISSUERS),
  confidentialClient: option("oidcClient") !== "public",
  domain: domainName === undefined || certificateArn === undefined ? undefined : { name: domainName, certificateArn },
  ceremonyOperatorArn: option("ceremony"),
  alarmTopicArn: option("alarms"),
  statusHosts: option("statusHosts")?.split(","),
  documentHosts: option("documentHosts")?.split(","),
});
if (issuers === undefined)
  Validations.of(stack).addWarning(
    "Motlan-NoIssuers",
    `No identity provider is configured: ${EXAMPLE_ISSUERS} stands in, and nobody can log in. Deploy with -c issuers=FILE.`,
  );

Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
