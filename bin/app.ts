import { readFileSync } from "node:fs";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { motlanStack } from "../lib/stack/stack.ts";

/** The CDK app: `npm run synth`, `npx cdk deploy`. Its options are context values (`-c name=value`), described in docs/RUNBOOK.md. */
const app = new App();

const text = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === "string" && value !== "" ? value : undefined;
};

const name = text("domain");
const certificateArn = text("certificate");
if ((name === undefined) !== (certificateArn === undefined))
  throw new Error("-c domain=NAME and -c certificate=ARN go together");
const issuersFile = text("issuers");

motlanStack(app, text("stack") ?? "Motlan", {
  bundles: text("bundles") ?? "dist",
  issuers: issuersFile === undefined ? "[]" : JSON.stringify(JSON.parse(readFileSync(issuersFile, "utf8"))),
  confidentialClient: text("oidcClient") !== "public",
  domain: name === undefined || certificateArn === undefined ? undefined : { name, certificateArn },
  ceremonyOperatorArn: text("ceremony"),
  alarmTopicArn: text("alarms"),
});

Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
