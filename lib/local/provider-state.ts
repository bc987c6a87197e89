import { randomBytes } from "node:crypto";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { readPrivate, writePrivate } from "./private-file.ts";

/** What the embedded identity provider has to remember: tokens of yesterday still verify, and the service keeps its secret. */
export type ProviderState = {
  /** Private signing keys (RFC 7517), the first of each algorithm in use. */
  readonly keys: readonly JWK[];
  /** Of the confidential client `motlan`. */
  readonly clientSecret: string;
};

/** The service's client uses the first, the command line's the second, so that both are in use every day. */
const ALGORITHMS = ["ES256", "RS256"] as const;

/**
 * Reads the state, or makes it where there is none (mode 0600).
 *
 * @throws Error the file is damaged
 */
export async function providerState(file: string): Promise<ProviderState> {
  const kept = readPrivate(file);
  if (kept !== undefined) return parse(kept, file);
  const made: ProviderState = {
    keys: await Promise.all(ALGORITHMS.map(makeKey)),
    clientSecret: randomBytes(32).toString("base64url"),
  };
  writePrivate(file, `${JSON.stringify(made, null, 1)}\n`);
  return made;
}

async function makeKey(alg: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, alg, use: "sig", kid: await calculateJwkThumbprint(jwk) };
}

function parse(text: string, file: string): ProviderState {
  try {
    const state: ProviderState = JSON.parse(text);
    const complete = ALGORITHMS.every((alg) => state.keys.some((key) => key.alg === alg && key.d !== undefined));
    if (complete && /^[\w-]{43}$/.test(state.clientSecret)) return state;
  } catch {
    // one message for every kind of damage
  }
  throw new Error(`${file} is damaged; delete it to have new keys made`);
}
