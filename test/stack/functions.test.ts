import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROUTES } from "../../lib/api/routes.ts";
import { environment } from "../../lib/aws/environment.ts";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import { type Json, ofType, resource, stubBundles, synthesise, theStack } from "./synthesised.ts";

/** Ours; CDK's own uploader runs while the stack is deployed (test/stack/site.test.ts). */
const functions = (stack = theStack()) =>
  ofType("AWS::Lambda::Function", stack).filter(([path]) => path.startsWith("Functions/"));
const variables = (properties: { readonly [key: string]: Json }): Record<string, string> =>
  (properties.Environment as unknown as { Variables: Record<string, string> }).Variables;

/** Milliseconds of the lease on a transaction: it must outlive the function that holds it. */
const LEASE_MS = Number(
  /^const LEASE_MS = ([\d_]+);$/m.exec(readFileSync("lib/service/claim.ts", "utf8"))?.[1]?.replaceAll("_", ""),
);

test("there is one function a capability of the route table, and no other", () => {
  const names = functions().map(([path]) => path.replace("Functions/", "").toLowerCase());
  expect(names.sort()).toEqual([...FUNCTIONS].sort());
  const others = ofType("AWS::Lambda::Function").filter(([path]) => !path.startsWith("Functions/"));
  expect(others.map(([path]) => path)).toEqual([expect.stringMatching(/^Custom::CDKBucketDeployment/)]);
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
    const routes = ROUTES.filter((route) => route.function === path.replace("Functions/", "").toLowerCase());
    const logsIn = routes.some(({ needs }) => needs.includes("secret:oidc-client"));
    const secretArn = logsIn ? { MOTLAN_OIDC_SECRET_ARN: "<Storage/OidcClientSecret>" } : {};
    const counts = routes.some(({ perMinute }) => perMinute !== undefined);
    const frontDoor = counts
      ? { MOTLAN_FRONT_DOOR: "{{resolve:secretsmanager:<FrontDoor/Proof>:SecretString:::}}" }
      : {};
    expect(told, path).toEqual({
      MOTLAN_TABLE: "<Storage/Table>",
      MOTLAN_PUBLIC_URL: "https://<FrontDoor/Distribution.DomainName>",
      MOTLAN_ISSUERS: "[]",
      ...secretArn,
      ...frontDoor,
    });
    expect(() => environment(told), path).not.toThrow();
    expect(environment(told).oidcSecret, path).toBeUndefined();
  }
});

test("a trust profile beside the code, and hosts that may be asked, are told to the functions that verify, and to no other", () => {
  const bundles = stubBundles();
  for (const name of ["trust", "verification"]) writeFileSync(join(bundles, name, "trust.json"), "{}");
  const stack = synthesise({ bundles, statusHosts: ["ocsp.example", "crl.example:8080"] });
  for (const [path, { Properties }] of functions(stack)) {
    const { trustFile, statusHosts } = environment(variables(Properties));
    const wanted = {
      "Functions/Trust": { trustFile: "trust.json", statusHosts: [] },
      "Functions/Verification": { trustFile: "trust.json", statusHosts: ["ocsp.example", "crl.example:8080"] },
    }[path] ?? { trustFile: undefined, statusHosts: [] };
    expect({ trustFile, statusHosts }, path).toEqual(wanted);
  }
});

test("hosts of documents are told to who checks them and to who shows them, and one that is no host stops the deployment", () => {
  const stack = synthesise({ documentHosts: ["hoso.example", "hoso2.example:8443"] });
  for (const [path, { Properties }] of functions(stack)) {
    const { documentHosts } = environment(variables(Properties));
    const knows = ["Functions/Transactions", "Functions/Trust"].includes(path);
    expect(documentHosts, path).toEqual(knows ? ["hoso.example", "hoso2.example:8443"] : []);
  }
  expect(() => synthesise({ documentHosts: ["*.example"] })).toThrow(TypeError);
});

test("who asks authenticators who made them is the function that adds passkeys, where the operator wants it", () => {
  const asking = (stack = theStack()) =>
    ofType("AWS::Lambda::Function", stack)
      .filter(([, { Properties }]) => Properties.Environment !== undefined)
      .filter(([, { Properties }]) => variables(Properties).MOTLAN_PASSKEY_ATTESTATION === "direct")
      .map(([path]) => path);
  expect(asking()).toEqual([]);
  expect(asking(synthesise({ passkeyAttestation: "direct" }))).toEqual(["Functions/Passkeys"]);
});

test("what signatures are in law is told to the function that describes the service, and a slip stops the synthesis", () => {
  const legalLevel = "Chữ ký điện tử cơ bản | Basic electronic signature";
  for (const [path, { Properties }] of functions(synthesise({ legalLevel })))
    expect(environment(variables(Properties)).legalLevel, path).toBe(
      path === "Functions/Trust" ? legalLevel : undefined,
    );
  expect(() => synthesise({ legalLevel: "Chữ ký điện tử cơ bản" })).toThrow(/Vietnamese \| English/);
});

test("no secret is resolved into the template by a dynamic reference, but for what CloudFront proves itself with", () => {
  const references = JSON.stringify([...theStack().resources.values()]).match(/\{\{resolve:.*?\}\}/g);
  expect(new Set(references)).toEqual(new Set(["{{resolve:secretsmanager:<FrontDoor/Proof>:SecretString:::}}"]));
});

test("every function writes to a log group of its own that forgets after a year and is encrypted under our key", () => {
  for (const [path, { Properties }] of functions())
    expect(Properties.LoggingConfig, path).toEqual({ LogGroup: `<${path}Logs>`, LogFormat: "JSON" });
  const groups = ofType("AWS::Logs::LogGroup");
  expect(groups.map(([path]) => path).sort()).toEqual(
    ["AccessLogs", "Site/Upload/Logs", ...functions().map(([path]) => `${path}Logs`)].sort(),
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
