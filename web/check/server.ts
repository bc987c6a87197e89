import { Fault } from "../../lib/fault/fault.ts";
import type { Verification } from "../../lib/validate/report.ts";
import { codeOf } from "../api.ts";

/** Milliseconds: fifty megabytes over a slow line, and twenty seconds for issuers that are asked. */
const PATIENCE_MS = 180_000;
/** Characters of a file's name that the service takes. */
const NAME_LIMIT = 255;

/** Sends a file to be checked. @throws Fault with the service's code, `server_unreachable`; AbortError */
export async function verifyOnServer(file: File, signal: AbortSignal): Promise<Verification> {
  return (await send(file, "application/json", signal)).json() as Promise<Verification>;
}

/** Sends a file and gets the sealed report on it. @throws as {@link verifyOnServer} */
export async function sealedReport(file: File, signal: AbortSignal): Promise<Blob> {
  return (await send(file, "application/pdf", signal)).blob();
}

/** The only place of this page from which a file leaves the device; nobody comes here without having been asked. */
async function send(file: File, accept: string, signal: AbortSignal): Promise<Response> {
  const name = file.name.slice(0, NAME_LIMIT).toWellFormed();
  let response: Response;
  try {
    response = await fetch(`/v1/verifications?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { accept, "content-type": "application/pdf" },
      body: file,
      credentials: "omit",
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), signal]),
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new Fault("server_unreachable", "no answer", { cause });
  }
  if (response.ok) return response;
  throw new Fault(await codeOf(response), `the service answered ${response.status}`);
}
