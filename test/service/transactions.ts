import { randomBytes } from "node:crypto";
import { digest } from "#crypto";
import { toBase64Url } from "../../lib/bytes/base64.ts";
import type { TransactionRequest } from "../../lib/service/transaction.ts";

/** Monday morning in Hà Nội; every test that needs another time moves from here. */
export const NOON = Date.UTC(2026, 10, 25, 3, 15, 0);

/** A request as the door hands it on, with the owner's secret beside it. */
export function newRequest(changes: Partial<TransactionRequest> = {}) {
  const secret = randomBytes(32);
  const request: TransactionRequest = {
    id: toBase64Url(randomBytes(16)),
    ownerHash: toBase64Url(digest("SHA-256", secret)),
    documents: [{ alg: "SHA-256", digest: toBase64Url(randomBytes(32)), title: "Tờ khai đăng ký thường trú" }],
    locale: "vi",
    ttlSeconds: 900,
    ...changes,
  };
  return { request, secret: toBase64Url(secret) };
}
