import { type Bytes, concat, toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { parseJson } from "../json/strict-parse.ts";

/**
 * The body, read only as far as the limit reaches: a client that promises little and sends much is stopped as well.
 *
 * @param limit octets
 * @throws Fault `request_too_large`
 */
export async function readBody(request: Request, limit: number): Promise<Bytes> {
  const promised = Number(request.headers.get("content-length") ?? 0);
  if (promised > limit) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > limit) throw tooLarge(limit);
    parts.push(part);
  }
  return concat(...parts);
}

function tooLarge(limit: number): Fault {
  return new Fault("request_too_large", `the body is longer than ${limit} octets`);
}

/**
 * A JSON body (RFC 8259), member names unique.
 *
 * @throws Fault `media_type_unsupported`, `request_malformed`
 */
export function readJson(contentType: string | undefined, body: Uint8Array): unknown {
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(contentType ?? ""))
    throw new Fault("media_type_unsupported", "the body must be application/json in UTF-8");
  const text = toUtf8(body);
  if (text === undefined) throw new Fault("request_malformed", "the body is not UTF-8");
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Fault("request_malformed", "the body is not JSON with unique member names", { cause });
  }
}
