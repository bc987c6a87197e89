import * as z from "zod/mini";
import { MAX_PARTS } from "../assist/seal.ts";
import { SESSION_COOKIE } from "../service/session.ts";
import { FAULTS } from "../text/faults.ts";
import { ROUTE_TEXTS } from "../text/routes.ts";
import { SIGNATURE_CLASSES } from "../trust/signature-class.ts";
import { PART_COUNT_HEADER } from "./assistance.ts";
import { ASSISTANCE_BODIES } from "./assistance-schemas.ts";
import { CITIZEN_TOKEN_HEADER } from "./citizen-token.ts";
import { HISTORY_BODIES } from "./history-schemas.ts";
import { OPENING_CODE_HEADER } from "./lookups.ts";
import { PASSKEY_BODIES } from "./passkey-schemas.ts";
import { DOCUMENT_DIGEST_HEADER } from "./proofs.ts";
import { ROUTES, type Route } from "./routes.ts";
import { BODIES as SHARED_BODIES } from "./schemas.ts";
import { OWNER_SECRET_HEADER } from "./transactions.ts";
import { verificationJsonSchema } from "./verification-schema.ts";

const BODIES = { ...SHARED_BODIES, ...ASSISTANCE_BODIES, ...HISTORY_BODIES, ...PASSKEY_BODIES };

type Json = { readonly [member: string]: unknown };

/** The API as OpenAPI 3.1, made of the route table, the schemas that requests are checked against, and the catalogue of faults. */
export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of ROUTES) {
    const path = route.path.replace("+}", "}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Ký Một Lần",
      version: "1",
      description: "One approval, one key, one certificate. Members and octets: docs/FORMATS.md.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "http://localhost:8787" }],
    paths,
    components: {
      schemas: { Problem: problemSchema(), Transaction: transactionSchema(), Verification: verificationSchema() },
      securitySchemes,
    },
  };
}

const securitySchemes = {
  owner: { type: "apiKey", in: "header", name: OWNER_SECRET_HEADER },
  citizen: { type: "apiKey", in: "header", name: CITIZEN_TOKEN_HEADER },
  document: { type: "apiKey", in: "header", name: DOCUMENT_DIGEST_HEADER },
  session: { type: "apiKey", in: "cookie", name: SESSION_COOKIE, description: "Over https `__Host-` stands in front." },
};

/** How a route is opened; routes that are not named are open to everybody. */
const SECURITY: Readonly<Record<string, readonly Json[]>> = {
  "transaction.read": [{ owner: [] }],
  "transaction.decline": [{ owner: [] }],
  "transaction.approve": [{ owner: [] }],
  "transaction.sign": [{ owner: [] }],
  "transaction.sign-by-passkey": [{ owner: [] }],
  "session.read": [{ session: [] }],
  "session.extend": [{ session: [] }],
  "session.end": [{ session: [] }],
  "passkey.options": [{ session: [] }],
  "passkey.enrol": [{ session: [] }],
  "passkey.list": [{ session: [] }],
  "passkey.rename": [{ session: [] }],
  "passkey.remove": [{ session: [] }],
  "proof.read": [{ owner: [] }, { document: [] }],
  "assistance.create": [{ session: [] }],
  "assistance.list": [{ session: [] }],
  "assistance.raise": [{ session: [] }],
  "assistance.read": [{ session: [] }, { citizen: [] }],
  "assistance.key": [{ session: [] }],
  "assistance.put-part": [{ session: [] }],
  "assistance.get-part": [{ citizen: [] }],
  "assistance.status": [{ citizen: [] }],
  "assistance.end": [{ session: [] }],
};

function operation(route: Route): Json {
  const { vi, en, answer } = ROUTE_TEXTS[route.id as keyof typeof ROUTE_TEXTS];
  const body = Object.hasOwn(BODIES, route.id) ? BODIES[route.id as keyof typeof BODIES] : undefined;
  const inPath = [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const parameters = [...inPath, ...(QUERIES[route.id] ?? [])];
  return {
    operationId: route.id,
    summary: vi,
    description: en,
    security: SECURITY[route.id] ?? [],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? fileBody(route)
      : { requestBody: { required: true, content: { "application/json": { schema: bodySchema(body) } } } }),
    responses: { [answer.status]: success(answer, FORMS[route.id] ?? []), default: PROBLEM },
  };
}

/** Questions beside the path, in the query or a header. */
const QUERIES: Readonly<Record<string, readonly Json[]>> = {
  "transaction.create": [
    {
      name: CITIZEN_TOKEN_HEADER,
      in: "header",
      required: false,
      description: "The citizen token, where `assistance` is named.",
      schema: { type: "string" },
    },
  ],
  "assistance.list": [
    {
      name: "day",
      in: "query",
      required: false,
      description: "A day in Viet Nam, yyyy-MM-dd. Today, where it is missing.",
      schema: { type: "string", format: "date" },
    },
  ],
  "assistance.put-part": [
    {
      name: PART_COUNT_HEADER,
      in: "header",
      required: true,
      description: "How many parts the document has.",
      schema: { type: "integer", minimum: 1, maximum: MAX_PARTS },
    },
  ],
  "activity.list": [
    {
      name: "before",
      in: "query",
      required: false,
      description: "Goes on behind this activity: `next` of the page before.",
      schema: { type: "string" },
    },
  ],
  "lookup.read": [
    {
      name: OPENING_CODE_HEADER,
      in: "header",
      required: false,
      description: "The opening code, 6 characters: shows the signer, the titles and the digests as well.",
      schema: { type: "string" },
    },
  ],
  "lookup.page": [
    {
      name: "ma",
      in: "query",
      required: false,
      description: "The look-up code. Without one the page asks for it.",
      schema: { type: "string" },
    },
  ],
  "verification.create": [
    {
      name: "at",
      in: "query",
      required: false,
      description:
        "The moment that the verdict is asked for: ISO 8601, or seconds since 1970. Now, where it is missing.",
      schema: { type: "string" },
    },
    {
      name: "name",
      in: "query",
      required: false,
      description: "What the file is called, for the report; nobody checks it.",
      schema: { type: "string", maxLength: 255 },
    },
  ],
};

/** Other forms of an answer, by what `Accept` says. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  "verification.create": ["application/pdf", "application/xml"],
};

/** Routes that take a file as it is (OpenAPI 3.1 §4.8.14.3: octets need no schema). */
function fileBody({ id }: Route): Json {
  if (id === "assistance.put-part")
    return { requestBody: { required: true, content: { "application/octet-stream": {} } } };
  if (id !== "verification.create") return {};
  return { requestBody: { required: true, content: { "application/pdf": {}, "application/octet-stream": {} } } };
}

function verificationSchema(): Json {
  const { $schema: _, ...schema } = verificationJsonSchema();
  return schema;
}

function bodySchema(body: (typeof BODIES)[keyof typeof BODIES]): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: "input" });
  return schema;
}

function success(
  { type, schema }: { readonly type: string | null; readonly schema?: string },
  others: readonly string[],
): Json {
  if (type === null) return { description: "Done." };
  const content = schema === undefined ? {} : { schema: { $ref: `#/components/schemas/${schema}` } };
  const more = Object.fromEntries(others.map((other) => [other, {}]));
  return { description: "OK", content: { [type]: content, ...more } };
}

const PROBLEM = {
  description: "RFC 9457",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

function problemSchema(): Json {
  return {
    type: "object",
    required: ["type", "title", "title_vi", "status", "detail", "code", "retry", "signed"],
    properties: {
      type: { type: "string", format: "uri-reference" },
      title: { type: "string" },
      title_vi: { type: "string" },
      status: { type: "integer" },
      detail: { type: "string" },
      code: { type: "string", enum: Object.keys(FAULTS) },
      retry: { type: "boolean", description: "The same request can succeed later, unchanged." },
      signed: { type: "boolean", description: "A signature exists although the request failed." },
    },
  };
}

function transactionSchema(): Json {
  const text = { type: "string" };
  const time = { type: "string", format: "date-time" };
  return {
    type: "object",
    required: ["id", "state", "commitment", "preimage", "intentText", "createdAt", "expiresAt", "authorizeUrl"],
    properties: {
      id: text,
      state: { enum: ["pending", "signing", "signed", "declined", "expired"] },
      commitment: text,
      preimage: { type: "object" },
      intentText: text,
      createdAt: time,
      expiresAt: time,
      authorizeUrl: { type: "string", format: "uri" },
      documentUrls: { type: "array", items: { type: ["string", "null"], format: "uri" } },
      returnUrl: { type: "string", format: "uri" },
      signatures: {
        type: "array",
        items: {
          type: "object",
          required: ["digest", "cms"],
          properties: { digest: text, cms: { type: "string", contentEncoding: "base64" } },
        },
      },
      signedAt: time,
      signatureClass: { enum: SIGNATURE_CLASSES },
      disputedAt: { ...time, description: "The signer says that somebody else signed." },
      proof: { type: "object" },
    },
  };
}
