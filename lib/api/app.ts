import { type Context, Hono } from "hono";
import { Fault } from "../fault/fault.ts";
import { toProblem } from "../fault/problem.ts";
import type { Clock } from "../ports/ports.ts";
import { FAULTS } from "../text/faults.ts";
import { withoutSigning } from "../text/without-signing.ts";
import { readBody } from "./body.ts";
import { clientAddress } from "./client-address.ts";
import { type LogLine, logLevel } from "./log.ts";
import { problemPage } from "./pages.ts";
import { type Allowance, rateLimiter } from "./rate-limit.ts";
import { type FunctionName, ROUTES, type Route } from "./routes.ts";

/** What a handler sees of a request: the route's parameters and the body, already within the route's limit. */
export type Incoming = {
  readonly context: Context;
  readonly parameter: (name: string) => string;
  readonly body: Uint8Array;
  /** Writes into the log line what a handler answers in its own way, such as by sending a person back to a page. */
  readonly note: (fault: Fault) => void;
};
export type Handler = (request: Incoming) => Promise<Response> | Response;
/** One handler a route id. */
export type Handlers = Readonly<Record<string, Handler>>;

export type AppDeps = {
  /** Public URL of the service, without a slash at its end. */
  readonly publicUrl: string;
  /** What proves that a request came through CloudFront (lib/api/client-address.ts); undefined where nothing stands in front. */
  readonly frontDoor?: string | undefined;
  readonly clock: Clock;
  /** Receives one line a request. */
  readonly log: (line: LogLine) => void;
  /** Octets, by route id: where the platform allows more than the table says. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
};

/** Answers hold personal data or decisions of the moment: no cache may keep them, no page may frame or run them. */
const SECURITY_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=63072000; includeSubDomains",
} as const;

/**
 * The HTTP face of one function: its rows of the route table, limits, the request id, the log line and RFC 9457 problems.
 *
 * A Fault becomes a problem with its code; anything else is logged with its stack and answered as a bare 500.
 *
 * @throws TypeError a route of the function without a handler, or a handler without a route
 */
export function app(name: FunctionName, handlers: Handlers, deps: AppDeps): Hono {
  const routes = ROUTES.filter((route) => route.function === name);
  const known = new Set(routes.map((route) => route.id));
  for (const id of Object.keys(handlers)) if (!known.has(id)) throw new TypeError(`no route ${id} in ${name}`);
  const hono = new Hono();
  for (const route of routes) {
    const handler = handlers[route.id];
    if (handler === undefined) throw new TypeError(`no handler for ${route.id}`);
    const { perMinute } = route;
    const allowance = perMinute === undefined ? undefined : rateLimiter(perMinute, deps.clock);
    const door = { route, handler, allowance };
    hono.on(route.method, honoPath(route.path), (context) => answer(context, door, deps));
  }
  hono.notFound((context) => answer(context, { handler: () => refuseUnknown(context) }, deps));
  return hono;
}

/** `{id}` of API Gateway is `:id` of hono; `{rest+}` is the remainder of the path. */
export function honoPath(path: string): string {
  return path.replace(/\{(\w+)\+\}/g, ":$1{.+}").replace(/\{(\w+)\}/g, ":$1");
}

type Door = {
  readonly route?: Route;
  readonly handler: Handler;
  readonly allowance?: ((address: string) => Allowance) | undefined;
};

async function answer(context: Context, { route, handler, allowance }: Door, deps: AppDeps): Promise<Response> {
  const started = deps.clock();
  const requestId = crypto.randomUUID();
  let response: Response;
  let fault: Fault | undefined;
  let cause: unknown;
  // Before anything is read: a caller that is refused costs nothing more than this.
  const allowed = allowance?.(clientAddress(context, deps.frontDoor));
  try {
    if (allowed?.allowed === false) throw new Fault("rate_limited", "too many requests from this address");
    const limit = (route && (deps.bodyLimits?.[route.id] ?? route.bodyLimit)) ?? 0;
    const body = await readBody(context.req.raw, limit);
    const note = (told: Fault) => {
      fault = told;
      cause = told.cause;
    };
    response = await handler({ context, body, parameter: (name) => context.req.param(name) ?? "", note });
  } catch (error) {
    fault = error instanceof Fault ? error : new Fault("internal", "the service failed", { cause: error });
    cause = fault.cause;
    response = route?.audience === "person" ? problemPage(fault) : problemResponse(fault, deps.publicUrl, route);
  }
  const headers = new Headers(response.headers);
  for (const [header, value] of Object.entries(SECURITY_HEADERS)) if (!headers.has(header)) headers.set(header, value);
  for (const [header, value] of Object.entries(rateHeaders(route, allowed))) headers.set(header, value);
  headers.set("x-request-id", requestId);
  const { status } = response;
  deps.log({
    level: logLevel(fault === undefined ? status : Math.max(status, FAULTS[fault.code].status)),
    requestId,
    route: route?.id ?? "unknown",
    status,
    ...(fault === undefined ? {} : { code: fault.code }),
    milliseconds: deps.clock() - started,
    ...(cause === undefined ? {} : { cause }),
  });
  return new Response(response.body, { status, headers });
}

/** How long a client waits before it asks again, seconds: leases and outages that pass at all pass in seconds. */
const RETRY_AFTER_S = "2";

function problemResponse(fault: Fault, publicUrl: string, route: Route | undefined): Response {
  const problem = toProblem(fault, publicUrl);
  const { vi, en } = withoutSigning({ vi: problem.title_vi, en: problem.title });
  const told = route?.function === "verification" ? { ...problem, title: en, title_vi: vi } : problem;
  const headers: Record<string, string> = { "content-type": "application/problem+json; charset=utf-8" };
  if (problem.retry) headers["retry-after"] = RETRY_AFTER_S;
  return new Response(JSON.stringify(told), { status: problem.status, headers });
}

/** What a caller may still do (draft-ietf-httpapi-ratelimit-headers-06, as most services write it). */
function rateHeaders(route: Route | undefined, allowance: Allowance | undefined): Readonly<Record<string, string>> {
  if (route?.perMinute === undefined || allowance === undefined) return {};
  const { allowed, remaining, resetSeconds } = allowance;
  return {
    "ratelimit-limit": String(route.perMinute),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(resetSeconds),
    ...(allowed ? {} : { "retry-after": String(resetSeconds) }),
  };
}

function refuseUnknown(context: Context): never {
  const { path } = context.req;
  const other = ROUTES.some((route) => pathPattern(route.path).test(path));
  throw other
    ? new Fault("method_not_allowed", "the address exists, the method does not")
    : new Fault("not_found", "there is nothing at this address");
}

function pathPattern(path: string): RegExp {
  const pattern = path
    .replace(/\./g, "\\.")
    .replace(/\{\w+\+\}/g, ".+")
    .replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`);
}
