import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import { type IssuerConfig, readIssuers } from "../../lib/identity/issuers.ts";
import { keySource } from "../../lib/identity/jwks-cache.ts";
import type { Signer } from "../../lib/ports/ports.ts";
import { authenticator } from "../../lib/service/authenticate.ts";
import { initCa } from "../../lib/service/ca-init.ts";
import { checkResult } from "../../lib/service/check-result.ts";
import { createTransaction } from "../../lib/service/create.ts";
import type { Notice } from "../../lib/service/notifier.ts";
import { generateOneTimeKey } from "../../lib/service/one-time-key.ts";
import type { Pki } from "../../lib/service/pki.ts";
import type { SigningPorts } from "../../lib/service/sign.ts";
import type { Transaction, TransactionRequest } from "../../lib/service/transaction.ts";
import { certificateUrls } from "../../lib/service/urls.ts";
import { startStore } from "./store-world.ts";
import { NOON, newRequest } from "./transactions.ts";

export const ISSUER = "https://idp.example";
export const CLIENT = "motlan";

const CONFIG: IssuerConfig = readIssuers([
  {
    issuer: ISSUER,
    clientIds: [CLIENT],
    algorithms: ["ES256"],
    claimMap: "oidc",
    nameOrder: "name",
    status: { active: { claim: "status", oneOf: ["active"] }, whenAbsent: "active" },
    assurance: [
      { id: "full", when: [{ claim: "acr", oneOf: ["2"] }], grants: { level: "substantial", ial: 2, aal: 2, fal: 2 } },
      { id: "rest", when: [], grants: { level: "low", ial: 1, aal: 1, fal: 1 } },
    ],
    requiredAssurance: "substantial",
    maxAge: 300,
    clockSkew: 60,
  },
])[0] as IssuerConfig;

const keyPair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const signerOf = (key: KeyObject): Signer => ({
  sign: async (message) => new Uint8Array(sign("sha256", message, key)),
});
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: "spki", format: "der" }));
const random = (octets: number) => new Uint8Array(randomBytes(octets));

export type SigningWorld = Awaited<ReturnType<typeof newSigningWorld>>;

/** A whole service in one process: real store, real certificates, an identity provider's key, a clock to be moved. */
export async function newSigningWorld() {
  const time = { now: NOON };
  const clock = () => time.now;
  const table = await startStore(clock);
  const [root, issuing, tsa, ocsp, idp] = [keyPair(), keyPair(), keyPair(), keyPair(), keyPair()];
  const report = keyPair();
  const urls = certificateUrls("http://localhost:8787");
  const pki: Pki = await initCa(
    {
      root: { spki: spkiOf(root.publicKey), signer: signerOf(root.privateKey) },
      issuingCa: { spki: spkiOf(issuing.publicKey), signer: signerOf(issuing.privateKey) },
      tsa: { spki: spkiOf(tsa.publicKey) },
      ocsp: { spki: spkiOf(ocsp.publicKey) },
      report: { spki: spkiOf(report.publicKey) },
      organisation: "Thử",
      signatureClass: "OTHER_CONFIRMATION",
      demo: true,
      urls,
    },
    clock,
    random,
  );
  const jwks = { keys: [{ ...(await exportJWK(idp.publicKey)), kid: "k1", use: "sig", alg: "ES256" }] };
  const keys = keySource({ fetchJwks: async () => jwks, clock, maxAge: 600, coolDown: 30 });
  const notices: Notice[] = [];
  const troubles: string[] = [];
  const ports: SigningPorts = {
    store: table.store,
    assistances: table.assistances,
    activities: table.activities,
    people: table.people,
    notifier: { notify: async (notice) => void notices.push(notice) },
    trouble: (what) => void troubles.push(what),
    pki: async () => pki,
    issuingCa: signerOf(issuing.privateKey),
    tsa: signerOf(tsa.privateKey),
    pairwise: { mac: async (message) => new Uint8Array(createHmac("sha256", "test").update(message).digest()) },
    oneTimeKey: generateOneTimeKey,
    checkResult,
    authenticate: authenticator([{ config: CONFIG, keys }]),
    clock,
    random,
    // Time passes while a request waits for another.
    sleep: async (milliseconds) => {
      time.now += milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
    },
    urls,
  };
  const token = (nonce: string, changes: Record<string, unknown> = {}) => {
    const now = Math.floor(time.now / 1000);
    const claims = { sub: "an", name: "Nguyễn Thị Thúy", acr: "2", nonce, auth_time: now, iat: now, exp: now + 300 };
    return new SignJWT({ iss: ISSUER, aud: CLIENT, ...claims, ...changes })
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .sign(idp.privateKey);
  };
  const open = async (changes: Partial<TransactionRequest> = {}): Promise<Transaction> =>
    createTransaction(ports, newRequest(changes).request);
  const responder = signerOf(ocsp.privateKey);
  const reportSeal = signerOf(report.privateKey);
  const rootKey = { spki: spkiOf(root.publicKey), signer: signerOf(root.privateKey) };
  return {
    time,
    ports,
    notices,
    troubles,
    pki,
    token,
    open,
    table,
    jwks,
    responder,
    reportSeal,
    root: rootKey,
    close: table.close,
  };
}
