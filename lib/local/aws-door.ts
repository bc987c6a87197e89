import type { IncomingMessage, ServerResponse } from "node:http";
import { equalSecret, fromUtf8 } from "../bytes/bytes.ts";

/** What an AWS JSON service answers with when it refuses (AWS JSON 1.0 and 1.1 protocols, "Error serialization"). */
export type Refusal = { readonly status: number; readonly type: string; readonly message: string };

/** Signature Version 4, `Authorization` header: the parts that the SDK always sends, in its order. */
const SIGV4 =
  /^AWS4-HMAC-SHA256 Credential=([A-Za-z0-9]{1,128})\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$/;

/**
 * Who may speak to an embedded AWS endpoint: programs of this installation, on this machine.
 *
 * Loopback alone keeps no browser out. A page whose name was rebound to 127.0.0.1 shows in `Host`; any other page shows in
 * `Origin`, which no SDK sends. Both are refused before anything is read, and the access key id is asked for besides.
 *
 * @param host what `Host` has to be, port included
 * @returns undefined where the request may pass
 */
export function refuseAtDoor(
  request: IncomingMessage,
  expected: { readonly host: string; readonly service: "kms" | "dynamodb"; readonly accessKeyId: string },
): Refusal | undefined {
  const { host, origin, authorization } = request.headers;
  if (host !== expected.host)
    return { status: 421, type: "AccessDeniedException", message: "The Host header names another server" };
  if (origin !== undefined) return { status: 403, type: "AccessDeniedException", message: "Web pages have no access" };
  if (authorization === undefined)
    return { status: 400, type: "MissingAuthenticationTokenException", message: "Missing Authentication Token" };
  const [, keyId, service] = SIGV4.exec(authorization) ?? [];
  if (keyId === undefined || service !== expected.service)
    return { status: 400, type: "IncompleteSignatureException", message: "The Authorization header is not SigV4" };
  if (!equalSecret(fromUtf8(keyId), fromUtf8(expected.accessKeyId)))
    return {
      status: 400,
      type: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    };
  return undefined;
}

/** @param contentType the protocol's own, `application/x-amz-json-1.0` or `-1.1` */
export function answerRefusal(response: ServerResponse, refusal: Refusal, contentType: string): void {
  // The body may be unread: the connection cannot carry another request.
  response.writeHead(refusal.status, { "Content-Type": contentType, Connection: "close" });
  response.end(JSON.stringify({ __type: refusal.type, message: refusal.message }));
}
