import type { Clock } from "../ports/ports.ts";

/** What a caller may still do; seconds until the bucket is full again. */
export type Allowance = { readonly allowed: boolean; readonly remaining: number; readonly resetSeconds: number };

/**
 * Addresses remembered at a time, some 100 octets each. Beyond it the one that was heard of longest ago is forgotten: whoever has
 * more addresses than this is not stopped by counting addresses.
 */
const MAX_ADDRESSES = 10_000;

/**
 * A token bucket for each address: `perMinute` at once, and as many again over the next minute. In memory, so each process counts for
 * itself.
 */
export function rateLimiter(perMinute: number, clock: Clock): (address: string) => Allowance {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = perMinute / 60_000;
  return (address) => {
    const now = clock();
    const key = networkOf(address);
    const known = buckets.get(key);
    const tokens =
      known === undefined ? perMinute : Math.min(perMinute, known.tokens + Math.max(0, now - known.at) * perMs);
    const allowed = tokens >= 1;
    const left = allowed ? tokens - 1 : tokens;
    // Put in anew, it is the last of the order of a Map.
    buckets.delete(key);
    buckets.set(key, { tokens: left, at: now });
    if (buckets.size > MAX_ADDRESSES) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break;
    const missing = allowed ? perMinute - left : 1 - left;
    return { allowed, remaining: Math.floor(left), resetSeconds: Math.ceil(missing / perMs / 1000) };
  };
}

/** One subscriber has at least a /64 of IPv6 (RFC 6177): its addresses are one caller. An IPv4 address within IPv6 is itself. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}
