import type { FunctionName } from "../lib/api/routes.ts";
import type { FirstRequest } from "./cold-start.ts";

/** A transaction that nobody opened: asking for it goes all the way to the table and back. */
const UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA";

/** The first request of each function: one that reaches as far into the function as it goes without a person. */
export const FIRST_REQUESTS: Readonly<Record<FunctionName, FirstRequest>> = {
  transactions: { method: "GET", path: `/v1/transactions/${UNKNOWN}` },
  signing: { method: "POST", path: `/v1/transactions/${UNKNOWN}/signature`, body: '{"idToken":"e30.e30.AA"}' },
  identity: { method: "GET", path: `/v1/transactions/${UNKNOWN}/authorize` },
  proofs: { method: "GET", path: `/v1/proofs/${UNKNOWN}` },
  status: { method: "GET", path: "/ocsp/MAA=" },
  trust: { method: "GET", path: "/pki/root.cer" },
  people: { method: "GET", path: "/v1/session", cookie: `motlan-session=${"A".repeat(43)}` },
  verification: { method: "POST", path: "/v1/verifications", body: "%PDF-1.7" },
};
