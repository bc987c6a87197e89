import type { Clock, Random } from "../ports/ports.ts";

/** The machine's clock: on Lambda it is kept by the platform's time service. */
export const clock: Clock = () => Date.now();

export const random: Random = (octets) => crypto.getRandomValues(new Uint8Array(octets));

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
