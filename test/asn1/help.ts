import { expect } from "vitest";
import type { Bytes } from "../../lib/bytes/bytes.ts";
import { fromHex } from "../../lib/bytes/hex.ts";

/** 200 in a quick run, 20,000 under SLOW=1. */
export const RUNS = process.env.SLOW ? 20_000 : 200;

export function hex(text: string): Bytes {
  const octets = fromHex(text.replaceAll(" ", ""));
  if (octets === undefined) throw new Error(`not hexadecimal: ${text}`);
  return octets;
}

/** For `toThrow`: a Fault with this code. */
export function fault(code: string): unknown {
  return expect.objectContaining({ name: "Fault", code });
}
