import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Clock } from "../ports/ports.ts";
import { answerRefusal, type Refusal, refuseAtDoor } from "./aws-door.ts";
import type { LocalCredentials } from "./credentials.ts";
import { cryptoOperations } from "./kms-crypto-operations.ts";
import { isKmsError } from "./kms-error.ts";
import { parseInput } from "./kms-input.ts";
import { aliasOperations, keyOperations } from "./kms-key-operations.ts";
import { openKeyStore } from "./kms-keys.ts";
import { LOOPBACK, listen, type Running, readBody, stop } from "./loopback.ts";

const CONTENT_TYPE = "application/x-amz-json-1.1";
const TARGET_PREFIX = "TrentService.";
/** A Verify with the longest message and signature is 14 KiB of base64; a CreateKey with a full policy 32 KiB. */
const BODY_LIMIT = 64 * 1024;

/**
 * Starts the embedded KMS: the part of the KMS API (AWS JSON 1.1, `TrentService.*`) that signing services use, on loopback.
 *
 * What it is not: an HSM. Key material lies in `file` for whoever can read it, which is why everything certified by
 * these keys says DEMO.
 *
 * @param options.file where the keys live; made at the first CreateKey
 * @param options.port 0 or nothing for a free port
 * @throws Error the key file is damaged, or the port is taken
 */
export async function startKmsEndpoint(options: {
  readonly file: string;
  readonly credentials: LocalCredentials;
  readonly port?: number;
  readonly clock?: Clock;
}): Promise<Running> {
  const clock = options.clock ?? Date.now;
  const store = openKeyStore(options.file, clock);
  const operations = new Map(
    Object.entries({ ...keyOperations(store, clock), ...aliasOperations(store), ...cryptoOperations(store) }),
  );
  let host = "";

  const server = createServer(async (request, response) => {
    response.setHeader("x-amzn-RequestId", randomUUID());
    const door = { host, service: "kms", accessKeyId: options.credentials.accessKeyId } as const;
    const refusal = refuseAtDoor(request, door) ?? refuseForm(request);
    if (refusal !== undefined) return answerRefusal(response, refusal, CONTENT_TYPE);
    const body = await readBody(request, BODY_LIMIT);
    if (body === "gone") return;
    if (body === "too large") return answerRefusal(response, TOO_LARGE, CONTENT_TYPE);
    await answer(request, body, response);
  });

  const answer = async (request: IncomingMessage, body: Uint8Array, response: ServerResponse): Promise<void> => {
    try {
      const operation = operations.get(String(request.headers["x-amz-target"]).slice(TARGET_PREFIX.length));
      if (operation === undefined) return send(response, 400, { __type: "UnknownOperationException" });
      send(response, 200, await operation(parseInput(body)));
    } catch (error) {
      if (isKmsError(error)) send(response, 400, { __type: error.kmsType, message: error.message });
      else send(response, 500, { __type: "KMSInternalException", message: "The embedded KMS failed" });
    }
  };

  const port = await listen(server, options.port ?? 0);
  host = `${LOOPBACK}:${port}`;
  return { url: `http://${host}`, close: () => stop(server) };
}

const TOO_LARGE: Refusal = { status: 413, type: "RequestEntityTooLargeException", message: "The body is too large" };

function refuseForm(request: IncomingMessage): Refusal | undefined {
  const target = request.headers["x-amz-target"];
  if (request.method === "POST" && request.headers["content-type"] === CONTENT_TYPE && typeof target === "string")
    if (target.startsWith(TARGET_PREFIX)) return undefined;
  return { status: 400, type: "UnknownOperationException", message: "Not a request of AWS JSON 1.1 to KMS" };
}

function send(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "Content-Type": CONTENT_TYPE });
  response.end(JSON.stringify(value));
}
