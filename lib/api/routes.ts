/** What a route may touch. The stack turns each need into exact IAM actions; nothing else is granted. */
export type Need =
  | "transactions:read"
  | "transactions:create"
  | "transactions:write"
  | "pki:read"
  | "certificates:read"
  | "people:read"
  | "people:write"
  | "activities:read"
  | "activities:write"
  | "disputes:write"
  | "transactions:mark"
  | "transactions:standing"
  | "transactions:outcomes"
  | "signatures:by-subject"
  | "signatures:by-code"
  | "guesses:write"
  | "sessions:read"
  | "sessions:write"
  | "sessions:challenge"
  | "assistances:read"
  | "assistances:link"
  | "assistances:write"
  | "assistances:batch"
  | "assistance-days:read"
  | "assistance-days:write"
  | "pairings:read"
  | "pairings:write"
  | "parts:read"
  | "parts:write"
  | "passkeys:read"
  | "passkeys:write"
  | "passkeys:use"
  | "kms:sign:issuing-ca"
  | "kms:sign:tsa"
  | "kms:sign:ocsp"
  | "kms:sign:report"
  | "kms:mac:pairwise"
  | "secret:oidc-client"
  | "secret:notices"
  | "egress:identity-provider"
  | "egress:notices";

/** One Lambda function a capability. */
export type FunctionName =
  | "transactions"
  | "signing"
  | "identity"
  | "proofs"
  | "status"
  | "trust"
  | "verification"
  | "people"
  | "lookups"
  | "assistance"
  | "passkeys"
  | "passkey-signing";

export type Route = {
  readonly id: string;
  readonly method: "GET" | "POST" | "DELETE";
  /** Path with `{name}` for one segment and `{name+}` for the rest, as API Gateway writes them. */
  readonly path: string;
  readonly function: FunctionName;
  readonly needs: readonly Need[];
  /** Largest request body, octets. */
  readonly bodyLimit: number;
  /** Requests that one client address may send a minute; every other route is limited for all together (lib/stack/http-api). */
  readonly perMinute?: number;
  /** `person`: a browser navigates here, so a problem is answered as a page with the same code and words. */
  readonly audience?: "person";
};

/** Ten titles of 200 characters, a purpose, names and digests stay far below 32 KiB of JSON. */
const TRANSACTION_BODY = 32 * 1024;
/** An identity token is at most 16 KiB (lib/identity); the rest of the body is a few members. */
const TOKEN_BODY = 24 * 1024;
/** An OCSP request of ten certificates with a nonce is under 2 KiB (RFC 6960 §4.1). */
const OCSP_BODY = 4 * 1024;
/**
 * Lambda takes events of 6 MiB, in which API Gateway writes octets as base64: 4.5 MB and room for the headers. Where there is no such
 * limit, MOTLAN_VERIFICATION_LIMIT sets another one.
 */
const VERIFICATION_BODY = 4_500_000;
/** ux.md: an anonymous address; a clerk with a stack of files does not get there, a script does. */
const VERIFICATIONS_A_MINUTE = 20;
/** One member. */
const SMALL_BODY = 1024;
/** A page opens one session; nobody logs in this often, and each leaves an item for two hours. */
const SESSIONS_A_MINUTE = 30;
/** A registration with a chain of attestation certificates, or an assertion, in base64url. */
const CREDENTIAL_BODY = 48 * 1024;
/** Two texts of 200 characters and a hash. */
const ASSISTANCE_BODY = 4 * 1024;
/** 300 KiB of ciphertext (lib/assist/seal.ts): what an item of the table holds. */
const PART_BODY = 300 * 1024;
/** A person types a code a few times; what limits guessing is counted in the table (lib/service/pair.ts). */
const PAIRINGS_A_MINUTE = 10;
const NO_BODY = 0;
/** Somebody with a stack of papers scans one every few seconds; codes cannot be tried out at any speed (lib/identity/lookup-code). */
const LOOKUPS_A_MINUTE = 30;
/** What it takes to write into a person's history and to hand on a notice of it. */
export const RECORDING = ["activities:write", "secret:notices", "egress:notices"] as const satisfies readonly Need[];

/** Every door of the service. The local server, the stack, the OpenAPI document and the tests read this table. */
export const ROUTES: readonly Route[] = [
  {
    id: "transaction.create",
    method: "POST",
    path: "/v1/transactions",
    function: "transactions",
    needs: ["transactions:read", "transactions:create", "assistances:read", "assistances:link"],
    bodyLimit: TRANSACTION_BODY,
  },
  {
    id: "transaction.read",
    method: "GET",
    path: "/v1/transactions/{id}",
    function: "transactions",
    needs: ["transactions:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "transaction.decline",
    method: "DELETE",
    path: "/v1/transactions/{id}",
    function: "transactions",
    needs: ["transactions:read", "transactions:write"],
    bodyLimit: NO_BODY,
  },
  {
    id: "transaction.approve",
    method: "POST",
    path: "/v1/transactions/{id}/approval",
    function: "transactions",
    needs: ["transactions:read", "transactions:write"],
    bodyLimit: TRANSACTION_BODY,
  },
  {
    id: "transaction.authorize",
    method: "GET",
    path: "/v1/transactions/{id}/authorize",
    function: "identity",
    needs: ["transactions:read", "egress:identity-provider"],
    bodyLimit: NO_BODY,
    audience: "person",
  },
  {
    id: "oidc.callback",
    method: "GET",
    path: "/v1/oidc/callback",
    function: "signing",
    needs: [
      "transactions:read",
      "transactions:write",
      "assistances:read",
      "pki:read",
      "kms:sign:issuing-ca",
      "kms:sign:tsa",
      "kms:mac:pairwise",
      "secret:oidc-client",
      "egress:identity-provider",
      "people:read",
      ...RECORDING,
    ],
    bodyLimit: NO_BODY,
    audience: "person",
  },
  {
    id: "transaction.sign",
    method: "POST",
    path: "/v1/transactions/{id}/signature",
    function: "signing",
    needs: [
      "transactions:read",
      "transactions:write",
      "assistances:read",
      "pki:read",
      "kms:sign:issuing-ca",
      "kms:sign:tsa",
      "kms:mac:pairwise",
      "egress:identity-provider",
      "people:read",
      ...RECORDING,
    ],
    bodyLimit: TOKEN_BODY,
  },
  {
    id: "proof.read",
    method: "GET",
    path: "/v1/proofs/{id}",
    function: "proofs",
    needs: ["transactions:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "status.post",
    method: "POST",
    path: "/ocsp",
    function: "status",
    needs: ["certificates:read", "pki:read", "kms:sign:ocsp"],
    bodyLimit: OCSP_BODY,
  },
  {
    id: "status.get",
    method: "GET",
    path: "/ocsp/{request+}",
    function: "status",
    needs: ["certificates:read", "pki:read", "kms:sign:ocsp"],
    bodyLimit: NO_BODY,
  },
  {
    id: "service.describe",
    method: "GET",
    path: "/v1/service",
    function: "trust",
    needs: ["pki:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "pki.file",
    method: "GET",
    path: "/pki/{file}",
    function: "trust",
    needs: ["pki:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "trust.list",
    method: "GET",
    path: "/v1/trust",
    function: "trust",
    needs: ["pki:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "verification.create",
    method: "POST",
    path: "/v1/verifications",
    function: "verification",
    needs: ["pki:read", "certificates:read", "transactions:standing", "kms:sign:report", "kms:sign:tsa"],
    bodyLimit: VERIFICATION_BODY,
    perMinute: VERIFICATIONS_A_MINUTE,
  },
  {
    id: "session.open",
    method: "POST",
    path: "/v1/session",
    function: "people",
    needs: ["sessions:write"],
    bodyLimit: SMALL_BODY,
    perMinute: SESSIONS_A_MINUTE,
  },
  {
    id: "session.authorize",
    method: "GET",
    path: "/v1/session/authorize",
    function: "people",
    needs: ["sessions:read", "egress:identity-provider"],
    bodyLimit: NO_BODY,
    audience: "person",
  },
  {
    id: "session.callback",
    method: "GET",
    path: "/v1/oidc/session",
    function: "people",
    needs: ["sessions:read", "sessions:write", "kms:mac:pairwise", "secret:oidc-client", "egress:identity-provider"],
    bodyLimit: NO_BODY,
    audience: "person",
  },
  {
    id: "session.read",
    method: "GET",
    path: "/v1/session",
    function: "people",
    needs: ["sessions:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "session.extend",
    method: "POST",
    path: "/v1/session/extension",
    function: "people",
    needs: ["sessions:read", "sessions:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "session.end",
    method: "DELETE",
    path: "/v1/session",
    function: "people",
    needs: ["sessions:write"],
    bodyLimit: NO_BODY,
  },
  {
    id: "passkey.options",
    method: "POST",
    path: "/v1/passkeys/options",
    function: "passkeys",
    needs: ["sessions:read", "sessions:challenge", "passkeys:read", "passkeys:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "passkey.enrol",
    method: "POST",
    path: "/v1/passkeys",
    function: "passkeys",
    needs: ["sessions:read", "sessions:challenge", "passkeys:read", "passkeys:write", ...RECORDING],
    bodyLimit: CREDENTIAL_BODY,
  },
  {
    id: "passkey.list",
    method: "GET",
    path: "/v1/passkeys",
    function: "passkeys",
    needs: ["sessions:read", "passkeys:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "passkey.rename",
    method: "POST",
    path: "/v1/passkeys/{id}/name",
    function: "passkeys",
    needs: ["sessions:read", "passkeys:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "passkey.remove",
    method: "DELETE",
    path: "/v1/passkeys/{id}",
    function: "passkeys",
    needs: ["sessions:read", "passkeys:read", "passkeys:write", ...RECORDING],
    bodyLimit: NO_BODY,
  },
  {
    id: "transaction.sign-by-passkey",
    method: "POST",
    path: "/v1/transactions/{id}/passkey-signature",
    function: "passkey-signing",
    needs: [
      "transactions:read",
      "transactions:write",
      "assistances:read",
      "passkeys:read",
      "passkeys:use",
      "people:read",
      ...RECORDING,
      "pki:read",
      "kms:sign:issuing-ca",
      "kms:sign:tsa",
    ],
    bodyLimit: CREDENTIAL_BODY,
  },
  {
    id: "activity.list",
    method: "GET",
    path: "/v1/me/activities",
    function: "people",
    needs: ["sessions:read", "activities:read", "people:read", "signatures:by-subject", "transactions:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "notice.list",
    method: "GET",
    path: "/v1/me/notices",
    function: "people",
    needs: ["sessions:read", "activities:read", "people:read", "signatures:by-subject", "transactions:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "notice.read",
    method: "POST",
    path: "/v1/me/notices/read",
    function: "people",
    needs: ["sessions:read", "people:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "dispute.create",
    method: "POST",
    path: "/v1/me/disputes",
    function: "people",
    needs: ["sessions:read", "transactions:read", "transactions:mark", "people:write", "disputes:write", ...RECORDING],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "lookup.read",
    method: "GET",
    path: "/v1/lookups/{code}",
    function: "lookups",
    needs: ["signatures:by-code", "transactions:read", "guesses:write"],
    bodyLimit: NO_BODY,
    perMinute: LOOKUPS_A_MINUTE,
  },
  {
    id: "lookup.page",
    method: "GET",
    path: "/tra-cuu",
    function: "lookups",
    needs: ["signatures:by-code", "transactions:read"],
    bodyLimit: NO_BODY,
    perMinute: LOOKUPS_A_MINUTE,
    audience: "person",
  },
  {
    id: "lookup.open",
    method: "POST",
    path: "/tra-cuu",
    function: "lookups",
    needs: ["signatures:by-code", "transactions:read", "guesses:write"],
    bodyLimit: SMALL_BODY,
    perMinute: LOOKUPS_A_MINUTE,
    audience: "person",
  },
  {
    id: "standing.read",
    method: "GET",
    path: "/v1/standings/{serial}",
    function: "lookups",
    needs: ["certificates:read", "transactions:standing"],
    bodyLimit: NO_BODY,
  },
  {
    id: "assistance.create",
    method: "POST",
    path: "/v1/assistances",
    function: "assistance",
    needs: ["sessions:read", "assistances:write", "assistance-days:write", "pairings:write", ...RECORDING],
    bodyLimit: ASSISTANCE_BODY,
  },
  {
    id: "assistance.list",
    method: "GET",
    path: "/v1/assistances",
    function: "assistance",
    needs: ["sessions:read", "assistance-days:read", "assistances:batch", "transactions:outcomes"],
    bodyLimit: NO_BODY,
  },
  {
    id: "assistance.raise",
    method: "POST",
    path: "/v1/assistances/caps",
    function: "assistance",
    needs: ["sessions:read", "assistance-days:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "assistance.read",
    method: "GET",
    path: "/v1/assistances/{id}",
    function: "assistance",
    needs: ["sessions:read", "assistances:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "assistance.key",
    method: "POST",
    path: "/v1/assistances/{id}/officer-key",
    function: "assistance",
    needs: ["sessions:read", "assistances:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "assistance.put-part",
    method: "POST",
    path: "/v1/assistances/{id}/parts/{number}",
    function: "assistance",
    needs: ["sessions:read", "assistances:read", "parts:write"],
    bodyLimit: PART_BODY,
  },
  {
    id: "assistance.get-part",
    method: "GET",
    path: "/v1/assistances/{id}/parts/{number}",
    function: "assistance",
    needs: ["assistances:read", "parts:read"],
    bodyLimit: NO_BODY,
  },
  {
    id: "assistance.status",
    method: "POST",
    path: "/v1/assistances/{id}/status",
    function: "assistance",
    needs: ["assistances:write"],
    bodyLimit: SMALL_BODY,
  },
  {
    id: "assistance.end",
    method: "POST",
    path: "/v1/assistances/{id}/end",
    function: "assistance",
    needs: ["sessions:read", "assistances:write"],
    bodyLimit: NO_BODY,
  },
  {
    id: "pairing.create",
    method: "POST",
    path: "/v1/pairings",
    function: "assistance",
    needs: ["assistances:write", "pairings:write"],
    bodyLimit: SMALL_BODY,
    perMinute: PAIRINGS_A_MINUTE,
  },
];
