import { fromBase64 } from "../bytes/base64.ts";
import type { Bytes } from "../bytes/bytes.ts";
import { answerStatus, type StatusPorts } from "../service/status.ts";
import type { Handlers } from "./app.ts";

/** OCSP over HTTP (RFC 6960 Appendix A): every answer about a request is an OCSP response with status 200. */
export function statusHandlers(ports: StatusPorts): Handlers {
  return {
    "status.post": async ({ body }) => answer(await answerStatus(ports, body)),
    "status.get": async ({ parameter }) => answer(await answerStatus(ports, requestIn(parameter("request")))),
  };
}

function answer(response: Bytes): Response {
  return new Response(response, { headers: { "content-type": "application/ocsp-response" } });
}

/** A.1: base64 of the DER request, percent-encoded; clients differ in what they encode. What is none is an empty request. */
function requestIn(path: string): Bytes {
  try {
    return fromBase64(decodeURIComponent(path)) ?? new Uint8Array(0);
  } catch {
    return new Uint8Array(0);
  }
}
