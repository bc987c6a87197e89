import fc from "fast-check";
import { Fault } from "../../lib/fault/fault.ts";

/** Inputs of a property: 200 in a quick run, 20,000 under SLOW=1. */
export const RUNS = process.env.SLOW ? 20_000 : 200;

/** Copies of `octets` with one to four changes: an octet replaced, cut away or put in, the end cut off. */
export function mutations(octets: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    how: fc.constantFrom("replace", "flip", "delete", "insert", "cut"),
    at: fc.nat(octets.length - 1),
    value: fc.nat(255),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let changed = [...octets];
    for (const { how, at, value } of changes) {
      if (how === "replace") changed[at] = value;
      else if (how === "flip") changed[at] = (changed[at] ?? 0) ^ (1 << (value & 7));
      else if (how === "delete") changed.splice(at, 1);
      else if (how === "insert") changed.splice(at, 0, value);
      else if (value < 32) changed = changed.slice(0, at);
    }
    return Uint8Array.from(changed);
  });
}

/** @returns what `read` gives, or undefined where it refuses by a Fault; anything else it throws is a bug and goes through */
export function orFault<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** Octets with one bit turned over, bits counted from the first octet's highest. */
export function flipBit(octets: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(octets);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (0x80 >> (bit & 7));
  return copy;
}
