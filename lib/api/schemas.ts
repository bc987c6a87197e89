import * as z from "zod/mini";
import { fromBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { RETURN_PATHS } from "../service/session.ts";
import type { TransactionRequest } from "../service/transaction.ts";
import { MAX_DOCUMENTS, MAX_TEXT } from "../text/consent.ts";
import { base64Url, parse, plain } from "./schema-parts.ts";

/** Code points: two of the longest names that registers know. */
const MAX_NAME = 100;
/** Seconds. WCAG 2.2.1 and ux.md: never less than ten minutes; an hour is enough to fetch a telephone. */
const MIN_TTL = 600;
const MAX_TTL = 3600;
const DEFAULT_TTL = 900;
/** A compact JWS of an identity token; the provider's own limits are far lower. */
const MAX_TOKEN = 16 * 1024;

/** On which hosts it may be is checked behind the door (lib/service/document-hosts). */
const ADDRESS = z.string().check(z.minLength(1), z.maxLength(2048));

const TransactionBody = z.strictObject({
  id: base64Url(16),
  ownerHash: base64Url(32),
  documents: z
    .array(
      z.strictObject({
        alg: z.literal("SHA-256"),
        digest: base64Url(32),
        title: plain(MAX_TEXT),
        url: z.optional(ADDRESS),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_DOCUMENTS)),
  signerName: z.optional(plain(MAX_NAME)),
  relyingParty: z.optional(plain(MAX_TEXT)),
  procedure: z.optional(plain(MAX_TEXT)),
  reason: z.optional(plain(MAX_TEXT)),
  locale: z._default(z.enum(["vi", "en"]), "vi"),
  ttlSeconds: z._default(z.int().check(z.gte(MIN_TTL), z.lte(MAX_TTL)), DEFAULT_TTL),
  returnUrl: z.optional(ADDRESS),
  assistance: z.optional(base64Url(16)),
});

const ApprovalBody = z.strictObject({ commitment: base64Url(32), intentSha256: base64Url(32) });

const SignatureBody = z.strictObject({ idToken: z.string().check(z.minLength(1), z.maxLength(MAX_TOKEN)) });

const OpeningBody = z.strictObject({ returnTo: z.enum(RETURN_PATHS) });

/** The bodies of requests by route id; the OpenAPI document is made of the same. */
export const BODIES = {
  "transaction.create": TransactionBody,
  "transaction.approve": ApprovalBody,
  "transaction.sign": SignatureBody,
  "session.open": OpeningBody,
} as const;

export const parseTransaction = (value: unknown): TransactionRequest => {
  const request = parse(TransactionBody, value);
  const digests = new Set(request.documents.map((document) => document.digest));
  if (digests.size !== request.documents.length)
    throw new Fault("request_malformed", "the same digest stands twice in documents");
  return request;
};
export const parseApproval = (value: unknown) => parse(ApprovalBody, value);
export const parseSignature = (value: unknown) => parse(SignatureBody, value);
export const parseOpening = (value: unknown) => parse(OpeningBody, value);

/** A transaction id out of a path. @throws Fault `transaction_not_found` */
export function parseId(text: string): string {
  if (text.length !== 22 || fromBase64Url(text)?.length !== 16)
    throw new Fault("transaction_not_found", "a transaction id is 22 characters of base64url");
  return text;
}
