import { generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import { random } from "../lib/aws/runtime.ts";
import { type IssuerConfig, readIssuers } from "../lib/identity/issuers.ts";
import { keySource } from "../lib/identity/jwks-cache.ts";
import type { Signer } from "../lib/ports/ports.ts";
import { authenticator } from "../lib/service/authenticate.ts";
import { type CaKey, initCa } from "../lib/service/ca-init.ts";
import { generateOneTimeKey } from "../lib/service/one-time-key.ts";
import type { SigningPorts } from "../lib/service/sign.ts";
import type { Transaction } from "../lib/service/transaction.ts";
import type { TransactionStore } from "../lib/service/transaction-store.ts";
import { certificateUrls } from "../lib/service/urls.ts";

const ISSUER = "https://idp.bench.invalid";
const CLIENT = "bench";

const CONFIG = readIssuers([
  {
    issuer: ISSUER,
    clientIds: [CLIENT],
    algorithms: ["ES256"],
    claimMap: "oidc",
    nameOrder: "name",
    status: { active: { claim: "status", oneOf: ["active"] }, whenAbsent: "active" },
    assurance: [{ id: "any", when: [], grants: { level: "substantial", ial: 2, aal: 2, fal: 2 } }],
    requiredAssurance: "substantial",
    maxAge: 3600,
    clockSkew: 60,
  },
])[0] as IssuerConfig;

export type Immediate = {
  readonly ports: SigningPorts;
  /** @param nonce the commitment @returns an identity token that the ports accept */
  readonly token: (nonce: string) => Promise<string>;
};

/** The service's ports with nothing behind them that takes time of its own: keys in this process, a store that is a Map. */
export async function immediatePorts(): Promise<Immediate> {
  const [root, issuing, tsa, ocsp, idp] = [newKey(), newKey(), newKey(), newKey(), newKey()];
  const urls = certificateUrls("https://motlan.bench.invalid");
  const pki = await initCa(
    {
      ...{ root: caKey(root), issuingCa: caKey(issuing), tsa: caKey(tsa), ocsp: caKey(ocsp), report: caKey(newKey()) },
      ...{ organisation: "Bench", signatureClass: "OTHER_CONFIRMATION", demo: true, urls },
    },
    Date.now,
    random,
  );
  const jwk = { ...(await exportJWK(idp.publicKey)), kid: "1", use: "sig", alg: "ES256" };
  const keys = keySource({ fetchJwks: async () => ({ keys: [jwk] }), clock: Date.now, maxAge: 3600, coolDown: 30 });
  const ports: SigningPorts = {
    ...{ store: mapStore(), pki: async () => pki, oneTimeKey: generateOneTimeKey, clock: Date.now, random, urls },
    ...{ issuingCa: caKey(issuing).signer, tsa: caKey(tsa).signer },
    // A stand-in for what KMS computes: a pseudonym of the right length.
    pairwise: { mac: async (message) => new Uint8Array(hash("sha256", message, "buffer")) },
    authenticate: authenticator([{ config: CONFIG, keys }]),
    // The limit that signatures are measured against has no verification in it: the check is measured apart, see signing.ts.
    checkResult: async () => {},
    // Nobody is told: what is measured is the signing.
    ...{
      people: { read: async () => ({ openCases: [] }) },
      activities: { add: async () => true, list: async () => [] },
    },
    assistances: { read: async () => undefined },
    ...{ notifier: { notify: async () => {} }, trouble: () => {} },
    sleep: () => Promise.reject(new Error("nothing waits in a benchmark")),
  };
  const token = (nonce: string) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ sub: "an", name: "Nguyễn Thị Thử Nghiệm", nonce, auth_time: now })
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .setIssuer(ISSUER)
      .setAudience(CLIENT)
      .setIssuedAt(now)
      .setExpirationTime(now + 3600)
      .sign(idp.privateKey);
  };
  return { ports, token };
}

/** Keeps the one transaction that is being signed, so that memory stays flat however long the benchmark runs. */
function mapStore(): TransactionStore {
  let held: Transaction | undefined;
  const change = (changes: Partial<Transaction>): boolean => {
    if (held !== undefined) held = { ...held, ...changes };
    return held !== undefined;
  };
  return {
    create: async (transaction) => {
      held = transaction;
      return true;
    },
    read: async () => held,
    approve: async (_, approval) => change({ approval }),
    claim: async (_, lease) => change({ state: "signing", lease }),
    release: async () => change({ state: "pending" }),
    complete: async (_, __, result) => change({ state: "signed", result }),
    decline: async (_, declinedAt) => change({ state: "declined", declinedAt }),
  };
}

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

function newKey(): Pair {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function caKey({ publicKey, privateKey }: Pair): CaKey {
  const signer: Signer = { sign: async (message) => new Uint8Array(sign("sha256", message, privateKey)) };
  return { spki: new Uint8Array(publicKey.export({ type: "spki", format: "der" })), signer };
}
