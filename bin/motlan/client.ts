import { Fault, type FaultCode } from "../../lib/fault/fault.ts";
import { FAULTS } from "../../lib/text/faults.ts";

/** Milliseconds; the service itself gives up at 29 s at the latest. */
const TIMEOUT_MS = 30_000;
/** What stands in a person's history as the device that signed. */
const USER_AGENT = "motlan";

export type Client = <T>(method: string, path: string, options?: CallOptions) => Promise<T>;
export type CallOptions = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

/**
 * Calls the service's API.
 *
 * @throws Fault with the code of the problem that was answered; `server_unreachable` where nothing answered
 */
export function client(server: string): Client {
  return async (method, path, { body, headers = {} } = {}) => {
    const said = { "user-agent": USER_AGENT, ...headers };
    const init: RequestInit = { method, headers: said };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { ...said, "content-type": "application/json" };
    }
    // A connection that was kept can end in the moment in which it is used; every request may be sent again (docs/FORMATS.md). Not after
    // a silence of half a minute, which is a DOMException.
    const { response, text } = await exchange(server, path, init).catch((fault: Fault) => {
      if (fault.cause instanceof DOMException) throw fault;
      return exchange(server, path, init);
    });
    if (!response.ok) throw problemOf(text, response.status);
    return text === "" ? undefined : JSON.parse(text);
  };
}

async function exchange(
  server: string,
  path: string,
  init: RequestInit,
): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(server + path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { response, text: await response.text() };
  } catch (cause) {
    throw new Fault("server_unreachable", `no answer from ${new URL(server).host}`, { cause });
  }
}

function problemOf(text: string, status: number): Fault {
  try {
    const { code, detail } = JSON.parse(text) as { code: string; detail: string };
    if (Object.hasOwn(FAULTS, code)) return new Fault(code as FaultCode, String(detail));
  } catch {
    // Not one of our problems: a proxy's page, perhaps.
  }
  return new Fault(status >= 500 ? "unavailable" : "internal", `the server answered ${status}`);
}
