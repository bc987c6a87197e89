import { Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { ROUTES } from "../../lib/api/routes.ts";
import { motlanStack, type StackOptions } from "../../lib/stack/stack.ts";
import { appAsDeployed, stubBundles } from "./synthesised.ts";

function fresh(options: Partial<StackOptions> = {}) {
  const app = appAsDeployed();
  const usual = { bundles: stubBundles(), issuers: "[]", confidentialClient: true };
  const stack = motlanStack(app, "Motlan", { ...usual, ...options });
  const findings = () =>
    new AwsSolutionsChecks(app)
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      );
  return { stack, findings };
}

test("cdk-nag's AwsSolutions pack finds nothing that is not acknowledged", () => {
  expect(fresh().findings()).toEqual([]);
  expect(fresh({ noticeUrl: "https://notices.example" }).findings()).toEqual([]);
});

test("and it does look: a bucket without encryption in transit or access log is found", () => {
  const { stack, findings } = fresh();
  new Bucket(stack, "Planted");
  expect(findings().length).toBeGreaterThan(0);
});

test("what is acknowledged is this, on the narrowest construct, each with a reason", () => {
  const { stack } = fresh();
  const acknowledged = stack.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([rule, reason]) => {
        expect(reason.length, rule).toBeGreaterThan(60);
        return `${rule.replace(/^annotation::/i, "")} ${construct.node.path}`;
      }),
  );
  const routes = ROUTES.map((route) => `AwsSolutions-APIG4 Motlan/Routes/${route.id.replaceAll(".", "-")}`);
  const site = [
    "AwsSolutions-CFR1 Motlan/FrontDoor/Distribution",
    "AwsSolutions-CFR2 Motlan/FrontDoor/Distribution",
    "AwsSolutions-CFR3 Motlan/FrontDoor/Distribution",
    "AwsSolutions-CFR4 Motlan/FrontDoor/Distribution",
    "AwsSolutions-SMG4 Motlan/FrontDoor/Proof",
    "AwsSolutions-S1 Motlan/Site/Files",
    "AwsSolutions-IAM5[Resource::<SiteFiles975A43CF.Arn>/assets/*] Motlan/Site/Upload/Steps",
    "AwsSolutions-IAM5[Resource::<SiteFiles975A43CF.Arn>/pages/*] Motlan/Site/Upload/Steps",
    "AwsSolutions-L1 Motlan/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C512MiB",
  ];
  expect(acknowledged.sort()).toEqual([...routes, ...site, "AwsSolutions-SMG4 Motlan/Storage/OidcClientSecret"].sort());
});
