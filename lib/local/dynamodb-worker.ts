import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import dynalite from "dynalite";
import { answerRefusal, refuseAtDoor } from "./aws-door.ts";
import { LOOPBACK, listen, readBody, stop } from "./loopback.ts";

/** What the thread is started with. */
export type DynamoDbSettings = { readonly directory: string; readonly accessKeyId: string; readonly port: number };

const CONTENT_TYPE = "application/x-amz-json-1.0";
/** DynamoDB's own limit of a request (BatchWriteItem), octets. */
const BODY_LIMIT = 16 * 1024 * 1024;
/** Milliseconds. Nobody is served by a table that pretends to take its time. */
const TABLE_DELAY = 0;

// This file is the whole of a thread: dynalite throws what it does not expect from within callbacks, and that must end no
// more than this thread. dynamodb.ts starts another one.
const { directory, accessKeyId, port: wanted } = workerData as DynamoDbSettings;
const server = dynalite({
  path: directory,
  createTableMs: TABLE_DELAY,
  deleteTableMs: TABLE_DELAY,
  updateTableMs: TABLE_DELAY,
});
const [dynaliteListener] = server.listeners("request");
let host = "";

server.removeAllListeners("request");
server.on("request", async (request: IncomingMessage, response: ServerResponse) => {
  const refusal = refuseAtDoor(request, { host, service: "dynamodb", accessKeyId });
  if (refusal !== undefined) return answerRefusal(response, refusal, CONTENT_TYPE);
  const body = await readBody(request, BODY_LIMIT);
  if (body === "gone") return;
  if (body === "too large")
    return answerRefusal(response, { status: 413, type: "RequestEntityTooLargeException", message: "" }, CONTENT_TYPE);
  pass(request, body, response);
});

/** dynalite turns a client that hangs up into an uncaught error; it gets to see whole requests only, and no socket. */
function pass(
  { method, url, headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  body: Uint8Array,
  response: Pick<ServerResponse, "setHeader" | "end">,
): void {
  dynaliteListener?.call(server, Object.assign(Readable.from([body]), { method, url, headers }), response);
}

/** Asks for a table that is not there: only an open database can say so. */
function opened(): Promise<void> {
  const headers = {
    "content-type": CONTENT_TYPE,
    "x-amz-target": "DynamoDB_20120810.DescribeTable",
    "x-amz-date": "-",
    authorization: "AWS4-HMAC-SHA256 Credential=-, SignedHeaders=-, Signature=-",
  };
  const question = Buffer.from('{"TableName":"no-such-table"}');
  return new Promise((resolve) => {
    const response = { setHeader: () => response, end: () => resolve() };
    pass({ method: "POST", url: "/", headers }, question, response as unknown as ServerResponse);
  });
}

parentPort?.once("message", async () => {
  await stop(server); // dynalite's own close: the port first, then the database
  parentPort?.close();
});

await opened();
const port = await listen(server, wanted);
host = `${LOOPBACK}:${port}`;
parentPort?.postMessage(port);
