import type { Context } from "hono";

/** What the platforms put beside a request: API Gateway's event (payload format 2.0), or Node's socket. */
type Env = {
  readonly event?: { readonly requestContext?: { readonly http?: { readonly sourceIp?: unknown } } };
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: unknown } };
};

/**
 * The address that a request came from, as the platform saw it. Headers such as X-Forwarded-For are not asked: callers write them
 * as they like. All callers of an unknown address are one.
 */
export function clientAddress({ env }: Pick<Context, "env">): string {
  const { event, incoming } = (env ?? {}) as Env;
  const address = event?.requestContext?.http?.sourceIp ?? incoming?.socket?.remoteAddress;
  return typeof address === "string" ? address : "unknown";
}
