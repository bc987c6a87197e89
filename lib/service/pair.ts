import { toBase64Url } from "../bytes/base64.ts";
import { Fault } from "../fault/fault.ts";
import { type AssistPorts, hashOf } from "./assist.ts";
import type { Assistance } from "./assistance.ts";
import { assistanceIdOf } from "./assistance.ts";
import { SECRET_OCTETS } from "./transaction-rules.ts";

/** Wrong codes from one network in ten minutes: more than a person mistypes. */
export const WRONG_PER_ADDRESS = 5;
const ADDRESS_WINDOW_MS = 10 * 60_000;
/**
 * Wrong codes in a minute from everywhere: 300 while a code lives, so that one code is found with a chance of 3 in 10,000
 * (docs/THREATS.md). Beyond it nobody can type a code for the rest of the minute; the QR code goes on working.
 */
export const WRONG_IN_ALL = 30;
const ALL_WINDOW_MS = 60_000;

export type PairingRequest = {
  /** Six digits, or the secret of the QR code. */
  readonly by: { readonly code: string } | { readonly secret: string };
  /** The citizen's public key, base64url. */
  readonly citizenKey: string;
};

/**
 * Joins a citizen's browser to an assistance, once.
 *
 * @param network what stands for the caller's address; it is hashed by the caller
 * @returns the citizen token, base64url: it is kept by its hash only
 * @throws Fault `pairing_expired`: wrong, used and expired codes answer alike; `pairing_locked`, `store_unavailable`
 */
export async function pair(
  ports: AssistPorts,
  { by, citizenKey }: PairingRequest,
  network: string,
): Promise<{ readonly assistance: Assistance; readonly token: string }> {
  if ("secret" in by) return join(ports, assistanceIdOf(by.secret), citizenKey);
  const tries = triesOf(network, ports.clock());
  for (const { name, limit, until } of tries)
    if (!(await ports.pairings.countTry(name, limit, until)))
      throw new Fault("pairing_locked", "too many wrong pairing codes");
  const joined = await join(ports, await ports.pairings.findCode(by.code, ports.clock()), citizenKey);
  // Best effort: where it fails, a right try counts as a wrong one.
  await Promise.all(tries.map(({ name }) => ports.pairings.forgetTry(name).catch(() => undefined)));
  return joined;
}

async function join(
  ports: AssistPorts,
  id: string | undefined,
  citizenKey: string,
): Promise<{ readonly assistance: Assistance; readonly token: string }> {
  const expired = new Fault("pairing_expired", "the code is wrong, used or expired");
  if (id === undefined) throw expired;
  const secret = ports.random(SECRET_OCTETS);
  const hash = hashOf(secret);
  let done = false;
  let outage: unknown;
  try {
    done = await ports.assistances.pair(id, { hash, key: citizenKey, at: ports.clock() });
  } catch (error) {
    outage = error;
  }
  // Refused or unknown: the adapter's own second attempt can be refused by its first one.
  const assistance = await ports.assistances.read(id);
  if (assistance?.citizenHash === hash) return { assistance, token: toBase64Url(secret) };
  if (outage !== undefined) throw outage;
  if (done) throw new Fault("store_unavailable", "the pairing cannot be read back");
  throw expired;
}

function triesOf(network: string, now: number) {
  const address = Math.floor(now / ADDRESS_WINDOW_MS);
  const all = Math.floor(now / ALL_WINDOW_MS);
  return [
    {
      name: `ADDRESS#${network}#${address}`,
      limit: WRONG_PER_ADDRESS,
      until: (address + 2) * ADDRESS_WINDOW_MS,
    },
    { name: `ALL#${all}`, limit: WRONG_IN_ALL, until: (all + 2) * ALL_WINDOW_MS },
  ] as const;
}
