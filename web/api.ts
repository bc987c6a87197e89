import { Fault } from "../lib/fault/fault.ts";
import { FAULTS, type FaultCode } from "../lib/text/faults.ts";

/** What a request may carry besides its address. Secrets travel in headers, never in addresses. */
export type Request = {
  readonly method?: "GET" | "POST" | "DELETE" | "PUT";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is; its type is among the headers. */
  readonly octets?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** Milliseconds: a signature takes one second; a person waits ten and thinks it is broken. */
const PATIENCE_MS = 30_000;

/**
 * Asks the service.
 *
 * @returns the JSON of the answer; undefined for an empty one
 * @throws Fault with the service's code; `server_unreachable` where there is no answer
 */
export async function ask<T>(path: string, request: Request = {}): Promise<T> {
  const { method = "GET", body, octets, headers = {}, signal } = request;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: { accept: "application/json", ...(body === undefined ? {} : JSON_TYPE), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(octets === undefined ? {} : { body: Uint8Array.from(octets) }),
      credentials: "same-origin",
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(signal === undefined ? [] : [signal])]),
    });
  } catch (cause) {
    throw new Fault("server_unreachable", "no answer", { cause });
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw new Fault(await codeOf(response), `the service answered ${response.status}`);
}

const JSON_TYPE = { "content-type": "application/json" } as const;

/** What a problem of the service says it is. */
export async function codeOf(response: Response): Promise<FaultCode> {
  const problem: unknown = await response.json().catch(() => undefined);
  const code = typeof problem === "object" && problem !== null && "code" in problem ? String(problem.code) : "";
  if (Object.hasOwn(FAULTS, code)) return code as FaultCode;
  return response.status === 429 ? "rate_limited" : response.status === 503 ? "unavailable" : "internal";
}
