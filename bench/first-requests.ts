import type { FunctionName } from "../lib/api/routes.ts";
import type { FirstRequest } from "./cold-start.ts";

/** A transaction that nobody opened: asking for it goes all the way to the table and back. */
const UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA";

/** Of a passkey that nobody added. */
const ASSERTION = JSON.stringify({
  assertion: {
    ...{ id: "AAAA", rawId: "AAAA", type: "public-key" },
    response: { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" },
  },
});

/** The first request of each function: one that reaches as far into the function as it goes without a person. */
export const FIRST_REQUESTS: Readonly<Record<FunctionName, FirstRequest>> = {
  transactions: { method: "GET", path: `/v1/transactions/${UNKNOWN}` },
  signing: { method: "POST", path: `/v1/transactions/${UNKNOWN}/signature`, body: '{"idToken":"e30.e30.AA"}' },
  identity: { method: "GET", path: `/v1/transactions/${UNKNOWN}/authorize` },
  proofs: { method: "GET", path: `/v1/proofs/${UNKNOWN}` },
  status: { method: "GET", path: "/ocsp/MAA=" },
  trust: { method: "GET", path: "/pki/root.cer" },
  passkeys: { method: "GET", path: "/v1/passkeys", cookie: `motlan-session=${"A".repeat(43)}` },
  "passkey-signing": { method: "POST", path: `/v1/transactions/${UNKNOWN}/passkey-signature`, body: ASSERTION },
  assistance: { method: "GET", path: `/v1/assistances/${UNKNOWN}`, cookie: `motlan-session=${"A".repeat(43)}` },
  people: { method: "GET", path: "/v1/session", cookie: `motlan-session=${"A".repeat(43)}` },
  lookups: { method: "GET", path: `/v1/standings/${"0".repeat(32)}` },
  verification: { method: "POST", path: "/v1/verifications", body: "%PDF-1.7" },
};
