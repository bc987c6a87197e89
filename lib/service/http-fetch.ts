import { type LookupAddress, lookup } from "node:dns";
import { request as http, type IncomingMessage, type RequestOptions } from "node:http";
import { request as https } from "node:https";
import type { LookupFunction } from "node:net";
import { type Bytes, concat } from "../bytes/bytes.ts";
import type { AllowedHosts } from "./allowed-hosts.ts";

export type Fetch = {
  readonly url: string;
  /** With a body it is a POST. */
  readonly body?: Uint8Array | undefined;
  /** Media type of the body. */
  readonly type?: string | undefined;
  /** Octets of the answer. */
  readonly limit: number;
  /** From the first step to the last octet, redirects included, ms. */
  readonly milliseconds: number;
};

/** How it went; no word of what the other side said. */
export type Outcome =
  | "fetched"
  | "not-allowed"
  | "private-address"
  | "too-slow"
  | "too-large"
  | "redirected"
  | "failed";

export type Fetched = { readonly outcome: Outcome; readonly octets?: Bytes };

/** `dns.lookup` with all addresses. */
export type Resolver = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** On the same host: a distribution point that moved to TLS, or to another folder. */
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches one thing from a host that the operator allows. Never throws: a source that fails is a source that says nothing.
 *
 * The name is resolved once, checked, and connected to by the address that was checked, so that a second answer of the name service
 * cannot lead elsewhere. No cookies, no credentials, no proxy, no compression (a small answer must not become a large one).
 */
export async function fetchAllowed(what: Fetch, hosts: AllowedHosts, resolver: Resolver = lookup): Promise<Fetched> {
  const stop = AbortSignal.timeout(what.milliseconds);
  let at = what.url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (!URL.canParse(at)) return { outcome: hop === 0 ? "failed" : "redirected" };
    const url = new URL(at);
    if (hop > 0 && url.hostname !== new URL(what.url).hostname) return { outcome: "redirected" };
    if (!hosts.allows(url)) return { outcome: hop === 0 ? "not-allowed" : "redirected" };
    const got = await one(url, what, checkedLookup(hosts, resolver), stop);
    if (!("location" in got)) return got;
    at = URL.canParse(got.location, url) ? new URL(got.location, url).href : "";
  }
  return { outcome: "redirected" };
}

function one(
  url: URL,
  what: Fetch,
  addressOf: LookupFunction,
  signal: AbortSignal,
): Promise<Fetched | { readonly location: string }> {
  return new Promise((done) => {
    const options: RequestOptions = {
      method: what.body === undefined ? "GET" : "POST",
      agent: false,
      lookup: addressOf,
      signal,
      headers: {
        accept: "*/*",
        "accept-encoding": "identity",
        "user-agent": "motlan",
        ...(what.body === undefined ? {} : { "content-type": what.type, "content-length": what.body.length }),
      },
    };
    const fail = (error: unknown) => done({ outcome: outcomeOf(error, signal) });
    try {
      const request = (url.protocol === "https:" ? https : http)(url, options, (response) => {
        void receive(response, what.limit, signal).then((got) => {
          response.destroy();
          done(got);
        });
      });
      request.on("error", fail);
      request.end(what.body);
    } catch (error) {
      fail(error);
    }
  });
}

async function receive(
  response: IncomingMessage,
  limit: number,
  signal: AbortSignal,
): Promise<Fetched | { readonly location: string }> {
  const { statusCode = 0, headers } = response;
  if (REDIRECTS.has(statusCode)) return { location: headers.location ?? "" };
  if (statusCode !== 200) return { outcome: "failed" };
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity")
    return { outcome: "failed" };
  if (Number(headers["content-length"] ?? 0) > limit) return { outcome: "too-large" };
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > limit) return { outcome: "too-large" };
      parts.push(part);
    }
  } catch (error) {
    return { outcome: outcomeOf(error, signal) };
  }
  return response.complete ? { outcome: "fetched", octets: concat(...parts) } : { outcome: "failed" };
}

class PrivateAddress extends Error {}

function checkedLookup(hosts: AllowedHosts, resolver: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    resolver(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "");
      const allowed = addresses.filter(({ address }) => hosts.mayLeadTo(hostname, address));
      const [first] = allowed;
      if (first === undefined) return callback(new PrivateAddress("no address that may be asked"), "");
      // Node asks for all of them where it tries several (RFC 8305), else for one.
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return "too-slow";
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof PrivateAddress) return "private-address";
  return "failed";
}
