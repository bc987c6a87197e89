import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environment } from "../../lib/aws/environment.ts";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import { type Json, ofType, resource, stubBundles, synthesise, theStack } from "./synthesised.ts";

const functions = () => ofType("AWS::Lambda::Function");
const variables = (properties: { readonly [key: string]: Json }): Record<string, string> =>
  (properties.Environment as unknown as { Variables: Record<string, string> }).Variables;

/** Milliseconds of the lease on a transaction: it must outlive the function that holds it. */
const LEASE_MS = Number(
  /^const LEASE_MS = ([\d_]+);$/m.exec(readFileSync("lib/service/claim.ts", "utf8"))?.[1]?.replaceAll("_", ""),
);

test("there is one function a capability of the route table, and no other", () => {
  const names = functions().map(([path]) => path.replace("Functions/", "").toLowerCase());
  expect(names.sort()).toEqual([...FUNCTIONS].sort());
});

test("every function runs on nodejs24.x and arm64, under its own role, outside any VPC, untraced", () => {
  for (const [path, { Properties }] of functions()) {
    expect(Properties, path).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      Role: `<${path.replace("Functions/", "Roles/")}.Arn>`,
    });
    for (const absent of ["VpcConfig", "TracingConfig", "Layers", "FileSystemConfigs", "DeadLetterConfig"])
      expect(Properties[absent], `${path} ${absent}`).toBeUndefined();
  }
});

test("no function outlives API Gateway's 29 s, nor the signing one the lease that it holds", () => {
  for (const [path, { Properties }] of functions()) expect(Properties.Timeout, path).toBeLessThan(29);
  expect(Number(resource("Functions/Signing").Properties.Timeout) * 1000).toBeLessThan(LEASE_MS);
});

test("the environment is what the functions read, and holds names and addresses only", () => {
  for (const [path, { Properties }] of functions()) {
    const told = variables(Properties);
    const secretArn = path === "Functions/Signing" ? { MOTLAN_OIDC_SECRET_ARN: "<Storage/OidcClientSecret>" } : {};
    expect(told, path).toEqual({
      MOTLAN_TABLE: "<Storage/Table>",
      MOTLAN_PUBLIC_URL: "<HttpApi.ApiEndpoint>",
      MOTLAN_ISSUERS: "[]",
      ...secretArn,
    });
    expect(() => environment(told), path).not.toThrow();
    expect(environment(told).oidcSecret, path).toBeUndefined();
  }
});

test("a trust profile beside the code, and hosts that may be asked, are told to the functions that verify, and to no other", () => {
  const bundles = stubBundles();
  for (const name of ["trust", "verification"]) writeFileSync(join(bundles, name, "trust.json"), "{}");
  const stack = synthesise({ bundles, statusHosts: ["ocsp.example", "crl.example:8080"] });
  for (const [path, { Properties }] of ofType("AWS::Lambda::Function", stack)) {
    const { trustFile, statusHosts } = environment(variables(Properties));
    const wanted = {
      "Functions/Trust": { trustFile: "trust.json", statusHosts: [] },
      "Functions/Verification": { trustFile: "trust.json", statusHosts: ["ocsp.example", "crl.example:8080"] },
    }[path] ?? { trustFile: undefined, statusHosts: [] };
    expect({ trustFile, statusHosts }, path).toEqual(wanted);
  }
});

test("no secret is resolved into the template by a dynamic reference", () => {
  expect(JSON.stringify([...theStack().resources.values()])).not.toContain("{{resolve:");
});

test("every function writes to a log group of its own that forgets after a year and is encrypted under our key", () => {
  for (const [path, { Properties }] of functions())
    expect(Properties.LoggingConfig, path).toEqual({ LogGroup: `<${path}Logs>`, LogFormat: "JSON" });
  const groups = ofType("AWS::Logs::LogGroup");
  expect(groups.map(([path]) => path).sort()).toEqual(
    ["AccessLogs", ...functions().map(([path]) => `${path}Logs`)].sort(),
  );
  for (const [path, { Properties }] of groups)
    expect(Properties, path).toMatchObject({ RetentionInDays: 365, KmsKeyId: "<Keys/Data.Arn>" });
});

test("an alarm watches every function for crashes and refusals, and the API for answers of 500 and above", () => {
  const metrics = ofType("AWS::CloudWatch::Alarm").map(([, { Properties }]) => {
    const [dimension] = (Properties.Dimensions as unknown as { Name: string; Value: string }[] | undefined) ?? [];
    return `${Properties.MetricName} ${dimension?.Name === "FunctionName" ? dimension.Value : "api"}`;
  });
  const expected = functions().flatMap(([path]) => [`Errors <${path}>`, `Throttles <${path}>`]);
  expect(metrics.sort()).toEqual([...expected, "5xx api"].sort());
});
