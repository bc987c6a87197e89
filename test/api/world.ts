import { app } from "../../lib/api/app.ts";
import { assistanceHandlers } from "../../lib/api/assistance.ts";
import { historyHandlers } from "../../lib/api/history.ts";
import { identityHandlers } from "../../lib/api/identity.ts";
import type { LogLine } from "../../lib/api/log.ts";
import { lookupHandlers } from "../../lib/api/lookups.ts";
import { passkeySigningHandlers } from "../../lib/api/passkey-signing.ts";
import { passkeyHandlers } from "../../lib/api/passkeys.ts";
import { peopleHandlers } from "../../lib/api/people.ts";
import { proofHandlers } from "../../lib/api/proofs.ts";
import { signingHandlers } from "../../lib/api/signing.ts";
import { statusHandlers } from "../../lib/api/status.ts";
import { transactionHandlers } from "../../lib/api/transactions.ts";
import { trustHandlers } from "../../lib/api/trust.ts";
import { verificationHandlers } from "../../lib/api/verification.ts";
import { documentHosts } from "../../lib/service/document-hosts.ts";
import type { LoginProvider } from "../../lib/service/login-provider.ts";
import { relyingPartyOf } from "../../lib/service/passkey.ts";
import { reportFonts } from "../../lib/service/report-fonts.ts";
import { serviceAnchors } from "../../lib/service/service-anchors.ts";
import type { Verifier } from "../../lib/service/verifier.ts";
import { verifyAssertion } from "../../lib/webauthn/assertion.ts";
import { verifyRegistration } from "../../lib/webauthn/registration.ts";
import { ISSUER, newSigningWorld } from "../service/signing-world.ts";
import { newRequest } from "../service/transactions.ts";

export const URL_ = "http://localhost:8787";

/** All doors of the service over one signing world, and what they logged. */
export async function newApiWorld({ withoutReport = false, publicUrl = URL_ } = {}) {
  const world = await newSigningWorld();
  const lines: LogLine[] = [];
  const deps = { publicUrl, clock: world.ports.clock, log: (line: LogLine) => void lines.push(line) };
  /** What the provider answers to a code: a test sets it. */
  const login: { exchange: LoginProvider["exchange"] } = { exchange: () => Promise.reject(new Error("not set")) };
  const providers: LoginProvider[] = [
    {
      issuer: ISSUER,
      clientId: "motlan",
      authorizationEndpoint: async () => `${ISSUER}/auth`,
      jwks: async () => world.jwks,
      exchange: (input) => login.exchange(input),
    },
  ];
  const { ports, table } = world;
  const anchors = serviceAnchors(ports, { trustFile: undefined, publicUrl: URL_ });
  const shared = {
    ...ports,
    anchors,
    providers,
    nativeClientIds: ["motlan-cli"],
    providerNames: [undefined],
    certificates: table.certificates,
    sessions: table.sessions,
    ...{ people: table.people, signatures: table.signatures, disputes: table.disputes, marks: table.marks },
    ...{ codes: table.codes, guesses: table.guesses, publicParts: table.publicParts },
    assistances: table.assistances,
    ...{ pairings: table.pairings, parts: table.parts, days: table.days },
    ...{ passkeys: table.passkeys, verifyRegistration, verifyAssertion, attestation: "none" as const },
    ...{ relyingParty: relyingPartyOf(URL_), issuers: [{ issuer: ISSUER, requiredAssurance: "substantial" as const }] },
    hosts: documentHosts(["giayto.example", "localhost:8787"]),
    legal: { vi: "Chữ ký điện tử cơ bản", en: "Basic electronic signature" },
  };
  /** What judges files: a test sets it. */
  const judge: { verify: Verifier } = { verify: () => Promise.reject(new Error("not set")) };
  const verify: Verifier = (question) => judge.verify(question);
  const pki = async () => ({ ...world.pki, ...(withoutReport ? { report: undefined } : {}) });
  const reports = { ...ports, pki, reportSeal: world.reportSeal, fonts: reportFonts, publicUrl: URL_ };
  const apps = {
    transactions: app("transactions", transactionHandlers(shared, deps), deps),
    signing: app("signing", signingHandlers(shared, deps), deps),
    identity: app("identity", identityHandlers(shared, deps), deps),
    proofs: app("proofs", proofHandlers(shared), deps),
    status: app("status", statusHandlers({ ...shared, responder: world.responder }), deps),
    trust: app("trust", trustHandlers(shared, deps), deps),
    assistance: app("assistance", assistanceHandlers(shared, deps), deps),
    people: app("people", { ...peopleHandlers(shared, deps), ...historyHandlers(shared, deps) }, deps),
    passkeys: app("passkeys", passkeyHandlers(shared, deps), deps),
    "passkey-signing": app("passkey-signing", passkeySigningHandlers(shared, deps), deps),
    lookups: app("lookups", lookupHandlers(shared), deps),
    verification: app("verification", verificationHandlers({ ...shared, verify, reports }), deps),
  };
  type Name = keyof typeof apps;
  const send = (name: Name, method: string, path: string, init: RequestInit = {}, env: object = {}) =>
    Promise.resolve(apps[name].request(`${URL_}${path}`, { method, ...init }, env));
  const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  const create = async (changes: Parameters<typeof newRequest>[0] = {}) => {
    const { request, secret } = newRequest(changes);
    const response = await send("transactions", "POST", "/v1/transactions", json(request));
    const view = (await response.json()) as View;
    return { request, secret, view, owner: { "motlan-owner-secret": secret } };
  };
  return { ...world, send, json, create, lines, login, judge, deps };
}

export type View = {
  readonly id: string;
  readonly state: string;
  readonly commitment: string;
  readonly intentText: string;
  readonly preimage: { readonly intent: { readonly sha256: string } };
  readonly signatures?: readonly { readonly digest: string; readonly cms: string }[];
};
