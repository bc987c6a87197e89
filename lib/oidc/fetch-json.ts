import { concat, toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { parseJson } from "../json/strict-parse.ts";

/** Discovery documents, key sets and token answers of real providers stay under 64 KiB. */
const MAX_OCTETS = 256 * 1024;
/** A person waits behind each of these requests. */
const TIMEOUT_MS = 5_000;

export type JsonAnswer = { readonly status: number; readonly body: unknown };

/**
 * One request to an identity provider: no redirects, bounded in time and size, the answer JSON.
 *
 * @throws Fault `identity_provider_unavailable`
 */
export async function fetchJson(url: string, init: RequestInit = {}): Promise<JsonAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > MAX_OCTETS) throw new RangeError("the answer is too long");
      parts.push(part);
    }
    const text = toUtf8(concat(...parts));
    if (text === undefined) throw new RangeError("the answer is not UTF-8");
    return { status: response.status, body: parseJson(text) };
  } catch (cause) {
    throw new Fault("identity_provider_unavailable", "the identity provider did not answer as expected", { cause });
  }
}

/** @returns the member where it is a non-empty string */
export function stringMember(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, name)) return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
