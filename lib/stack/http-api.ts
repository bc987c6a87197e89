import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { type FunctionName, ROUTES, type Route } from "../api/routes.ts";
import { logGroup } from "./logs.ts";

/** Requests a second over all routes: well above a filing season's peak, well below the account's default of 10,000. */
const RATE = 500;
const BURST = 1000;
/**
 * Requests a second on a route that signs with KMS, which allows 300 ECC operations a second, account and Region, by default.
 * One document takes two of them on each of three routes, a status response takes one on either of two: 32 a second everywhere
 * come to 256, and sealed reports (two each, {@link OPEN_RATE}) add 40. Beyond it the door answers 429 and nothing was signed; several documents at once can still meet KMS's own limit.
 */
const KMS_RATE = 32;
const KMS_BURST = 100;

/**
 * Requests a second on a route that anybody may send files to. At 12 s for the worst file this comes to at most 260 of the account's
 * 1,000 concurrent executions by default: hostile files cannot keep people from signing. HTTP APIs do not throttle by address; the
 * function counts for each address as far as one instance sees (lib/api/rate-limit).
 */
const OPEN_RATE = 20;
const OPEN_BURST = 20;
/** Octets of a body: a file, and not some members of JSON. */
const A_FILE = 1_000_000;

/** The method as API Gateway names it. */
const METHODS: Readonly<Record<Route["method"], HttpMethod>> = {
  GET: HttpMethod.GET,
  POST: HttpMethod.POST,
  DELETE: HttpMethod.DELETE,
};

/**
 * What is written of a request: which door, how it ended, how long it took. Neither the path (it holds transaction ids), nor
 * the query (it holds authorisation codes), nor the address and agent of a person. `integrationError` is API Gateway's own word.
 */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  octets: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  functionStatus: "$context.integrationStatus",
  functionMilliseconds: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
};

/**
 * The API without its routes: CloudFront needs its address before the functions know CloudFront's, and the routes need the functions.
 * Its own address stays open, since CloudFront comes in by it. Whoever asks there instead meets the same throttles and the same checks.
 */
export function httpApi(scope: Construct): HttpApi {
  return new HttpApi(scope, "HttpApi", {
    apiName: "motlan",
    description: "Ky Mot Lan: identity and e-signature service",
    createDefaultStage: false,
  });
}

/** The routes of the table, one to one, and the stage that serves them. */
export function routes(
  scope: Construct,
  api: HttpApi,
  functions: Readonly<Record<FunctionName, IFunction>>,
  dataKey: IKey,
): HttpStage {
  const room = new Construct(scope, "Routes");
  const integrations = new Map<FunctionName, HttpLambdaIntegration>();
  const integrationOf = (name: FunctionName): HttpLambdaIntegration => {
    const found = integrations.get(name) ?? new HttpLambdaIntegration(name, functions[name]);
    integrations.set(name, found);
    return found;
  };
  const made = ROUTES.map(
    (route) =>
      new HttpRoute(room, route.id.replaceAll(".", "-"), {
        httpApi: api,
        routeKey: HttpRouteKey.with(route.path, METHODS[route.method]),
        integration: integrationOf(route.function),
      }),
  );
  const stage = new HttpStage(scope, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle: { rateLimit: RATE, burstLimit: BURST },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logGroup(scope, "AccessLogs", dataKey)),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    },
  });
  throttleCostlyRoutes(stage);
  // A stage that throttles a route by name must find it.
  stage.node.addDependency(...made);
  return stage;
}

function throttleCostlyRoutes(stage: HttpStage): void {
  const settings = ROUTES.flatMap((route) => {
    const limit = limitOf(route);
    return limit === undefined ? [] : [[`${route.method} ${route.path}`, { ...limit, DetailedMetricsEnabled: true }]];
  });
  (stage.node.defaultChild as CfnStage).addPropertyOverride("RouteSettings", Object.fromEntries(settings));
}

function limitOf(route: Route): { ThrottlingRateLimit: number; ThrottlingBurstLimit: number } | undefined {
  // The lower of the two where a route is both: a sealed report takes two signatures of KMS.
  if (route.perMinute !== undefined && route.bodyLimit >= A_FILE)
    return { ThrottlingRateLimit: OPEN_RATE, ThrottlingBurstLimit: OPEN_BURST };
  if (route.needs.some((need) => need.startsWith("kms:sign:")))
    return { ThrottlingRateLimit: KMS_RATE, ThrottlingBurstLimit: KMS_BURST };
  return undefined;
}
