import type { Clock, Random } from "../ports/ports.ts";

/** The machine's clock: on Lambda it is kept by the platform's time service. */
export const clock: Clock = () => Date.now();

/** Octets drawn from the system at a time; one signature takes some 130. */
const POOL = 2048;
let pool = new Uint8Array(POOL);
let left = 0;

/**
 * From the system's generator, drawn in larger pieces, since each question to it costs as much as several hashes. What has been handed out is
 * wiped from the pool, and no octet is handed out twice.
 */
export const random: Random = (octets) => {
  if (octets > POOL) return crypto.getRandomValues(new Uint8Array(octets));
  if (octets > left) {
    pool = crypto.getRandomValues(pool);
    left = POOL;
  }
  const from = POOL - left;
  left -= octets;
  const drawn = pool.slice(from, from + octets);
  pool.fill(0, from, from + octets);
  return drawn;
};

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
