import type { Context } from "hono";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";

/** What the platforms put beside a request: API Gateway's event (payload format 2.0), or Node's socket. */
type Env = {
  readonly event?: { readonly requestContext?: { readonly http?: { readonly sourceIp?: unknown } } };
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: unknown } };
};

/** Holds the secret that CloudFront and the functions share: the request came through the front door, and not around it. */
export const FRONT_DOOR_HEADER = "motlan-front-door";
/** Holds the address that CloudFront saw; it writes over whatever a caller put there. */
export const CLIENT_HEADER = "motlan-client";

/**
 * The address that a request came from, as the platform saw it. Headers are not asked, since callers write them as they like, with one
 * exception: behind CloudFront the platform sees CloudFront, whose word is taken where the request proves that it came from there. A
 * request around the front door counts under the address that it really came from. All callers of an unknown address are one.
 *
 * @param frontDoor the secret; undefined where nothing stands in front
 */
export function clientAddress({ env, req }: Pick<Context, "env" | "req">, frontDoor: string | undefined): string {
  if (frontDoor !== undefined && isFrontDoor(req.header(FRONT_DOOR_HEADER), frontDoor))
    return req.header(CLIENT_HEADER) ?? "unknown";
  const { event, incoming } = (env ?? {}) as Env;
  const address = event?.requestContext?.http?.sourceIp ?? incoming?.socket?.remoteAddress;
  return typeof address === "string" ? address : "unknown";
}

function isFrontDoor(proof: string | undefined, secret: string): boolean {
  return proof !== undefined && equalSecret(fromUtf8(proof), fromUtf8(secret));
}
