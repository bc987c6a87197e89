import { describe, expect, test } from "vitest";
import { ROUTES } from "../../lib/api/routes.ts";
import { type Json, ofType, resource, theStack } from "./synthesised.ts";

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
const keyOf = (route: { method: string; path: string }): string => `${route.method} ${route.path}`;
const stage = () => resource("Stage").Properties;

test("the API serves the rows of the route table, each by its function: none is missing and none is extra", () => {
  const served = ofType("AWS::ApiGatewayV2::Route").map(([path, { Properties }]) => {
    const integration = String(Properties.Target).replace(/^integrations\/<(.*)>$/, "$1");
    const { Properties: target } = resource(integration);
    expect(Properties.AuthorizationType, path).toBe("NONE");
    return `${Properties.RouteKey} -> ${target.IntegrationUri}`;
  });
  const wanted = ROUTES.map((route) => `${keyOf(route)} -> <Functions/${capital(route.function)}.Arn>`);
  expect(served.sort()).toEqual([...wanted].sort());
});

test("integrations are Lambda proxies of payload format 2.0, one a function", () => {
  const integrations = ofType("AWS::ApiGatewayV2::Integration");
  expect(integrations).toHaveLength(new Set(ROUTES.map((route) => route.function)).size);
  for (const [path, { Properties }] of integrations)
    expect(Properties, path).toMatchObject({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" });
});

test("a function may be called by API Gateway for its own routes, and by nobody else", () => {
  const allowed = ofType("AWS::Lambda::Permission").map(([path, { Properties }]) => {
    expect(Properties, path).toMatchObject({
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    });
    return `${Properties.FunctionName} ${String(Properties.SourceArn).split(":").at(-1)}`;
  });
  const wanted = ROUTES.map((route) => `<Functions/${capital(route.function)}.Arn> <HttpApi>/*/*${route.path}`);
  expect(new Set(allowed)).toEqual(new Set(wanted));
});

/** Routes that count requests by address and take files. */
const openToFiles = ROUTES.filter((route) => route.perMinute !== undefined && route.bodyLimit > 500_000);
const KMS_OPERATIONS_A_SECOND = 300;

test("every request is throttled, and requests that sign with KMS stay together within KMS's default quota", () => {
  expect(stage().DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 });
  const settings = stage().RouteSettings as unknown as Record<string, { ThrottlingRateLimit: number }>;
  const signatures = new Map(
    ROUTES.map((route) => [keyOf(route), route.needs.filter((need) => need.startsWith("kms:sign:")).length] as const),
  );
  const signing = [...signatures].filter(([, count]) => count > 0);
  const open = openToFiles.map(keyOf);
  expect(Object.keys(settings).sort()).toEqual([...new Set([...signing.map(([key]) => key), ...open])].sort());
  const operations = signing.map(([key, count]) => count * (settings[key]?.ThrottlingRateLimit ?? Infinity));
  expect(operations.reduce((sum, rate) => sum + rate, 0)).toBeLessThanOrEqual(KMS_OPERATIONS_A_SECOND);
});

test("a route that anybody may send files to leaves most of the account's functions to people who sign", () => {
  const CONCURRENT_EXECUTIONS = 1000;
  const settings = stage().RouteSettings as unknown as Record<
    string,
    { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }
  >;
  const open = openToFiles;
  expect(open.map(keyOf)).toEqual(["POST /v1/verifications"]);
  for (const route of open) {
    const { ThrottlingRateLimit: rate = 0, ThrottlingBurstLimit: burst = 0 } = settings[keyOf(route)] ?? {};
    const seconds = Number(resource(`Functions/${capital(route.function)}`).Properties.Timeout);
    expect(rate * seconds + burst).toBeGreaterThan(0);
    expect(rate * seconds + burst).toBeLessThan(CONCURRENT_EXECUTIONS / 3);
  }
});

describe("the access log", () => {
  const format = () =>
    JSON.parse(String((stage().AccessLogSettings as { Format: Json }).Format)) as Record<string, string>;

  test("holds which door, how it ended and how long it took", () => {
    expect(Object.keys(format())).toEqual(
      expect.arrayContaining(["requestId", "time", "route", "status", "milliseconds"]),
    );
    expect(format().route).toBe("$context.routeKey");
  });

  test("holds no path, query, address, agent, token or person", () => {
    const forbidden = /path|query|identity|sourceIp|userAgent|authorizer|claims|header|body|domainName/i;
    expect(Object.values(format()).filter((variable) => forbidden.test(variable))).toEqual([]);
    expect(forbidden.test("$context.identity.sourceIp")).toBe(true);
  });
});

test("the outputs are what the operator needs next", () => {
  const url = "https://<FrontDoor/Distribution.DomainName>";
  expect(theStack().outputs).toMatchObject({
    PublicUrl: url,
    OidcCallback: `${url}/v1/oidc/callback`,
    OidcSessionCallback: `${url}/v1/oidc/session`,
    SiteBucket: "<Site/Files>",
    TableName: "<Storage/Table>",
    OidcClientSecretArn: "<Storage/OidcClientSecret>",
  });
});
